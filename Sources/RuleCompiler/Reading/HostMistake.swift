/// Why some text is no host name suffix, and what to write instead.
struct HostMistake {
  let message: String
  /// What was certainly meant.
  var correction: String?

  /// `nil` for a good one.
  init?(_ text: String) {
    if Self.isHost(text) { return nil }
    var bare = text.lowercased()[...]
    if bare.hasPrefix("*.") { bare = bare.dropFirst(2) }
    if bare.hasPrefix(".") { bare = bare.dropFirst() }
    if bare.hasSuffix(".") { bare = bare.dropLast() }
    let said = "'\(text)' is no host name: "
    if Self.isHost(bare) {
      let why =
        text.contains(where: \.isUppercase)
        ? "in lower case" : "without a dot or '*' around it, and takes all names below it"
      message = "a host is written \(why): '\(bare)'"
      correction = String(bare)
    } else if text.contains("/") {
      message = said + "write the name alone, such as 'mx.example.com'"
    } else if text.contains("@") {
      message = said + "write what follows the '@'"
    } else if !text.utf8.allSatisfy({ $0 < 0x80 }) {
      message = said + "write it as DNS has it, 'xn--…'"
    } else if !text.contains(".") {
      message = said + "write it in full, such as 'mx.example.com'"
    } else {
      message = said + "it is made of letters, digits and hyphens, with dots between them"
    }
  }

  private static func isHost(_ text: some StringProtocol) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1
      && labels.allSatisfy { label in
        !label.isEmpty
          && label.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
          }
      }
  }
}
