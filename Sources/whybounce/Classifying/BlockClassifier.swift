/// What came of a block of input.
struct BlockResult: Sendable {
  fileprivate(set) var output: [UInt8] = []
  /// What is wrong with lines of it.
  fileprivate(set) var errors: [(line: Int, message: String)] = []
  /// The file; `nil` for standard input.
  private(set) var file: String?
  /// Why the file cannot be read any further.
  private(set) var failure: SystemError?
  private(set) var replyCount = 0

  fileprivate mutating func begin(_ block: InputBlock) {
    // Keeps the memory, unless a giant line has made it large.
    if output.capacity > 1 << 23 { output = [] }
    output.removeAll(keepingCapacity: true)
    errors.removeAll(keepingCapacity: true)
    (file, failure, replyCount) = (block.file, block.failure, block.pieces.count)
  }
}

/// What one thread does with blocks of input, one after the other.
struct BlockClassifier {
  private(set) var writer: any ReplyWriter
  /// Where the input is NDJSON.
  private let decoder: JSONReplyDecoder?
  /// What came of the last block.
  private(set) var result = BlockResult()

  init(_ writer: any ReplyWriter, decoder: JSONReplyDecoder?) {
    (self.writer, self.decoder) = (writer, decoder)
  }

  mutating func classify(_ block: InputBlock) {
    result.begin(block)
    writer.begin(file: block.file)
    block.bytes.withUnsafeBufferPointer { bytes in
      for piece in block.pieces {
        let bytes = UnsafeBufferPointer(rebasing: bytes[piece.range])
        if let decoder {
          classify(
            decoder.reply(
              on: Line(number: piece.line, bytes: Array(bytes), isTruncated: piece.isTruncated)))
        } else {
          writer.append(
            bytes, line: piece.line, isTruncated: piece.isTruncated, error: nil, to: &result.output)
        }
      }
    }
  }

  private mutating func classify(_ reply: InputReply) {
    reply.bytes.withUnsafeBufferPointer { bytes in
      writer.append(
        bytes, line: reply.line, isTruncated: reply.isTruncated, error: reply.error,
        to: &result.output)
    }
    if let error = reply.error { result.errors.append((reply.line, error)) }
  }
}
