import ArgumentParser
import BounceCatalogue

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce classify`: many replies, one record for each.
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Classify many replies: a record for each.",
    discussion: """
      Prints one record for each reply, in order. Lines of one SMTP reply ('550-…', '550-…', \
      '550 …') belong together; blank lines are no replies. Of a reply or message longer than 1 MiB \
      the first MiB counts. The record of a bad line says what is wrong there as its error, and has \
      no verdict.

      JSON about mails, such as providers post to a webhook or programs log, is read by its fields and not \
      as prose, wherever it stands: a record for each recipient, with the codes, the recipient and the \
      host that other fields name. Rules/events.yaml lists their names. In objects, --field names the \
      reply first; codes in the same object count where the reply shows none, and an object without the \
      field is read as an event.

      CSV and TSV have the columns \(TableRecordForm.columns.joined(separator: ", ")); with --as \
      \(TableRecordForm.peerColumns.joined(separator: ", ")) too; then those of --keep. Control \
      characters show as pictures; lines end with LF. An apostrophe before =, +, - or @ keeps a CSV \
      cell from becoming a formula; in TSV, \\t, \\n, \\r and \\\\ stand for what would break the \
      table.

      NDJSON has the fields \(ndjsonFields.joined(separator: ", ")); with --as an object 'as' too, \
      and with --keep an object 'input'. What each means, the README says under 'The NDJSON \
      record'. New columns and fields may come; none of these will change or go.

      EXAMPLES
        whybounce classify bounces.txt
        whybounce classify --format csv --summary replies.txt > replies.csv
        grep -E 'status=(bounced|deferred)' mail.log | whybounce classify
        whybounce classify --field bounce.reason --keep id events.ndjson
        whybounce classify --field reply --keep recipient in.csv
        whybounce classify --format csv events.json
        whybounce classify --input messages Maildir/new/*
        postqueue -j | whybounce classify --summary
        whybounce classify --as rfc3463 --format csv bounces.txt
      """)

  /// The fields of every record, but `as` and `input`.
  static let ndjsonFields = [
    "action", "basis", "bounce", "category", "causes", "code", "details", "error", "file", "line",
    "links", "meaning", "provider", "retry", "rule", "status", "text", "tip", "truncated",
  ]

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, ndjson, csv, tsv }

  @Argument(
    help: ArgumentHelp("The files to read. '-' or nothing: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: """
      Replies as lines of text, as a field of JSON objects, one a line (ndjson) or laid out in any way \
      (json), or as a column of a table, whose first row names the columns; or each file a whole mail \
      message, such as a bounce, or a mailbox of many. Left out: by each file's ending, .ndjson, .jsonl, \
      .json, .csv, .tsv, .eml or .mbox; others that begin like a message, or like JSON over several \
      lines, are that.
      """)
  var input: InputFormat?

  @Option(
    help: ArgumentHelp(
      """
      With JSON or tables: the field or column with the reply, such as 'bounce.reason'; left out: \
      'text'.
      """,
      valueName: "name"))
  var field: String?

  @Option(
    help: ArgumentHelp(
      """
      With JSON or tables: fields or columns that go into the record as they stand, such as 'id,recipient.email': \
      in NDJSON in an object 'input', in CSV and TSV as columns behind the others.
      """, valueName: "names"))
  var keep: [String] = []

  @Option(help: "Aligned columns for people, or records for programs.")
  var format = Format.text

  @Flag(
    help: """
      Count the replies of each category (with --as, of each class) at the end, on standard error; \
      bad lines apart.
      """)
  var summary = false

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Name the classes as another system does, in text instead of the categories: "
        + BounceClassifier.standard.peers.map(\.id).joined(separator: ", ") + ".",
      valueName: "system"))
  var peerID: String?

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "The server that gave the replies, where the text does not name it.", valueName: "host"))
  var remoteHost: HostName?

  @Option(
    help: ArgumentHelp(
      """
      At most so many threads classify, one for each core where there are fewer; left out: one for \
      each core. The order is kept.
      """,
      valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs is a number from 1 to 1024.")
    }
    if !formats.contains(where: \.hasFields) {
      let option = field != nil ? "--field" : keep.isEmpty ? nil : "--keep"
      if let option {
        throw ValidationError(
          "\(option) is for input whose replies stand beside other fields: "
            + "add --input ndjson, json, csv or tsv.")
      }
    }
    if keptNames.contains("") { throw ValidationError("--keep has an empty name.") }
  }

  /// Each name once.
  private var keptNames: [String] {
    keep.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .reduce(into: []) { names, name in
        let name = String(name.drop { $0 == " " })
        if !names.contains(name) { names.append(name) }
      }
  }

  private var names: [String] { files.isEmpty ? ["-"] : files }

  private var formats: [InputFormat] {
    input.map { [$0] } ?? names.map(InputFormat.init(ofFile:))
  }

  func run() throws {
    let catalogue = try catalogue.load()
    let peer = try peerID.map { try catalogue.peer($0) }
    let sink = RecordSink()
    try sink.begin(header(peer))
    let (field, keptNames) = (field ?? InputFormat.usualField, keptNames)
    let pipeline = ClassifyPipeline(BlockSource(files: names, format: input, field: field), sink)
    let makeWriter = writerFactory(catalogue, peer)
    pipeline.run(jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount) {
      BlockClassifier(catalogue.classifier, makeWriter(), field: field, keptNames: keptNames)
    }
    if pipeline.end(withSummary: summary) { throw ExitCode.failure }
  }

  private func header(_ peer: Peer?) -> String {
    let peerColumns = peer == nil ? [] : TableRecordForm.peerColumns
    let ownColumns = TableRecordForm.columns + peerColumns
    // No two columns have one name.
    let keptColumns = keptNames.map(\.visible).map { ownColumns.contains($0) ? "input.\($0)" : $0 }
    let columns = ownColumns + keptColumns
    return switch format {
    case .csv: DelimitedText.csvRow(columns)
    case .tsv: DelimitedText.tsvRow(columns)
    case .text, .ndjson: ""
    }
  }

  /// Makes the writer of a thread. What it copies into every record is its own: threads that count
  /// references to the same strings would wait for each other.
  private func writerFactory(
    _ catalogue: Catalogue, _ peer: Peer?
  ) -> @Sendable () -> RecordWriter {
    let (classifier, format) = (catalogue.classifier, format)
    let (remoteHost, keptNames) = (remoteHost?.text, keptNames)
    let (severalFiles, width) = (files.count > 1 ? files : [], Terminal(.standardOutput).columns)
    return {
      let context = RecordContext(
        classifier, peer: peer, remoteHost: remoteHost, keptNames: keptNames)
      let form: any RecordForm =
        switch format {
        case .text: AlignedRecordForm(context, classifier, files: severalFiles, width: width)
        case .ndjson: JSONRecordForm(context)
        case .csv: TableRecordForm(.csv, context)
        case .tsv: TableRecordForm(.tsv, context)
        }
      return RecordWriter(classifier, form: form, context: context)
    }
  }
}
