/// A line of input, without its line break.
struct Line {
  /// Counted from 1.
  let number: Int
  let bytes: [UInt8]
  /// Whether the line went on behind these bytes.
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

/// Reads lines one by one, without the blank ones.
struct LineReader {
  private var pieces: PieceReader

  /// - Parameters:
  ///   - limit: How many bytes of a line to keep.
  ///   - read: Gives the next bytes of the input, none at its end.
  init(limit: Int, read: @escaping () throws -> [UInt8]) {
    pieces = PieceReader(joinsReplies: false, limit: limit, read: read)
  }

  /// The next line; `nil` at the end.
  mutating func next() throws -> Line? {
    try pieces.next().map { piece, bytes in
      Line(number: piece.line, bytes: bytes, isTruncated: piece.isTruncated)
    }
  }
}

/// Reads replies one by one, as `InputCutter` cuts them.
struct ReplyReader {
  private var pieces: PieceReader

  /// - Parameters:
  ///   - limit: How many bytes of a reply to keep.
  ///   - read: Gives the next bytes of the input, none at its end.
  init(limit: Int, read: @escaping () throws -> [UInt8]) {
    pieces = PieceReader(joinsReplies: true, limit: limit, read: read)
  }

  /// The next reply; `nil` at the end.
  mutating func next() throws -> InputReply? {
    try pieces.next().map { piece, bytes in
      InputReply(line: piece.line, bytes: bytes, isTruncated: piece.isTruncated)
    }
  }
}

private struct PieceReader {
  private let read: () throws -> [UInt8]
  private var cutter: InputCutter
  private var block = InputBlock()
  private var pieceIndex = 0
  private var isAtEnd = false
  /// Met behind pieces that are given out first.
  private var pendingError: (any Error)?

  init(joinsReplies: Bool, limit: Int, read: @escaping () throws -> [UInt8]) {
    self.read = read
    cutter = InputCutter(joinsReplies: joinsReplies, limit: limit)
  }

  mutating func next() throws -> (InputBlock.Piece, [UInt8])? {
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
    return (piece, Array(block.bytes[piece.range]))
  }

  private mutating func readMore() {
    do {
      let chunk = try read()
      chunk.withUnsafeBytes { cutter.add($0) }
      isAtEnd = chunk.isEmpty
      if isAtEnd { cutter.finish() }
    } catch {
      cutter.abandonLine()
      pendingError = error
    }
  }
}
