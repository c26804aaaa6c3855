import ArgumentParser
import BounceCatalogue
import RuleCompiler

/// `whybounce diff`
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show which replies change their verdict between two rule folders.",
    discussion: """
      The replies are those of --corpus: lines of text as 'classify' reads them, or NDJSON. Where \
      its objects are labelled as for 'evaluate' ('accept' or 'category'), the report says which \
      verdicts get better and which get worse. Without a corpus, the examples of both folders are \
      compared.

      Each reply counts once: for another category, else another action, else another rule only. \
      A rule that matches the same under another name is a renamed one, and no change. Rules whose \
      examples fail are compared all the same.

      EXAMPLES
        git worktree add ../main main; whybounce diff ../main/Rules Rules
        whybounce diff --corpus replies.txt old new
        whybounce diff --corpus labelled.ndjson --format markdown old new > note.md
        whybounce diff --exit-code old new && echo no verdict changes
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, markdown, json }

  @Argument(help: "The folder with the rules as they were.", completion: .directory)
  var old: String

  @Argument(help: "The folder with the rules as they are.", completion: .directory)
  var new: String

  @Option(
    help: ArgumentHelp("The replies to compare; '-' for standard input.", valueName: "file"),
    completion: .file())
  var corpus: String?

  @OptionGroup var corpusOptions: CorpusOptions

  @Option(help: "A table to read, one for a pull request, or one JSON object.")
  var format = Format.text

  @Flag(help: "Exit with 1 when a verdict or the list of rules has changed.")
  var exitCode = false

  @Option(help: "Use colour; 'auto' does on a terminal, unless NO_COLOR is set.")
  var color = ColorChoice.auto

  func validate() throws {
    if corpus == nil { try corpusOptions.fail(without: "--corpus") }
  }

  func run() throws {
    var diff = VerdictDiff(old: try Self.classifier(of: old), new: try Self.classifier(of: new))
    var badLines = BadLines()
    if let corpus {
      badLines = try corpusOptions.corpus(corpus).readReplies { reply in
        diff.add(reply.bytes, accept: reply.accept, place: .line(reply.line))
      }
    } else {
      diff.addExamples()
    }
    let report = DiffReport(diff: diff, isOfExamples: corpus == nil)
    switch format {
    case .text:
      let terminal = Terminal(.standardOutput)
      let width = max(terminal.columns ?? 160, 60)
      try Output.print(report.text(width: width, isColored: color.isOn(for: terminal)))
    case .markdown: try Output.print(report.markdown)
    case .json: try Output.print(JSONText.pretty(DiffRecord(diff)))
    }
    try badLines.failIfAny()
    if exitCode, diff.hasChanges { throw ExitCode.failure }
  }

  /// The rules of a folder, even where they do not pass `check`: a change is under review.
  private static func classifier(of folder: String) throws -> BounceClassifier {
    let compilation = try RuleCompilation(existing: folder)
    let classifier = try compilation.required(\.draft, of: folder)
    if compilation.classifier == nil {
      Console.note(
        "Note: the rules in '\(folder)' have errors. See: whybounce check \(folder.shellWord)")
    }
    return classifier
  }
}
