import ReplyMatcher

/// Puts into words what the proofs found.
struct ProofMessages {
  let rules: [RuleDefinition]
  let classifier: BounceClassifier
  let diagnostics: DiagnosticCollector

  func report(_ findings: [ProofFinding]) {
    // The first of a line's alternatives speaks for the others that have its fault.
    var alternatives: [PhraseFault: [Phrase]] = [:]
    for finding in findings {
      if let (phrase, fault) = faultyPhrase(of: finding) {
        alternatives[fault, default: []].append(phrase)
      }
    }
    for finding in findings {
      if let fault = faultyPhrase(of: finding)?.fault {
        guard let phrases = alternatives.removeValue(forKey: fault) else { continue }
        report(finding, with: phrases)
      } else {
        report(finding, with: [])
      }
    }
  }

  /// What is wrong with a phrase, or with some alternatives of one line.
  private struct PhraseFault: Hashable {
    let isForbidden: Bool
    let rule: Int
    /// A guard's line stands in another file than the rule's.
    let path: String
    let line, column: Int
  }

  private func faultyPhrase(of finding: ProofFinding) -> (phrase: Phrase, fault: PhraseFault)? {
    let (rule, index, isForbidden): (Int, Int, Bool)
    switch finding {
    case .redundantPhrase(let number, let phrase, _, _):
      (rule, index, isForbidden) = (number, phrase, false)
    case .forbiddenPhrase(let number, let phrase, _):
      (rule, index, isForbidden) = (number, phrase, true)
    case .ambiguous, .unreachableRule, .unreachablePhrase: return nil
    }
    let phrase = rules[rule].phrases[index]
    let place = phrase.location
    return (
      phrase,
      PhraseFault(
        isForbidden: isForbidden, rule: rule, path: place.file.path, line: place.line,
        column: place.column)
    )
  }

  /// - Parameter alternatives: Those of one line that have the same fault, beginning with its own.
  private func report(_ finding: ProofFinding, with alternatives: [Phrase]) {
    switch finding {
    case .ambiguous(let own, let other, let reply): reportAmbiguity(own, other, reply)
    case .unreachableRule(let loss):
      let rule = rules[Int(loss.own.rule)]
      report(loss, .unreachableRule, "the rule '\(rule.id.value)'", at: rule.id.location)
    case .unreachablePhrase(let loss):
      let place = loss.phrase?.location ?? location(of: loss.own)
      report(loss, .unreachablePhrase, "the phrase '\(loss.phrase?.source ?? "")'", at: place)
    case .redundantPhrase(let rule, let index, let otherIndex, let role):
      let (phrase, other) = (rules[rule].phrases[index], rules[rule].phrases[otherIndex])
      let why =
        switch role {
        case .text: "'\(other.source)' fits all its replies as well"
        case .all: "all replies that say '\(other.source)' say it"
        case .unless: "'\(other.source)' forbids all its replies"
        }
      let isWholeLine =
        alternatives.count == rules[rule].phrases.count { $0.written == phrase.written }
      diagnostics.error(
        .redundantPhrase, "the phrase '\(phrase.source)' is redundant: \(why)", at: phrase.location,
        notes: [Diagnostic.Note("the other phrase stands here", at: other.location)]
          + note(on: alternatives, "redundant"),
        fix: isWholeLine ? Fix(removing: phrase.location) : nil)
    case .forbiddenPhrase(let rule, let index, let otherIndex):
      let (phrase, other) = (rules[rule].phrases[index], rules[rule].phrases[otherIndex])
      diagnostics.error(
        .forbiddenPhrase,
        "the phrase '\(phrase.source)' can never fit: "
          + (otherIndex < rules[rule].ownPhrases.count ? "'unless:'" : "a guard")
          + " forbids its own words",
        at: phrase.location,
        notes: [Diagnostic.Note("they are forbidden here", at: other.location)]
          + note(on: alternatives, "forbidden"))
    }
  }

  private func note(on alternatives: [Phrase], _ fault: String) -> [Diagnostic.Note] {
    guard alternatives.count > 1 else { return [] }
    let shown = alternatives.dropFirst().prefix(3).map { "'\($0.source)'" }.joined(separator: ", ")
    let count = counted(alternatives.count - 1, "other alternative")
    return [
      Diagnostic.Note(
        "\(count) of the line \(alternatives.count == 2 ? "is" : "are") \(fault) too: \(shown)"
          + (alternatives.count > 4 ? ", …" : ""), at: nil)
    ]
  }

  private func reportAmbiguity(_ own: Candidate, _ other: Candidate, _ reply: String) {
    // Nobody can edit a standard rule from outside.
    if rules[Int(own.rule)].isStandard, !rules[Int(other.rule)].isStandard {
      reportAmbiguity(other, own, reply)
      return
    }
    let (rule, otherRule) = (rules[Int(own.rule)], rules[Int(other.rule)])
    let (name, otherName) = (rule.id.value, otherRule.id.value)
    let place = Diagnostic.Note("'\(otherName)' fits it here", at: location(of: other))
    if rule.saysTheSame(as: otherRule) {
      diagnostics.error(
        .redundantRule,
        "the rules '\(name)' and '\(otherName)' say the same of the same replies, such as "
          + "'\(reply)': make one of them", at: location(of: own), notes: [place])
      return
    }
    diagnostics.error(
      .ambiguous,
      "the rules '\(name)' and '\(otherName)' are ambiguous: both fit '\(reply)' by "
        + own.extent, at: location(of: own),
      notes: [
        place,
        Diagnostic.Note(
          otherRule.isStandard
            ? "that is a standard rule: write 'over: \(otherName)' in '\(name)' if it shall win, or "
              + "let it name more of the reply"
            : "say which one wins, with 'over: \(otherName)' in '\(name)' or the reverse, or let "
              + "one of them name more of the reply", at: nil),
      ])
  }

  private func report(
    _ loss: ProofFinding.Loss, _ kind: DiagnosticKind, _ subject: String, at place: SourceLocation
  ) {
    let (rule, winner) = (rules[Int(loss.own.rule)], rules[Int(loss.winner.rule)])
    let reason = loss.winner.reason(over: loss.own, named: rule.id.value)
    diagnostics.error(
      kind,
      "\(subject) can never win: '\(winner.id.value)' wins '\(loss.reply)' and whatever else it "
        + "fits", at: place,
      notes: [
        Diagnostic.Note(
          "'\(winner.id.value)' wins because \(reason)", at: location(of: loss.winner))
      ])
  }

  private func phrase(of candidate: Candidate) -> Phrase? {
    classifier.firstPhraseIndex(of: candidate).map { rules[Int(candidate.rule)].phrases[$0] }
  }

  private func location(of candidate: Candidate) -> SourceLocation {
    let rule = rules[Int(candidate.rule)]
    return phrase(of: candidate)?.location ?? (rule.codes + rule.statuses).first?.location
      ?? rule.id.location
  }
}

extension RuleDefinition {
  /// Whether both give the same answer.
  fileprivate func saysTheSame(as other: RuleDefinition) -> Bool {
    source.id.value == other.source.id.value && category?.value == other.category?.value
      && action?.value == other.action?.value && retry?.value == other.retry?.value
      && meaning == other.meaning && causes == other.causes && tip == other.tip
      && links == other.links
  }
}
