import ReplyMatcher

// JSON written straight into bytes, exactly as `JSONText` writes it.
extension [UInt8] {
  /// Adds bytes as they are.
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Adds a number in decimal digits.
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var digits = [20 of UInt8](repeating: 0)
    var (rest, first) = (number.magnitude, digits.count)
    repeat {
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
    for index in first..<digits.count { append(digits[index]) }
  }

  /// Adds a string, or `null`.
  mutating func append(json text: String?) {
    guard var text else { return append("null") }
    text.withUTF8 { append(json: $0) }
  }

  /// Adds a string of bytes from a reply: what is no UTF-8 is Latin-1.
  mutating func append(json bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    if PlainASCII.isPlain(bytes, without: "\"", and: "\\") {
      append(contentsOf: bytes)
    } else if bytes.allSatisfy({ $0 < 0x80 }) {
      for byte in bytes { append(jsonCharacter: Unicode.Scalar(byte)) }
    } else {
      for scalar in readableText(of: bytes).unicodeScalars { append(jsonCharacter: scalar) }
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
    case "\u{0}"..<" ", "\u{7F}": append(jsonEscapeOf: scalar)
    case " "..<"\u{7F}": append(UInt8(ascii: scalar))
    default:
      if scalar.isInvisible {
        append(jsonEscapeOf: scalar)
      } else {
        append(contentsOf: UTF8.encode(scalar)!)
      }
    }
  }

  private mutating func append(jsonEscapeOf scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar)! {
      append("\\u")
      for shift in [12, 8, 4, 0] {
        let digit = UInt8(unit >> UInt16(shift) & 15)
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it shows nothing by itself, but may act on a terminal or on the text around it.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension [UInt8] {
  /// Adds an enhanced status code, dotted.
  mutating func append(_ status: EnhancedStatusCode) {
    append(decimal: Int(status.class))
    append(UInt8(ascii: "."))
    append(decimal: Int(status.subject))
    append(UInt8(ascii: "."))
    append(decimal: Int(status.detail))
  }
}
