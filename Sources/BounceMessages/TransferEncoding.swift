#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a body was made fit for transport (RFC 2045, 6).
enum TransferEncoding {
  static func base64Decoded(_ body: some Collection<UInt8>) -> [UInt8]? {
    if let data = Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters) {
      return [UInt8](data)
    }
    // Its end was cut off; but what has spaces is text that only calls itself so.
    let pad = UInt8(ascii: "=")
    var digits = Data(body.filter { !$0.isLineBreak && $0 != pad })
    if digits.count % 4 == 1 { digits.removeLast() }
    while digits.count % 4 != 0 { digits.append(pad) }
    return Data(base64Encoded: digits).map { [UInt8]($0) }
  }

  /// `=3D` becomes `=`, and a `=` at the end of a line joins it with the next (RFC 2045, 6.7).
  static func quotedPrintableDecoded(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        decoded.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      if digits.count == 2 {
        decoded.append(UInt8(digits[0] << 4 | digits[1]))
        rest = rest.dropFirst(2)
      } else if rest.first == 0x0A || rest.starts(with: [0x0D, 0x0A]) {
        _ = rest.removeLine()
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  /// The words of a header that are not plain ASCII: `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=` (RFC 2047).
  static func wordsDecoded(_ value: String) -> String {
    var text = ""
    var rest = value[...]
    while let word = EncodedWord(firstIn: rest) {
      let before = rest[..<word.range.lowerBound]
      // Between two such words, white space means nothing.
      if text.isEmpty || !before.allSatisfy(\.isWhitespace) { text += before }
      text += word.text
      rest = rest[word.range.upperBound...]
    }
    return text + rest
  }

  private struct EncodedWord {
    let range: Range<Substring.Index>
    let text: String

    /// More than any program writes; the standard allows 75 bytes.
    private static let mostCharacters = 256

    /// The first that can be read.
    init?(firstIn value: Substring) {
      var rest = value
      while let start = rest.firstRange(of: "=?")?.lowerBound {
        rest = rest[start...].dropFirst(2)
        let parts = rest.prefix(Self.mostCharacters)
          .split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let end = parts[2].firstRange(of: "?=") else { continue }
        let word = Array(parts[2][..<end.lowerBound].utf8)
        guard let text = decodedWord(charset: parts[0], encoding: parts[1], word) else { continue }
        (range, self.text) = (start..<end.upperBound, text)
        return
      }
      return nil
    }
  }

  private static func decodedWord(
    charset: Substring, encoding: Substring, _ word: [UInt8]
  ) -> String? {
    let bytes: [UInt8]?
    switch encoding.lowercased() {
    case "b": bytes = base64Decoded(word)
    case "q":
      bytes = quotedPrintableDecoded(word.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }[...])
    default: bytes = nil
    }
    // (A language may follow the charset: `=?utf-8*de?…`.)
    let charset = charset.prefix { $0 != "*" }
    return bytes.map { bytes in
      String(
        decoding: CharacterEncoding(String(charset))?.decoded(bytes) ?? bytes, as: UTF8.self)
    }
  }
}
