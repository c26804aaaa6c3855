/// Words of ASCII letters and digits that are nothing else besides, in the order in which they stand.
///
/// (The marks between them need no look: they matter to codes alone.)
struct PlainWords {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var block: LetterBlock
  /// Those stops of the block that were not read yet.
  private var rest: UInt64
  /// The end of the last word.
  private(set) var position: Int
  /// The end of the run of address characters whose form is already known.
  let formsEnd: Int

  @inline(__always)
  init(bytes: UnsafeBufferPointer<UInt8>, block: LetterBlock, position: Int, formsEnd: Int) {
    (self.bytes, self.block, self.position, self.formsEnd) = (bytes, block, position, formsEnd)
    rest = block.stops & ~0 << UInt64(position &- block.start)
  }

  /// The next one; `nil` where something else stands, or nothing.
  @inline(__always)
  mutating func next() -> PlainWord? {
    while rest == 0 {
      let next = max(block.start &+ LetterBlock.length, position)
      guard next < bytes.count else { return nil }
      enter(next)
    }
    var start = rest.trailingZeroBitCount
    var end = block.ending(from: start)
    if end == LetterBlock.length, start > 0, block.start &+ end < bytes.count {
      // The word may go on.
      enter(block.start &+ start)
      (start, end) = (0, block.ending(from: 0))
    }
    guard end < LetterBlock.length, block.beginsWithLetter(at: start), !isEscape(start) else {
      return nil
    }
    let mark = block.byte(at: end)
    if mark.mayJoin, mayGoOn(block.start &+ start, block.start &+ end, mark) { return nil }
    rest &= ~0 &<< UInt64(truncatingIfNeeded: end)
    position = block.start &+ end
    return block.word(start, end)
  }

  /// Goes to the block at a place before the end of the reply.
  @inline(__always)
  private mutating func enter(_ start: Int) {
    block = block.next(bytes, at: start)
    rest = block.stops
  }

  /// Whether a word begins with the letter of a line break that is written `\n`.
  @inline(__always)
  private func isEscape(_ start: Int) -> Bool {
    let letter = block.byte(at: start)
    guard letter == UInt8(ascii: "n") || letter == UInt8(ascii: "r") else { return false }
    let place = block.start &+ start
    return place > 0 && bytes.escapedLineBreak(at: place &- 1) > 0
  }

  /// Whether a word may be the beginning of an address, an IP address, a name or a URL.
  @inline(__always)
  private func mayGoOn(_ start: Int, _ end: Int, _ mark: UInt8) -> Bool {
    start >= formsEnd || mark == UInt8(ascii: ":") || mark >= 0x80
      ? bytes.isJoined(start, at: end) : false
  }
}
