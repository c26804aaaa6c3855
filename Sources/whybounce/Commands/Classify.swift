import ArgumentParser
import BounceCatalogue

/// `whybounce classify`: many replies, one record for each.
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Classify many replies, one a line.",
    discussion: """
      Prints one record for each reply, in order. Lines of one SMTP reply ('550-…', '550-…', \
      '550 …') belong together; blank lines are no replies. Of a reply longer than 1 MiB the first \
      MiB counts. In CSV and TSV, control characters show as pictures; lines end with LF. An \
      apostrophe before =, +, - or @ keeps a CSV cell from becoming a formula; in TSV, \\t, \\n, \
      \\r and \\\\ stand for what would break the table.

      EXAMPLES
        whybounce classify bounces.txt
        whybounce classify --format csv --summary replies.txt > replies.csv
        journalctl -u postfix | whybounce classify --format ndjson | jq .category
        whybounce classify --input ndjson --field diagnostic events.ndjson
        whybounce classify --as rfc3463 --format csv bounces.txt
      """)

  enum Input: String, CaseIterable, ExpressibleByArgument { case lines, ndjson }
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, ndjson, csv, tsv }

  @Argument(
    help: ArgumentHelp("The files to read. '-' or nothing: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: "Replies as lines of text, or as a field of JSON objects, one a line.")
  var input = Input.lines

  @Option(help: ArgumentHelp("With NDJSON input: the field with the reply.", valueName: "name"))
  var field = "text"

  @Option(help: "Aligned columns for people, or records for programs.")
  var format = Format.text

  @Flag(help: "Count the replies of each category at the end, on standard error.")
  var summary = false

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Name the classes as another system does: "
        + BounceClassifier.standard.peers.map(\.id).joined(separator: ", ") + ".",
      valueName: "system"))
  var peerID: String?

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "The server that gave the replies, where the text does not name it.", valueName: "host"))
  var remoteHost: String?

  /// Of a longer reply, this much is read.
  static let mostBytes = 1 << 20

  func run() throws {
    let catalogue = try catalogue.load()
    let names = files.isEmpty ? ["-"] : files
    let peer = try peerID.map { try catalogue.peer($0) }
    var run = ClassifyRun(
      command: self, catalogue: catalogue, peer: peer,
      columns: ReplyColumns(
        catalogue: catalogue, files: names.count > 1 ? names : [], peer: peer,
        width: Terminal(.standardOutput).columns))
    try run.begin()
    for name in names { try run.classify(file: name) }
    try run.end()
    if run.hasFailed { throw ExitCode.failure }
  }
}

/// The state of one run over all files.
private struct ClassifyRun {
  let command: Classify
  let catalogue: Catalogue
  let peer: Peer?
  let columns: ReplyColumns
  let output = Output()
  let progress = ProgressLine()
  private(set) var hasFailed = false
  /// By category, or by the peer's class.
  private var counts: [String: Int] = [:]

  init(command: Classify, catalogue: Catalogue, peer: Peer?, columns: ReplyColumns) {
    (self.command, self.catalogue, self.peer, self.columns) = (command, catalogue, peer, columns)
  }

  mutating func begin() throws {
    let columns = ClassifiedReply.columns + (peer == nil ? [] : ClassifiedReply.peerColumns)
    switch command.format {
    case .csv: try output.write(DelimitedText.csvRow(columns))
    case .tsv: try output.write(DelimitedText.tsvRow(columns))
    case .text, .ndjson: break
    }
  }

  mutating func end() throws {
    try output.flush()
    progress.clear()
    guard command.summary else { return }
    let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let total = counts.values.reduce(0, +)
    let width = String(total).count
    for (name, count) in rows.map({ ($0.key, $0.value) }) + [("total", total)] {
      let number = String(count)
      Console.note(String(repeating: " ", count: width - number.count) + "\(number)  \(name)")
    }
  }

  /// Classifies one file; where it cannot be read, says so and lets the run go on.
  mutating func classify(file name: String) throws {
    let file = name == "-" ? nil : name
    do {
      let descriptor = try file.map(FileDescriptor.opened) ?? .standardInput
      defer { if file != nil { descriptor.close() } }
      try classify(descriptor, file: file)
    } catch let error as SystemError {
      progress.clear()
      Console.error(
        file.map { "'\($0)' cannot be read: \(error)." }
          ?? "Standard input cannot be read: \(error).")
      hasFailed = true
    }
  }

  private mutating func classify(_ descriptor: FileDescriptor, file: String?) throws {
    let limit =
      switch command.input {
      case .lines: Classify.mostBytes
      case .ndjson: JSONLines.mostBytes
      }
    let (output, progress) = (output, progress)
    let lines = LineReader(limit: limit) {
      // Before the program waits for input, what it has found goes out.
      try output.flush()
      progress.show()
      return try descriptor.bytes(atMost: 1 << 16)
    }
    switch command.input {
    case .lines:
      var reader = ReplyReader(lines, limit: Classify.mostBytes)
      while let reply = try reader.next() { try classify(reply, file: file) }
    case .ndjson:
      var reader = JSONReplyReader(lines, field: command.field, limit: Classify.mostBytes)
      while let reply = try reader.next() { try classify(reply, file: file) }
    }
  }

  private mutating func classify(_ reply: InputReply, file: String?) throws {
    let verdict = catalogue.classifier.classify(reply.bytes, remoteHost: command.remoteHost)
    let record = ClassifiedReply(
      verdict: verdict, line: reply.line, file: file, truncated: reply.isTruncated,
      error: reply.error, peerClass: peer.map { PeerClass(verdict, of: $0) })
    switch command.format {
    case .text:
      let name = command.files.count > 1 ? file ?? "-" : nil
      try output.write(columns.row(record, naming: name))
    case .ndjson: try output.write(JSONText.line(record) + "\n")
    case .csv: try output.write(DelimitedText.csvRow(record.cells))
    case .tsv: try output.write(DelimitedText.tsvRow(record.cells))
    }
    if let error = reply.error {
      progress.clear()
      Console.note("\(file ?? "-"):\(reply.line): error: \(error)")
      hasFailed = true
    }
    counts[record.className, default: 0] += 1
    progress.count += 1
  }
}
