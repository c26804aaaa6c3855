import ReplyMatcher

// JSON written straight into bytes, exactly as `JSONText` writes it.
extension OutputBytes {
  /// Adds a string, or `null`.
  mutating func append(json text: String?) {
    guard var text else { return append("null") }
    text.withUTF8 { append(json: $0) }
  }

  /// Adds a string of bytes from a reply: what is no UTF-8 is Latin-1.
  mutating func append(json bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var index = 0
    while true {
      let rest = UnsafeBufferPointer(rebasing: bytes[index...])
      let plain = PlainASCII.prefix(of: rest, without: "\"", and: "\\")
      append(UnsafeBufferPointer(rebasing: rest[..<plain]))
      index += plain
      guard index < bytes.count else { break }
      let (scalar, length) = readableScalar(in: bytes, at: index)
      append(jsonCharacter: scalar)
      index += length
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(jsonCharacter scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\u{8}": append("\\b")
    case "\u{C}": append("\\f")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where scalar.isInvisible:
      for unit in UTF16.encode(scalar)! {
        append("\\u")
        for shift in [12, 8, 4, 0] { append(hexDigit: UInt8(unit >> UInt16(shift) & 15)) }
      }
    default:
      for byte in UTF8.encode(scalar)! { append(byte) }
    }
  }

  private mutating func append(hexDigit digit: UInt8) {
    append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
  }
}

extension OutputBytes {
  /// Adds an enhanced status code, dotted.
  mutating func append(_ status: EnhancedStatusCode) {
    append(decimal: Int(status.class))
    append(UInt8(ascii: "."))
    append(decimal: Int(status.subject))
    append(UInt8(ascii: "."))
    append(decimal: Int(status.detail))
  }
}
