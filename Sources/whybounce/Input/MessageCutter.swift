/// Leaves a file in one piece.
struct MessageCutter: BlockCutter {
  private let limit: Int
  private var block = InputBlock()
  private(set) var isFull = false

  /// - Parameter limit: How many bytes to keep of the file.
  init(limit: Int) { self.limit = limit }

  var byteCount: Int { block.bytes.count }
  var hasPieces: Bool { !block.pieces.isEmpty }

  mutating func add(_ chunk: UnsafeRawBufferPointer) {
    let room = limit - byteCount
    block.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk.prefix(room)))
    isFull = chunk.count > room
  }

  mutating func finish() {
    // (Without the byte order mark of editors on Windows.)
    let start = block.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    block.pieces.append(
      InputBlock.Piece(line: 1, range: start..<byteCount, isTruncated: isFull))
  }

  mutating func abandonLine() {}

  mutating func take(into taken: inout InputBlock) {
    taken.removeAll()
    swap(&block, &taken)
  }
}
