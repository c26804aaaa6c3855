import ReplyMatcher

/// Runs every example through the compiled tables: they are the rules' tests.
struct ExampleCheck {
  private let classifier: BounceClassifier
  private let diagnostics: DiagnosticCollector
  /// The rules that lose, by those they lose to: the proofs have reported it.
  private let knownLosses: Set<[UInt32]>
  /// The same for standard rules and those that extend them.
  private var takenOver: Set<[UInt32]> = []
  /// Where examples stand of which it has been said already that they cannot be won.
  private let reported: Set<String>
  /// Whether rules extend the standard catalogue: then what is like what was learned before them.
  private let areExtending: Bool

  init(
    classifier: BounceClassifier, diagnostics: DiagnosticCollector, areExtending: Bool,
    _ findings: [ProofFinding]
  ) {
    (self.classifier, self.diagnostics) = (classifier, diagnostics)
    self.areExtending = areExtending
    knownLosses = Set(findings.compactMap(\.loss).map { [$0.rule, $0.winner] })
    reported = Set(
      diagnostics.diagnostics.filter { $0.kind == .exampleWithoutCode }
        .compactMap { $0.location.map(Self.key) })
  }

  /// Tries every example, and reports those that fail. Of standard rules that others extend, only
  /// failures are told.
  ///
  /// - Parameter rules: In the order of the tables.
  mutating func outcomes(of rules: [RuleDefinition]) -> [ExampleOutcome] {
    var outcomes: [ExampleOutcome] = []
    for (number, rule) in rules.enumerated() {
      if rule.examples.isEmpty {
        diagnostics.error(
          .noExample,
          "the rule '\(rule.id.value)' has no example: add a real reply under 'examples:'",
          at: rule.id.location)
      }
      func add(_ example: Located<String>, isCounterexample: Bool, _ failure: Diagnostic?) {
        if rule.isStandard, failure == nil { return }
        outcomes.append(
          ExampleOutcome(
            rule: rule.id.value, isCounterexample: isCounterexample, reply: example.value,
            location: example.location.words, failure: failure))
      }
      for example in rule.examples {
        add(example, isCounterexample: false, failure(of: example, UInt32(number), rules))
      }
      for example in rule.counterexamples {
        add(example, isCounterexample: true, failure(ofCounterexample: example, UInt32(number)))
      }
    }
    return outcomes
  }

  private static func key(of place: SourceLocation) -> String {
    "\(place.file.path):\(place.bytes.lowerBound)"
  }

  private func match(_ example: Located<String>) -> ReplyMatch {
    var reply = example.value
    return reply.withUTF8 { classifier.match($0) }
  }

  private func failure(
    ofCounterexample counterexample: Located<String>, _ number: UInt32
  ) -> Diagnostic? {
    let match = match(counterexample)
    guard match.winner?.rule == number, match.likeness == nil else { return nil }
    let failure = Diagnostic(
      .error, .counterexampleWon,
      "this counterexample is won by its own rule; it must be won by another",
      at: counterexample.location.words)
    diagnostics.report(failure)
    return failure
  }

  /// Says who won the example, and why its own rule did not; `nil` where it did.
  private mutating func failure(
    of example: Located<String>, _ number: UInt32, _ rules: [RuleDefinition]
  ) -> Diagnostic? {
    let rule = rules[Int(number)]
    let match = match(example)
    if match.winner?.rule == number {
      guard !rule.isStandard, let category = match.likeness else { return nil }
      return failure(of: example, outvotedBy: classifier.categories[Int(category)].id)
    }
    let trace = classifier.trace(Array(example.value.utf8))
    let winner = trace.candidates.first
    let isKnown = winner.map { knownLosses.contains([number, $0.rule]) } ?? false
    if let winner, rule.isStandard, !rules[Int(winner.rule)].isStandard {
      if !isKnown, takenOver.insert([number, winner.rule]).inserted {
        warn(that: rules[Int(winner.rule)], takes: example, from: rule)
      }
      return nil
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
    if let remark = example.commaRemark { notes.append(Diagnostic.Note(remark, at: nil)) }
    let failure = Diagnostic(
      .error, winner == nil ? .exampleUnmatched : .exampleLost,
      winner.map { "this example is won by another rule, '\(rules[Int($0.rule)].id.value)'" }
        ?? "this example is matched by no rule, not even its own", at: example.location.words,
      notes: notes)
    if !isKnown, !reported.contains(Self.key(of: example.location)) { diagnostics.report(failure) }
    return failure
  }

  /// A few words of many tell less than the likeness of all.
  ///
  /// - Returns: `nil` for a catalogue of its own, which can learn better; so that it can, that is no error.
  private func failure(
    of example: Located<String>, outvotedBy category: BounceCategory
  ) -> Diagnostic? {
    let advice = "give the rule more of these words"
    let diagnostic = Diagnostic(
      areExtending ? .error : .warning, .exampleOutvoted,
      "the words of this example together are far more like those of '\(category.rawValue)' than the "
        + "few, if any, that its rule names",
      at: example.location.words,
      notes: [
        .init(areExtending ? advice : "\(advice), or learn from it: whybounce learn", at: nil)
      ])
    diagnostics.report(diagnostic)
    return areExtending ? diagnostic : nil
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
