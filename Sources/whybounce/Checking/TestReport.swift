import RuleCompiler

/// What became of the examples of some rules, as a test runner tells it.
struct TestReport {
  private let outcomes: [ExampleOutcome]

  init(_ outcomes: [ExampleOutcome]) { self.outcomes = outcomes }

  var failures: [ExampleOutcome] { outcomes.filter { $0.failure != nil } }

  func write(on page: inout Page) {
    let files = Dictionary(grouping: outcomes) { $0.location.file.path }
      .sorted { $0.key < $1.key }
    let width = min(60, files.map(\.key.visibleWidth).max() ?? 0)
    page.append(files.map { line(for: $0.value, in: $0.key.column(width), on: page) })
    for failure in failures { write(failure, on: &page) }
    page.space()
    page.append([summary(fileCount: files.count, on: page)])
  }

  private func line(
    for outcomes: [ExampleOutcome], in file: String, on page: Page
  ) -> String {
    let failed = outcomes.count { $0.failure != nil }
    let mark =
      failed == 0 ? page.styled("passed", .passed) : page.styled("FAILED", .hard)
    let counts = [
      Self.some(outcomes.count { !$0.isCounterexample }, "example"),
      Self.some(outcomes.count(where: \.isCounterexample), "counterexample"),
      failed == 0 ? nil : "\(failed) failed",
    ]
    return "\(mark)  \(file)  " + counts.compactMap(\.self).joined(separator: ", ")
  }

  private func write(_ outcome: ExampleOutcome, on page: inout Page) {
    guard let failure = outcome.failure else { return }
    page.heading(
      "\(outcome.rule), \(outcome.isCounterexample ? "a counterexample" : "an example")")
    page.append(ReplyExcerpt(Array(outcome.reply.utf8), marking: []).lines(on: page))
    page.append([failure.rendered(colored: page.isColored)])
  }

  private func summary(fileCount: Int, on page: Page) -> String {
    let rules = counted(Set(outcomes.map(\.rule)).count, "rule")
    let files = counted(fileCount, "file")
    let failed = failures.count
    let result = failed == 0 ? "all passed" : "\(failed) failed"
    let examples = outcomes.count { !$0.isCounterexample }
    let counts = [
      Self.some(examples, "example"),
      Self.some(outcomes.count - examples, "counterexample"),
    ]
    let scope =
      "\(rules) in \(files), \(counts.compactMap(\.self).joined(separator: " and ")): "
    return scope + page.styled(result, failed == 0 ? .passed : .hard)
  }

  /// `nil` for none.
  private static func some(_ count: Int, _ noun: String) -> String? {
    count == 0 ? nil : counted(count, noun)
  }
}
