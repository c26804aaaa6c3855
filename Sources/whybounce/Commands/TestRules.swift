import ArgumentParser
import RuleCompiler

/// `whybounce test`
struct TestRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Try the examples and counterexamples of rules.",
    discussion: """
      An example has to be won by its own rule, a counterexample by another. Prints a line for each \
      rule file, and for each failure the reply, its place, which rule won it and why. The exit code \
      is 1 when something fails.

      EXAMPLES
        whybounce test
        whybounce test --filter acme/ Rules
      """)

  @Argument(help: "The folder with the rule files.", completion: .directory)
  var folder = "Rules"

  @Option(
    help: ArgumentHelp("Try only the rules whose id contains this text.", valueName: "text"))
  var filter: String?

  @Option(help: "Use colour; 'auto' does on a terminal, unless NO_COLOR is set.")
  var color = ColorChoice.auto

  func run() throws {
    let compilation = try RuleCompilation(existing: folder)
    _ = try compilation.required(\.draft, of: folder)
    let outcomes = compilation.examples.filter { outcome in
      filter.map { outcome.rule.contains($0) } ?? true
    }
    if outcomes.isEmpty {
      throw Failure(
        filter.map { "No rule with an example has '\($0)' in its id. See: whybounce rules" }
          ?? "The rules in '\(folder)' have no examples.")
    }
    var page = Page(color)
    let report = TestReport(outcomes)
    report.write(on: &page)
    try Output.print(page.text)
    if filter == nil, compilation.diagnostics.contains(where: \.isOfOtherThanExamples) {
      Console.note(
        "Note: the rules have other errors too. See: whybounce check \(folder.shellWord)")
    }
    if !report.failures.isEmpty { throw ExitCode.failure }
  }
}

extension Diagnostic {
  fileprivate var isOfOtherThanExamples: Bool {
    severity == .error
      && ![.exampleLost, .exampleUnmatched, .counterexampleWon].contains(kind)
  }
}
