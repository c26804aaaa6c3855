/// Halves of surrogate pairs in JSON. A program that cuts text in the middle of a pair writes one alone,
/// as `"\ud83d"`; RFC 8259 (8.2) allows that, decoders do not.
enum LoneSurrogates {
  /// The same JSON with U+FFFD for each; `nil` where there is none.
  static func replaced(in json: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var isChanged = false
    var rest = json[...]
    while let byte = rest.first {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        rest = rest.dropFirst()
        continue
      }
      let length: Int
      if let unit = codeUnit(rest), UTF16.isSurrogate(unit) {
        let isPaired =
          UTF16.isLeadSurrogate(unit)
          && codeUnit(rest.dropFirst(6)).map(UTF16.isTrailSurrogate) == true
        if !isPaired {
          result += "\\ufffd".utf8
          isChanged = true
          rest = rest.dropFirst(6)
          continue
        }
        length = 12
      } else {
        // What is escaped may be another backslash.
        length = 2
      }
      result += rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    return isChanged ? result : nil
  }

  /// The number behind `\u`, if that is what comes first.
  private static func codeUnit(_ json: ArraySlice<UInt8>) -> UInt16? {
    guard json.count >= 6, json.starts(with: "\\u".utf8) else { return nil }
    let digits = json.dropFirst(2).prefix(4)
    // A number may have a sign; these digits have none.
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
