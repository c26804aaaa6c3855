import ReplyMatcher

/// Text that every format prints as it stands: printable ASCII without the marks that have a meaning
/// there.
enum PlainASCII {
  /// Whether some bytes are printable ASCII (0x20 to 0x7E), and neither of two marks.
  static func isPlain(
    _ bytes: UnsafeBufferPointer<UInt8>, without first: Unicode.Scalar,
    and second: Unicode.Scalar
  ) -> Bool {
    let (first, second) = (UInt8(ascii: first), UInt8(ascii: second))
    // The last step looks again at bytes of the one before.
    let last = bytes.count - 8
    guard last >= 0 else {
      return bytes.allSatisfy { 0x20 <= $0 && $0 < 0x7F && $0 != first && $0 != second }
    }
    let (firsts, seconds) = (EightBytes(repeating: first), EightBytes(repeating: second))
    var (index, special): (Int, UInt64) = (0, 0)
    while true {
      let part = EightBytes(bytes, at: index)
      special |= part.unprintable | part.matches(firsts) | part.matches(seconds)
      if index == last { return special == 0 }
      index = min(index + 8, last)
    }
  }

  static func isPrintable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    isPlain(bytes, without: "\u{7F}", and: "\u{7F}")
  }
}
