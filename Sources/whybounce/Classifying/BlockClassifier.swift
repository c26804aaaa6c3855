import BounceCatalogue
import BounceMessages

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
  private(set) var writer: RecordWriter
  private var scanner: JSONFieldScanner
  private let decoder: JSONReplyDecoder
  private var kept: KeptFields
  private var rows: RowReader
  private var events: EventReports
  /// What came of the last block.
  private(set) var result = BlockResult()

  /// - Parameters:
  ///   - field: The field of objects, or the column of tables, that holds the reply.
  ///   - keptNames: The fields or columns that go into the record.
  init(
    _ classifier: BounceClassifier, _ writer: RecordWriter, field: String, keptNames: [String]
  ) {
    kept = KeptFields(keptNames)
    rows = RowReader(field: field, keptNames: keptNames)
    (self.classifier, self.writer) = (classifier, writer)
    scanner = JSONFieldScanner(field: field)
    decoder = JSONReplyDecoder(field: field, limit: InputReply.mostBytes)
    events = EventReports(classifier)
  }

  mutating func classify(_ block: InputBlock) {
    result.begin(block)
    writer.begin(file: block.file)
    kept.clear()
    if let form = block.format.table { rows.begin(form, block.head) }
    block.bytes.withUnsafeBufferPointer { bytes in
      for piece in block.pieces {
        let bytes = UnsafeBufferPointer(rebasing: bytes[piece.range])
        switch block.format {
        case .lines:
          classify(
            bytes,
            RecordOrigin(line: piece.line, isTruncated: piece.isTruncated, kept: kept.values))
        case .ndjson, .json: classifyObject(bytes, piece)
        case .csv, .tsv: classifyRow(bytes, piece)
        case .messages: classifyMessage(bytes, piece)
        }
      }
    }
  }

  private mutating func classifyObject(
    _ bytes: UnsafeBufferPointer<UInt8>, _ piece: InputBlock.Piece
  ) {
    // (The decoder takes some lines that are no JSON, of which nothing can be kept.)
    let isReadable = kept.isEmpty || kept.find(in: bytes)
    guard !piece.isTruncated, scanner.find(in: bytes), !MailMessage.mayBegin(scanner.text) else {
      let line = Line(number: piece.line, bytes: Array(bytes), isTruncated: piece.isTruncated)
      var reply = decoder.reply(on: line)
      // Without the field, an event has others that tell.
      if let error = reply.error, error != JSONLines.invalid, !piece.isTruncated {
        if classifyEvents(in: bytes, RecordOrigin(line: piece.line, kept: kept.values)) { return }
        reply.error = decoder.remark(onObjectWithoutReply: line) ?? error
      }
      if !isReadable, reply.error == nil { reply.error = JSONLines.invalid }
      return classify(reply, kept.values)
    }
    let limit = InputReply.mostBytes
    var text = scanner.text
    let isTruncated = text.count > limit
    if isTruncated { text.removeSubrange(limit...) }
    let origin = RecordOrigin(line: piece.line, isTruncated: isTruncated, kept: kept.values)
    if text.withUnsafeBufferPointer({ classifyEvents(in: $0, origin) }) { return }
    // The codes may stand in other fields of the object.
    if !text.withUnsafeBufferPointer({ ReplyLine($0)?.status != nil }) {
      text = events.completed(
        text, besideIn: UnsafeBufferPointer(rebasing: bytes[scanner.object]))
    }
    text.withUnsafeBufferPointer { writer.append($0, from: origin, to: &result.output) }
  }

  /// Classifies a reply, or what a text that is JSON says of each recipient.
  private mutating func classify(_ text: UnsafeBufferPointer<UInt8>, _ origin: RecordOrigin) {
    if !classifyEvents(in: text, origin) {
      writer.append(text, from: origin, to: &result.output)
    }
  }

  /// - Returns: Whether there were any.
  private mutating func classifyEvents(
    in text: UnsafeBufferPointer<UInt8>, _ origin: RecordOrigin
  ) -> Bool {
    let reports = events.reports(in: text)
    for report in reports {
      var origin = origin
      origin.recipient = report.recipient.map { Array($0.utf8) }
      origin.remoteHost = report.remoteHost.map { Array($0.utf8) }
      report.text.withUnsafeBufferPointer { writer.append($0, from: origin, to: &result.output) }
    }
    return !reports.isEmpty
  }

  private mutating func classifyRow(
    _ bytes: UnsafeBufferPointer<UInt8>, _ piece: InputBlock.Piece
  ) {
    var reply = InputReply(line: piece.line)
    reply.error = rows.read(bytes)
    if piece.isTruncated {
      reply.error = "The row is longer than 16 MiB. Perhaps a quotation mark has no second one."
    }
    reply.bytes = Array(rows.text.prefix(InputReply.mostBytes))
    reply.isTruncated = rows.text.count > InputReply.mostBytes
    classify(reply, rows.kept)
  }

  private mutating func classifyMessage(
    _ bytes: UnsafeBufferPointer<UInt8>, _ piece: InputBlock.Piece
  ) {
    var reply = InputReply(
      line: piece.line, bytes: Array(bytes), isTruncated: piece.isTruncated)
    if bytes.allSatisfy({ $0 <= 0x20 }) { reply.error = "The file is empty." }
    classify(reply, kept.values)
  }

  private mutating func classify(_ reply: InputReply, _ kept: [KeptValue]) {
    // A file or a field may hold a whole bounce, which may be about several recipients.
    let message = reply.error == nil ? MailMessage(reply.bytes) : nil
    if reply.error == nil, message == nil {
      let origin = RecordOrigin(
        line: reply.line, isTruncated: reply.isTruncated, kept: kept)
      return reply.bytes.withUnsafeBufferPointer { classify($0, origin) }
    }
    let reports = message.map(classifier.reports) ?? [RecipientReport(nil, reply.bytes)]
    for report in reports {
      let origin = RecordOrigin(
        line: reply.line, isTruncated: reply.isTruncated, error: reply.error,
        recipient: report.recipient.map { Array($0.utf8) },
        originalRecipient: report.originalRecipient.map { Array($0.utf8) },
        messageID: report.messageID.map { Array($0.utf8) }, isOfLetter: report.isOfLetter,
        kept: kept)
      report.text.withUnsafeBufferPointer { writer.append($0, from: origin, to: &result.output) }
    }
    if let error = reply.error { result.errors.append((reply.line, error)) }
  }
}
