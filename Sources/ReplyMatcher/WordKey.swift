/// The identity of a folded word in the vocabulary: its UTF-8 bytes, eight at a time.
///
/// A word of up to eight bytes *is* its key, so that one comparison decides. The key of a longer one
/// is a hash of all its groups, and the letters decide.
///
///     mailbox:   │m a i l b o x 0│                     key: the group itself
///     recipient: │r e c i p i e n│ │t 0 0 0 0 0 0 0│   key: both groups, mixed
package struct WordKey {
  package private(set) var value: UInt64 = 0
  /// Whether the word has more than one group.
  package private(set) var isLong = false
  private var group: UInt64 = 0
  private var groupLength = 0

  package init() {}

  /// The key of a folded word.
  package init(word: String) {
    self.init()
    for byte in word.utf8 { append(byte) }
    finish()
  }

  private mutating func append(_ byte: UInt8) {
    if groupLength == 8 { endGroup() }
    group |= UInt64(byte) << UInt64(8 * groupLength)
    groupLength += 1
  }

  /// Appends a folded character, as UTF-8.
  mutating func append(_ scalar: UInt32) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(scalar >> shift & 0x3F | 0x80) }
    switch scalar {
    case 0..<0x80: append(UInt8(scalar))
    case 0x80..<0x800:
      append(UInt8(scalar >> 6 | 0xC0))
      append(tail(0))
    case 0x800..<0x1_0000:
      append(UInt8(scalar >> 12 | 0xE0))
      append(tail(6))
      append(tail(0))
    default:
      append(UInt8(scalar >> 18 | 0xF0))
      append(tail(12))
      append(tail(6))
      append(tail(0))
    }
  }

  /// Appends a whole group; only where the groups before it are full.
  @inline(__always)
  mutating func append(group bytes: UInt64) {
    if groupLength == 8 { endGroup() }
    (group, groupLength) = (bytes, 8)
  }

  @inline(__always)
  private mutating func endGroup() {
    finish()
    (group, groupLength, isLong) = (0, 0, true)
  }

  /// Takes the last group in.
  @inline(__always)
  mutating func finish() {
    value = isLong ? (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15 ^ group : group
  }

  /// The slot at which a search in a table of `mask + 1` slots begins.
  @inline(__always)
  package static func slot(_ value: UInt64, mask: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: (value &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}

/// Eight bytes of a reply, looked at together: how many letters and digits they begin with, folded.
///
/// The arithmetic is done in all eight bytes at once (SWAR): a byte's high bit holds the answer for
/// it. Bytes beyond ASCII end the word here; `WordUnit` reads those.
struct LetterGroup {
  /// The letters and digits in lower case; the bytes behind them are zero.
  let folded: UInt64
  /// 0 to 8.
  let length: Int
  let isNumber: Bool

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    let group = Self.load(bytes, at: index)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = ones &* 0x80
    let ascii = group & ~high
    /// High bits where a byte of `ascii | fold` lies in the range.
    func isIn(_ low: UInt8, _ top: UInt8, _ value: UInt64) -> UInt64 {
      (value &+ ones &* UInt64(0x80 - low)) & ~(value &+ ones &* UInt64(0x7F - top)) & high
    }
    let digits = isIn(UInt8(ascii: "0"), UInt8(ascii: "9"), ascii)
    let letters = isIn(UInt8(ascii: "a"), UInt8(ascii: "z"), ascii | ones &* 0x20)
    let others = ~(digits | letters) & high | group & high
    let bits = others.trailingZeroBitCount & ~7
    let mask = bits == 64 ? ~0 : (1 as UInt64) << UInt64(bits) &- 1
    length = bits / 8
    folded = (ascii | letters >> 2) & mask
    isNumber = ~digits & high & mask == 0
  }

  /// Whether its first letters are those of another group.
  func begins(with other: LetterGroup) -> Bool {
    let mask = other.length == 8 ? ~0 : (1 as UInt64) << UInt64(8 * other.length) &- 1
    return length >= other.length && folded & mask == other.folded
  }

  /// The eight bytes from an index on; zeros beyond the end.
  @inline(__always)
  private static func load(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64 {
    assert(0 <= index && index <= bytes.count)
    if index + 8 <= bytes.count {
      // Within bounds, which debug builds check: the last byte read is `index + 7`.
      return UInt64(
        littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: index, as: UInt64.self))
    }
    var group: UInt64 = 0
    var place = bytes.count
    while place > index {
      place &-= 1
      group = group << 8 | UInt64(bytes[place])
    }
    return group
  }
}
