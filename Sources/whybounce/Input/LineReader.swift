/// A line of input, or the lines of one reply, without the last line break.
struct Line {
  /// That of the first one, counted from 1.
  let number: Int
  let bytes: [UInt8]
  /// Whether it went on behind these bytes.
  var isTruncated = false
}

/// One item of input to classify.
struct InputReply {
  /// Of a longer reply, this much is read.
  static let mostBytes = 1 << 20

  /// The line on which it begins.
  let line: Int
  var bytes: [UInt8] = []
  /// Whether the reply went on behind these bytes.
  var isTruncated = false
  /// Why there is no reply on this line.
  var error: String?
  /// The categories that a person accepts for it, where the input is labelled.
  var accept: [String] = []
}

/// Reads lines one by one, without the blank ones; or replies, as `InputCutter` cuts them.
struct LineReader {
  private let read: () throws -> [UInt8]
  private var cutter: InputCutter
  private var block = InputBlock()
  private var pieceIndex = 0
  private var (isNew, isAtEnd) = (true, false)
  /// Met behind pieces that are given out first.
  private var pendingError: (any Error)?

  /// - Parameters:
  ///   - joinsReplies: Whether the lines of a reply are one.
  ///   - limit: How many bytes of each to keep.
  ///   - read: Gives the next bytes of the input, none at its end.
  init(joinsReplies: Bool = false, limit: Int, read: @escaping () throws -> [UInt8]) {
    self.read = read
    cutter = InputCutter(joinsReplies: joinsReplies, limit: limit)
  }

  /// The next one; `nil` at the end.
  mutating func next() throws -> Line? {
    while pieceIndex == block.pieces.count {
      if let pendingError {
        self.pendingError = nil
        throw pendingError
      }
      if isAtEnd { return nil }
      readMore()
      guard cutter.hasPieces else { continue }
      cutter.take(into: &block)
      pieceIndex = 0
    }
    defer { pieceIndex += 1 }
    let piece = block.pieces[pieceIndex]
    return Line(
      number: piece.line, bytes: Array(block.bytes[piece.range]), isTruncated: piece.isTruncated)
  }

  private mutating func readMore() {
    do {
      let chunk = try read()
      if isNew, let failure = UnreadableInput(beginningWith: chunk) { throw failure }
      isNew = false
      chunk.withUnsafeBytes { cutter.add($0) }
      isAtEnd = chunk.isEmpty
      if isAtEnd { cutter.finish() }
    } catch {
      cutter.abandonLine()
      pendingError = error
    }
  }
}
