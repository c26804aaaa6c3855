/// Eight bytes at once: the arithmetic is done in all of them together (SWAR).
///
/// Each question sets the highest bit of every byte where the answer is yes. Carries do not cross from
/// one byte to the next, except where a comment says so.
package struct EightBytes {
  /// The first byte is the lowest.
  @usableFromInline let word: UInt64

  @usableFromInline static let ones: UInt64 = 0x0101_0101_0101_0101
  @usableFromInline static let highBits: UInt64 = 0x8080_8080_8080_8080

  private init(word: UInt64) { self.word = word }

  /// - Parameter index: Eight bytes have to follow it.
  @inlinable @inline(__always)
  package init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    assert(0 <= index && index + 8 <= bytes.count)
    word = UInt64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
        fromByteOffset: index, as: UInt64.self))
  }

  /// - Parameter bytes: Eight bytes have to follow it.
  @inline(__always)
  init(_ bytes: UnsafeRawPointer) {
    word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
  }

  /// The bytes from an index on; zeros beyond the end.
  @inline(__always)
  init(padded bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    assert(0 <= index && index <= bytes.count)
    let missing = index &+ 8 &- bytes.count
    if missing <= 0 {
      self.init(bytes, at: index)
    } else if bytes.count >= 8 {
      let last = EightBytes(bytes, at: bytes.count &- 8)
      self.init(word: missing < 8 ? last.word >> UInt64(8 &* missing) : 0)
    } else {
      var group: UInt64 = 0
      for place in (index..<bytes.count).reversed() { group = group << 8 | UInt64(bytes[place]) }
      self.init(word: group)
    }
  }

  /// The same byte eight times.
  @inlinable @inline(__always)
  package init(repeating byte: UInt8) { word = UInt64(byte) &* Self.ones }

  /// Some of the bytes, from the first on; zeros in place of the others.
  @inline(__always)
  func first(_ length: Int) -> UInt64 {
    length >= 8 ? word : word & ~(~0 &<< UInt64(8 &* length))
  }

  // MARK: - Words

  /// Where bytes are no ASCII.
  @inline(__always)
  var beyondASCII: UInt64 { word & Self.highBits }

  /// The bytes with ASCII in lower case; and where they are ASCII letters or digits.
  @inline(__always)
  var folded: (bytes: UInt64, letters: UInt64, digits: UInt64) {
    let ascii = word & ~Self.highBits
    let letters = Self.within(UInt8(ascii: "a")...UInt8(ascii: "z"), ascii | 0x20 &* Self.ones)
    let digits = Self.within(UInt8(ascii: "0")...UInt8(ascii: "9"), ascii)
    let isASCII = ~word & Self.highBits
    return (word | (letters & isASCII) >> 2, letters & isASCII, digits & isASCII)
  }

  /// How many characters of a host name it begins with: letters, digits, hyphens, underscores, dots.
  @inline(__always)
  var nameLength: Int {
    let (_, letters, digits) = folded
    let isName =
      letters | digits | equals(UInt8(ascii: ".")) | equals(UInt8(ascii: "-"))
      | equals(UInt8(ascii: "_"))
    return (~isName & Self.highBits).trailingZeroBitCount / 8
  }

  @inline(__always)
  private func equals(_ byte: UInt8) -> UInt64 {
    let difference = word ^ UInt64(byte) &* Self.ones
    return ~((difference & ~Self.highBits) &+ ~Self.highBits | difference) & Self.highBits
  }

  // MARK: - Text that needs no escapes

  /// Where bytes are no printable ASCII. (A byte that is no ASCII can make its neighbours' answers
  /// wrong; it is unprintable itself.)
  @inlinable @inline(__always)
  package var unprintable: UInt64 {
    let isControl = word &- 0x20 &* Self.ones
    let isDelete = word &+ Self.ones
    return (isControl | word | isDelete) & Self.highBits
  }

  /// 0 where no bytes at the same place are alike. (Behind two that are, it may mark others too.)
  @inlinable @inline(__always)
  package func matches(_ other: EightBytes) -> UInt64 {
    let difference = word ^ other.word
    return (difference &- Self.ones) & ~difference & Self.highBits
  }

  /// 0 where nowhere both hold a space. (Behind such a place, it may mark others too.)
  @inlinable @inline(__always)
  package func spaces(followedBy next: EightBytes) -> UInt64 {
    let spaces = 0x20 &* Self.ones
    let difference = (word ^ spaces) | (next.word ^ spaces)
    return (difference &- Self.ones) & ~difference & Self.highBits
  }

  /// Where bytes lie in a range of ASCII.
  @inlinable @inline(__always)
  package func within(_ range: ClosedRange<UInt8>) -> UInt64 {
    Self.within(range, word & ~Self.highBits) & Self.highBits
  }

  /// The same for bytes that are ASCII all; of the answer, only the highest bits count.
  @inlinable @inline(__always)
  static func within(_ range: ClosedRange<UInt8>, _ ascii: UInt64) -> UInt64 {
    let isFromLower = ascii &+ UInt64(0x80 - range.lowerBound) &* ones
    let isBeyondUpper = ascii &+ UInt64(0x7F - range.upperBound) &* ones
    return isFromLower & ~isBeyondUpper
  }
}

/// The answers for eight groups of eight bytes, on their way to a bit for each byte.
struct BitColumns {
  /// A byte for each place in a group, with a bit for each group.
  private var columns: UInt64 = 0

  @inline(__always)
  mutating func add(_ answer: UInt64, row: Int) { columns |= answer &>> UInt64(7 &- row) }

  /// A bit for each byte, in order: the matrix of eight times eight bits, transposed (Warren, Hacker's
  /// Delight, 7-3).
  var rows: UInt64 {
    var bits = columns
    var swapped = (bits ^ bits >> 7) & 0x00AA_00AA_00AA_00AA
    bits ^= swapped ^ swapped << 7
    swapped = (bits ^ bits >> 14) & 0x0000_CCCC_0000_CCCC
    bits ^= swapped ^ swapped << 14
    swapped = (bits ^ bits >> 28) & 0x0000_0000_F0F0_F0F0
    return bits ^ swapped ^ swapped << 28
  }
}
