/// Cuts JSON into objects, however they are laid out: one behind the other, over several lines, in a list
/// around all of them, which may be larger than memory. What stands between them and is no JSON is a piece of
/// its own, up to the end of its line, so that its record says so.
struct JSONCutter: BlockCutter {
  private let limit: Int
  private var block = InputBlock()
  private var lineNumber = 1
  /// The piece that is being read: where its bytes begin in the block, on which line, and whether it is an object.
  private var piece: (start: Int, line: Int, isObject: Bool)?
  private var isTruncated = false

  // Of the object that is being read:
  private var depth = 0
  private var (isInString, isBehindBackslash) = (false, false)

  /// - Parameter limit: How many bytes to keep of an object.
  init(limit: Int) { self.limit = limit }

  var byteCount: Int { block.bytes.count }
  var hasPieces: Bool { !block.pieces.isEmpty }

  mutating func add(_ chunk: UnsafeRawBufferPointer) {
    var start = 0
    for (index, byte) in chunk.enumerated() {
      if piece == nil {
        if Self.beginsPiece(byte) {
          piece = (byteCount, lineNumber, byte == UInt8(ascii: "{"))
          start = index
        }
      }
      if let piece, piece.isObject ? step(over: byte) : byte == 0x0A {
        keep(chunk[start..<(piece.isObject ? index + 1 : index)])
        endPiece()
      }
      if byte == 0x0A { lineNumber += 1 }
    }
    if piece != nil { keep(chunk[start...]) }
  }

  /// Between objects stand commas, white space and the brackets of a list, and nothing else; at the beginning
  /// perhaps the mark of byte order.
  private static func beginsPiece(_ byte: UInt8) -> Bool {
    !byte.isBlank && !"[],".utf8.contains(byte) && ![UInt8].byteOrderMark.contains(byte)
  }

  /// - Returns: Whether the object ends with this byte.
  private mutating func step(over byte: UInt8) -> Bool {
    if isInString {
      switch byte {
      case _ where isBehindBackslash: isBehindBackslash = false
      case UInt8(ascii: "\\"): isBehindBackslash = true
      case UInt8(ascii: "\""): isInString = false
      default: break
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    return depth == 0
  }

  private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
    guard let piece else { return }
    let room = limit - (byteCount - piece.start)
    block.bytes += bytes.prefix(room)
    if bytes.count > room { isTruncated = true }
  }

  private mutating func endPiece() {
    guard let piece else { return }
    block.pieces.append(
      InputBlock.Piece(
        line: piece.line, range: piece.start..<byteCount, isTruncated: isTruncated))
    self.piece = nil
    (depth, isInString, isBehindBackslash, isTruncated) = (0, false, false, false)
  }

  mutating func finish() { endPiece() }

  mutating func abandonLine() {
    if let piece { block.bytes.removeSubrange(piece.start...) }
    piece = nil
  }

  mutating func take(into taken: inout InputBlock) {
    taken.removeAll()
    let start = piece?.start ?? byteCount
    taken.bytes += block.bytes[start...]
    block.bytes.removeSubrange(start...)
    swap(&block, &taken)
    piece?.start = 0
  }

  /// Whether a text begins like a list of objects, or like an object over several lines: as no line of NDJSON
  /// does.
  static func begins(_ text: some Collection<UInt8>) -> Bool {
    let rest = text.drop(while: \.isBlank)
    let next = rest.dropFirst().first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return switch rest.first {
    case UInt8(ascii: "{"): next == 0x0A
    case UInt8(ascii: "["): rest.dropFirst().first { !$0.isBlank } == UInt8(ascii: "{")
    default: false
    }
  }
}
