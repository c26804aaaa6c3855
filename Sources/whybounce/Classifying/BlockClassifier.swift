import BounceCatalogue

/// What came of a block of input.
struct BlockResult: ~Copyable, Sendable {
  fileprivate(set) var output = OutputBytes()
  /// What is wrong with lines of it.
  fileprivate(set) var errors: [(line: Int, message: String)] = []
  /// The file; `nil` for standard input.
  private(set) var file: String?
  /// Why the file cannot be read any further.
  private(set) var failure: UnreadableInput?
  private(set) var replyCount = 0

  fileprivate mutating func begin(_ block: InputBlock) {
    // A giant line may have made it large.
    output.removeAll(keepingAtMost: 1 << 23)
    errors.removeAll(keepingCapacity: true)
    (file, failure, replyCount) = (block.file, block.failure, block.pieces.count)
  }
}

/// What one thread does with blocks of input, one after the other.
struct BlockClassifier: ~Copyable {
  private let classifier: BounceClassifier
  private(set) var writer: any ReplyWriter
  /// Where the input is NDJSON.
  private var json: (scanner: JSONFieldScanner, decoder: JSONReplyDecoder)?
  /// What came of the last block.
  private(set) var result = BlockResult()

  init(_ classifier: BounceClassifier, _ writer: any ReplyWriter, decoder: JSONReplyDecoder?) {
    (self.classifier, self.writer) = (classifier, writer)
    json = decoder.map { (JSONFieldScanner(field: $0.field), $0) }
  }

  mutating func classify(_ block: InputBlock) {
    result.begin(block)
    writer.begin(file: block.file)
    block.bytes.withUnsafeBufferPointer { bytes in
      for piece in block.pieces {
        let bytes = UnsafeBufferPointer(rebasing: bytes[piece.range])
        if json != nil {
          classifyLine(bytes, piece)
        } else {
          writer.append(
            bytes, line: piece.line, isTruncated: piece.isTruncated, error: nil, to: &result.output)
        }
      }
    }
  }

  private mutating func classifyLine(_ bytes: UnsafeBufferPointer<UInt8>, _ piece: InputBlock.Piece)
  {
    guard !piece.isTruncated, json!.scanner.find(in: bytes),
      !MailMessage.mayBegin(json!.scanner.text)
    else {
      let line = Line(number: piece.line, bytes: Array(bytes), isTruncated: piece.isTruncated)
      return classify(json!.decoder.reply(on: line))
    }
    let limit = json!.decoder.limit
    json!.scanner.text.withUnsafeBufferPointer { text in
      writer.append(
        UnsafeBufferPointer(rebasing: text.prefix(limit)), line: piece.line,
        isTruncated: text.count > limit, error: nil, to: &result.output)
    }
  }

  private mutating func classify(_ reply: InputReply) {
    // A field may hold whole bounces.
    let text = MailMessage(reply.bytes).map(classifier.tellingText) ?? reply.bytes
    text.withUnsafeBufferPointer { bytes in
      writer.append(
        bytes, line: reply.line, isTruncated: reply.isTruncated, error: reply.error,
        to: &result.output)
    }
    if let error = reply.error { result.errors.append((reply.line, error)) }
  }
}
