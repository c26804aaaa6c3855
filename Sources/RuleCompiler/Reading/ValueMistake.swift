import ReplyMatcher

/// Why some text is no reply code, status code or host name suffix, and what to write instead. There is
/// none where it is a good one.
struct ValueMistake {
  let message: String
  /// What was certainly meant.
  let correction: String?

  private init(_ message: String, correction: String? = nil) {
    (self.message, self.correction) = (message, correction)
  }

  init?(replyCode text: String) {
    guard CodePattern(text) == nil else { return nil }
    let said = "'\(text)' is no SMTP reply code: "
    let lowercase = text.lowercased()
    if CodePattern(lowercase) != nil {
      self.init("the 'x' of a reply code is a small letter: '\(lowercase)'", correction: lowercase)
    } else if StatusPattern(text) != nil {
      self.init("'\(text)' is an enhanced status code: it belongs in 'status:'")
    } else if text.contains(where: { ",;/| ".contains($0) }) {
      self.init(said + "write several codes as a list, [550, 554]")
    } else if text.count != 3 {
      self.init(said + "it has three digits, such as 550, or 'x' at the end, as in 4xx")
    } else if !text.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "x" }) {
      self.init(said + "it has digits only, or 'x' for any digit at the end, as in 4xx")
    } else if text.hasPrefix("x") {
      self.init(said + "the first digit is given, 4 or 5; for both write a list, [4xx, 5xx]")
    } else if text.contains("x"), text.first.map({ "2345".contains($0) }) == true {
      self.init(said + "'x' stands for the last digit or the last two, as in 45x and 4xx")
    } else {
      self.init(said + "the first digit is 2, 3, 4 or 5")
    }
  }

  init?(fieldName text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isGood = parts.allSatisfy { part in
      !EventFields.folded(part.utf8).isEmpty && part.utf8.allSatisfy(\.isFieldNameCharacter)
    }
    guard !isGood else { return nil }
    self.init(
      "'\(text)' is no name of a field: write it with letters, digits, '-' and '_', and with a dot "
        + "before the name of a field in an object, as in 'response.code'")
  }

  init?(status text: String) {
    guard StatusPattern(text) == nil else { return nil }
    let said = "'\(text)' is no enhanced status code: "
    let spelled = text.lowercased().replacing("*", with: "x").drop { $0 == "#" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if StatusPattern(spelled) != nil {
      self.init(
        "an enhanced status code is written '\(spelled)'"
          + (spelled.contains("x") ? ", with a small 'x' for any number" : ""),
        correction: String(spelled))
    } else if CodePattern(text) != nil {
      self.init("'\(text)' is a reply code: it belongs in 'code:'")
    } else if text.contains(where: { ",;/| ".contains($0) }) {
      self.init(said + "write several as a list, [5.1.1, 5.1.6]")
    } else if parts.count != 3 {
      self.init(said + "it has three numbers, such as 5.1.1, with 'x' for any number, as in 5.1.x")
    } else if parts.allSatisfy({ $0 == "x" }) {
      self.init("'x.x.x' takes every status code: leave 'status:' out")
    } else if !parts.allSatisfy({
      $0 == "x" || !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber }
    }) {
      self.init(said + "each part is a number, or 'x' for any number")
    } else if let first = parts.first, !["2", "4", "5", "x"].contains(first) {
      self.init(said + "the first number is 2, 4 or 5, or 'x' for any of them")
    } else {
      self.init(said + "the numbers have no more than three digits")
    }
  }

  init?(host text: String) {
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
      self.init("a host is written \(why): '\(bare)'", correction: String(bare))
    } else if text.contains("/") {
      self.init(said + "write the name alone, such as 'mx.example.com'")
    } else if text.contains("@") {
      self.init(said + "write what follows the '@'")
    } else if !text.utf8.allSatisfy({ $0 < 0x80 }) {
      self.init(said + "write it as DNS has it, 'xn--…'")
    } else if !text.contains(".") {
      self.init(said + "write it in full, such as 'mx.example.com'")
    } else {
      self.init(said + "it is made of letters, digits and hyphens, with dots between them")
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

extension UInt8 {
  fileprivate var isFieldNameCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
