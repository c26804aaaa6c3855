import ReplyMatcher

/// Text that every format prints as it stands: printable ASCII without the marks that have a meaning
/// there.
enum PlainASCII {
  /// How many bytes from the first on are printable ASCII (0x20 to 0x7E), and neither of two marks.
  static func prefix(
    of bytes: UnsafeBufferPointer<UInt8>, without first: Unicode.Scalar, and second: Unicode.Scalar
  ) -> Int {
    let (firsts, seconds) = (
      EightBytes(repeating: UInt8(ascii: first)), EightBytes(repeating: UInt8(ascii: second))
    )
    var index = 0
    while index + 8 <= bytes.count {
      let part = EightBytes(bytes, at: index)
      if part.unprintable | part.matches(firsts) | part.matches(seconds) != 0 { break }
      index += 8
    }
    let (first, second) = (UInt8(ascii: first), UInt8(ascii: second))
    while index < bytes.count, 0x20 <= bytes[index], bytes[index] < 0x7F, bytes[index] != first,
      bytes[index] != second
    { index += 1 }
    return index
  }

  /// Where one of two marks stands first, from an index on; the number of bytes where none does.
  static func index(
    of first: UInt8, or second: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    let (firsts, seconds) = (EightBytes(repeating: first), EightBytes(repeating: second))
    var index = start
    while index + 8 <= bytes.count {
      let part = EightBytes(bytes, at: index)
      if part.matches(firsts) | part.matches(seconds) != 0 { break }
      index += 8
    }
    while index < bytes.count, bytes[index] != first, bytes[index] != second { index += 1 }
    return index
  }
}
