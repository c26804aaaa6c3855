/// Eight bytes at once, for loops that only ask whether anything unusual is among them.
///
/// Each question sets the highest bit of some byte where the answer is yes. (A byte that is no ASCII
/// can make its neighbours' answers wrong; it is unusual itself.)
package struct EightBytes {
  private let word: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// - Parameter index: Eight bytes have to follow it.
  @inline(__always)
  package init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  /// The same byte eight times.
  @inline(__always)
  package init(repeating byte: UInt8) { word = UInt64(byte) &* Self.ones }

  /// Where bytes are no printable ASCII.
  @inline(__always)
  package var unprintable: UInt64 {
    let isControl = word &- 0x20 &* Self.ones
    let isDelete = word &+ Self.ones
    return (isControl | word | isDelete) & Self.highBits
  }

  /// Whether bytes at the same place are alike.
  @inline(__always)
  package func matches(_ other: EightBytes) -> UInt64 {
    let difference = word ^ other.word
    return (difference &- Self.ones) & ~difference & Self.highBits
  }

  /// Where both hold a space.
  @inline(__always)
  package func spaces(followedBy next: EightBytes) -> UInt64 {
    let spaces = 0x20 &* Self.ones
    let difference = (word ^ spaces) | (next.word ^ spaces)
    return (difference &- Self.ones) & ~difference & Self.highBits
  }

  /// Where bytes lie in a range of ASCII.
  @inline(__always)
  package func within(_ range: ClosedRange<UInt8>) -> UInt64 {
    let ascii = word & ~Self.highBits
    let isFromLower = ascii &+ UInt64(0x80 - range.lowerBound) &* Self.ones
    let isBeyondUpper = ascii &+ UInt64(0x7F - range.upperBound) &* Self.ones
    return isFromLower & ~isBeyondUpper & Self.highBits
  }
}
