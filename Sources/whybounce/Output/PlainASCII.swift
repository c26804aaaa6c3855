/// Text that every format prints as it stands: printable ASCII without the marks that have a meaning
/// there.
enum PlainASCII {
  /// Whether some bytes are printable ASCII (0x20 to 0x7E), and neither of two marks.
  static func isPlain(
    _ bytes: UnsafeBufferPointer<UInt8>, without first: Unicode.Scalar,
    and second: Unicode.Scalar
  ) -> Bool {
    let (first, second) = (UInt8(ascii: first), UInt8(ascii: second))
    let raw = UnsafeRawBufferPointer(bytes)
    var special = SIMDMask<SIMD16<Int8>>(repeating: false)
    // The last step looks again at bytes of the one before.
    let last = bytes.count - 16
    guard last >= 0 else {
      return bytes.allSatisfy { 0x20 <= $0 && $0 < 0x7F && $0 != first && $0 != second }
    }
    var index = 0
    while true {
      let part = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      special .|= ((part &- 0x20) .> 0x5E) .| (part .== first) .| (part .== second)
      if index == last { return !any(special) }
      index = min(index + 16, last)
    }
  }

  static func isPrintable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    isPlain(bytes, without: "\u{7F}", and: "\u{7F}")
  }
}
