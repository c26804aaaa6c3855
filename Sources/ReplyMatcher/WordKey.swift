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
    for byte in word.utf8 { append(UInt64(byte), length: 1) }
    finish()
  }

  /// Appends a folded character, as UTF-8.
  @inline(__always)
  mutating func append(_ scalar: UInt32) {
    func tail(_ shift: UInt32) -> UInt64 { UInt64(scalar >> shift & 0x3F | 0x80) }
    switch scalar {
    case 0..<0x80: append(UInt64(scalar), length: 1)
    case 0x80..<0x800: append(UInt64(scalar >> 6 | 0xC0) | tail(0) << 8, length: 2)
    case 0x800..<0x1_0000:
      append(UInt64(scalar >> 12 | 0xE0) | tail(6) << 8 | tail(0) << 16, length: 3)
    default:
      let first = UInt64(scalar >> 18 | 0xF0)
      append(first | tail(12) << 8 | tail(6) << 16 | tail(0) << 24, length: 4)
    }
  }

  /// Appends a few bytes, the first the lowest.
  @inline(__always)
  private mutating func append(_ bytes: UInt64, length: Int) {
    if groupLength == 8 { endGroup() }
    group |= bytes &<< UInt64(8 &* groupLength)
    let room = 8 &- groupLength
    groupLength &+= length
    guard length > room else { return }
    // The last of them begin the next group.
    groupLength = 8
    endGroup()
    (group, groupLength) = (bytes &>> UInt64(8 &* room), length &- room)
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
    value = isLong ? Self.mixed(value, group) : group
  }

  /// The key of a word after one more group.
  @inline(__always)
  static func mixed(_ value: UInt64, _ group: UInt64) -> UInt64 {
    (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15 ^ group
  }

  /// The slot at which a search in a table of `mask + 1` slots begins.
  @inline(__always)
  package static func slot(_ value: UInt64, mask: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: (value &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}

/// Eight bytes of a reply: how many letters and digits they begin with, folded.
///
/// Bytes beyond ASCII end the word here; `WordUnit` reads those.
struct LetterGroup {
  /// The letters and digits in lower case; the bytes behind them are zero.
  let folded: UInt64
  /// 0 to 8.
  let length: Int
  let isNumber: Bool

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    let (lower, letters, digits) = EightBytes(padded: bytes, at: index).folded
    let bits = ((letters | digits) ^ EightBytes.highBits).trailingZeroBitCount & ~7
    let mask = bits == 64 ? ~0 : (1 as UInt64) << UInt64(bits) &- 1
    length = bits / 8
    folded = lower & mask
    isNumber = letters & mask == 0
  }

  /// Whether its first letters are those of another group.
  func begins(with other: LetterGroup) -> Bool {
    let mask = other.length == 8 ? ~0 : (1 as UInt64) << UInt64(8 * other.length) &- 1
    return length >= other.length && folded & mask == other.folded
  }
}
