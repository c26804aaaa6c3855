import ReplyMatcher

/// Runs every example through the compiled tables: they are the rules' tests.
struct ExampleCheck {
  private let classifier: BounceClassifier
  private let diagnostics: DiagnosticCollector
  /// The rules that lose, by those they lose to: the proofs have reported it.
  private let knownLosses: Set<[UInt32]>
  /// The same for standard rules and those that extend them.
  private var takenOver: Set<[UInt32]> = []

  init(
    classifier: BounceClassifier, diagnostics: DiagnosticCollector, _ findings: [ProofFinding]
  ) {
    (self.classifier, self.diagnostics) = (classifier, diagnostics)
    knownLosses = Set(findings.compactMap(\.loss).map { [$0.rule, $0.winner] })
  }

  /// - Parameter rules: In the order of the tables.
  mutating func check(_ rules: [RuleDefinition]) {
    for (number, rule) in rules.enumerated() {
      if rule.examples.isEmpty {
        diagnostics.error(
          .noExample,
          "the rule '\(rule.id.value)' has no example: add a real reply under 'examples:'",
          at: rule.id.location)
      }
      for example in rule.examples {
        if wins(UInt32(number), example) { continue }
        reportLoss(of: example, UInt32(number), rules)
      }
      for example in rule.counterexamples where wins(UInt32(number), example) {
        diagnostics.error(
          .counterexampleWon,
          "this counterexample is won by its own rule; it must be won by another",
          at: example.location)
      }
    }
  }

  private func wins(_ rule: UInt32, _ example: Located<String>) -> Bool {
    var reply = example.value
    return reply.withUTF8 { classifier.match($0).winner?.rule == rule }
  }

  /// Says who won the example, and why its own rule did not.
  private mutating func reportLoss(
    of example: Located<String>, _ number: UInt32, _ rules: [RuleDefinition]
  ) {
    let trace = classifier.trace(Array(example.value.utf8))
    let rule = rules[Int(number)]
    let winner = trace.candidates.first
    if let winner, knownLosses.contains([number, winner.rule]) { return }
    if let winner, rule.isStandard, !rules[Int(winner.rule)].isStandard {
      if takenOver.insert([number, winner.rule]).inserted {
        warn(that: rules[Int(winner.rule)], takes: example, from: rule)
      }
      return
    }
    var notes: [Diagnostic.Note] = []
    if let own = trace.candidates.first(where: { $0.rule == number }), let winner {
      notes.append(
        Diagnostic.Note(
          "that rule wins because " + winner.reason(over: own, named: rule.id.value),
          at: rules[Int(winner.rule)].id.location))
    } else {
      let reason = trace.reasonForMiss(
        of: classifier.rule(at: number), number: number, in: example.value)
      notes.append(Diagnostic.Note("its own rule does not fit: \(reason)", at: rule.id.location))
      if let winner {
        notes.append(
          Diagnostic.Note("the winner stands here", at: rules[Int(winner.rule)].id.location))
      }
    }
    diagnostics.error(
      winner == nil ? .exampleUnmatched : .exampleLost,
      winner.map { "this example is won by another rule, '\(rules[Int($0.rule)].id.value)'" }
        ?? "this example is matched by no rule, not even its own", at: example.location,
      notes: notes)
  }

  /// Rules that extend the standard catalogue may take replies from its rules; but the author should
  /// mean it.
  private func warn(
    that rule: RuleDefinition, takes reply: Located<String>, from other: RuleDefinition
  ) {
    if rule.over.contains(where: { $0.value == other.id.value }) { return }
    diagnostics.warning(
      .takesStandardReply,
      "the rule '\(rule.id.value)' takes '\(reply.value)' from the standard rule "
        + "'\(other.id.value)': if it is meant to, write 'over: \(other.id.value)'",
      at: rule.id.location,
      notes: [.init("the reply is an example here", at: reply.location)])
  }
}
