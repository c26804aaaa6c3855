/// The next 64 bytes of a reply, looked at together: a bit for each of them.
///
///     bytes          │ 5 5 0 _ U s e r _ u n k n o w n . … │
///     folded         │ 5 5 0 _ u s e r _ u n k n o w n . … │
///     alphanumerics  │ 1 1 1 0 1 1 1 1 0 1 1 1 1 1 1 1 0 … │
///
/// A word's beginning and end are then one instruction each, its `WordKey` one load.
struct LetterBlock {
  /// Where the block begins in the reply; at first, before it.
  private(set) var start = -length
  /// Where ASCII letters and digits are.
  private var alphanumerics: UInt64 = 0
  /// Where words begin or go on: there, and at bytes beyond ASCII.
  private(set) var stops: UInt64 = 0
  /// The bytes in lower case, zeros behind them. Behind those, room for the last bytes of a reply.
  /// Lent by `WalkMemory`.
  private let folded: UnsafeMutableRawPointer

  /// How many bytes it looks at, and how many it needs: a key may be loaded from any byte of the
  /// block, and reads eight.
  static let length = 64
  static let memorySize = 2 * length + 8

  /// - Parameter memory: `memorySize` bytes.
  init(_ memory: UnsafeMutableRawBufferPointer) {
    assert(memory.count == Self.memorySize)
    folded = memory.baseAddress!
  }

  /// The block at a place before the end of a reply, in the same memory.
  @inline(never)
  func next(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> LetterBlock {
    let count = min(bytes.count &- start, Self.length)
    assert(0 <= start && count > 0)
    // Sixty-four bytes can be read from here: those of the reply, or their copy.
    var source = UnsafeRawPointer(bytes.baseAddress! + start)
    if count < Self.length {
      let copy = folded + (Self.length + 8)
      copy.initializeMemory(as: UInt8.self, repeating: 0, count: Self.length)
      copy.copyMemory(from: source, byteCount: count)
      source = UnsafeRawPointer(copy)
    }
    var alphanumerics = BitColumns()
    var beyondASCII: UInt64 = 0
    var row = 0
    repeat {
      let group = EightBytes(source + 8 &* row)
      let (lower, letters, digits) = group.folded
      folded.storeBytes(of: lower.littleEndian, toByteOffset: 8 &* row, as: UInt64.self)
      alphanumerics.add(letters | digits, row: row)
      beyondASCII |= group.beyondASCII
      row &+= 1
    } while 8 &* row < count
    folded.storeBytes(of: 0, toByteOffset: 8 &* row, as: UInt64.self)
    var next = self
    (next.start, next.alphanumerics) = (start, alphanumerics.rows)
    next.stops = next.alphanumerics
    if beyondASCII != 0 { next.stops |= Self.bytesBeyondASCII(source, rows: row) }
    return next
  }

  @inline(never)
  private static func bytesBeyondASCII(_ source: UnsafeRawPointer, rows: Int) -> UInt64 {
    var columns = BitColumns()
    for row in 0..<rows { columns.add(EightBytes(source + 8 &* row).beyondASCII, row: row) }
    return columns.rows
  }

  /// Where the ASCII letters and digits end that stand at a place, as far as the block goes.
  @inline(__always)
  func ending(from offset: Int) -> Int {
    offset &+ (~(alphanumerics &>> UInt64(offset))).trailingZeroBitCount
  }

  /// A byte of the block, in lower case; 0 behind the reply.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 { UInt8(truncatingIfNeeded: group(at: offset)) }

  @inline(__always)
  func beginsWithLetter(at offset: Int) -> Bool {
    byte(at: offset) &- UInt8(ascii: "a") <= UInt8(ascii: "z") - UInt8(ascii: "a")
  }

  /// The word between two places of the block.
  @inline(__always)
  func word(_ start: Int, _ end: Int) -> PlainWord {
    var key = group(at: start)
    var (place, rest) = (start, end &- start)
    while rest > 8 {
      (place, rest) = (place &+ 8, rest &- 8)
      let next = group(at: place)
      key = WordKey.mixed(key, rest >= 8 ? next : next & Self.mask(rest))
    }
    if end &- start < 8 { key &= Self.mask(rest) }
    return PlainWord(start: self.start &+ start, end: self.start &+ end, key: key)
  }

  @inline(__always)
  private static func mask(_ length: Int) -> UInt64 { ~(~0 &<< UInt64(8 &* length)) }

  /// Whether a word longer than a group has these letters.
  func has(_ word: PlainWord, _ text: UnsafeBufferPointer<UInt8>, from start: Int, length: Int)
    -> Bool
  {
    guard word.length == length else { return false }
    let offset = Int(word.start) &- self.start
    var place = 0
    // The last group may overlap the one before it.
    while place < length {
      let next = min(place, length &- 8)
      guard group(at: offset &+ next) == EightBytes(text, at: start &+ next).word else {
        return false
      }
      place &+= 8
    }
    return true
  }

  /// Eight folded bytes from a place of the block on.
  @inline(__always)
  private func group(at offset: Int) -> UInt64 {
    assert(0 <= offset && offset <= Self.length)
    return EightBytes(UnsafeRawPointer(folded) + offset).word
  }
}

/// A word of ASCII letters and digits that is nothing else besides.
struct PlainWord: BitwiseCopyable {
  /// The `WordKey`.
  let key: UInt64
  let start: UInt32
  let end: UInt32

  @inline(__always)
  init(start: Int, end: Int, key: UInt64) {
    self.key = key
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var length: Int { Int(end &- start) }
}
