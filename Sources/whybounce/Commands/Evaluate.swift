import ArgumentParser
import BounceCatalogue
import BounceMessages
import ReplyMatcher
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce evaluate`
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure the rules on labelled replies.",
    discussion: """
      Reads JSON objects, one a line: 'text' is the reply; 'accept' lists the categories that are \
      right for it, the best first, or 'category' names the only one; 'sure' is false where the \
      label is in doubt. Or 'file' is a mail message, beside the labels or in a folder with their name \
      without its ending, and 'recipients' a list of objects with 'recipient' and 'accept'.

      A verdict is right when its category is accepted. A reply counts for the verdict's category \
      where that is right, else for the first accepted one: recall is the share of right verdicts \
      among the replies that count for a category, precision among the verdicts with it, and F1 \
      their harmonic mean.

      EXAMPLES
        whybounce evaluate labelled.ndjson
        whybounce evaluate --rules Rules --misses labelled.ndjson
        whybounce evaluate --min-accuracy 95 labelled.ndjson
        whybounce evaluate --hold-out 40 --misses labelled.ndjson
        whybounce evaluate --perturb labelled.ndjson
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: "The labelled replies; '-' for standard input.", completion: .file())
  var file: String

  @Flag(help: "List every reply with a wrong verdict.")
  var misses = false

  @Flag(
    help: """
      Classify each reply also with changed case, spacing, punctuation, line folding, wrapper, hosts, \
      addresses, numbers and ids: the category must stay the same.
      """)
  var perturb = false

  @Option(
    help: ArgumentHelp(
      "Set this share aside, report it apart, and keep its misses to yourself: for an honest figure.",
      valueName: "percent"))
  var holdOut: Int?

  @Option(
    help: ArgumentHelp("Fail (exit code 1) when fewer replies are right.", valueName: "percent"))
  var minAccuracy: Double?

  @OptionGroup var catalogue: CatalogueOptions

  @Option(help: "A report to read, or one JSON object.")
  var format = Format.text

  func validate() throws {
    if let minAccuracy, !(0...100).contains(minAccuracy) {
      throw ValidationError("--min-accuracy takes a percentage from 0 to 100.")
    }
    if let holdOut, !(1...99).contains(holdOut) {
      throw ValidationError("--hold-out takes a percentage from 1 to 99.")
    }
  }

  func run() throws {
    let catalogue = try catalogue.load()
    let (evaluation, heldOut, badLines) = try evaluated(by: catalogue)
    guard let accuracy = evaluation.all.value ?? heldOut.all.value else {
      throw Failure("'\(file)' holds no labelled reply.")
    }
    switch format {
    case .text:
      let width = Terminal(.standardOutput).columns
      var report = evaluation.report(listingMisses: misses, width: width)
      if holdOut != nil {
        report += "\nHeld out:\n\n" + heldOut.report(listingMisses: false, width: width)
      }
      try Output.print(report)
    case .json:
      let record = EvaluationRecord(evaluation, listingMisses: misses)
      if holdOut == nil {
        try Output.print(JSONText.pretty(record))
      } else {
        let parts = [record, EvaluationRecord(heldOut, listingMisses: false)]
        try Output.print(JSONText.pretty(["open": parts[0], "heldOut": parts[1]]))
      }
    }
    try badLines.failIfAny()
    if let minAccuracy, accuracy * 100 < minAccuracy {
      throw Failure("Fewer than \(minAccuracy) % of the verdicts are right.")
    }
  }

  /// Judges every reply; says on standard error which lines are bad.
  private func evaluated(
    by catalogue: Catalogue
  ) throws -> (open: Evaluation, heldOut: Evaluation, badLines: BadLines) {
    let categories = catalogue.classifier.categories
    let known = Set(categories.map(\.id.rawValue))
    let undecided = Set(categories.filter(\.isUndecided).map(\.id))
    var parts = (open: Evaluation(), heldOut: Evaluation())
    var badLines = BadLines()
    do {
      let descriptor = file == "-" ? .standardInput : try FileDescriptor.opened(file)
      defer { if file != "-" { descriptor.close() } }
      var lines = LineReader(limit: JSONLines.mostBytes, read: descriptor.nextBytes)
      let decoder = JSONDecoder()
      while let line = try lines.next() {
        do throws(Failure) {
          let labelled = try JSONLines.decode(LabelledLine.self, from: line, with: decoder).get()
          for reply in try replies(of: labelled, by: catalogue.classifier) {
            try check(reply, among: known)
            let verdict = catalogue.classifier.classify(reply.text)
            var result = Evaluation.Result(
              reply: reply, verdict: verdict, isUndecided: undecided.contains(verdict.category),
              place: "\(file):\(line.number)")
            if perturb { result.perturb(by: catalogue.classifier) }
            if isHeldOut(reply) { parts.heldOut.add(result) } else { parts.open.add(result) }
          }
        } catch {
          badLines.add(error.message, at: line.number, of: file)
        }
      }
    } catch  where error is SystemError || error is UnreadableInput {
      throw Failure("'\(file)' cannot be read: \(error).")
    }
    return (parts.open, parts.heldOut, badLines)
  }

  /// The replies on a line; of a reply that is a whole message, the one that tells the most.
  private func replies(
    of line: LabelledLine, by classifier: BounceClassifier
  ) throws(Failure) -> [LabelledReply] {
    switch line {
    case .message(let message):
      return message.replies(in: try contents(of: message.file), by: classifier)
    case .reply(var reply):
      if let message = MailMessage(reply.text.utf8) {
        let report = classifier.tellingReport(among: classifier.reports(in: message))
        reply.text = String(decoding: report.text, as: UTF8.self)
      }
      return [reply]
    }
  }

  private func contents(of message: String) throws(Failure) -> [UInt8] {
    let labels = URL(filePath: file)
    for folder in [labels.deletingLastPathComponent(), labels.deletingPathExtension()] {
      if let data = FileManager.default.contents(atPath: folder.path + "/" + message) {
        return Array(data)
      }
    }
    throw Failure(
      "There is no file '\(message)', here or in '\(labels.deletingPathExtension().path)'.")
  }

  /// By a hash of the text alone, so that a reply stays in its part when others come or go.
  private func isHeldOut(_ reply: LabelledReply) -> Bool {
    guard let holdOut else { return false }
    // FNV-1a, with its bits mixed once more: Swift's own hashes differ from run to run.
    let hash = reply.text.unicodeScalars.reduce(0x811C_9DC5 as UInt32) {
      ($0 ^ $1.value) &* 0x0100_0193
    }
    return ((hash ^ hash >> 15) &* 0x85EB_CA6B) >> 7 % 0x1_0000 % 100 < UInt32(holdOut)
  }

  private func check(_ reply: LabelledReply, among known: Set<String>) throws(Failure) {
    guard let stranger = reply.accept.first(where: { !known.contains($0) }) else { return }
    let meant = nearest(to: stranger, in: known).map { "; did you mean '\($0)'?" } ?? "."
    throw Failure("There is no category '\(stranger)'\(meant)")
  }
}
