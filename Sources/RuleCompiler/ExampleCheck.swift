import ReplyMatcher

/// Runs every example through the compiled tables: they are the rules' tests.
struct ExampleCheck {
  let classifier: BounceClassifier
  let diagnostics: DiagnosticCollector

  func check(_ rules: [RuleDefinition]) {
    let definitions = Dictionary(
      rules.map { ($0.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    for rule in rules {
      if rule.examples.isEmpty {
        diagnostics.error(
          "the rule '\(rule.id.value)' has no example: add a real reply under 'examples:'",
          at: rule.id.location)
      }
      for example in rule.examples {
        let winner = winner(example)
        if winner?.rawValue == rule.id.value { continue }
        let notes = winner.flatMap { definitions[$0.rawValue] }.map {
          [Diagnostic(.note, "the more specific rule stands here", at: $0.id.location)]
        }
        diagnostics.error(
          winner.map { "this example is won by another rule, '\($0.rawValue)'" }
            ?? "this example is matched by no rule, not even its own", at: example.location,
          notes: notes ?? [])
      }
      for example in rule.counterexamples where winner(example)?.rawValue == rule.id.value {
        diagnostics.error(
          "this counterexample is won by its own rule; it must be won by another",
          at: example.location)
      }
    }
  }

  private func winner(_ example: Located<String>) -> RuleID? {
    var reply = example.value
    let winner = reply.withUTF8 { classifier.match($0).winner }
    return winner.map { classifier.rule(at: $0.rule).id }
  }
}
