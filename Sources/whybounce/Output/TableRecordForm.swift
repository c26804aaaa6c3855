import BounceCatalogue
import ReplyMatcher

/// A row of CSV or TSV.
struct TableRecordForm: RecordForm {
  static let columns = [
    "file", "line", "category", "action", "bounce", "retry", "basis", "rule", "provider", "code",
    "status", "remote_host", "command", "text", "cause", "error", "recipient",
  ]

  /// Those that follow where a peer is named. Behind them stands what is kept.
  static let peerColumns = ["as_class", "as_provider"]

  private let form: DelimitedForm
  private let hasPeer: Bool
  /// Cells with the ids of the sources, the peer's names for them, the commands by their numbers.
  private let sourceIDs: [[UInt8]]
  private let peerSources: [[UInt8]]
  private let commands: [[UInt8]]
  private let remoteHost: [UInt8]?

  init(_ form: DelimitedForm, _ context: RecordContext) {
    (self.form, hasPeer) = (form, context.peer != nil)
    sourceIDs = context.sources.map { form.cell($0.id) }
    peerSources = context.peerSources.map { form.cell($0 ?? "") }
    commands = [[]] + SMTPCommand.allCases.map { form.cell($0.rawValue) }
    remoteHost = context.remoteHost.map { form.cell($0.visible) }
  }

  /// The cells from the category to the rule, that with the causes, and that with the peer's class;
  /// each with the separator behind it.
  private enum Fragment: Int { case verdict, causes, peerClass }

  func fragments(of answer: RuleAnswer, peerClass: String?) -> [[UInt8]] {
    func cells(_ texts: [String]) -> [UInt8] {
      texts.flatMap { form.cell($0) + [form.separator] }
    }
    return [
      cells([
        answer.category.rawValue, answer.action.rawValue, answer.bounce.rawValue,
        answer.retry.rawValue, answer.basis.rawValue, answer.rule?.rawValue ?? "",
      ]),
      cells([answer.causes.map(\.cause).joined(separator: " | ")]),
      cells([peerClass ?? ""]),
    ]
  }

  func fileCell(_ name: String?) -> [UInt8] { form.cell(name?.visible ?? "") }

  func append(_ record: Record, _ template: RecordTemplate, to output: inout OutputBytes) {
    let (separator, facts) = (form.separator, record.facts)
    func append(_ fragment: Fragment) {
      template.append(fragment.rawValue...fragment.rawValue, to: &output)
    }
    func append(_ range: Range<Int>) {
      form.append(visible: UnsafeBufferPointer(rebasing: record.bytes[range]), to: &output)
    }

    output.append(record.file)
    output.append(separator)
    output.append(decimal: record.origin.line)
    output.append(separator)
    append(.verdict)
    if let provider = facts.provider { output.append(sourceIDs[Int(provider)]) }
    output.append(separator)
    if record.match.code != 0 { output.append(decimal: Int(record.match.code)) }
    output.append(separator)
    if let status = EnhancedStatusCode(packed: record.match.status) { output.append(status) }
    output.append(separator)
    if let remoteHost {
      output.append(remoteHost)
    } else if let remoteHost = record.origin.remoteHost {
      remoteHost.withUnsafeBufferPointer { form.append(visible: $0, to: &output) }
    } else if let remoteHost = facts.remoteHost {
      append(remoteHost)
    }
    output.append(separator)
    output.append(commands[Int(record.match.command)])
    output.append(separator)
    form.append(visible: record.text, to: &output)
    output.append(separator)
    append(.causes)
    output.append(separator)
    if let recipient = record.origin.recipient {
      recipient.withUnsafeBufferPointer { form.append(visible: $0, to: &output) }
    } else if let recipient = facts.recipient, !record.origin.isOfLetter {
      append(recipient)
    }
    if hasPeer {
      output.append(separator)
      append(.peerClass)
      if let provider = facts.provider { output.append(peerSources[Int(provider)]) }
    }
    endRow(record.origin, in: &output)
  }

  func append(
    badLine error: String, from origin: RecordOrigin, file: [UInt8], to output: inout OutputBytes
  ) {
    output.append(file)
    output.append(form.separator)
    output.append(decimal: origin.line)
    // All columns are empty but for the first two and the last but one.
    for _ in 3..<Self.columns.count { output.append(form.separator) }
    form.append(error.visible, to: &output)
    output.append(form.separator)
    if hasPeer { for _ in Self.peerColumns { output.append(form.separator) } }
    endRow(origin, in: &output)
  }

  private func endRow(_ origin: RecordOrigin, in output: inout OutputBytes) {
    for value in origin.kept {
      output.append(form.separator)
      form.append(value, to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }
}
