import ArgumentParser
import BounceCatalogue
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce evaluate`
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the rules on labelled replies.",
    discussion: """
      Reads JSON objects, one a line: 'text' is the reply; 'accept' lists the categories that are \
      right for it, the best first, or 'category' names the only one; 'sure' is false where the \
      label is in doubt.

      A verdict is right when its category is accepted. A reply counts for the verdict's category \
      where that is right, else for the first accepted one: recall is the share of right verdicts \
      among the replies that count for a category, precision among the verdicts with it, and F1 \
      their harmonic mean.

      EXAMPLES
        whybounce evaluate labelled.ndjson
        whybounce evaluate --rules Rules --misses labelled.ndjson
        whybounce evaluate --min-accuracy 95 labelled.ndjson
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: "The labelled replies; '-' for standard input.", completion: .file())
  var file: String

  @Flag(help: "List every reply with a wrong verdict.")
  var misses = false

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
  }

  func run() throws {
    let catalogue = try catalogue.load()
    let (evaluation, badLines) = try evaluated(by: catalogue)
    guard let accuracy = evaluation.all.value else {
      throw Failure("'\(file)' holds no labelled reply.")
    }
    switch format {
    case .text:
      let width = Terminal(.standardOutput).columns
      try Output.print(evaluation.report(listingMisses: misses, width: width))
    case .json:
      try Output.print(JSONText.pretty(EvaluationRecord(evaluation, listingMisses: misses)))
    }
    if badLines > 0 {
      throw Failure("\(badLines) bad \(badLines == 1 ? "line was" : "lines were") left out.")
    }
    if let minAccuracy, accuracy * 100 < minAccuracy {
      throw Failure("Fewer than \(minAccuracy) % of the verdicts are right.")
    }
  }

  /// Judges every reply; says on standard error which lines are bad, and counts them.
  private func evaluated(by catalogue: Catalogue) throws -> (Evaluation, badLines: Int) {
    let categories = catalogue.classifier.categories
    let known = Set(categories.map(\.id.rawValue))
    let undecided = Set(categories.filter(\.isUndecided).map(\.id))
    var evaluation = Evaluation()
    var badLines = 0
    do {
      let descriptor = file == "-" ? .standardInput : try FileDescriptor.opened(file)
      defer { if file != "-" { descriptor.close() } }
      var lines = LineReader(limit: JSONLines.mostBytes) {
        try descriptor.bytes(atMost: 1 << 16)
      }
      let decoder = JSONDecoder()
      while let line = try lines.next() {
        if line.isBlank && !line.isTruncated { continue }
        do throws(Failure) {
          let reply = try JSONLines.decode(LabelledReply.self, from: line, with: decoder).get()
          try check(reply, among: known)
          let verdict = catalogue.classifier.classify(reply.text)
          evaluation.add(
            reply, verdict: verdict, isUndecided: undecided.contains(verdict.category),
            place: "\(file):\(line.number)")
        } catch {
          Console.note("\(file):\(line.number): error: \(error.message)")
          badLines += 1
        }
      }
    } catch let error as SystemError {
      throw Failure("'\(file)' cannot be read: \(error).")
    }
    return (evaluation, badLines)
  }

  private func check(_ reply: LabelledReply, among known: Set<String>) throws(Failure) {
    guard let stranger = reply.accept.first(where: { !known.contains($0) }) else { return }
    let meant = nearest(to: stranger, in: known).map { "; did you mean '\($0)'?" } ?? "."
    throw Failure("There is no category '\(stranger)'\(meant)")
  }
}
