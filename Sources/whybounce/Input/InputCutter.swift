import BounceCatalogue

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts input into lines, or into replies: one a line, but the lines of one SMTP reply (RFC 5321,
/// 4.2.1: `550-…`, `550-…`, `550 …`) stay together, joined by LF, unless their status codes say that
/// they are of different replies, whose other lines are missing. Blank lines are left out.
///
/// Input comes in chunks of any size. What is complete can be taken away at any time; what has only
/// begun stays. No more is kept of any line or reply than a limit.
struct InputCutter: BlockCutter {
  private let joinsReplies: Bool
  private let limit: Int
  private var block = InputBlock()

  private var lineNumber = 0
  /// Whether any byte of a line has come whose end has not.
  private var hasBegunLine = false
  /// Where the bytes of that line begin in the block, and how many it has, kept or not.
  private var lineStart = 0
  private var lineLength = 0
  /// A reply of which more lines may follow; it ends where the block did before its last line.
  private var openReply: (piece: InputBlock.Piece, code: Int, status: EnhancedStatusCode?)?

  /// - Parameter limit: How many bytes to keep of a line or reply.
  init(joinsReplies: Bool, limit: Int) {
    (self.joinsReplies, self.limit) = (joinsReplies, limit)
  }

  var byteCount: Int { block.bytes.count }

  var hasPieces: Bool { !block.pieces.isEmpty }

  mutating func add(_ chunk: UnsafeRawBufferPointer) {
    var rest = chunk[...]
    while !rest.isEmpty {
      beginLine()
      let start = chunk.baseAddress! + rest.startIndex
      let end = memchr(start, 0x0A, rest.count).map { UnsafeRawPointer($0) - start }
      let length = end ?? rest.count
      // One byte more than the limit: it may be the CR of a CRLF.
      let room = limit + 1 - (block.bytes.count - lineStart)
      block.bytes.append(
        contentsOf: UnsafeRawBufferPointer(start: start, count: min(length, room)))
      lineLength += length
      if end != nil { endLine() }
      rest = rest.dropFirst(end.map { $0 + 1 } ?? length)
    }
  }

  mutating func finish() {
    if hasBegunLine { endLine() }
    closeReply()
  }

  /// The line that has begun is lost, the reply before it not.
  mutating func abandonLine() {
    hasBegunLine = false
    closeReply()
  }

  mutating func take(into taken: inout InputBlock) {
    taken.removeAll()
    let start = openReply?.piece.range.lowerBound ?? (hasBegunLine ? lineStart : byteCount)
    taken.bytes.append(contentsOf: block.bytes[start...])
    block.bytes.removeLast(byteCount - start)
    swap(&block, &taken)
    lineStart -= start
    if let piece = openReply?.piece {
      openReply?.piece.range = 0..<piece.range.upperBound - start
    }
  }

  private mutating func beginLine() {
    guard !hasBegunLine else { return }
    if openReply != nil { block.bytes.append(0x0A) }
    (hasBegunLine, lineStart, lineLength) = (true, byteCount, 0)
  }

  private mutating func endLine() {
    lineNumber += 1
    hasBegunLine = false
    var isTruncated = lineLength > byteCount - lineStart
    if !isTruncated, lineLength > 0, block.bytes.last == 0x0D { block.bytes.removeLast() }
    if lineNumber == 1 { removeByteOrderMark() }
    if byteCount - lineStart > limit {
      block.bytes.removeLast()
      isTruncated = true
    }

    let (head, isBlank) = block.bytes[lineStart...].withUnsafeBufferPointer { line in
      let head = joinsReplies ? ReplyLine(line) : nil
      return (head, head == nil && line.allSatisfy { $0.isBlank })
    }
    if let openReply {
      if let head, head.code == openReply.code,
        openReply.status == nil || head.status == nil || head.status == openReply.status
      {
        return join(isTruncated: isTruncated, isLast: !head.isContinued)
      }
      closeReply()
    }
    if isBlank && !isTruncated {
      block.bytes.removeLast(byteCount - lineStart)
      return
    }
    let piece = InputBlock.Piece(
      line: lineNumber, range: lineStart..<byteCount, isTruncated: isTruncated)
    if let head, head.isContinued, !head.isFolded {
      openReply = (piece, head.code, head.status)
    } else {
      block.pieces.append(piece)
    }
  }

  private mutating func removeByteOrderMark() {
    if block.bytes[lineStart...].starts(with: [UInt8].byteOrderMark) {
      block.bytes.removeSubrange(lineStart..<lineStart + [UInt8].byteOrderMark.count)
    }
  }

  private mutating func join(isTruncated: Bool, isLast: Bool) {
    let end = min(byteCount, openReply!.piece.range.lowerBound + limit)
    if isTruncated || end < byteCount { openReply!.piece.isTruncated = true }
    block.bytes.removeLast(byteCount - end)
    openReply!.piece.range = openReply!.piece.range.lowerBound..<end
    if isLast { closeReply() }
  }

  private mutating func closeReply() {
    if let piece = openReply?.piece { block.pieces.append(piece) }
    openReply = nil
  }
}

extension UInt8 {
  /// White space of ASCII.
  var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
}
