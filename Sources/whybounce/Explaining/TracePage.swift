import BounceCatalogue
import RuleCompiler

/// Why a rule won a reply, and why every other one did not.
struct TracePage {
  private let trace: ReplyTrace
  /// The answer that the trace accounts for: the remote host has its say in both.
  private let verdict: Verdict
  private let reply: [UInt8]
  private let catalogue: Catalogue
  private let rules: [Rule]

  /// More than a person reads; a hostile reply can fit them all.
  private static let mostRules = 20

  init(of reply: [UInt8], remoteHost: String?, by catalogue: Catalogue) {
    trace = catalogue.classifier.trace(reply, remoteHost: remoteHost)
    verdict = catalogue.classifier.classify(reply, remoteHost: remoteHost)
    rules = catalogue.classifier.rules
    (self.reply, self.catalogue) = (reply, catalogue)
  }

  /// - Parameter focus: The rule that is asked for; `nil` for the winner.
  func write(on page: inout Page, focus: Rule? = nil) {
    let isLikeness = verdict.basis == .likeness
    page.heading(
      focus.map(title) ?? (isLikeness ? titleOfLikeness : nil)
        ?? winner.map { "\($0.id.rawValue) wins" } ?? "No rule fits")
    page.space()
    let marks = focus == nil ? verdict.matchedWords : []
    page.append(ReplyExcerpt(reply, marking: marks).lines(on: page))
    if let focus {
      page.space()
      page.paragraph(.init(answer(for: focus)))
    }
    if isLikeness, focus == nil { writeEvidence(on: &page) }
    writeCandidates(on: &page)
    writeMisses(on: &page)
    page.heading("How the winner is chosen")
    page.paragraph(.init(Candidate.comparison))
  }

  private var winner: Rule? { trace.candidates.first.map { rules[Int($0.rule)] } }

  private var titleOfLikeness: String {
    let category = verdict.category.rawValue
    return isOutvoted
      ? "A few words fit a rule: all are far more like those of \(category)"
      : "No rule finds a reason in the words: they are most like those of \(category)"
  }

  /// Whether the winner's words are few of many, and the likeness of all decides.
  private var isOutvoted: Bool {
    verdict.basis == .likeness && trace.candidates.first?.phrase != nil
  }

  private func place(of focus: Rule) -> Int? {
    trace.candidates.firstIndex { rules[Int($0.rule)].id == focus.id }
  }

  private func title(for focus: Rule) -> String {
    let verb =
      switch place(of: focus) {
      case 0: isOutvoted ? "fits, and is outvoted" : "wins"
      case nil: "does not fit"
      default: "fits, and does not win"
      }
    return "\(focus.id.rawValue) \(verb)"
  }

  private func answer(for focus: Rule) -> String {
    guard let place = place(of: focus) else {
      let number = UInt32(rules.firstIndex { $0.id == focus.id } ?? 0)
      return "Why not: \(miss(of: focus, number))."
    }
    if place == 0, isOutvoted {
      return "All words together are far more like those of \(verdict.category.rawValue)."
    }
    if place > 0 { return "\(reason(against: trace.candidates[place]))." }
    return trace.candidates.count > 1 ? "Why: \(reason(against: trace.candidates[1]))." : ""
  }

  /// Why the winner wins over another candidate.
  private func reason(against other: Candidate) -> String {
    let reason = trace.candidates[0].reason(over: other, named: rules[Int(other.rule)].id.rawValue)
    return "\(winner?.id.rawValue ?? "") wins because \(reason)"
  }

  private func miss(of rule: Rule, _ number: UInt32) -> String {
    trace.reasonForMiss(of: rule, number: number, in: String(decoding: reply, as: UTF8.self))
  }

  // MARK: - Lists

  private func writeEvidence(on page: inout Page) {
    let evidence = catalogue.classifier.likenessEvidence(in: reply)
    if evidence.isEmpty { return }
    page.heading("What speaks for it, the strongest first")
    for (feature, weight) in evidence.prefix(Self.mostRules) {
      page.paragraph(.init("\(weight)".rightColumn(4)), .init(feature, .strong), lead: "  ")
    }
    writeRest(evidence.count, on: &page)
  }

  private func writeCandidates(on page: inout Page) {
    guard !trace.candidates.isEmpty else { return }
    page.heading("Rules that fit, the most specific first")
    for (index, candidate) in trace.candidates.prefix(Self.mostRules).enumerated() {
      let rule = rules[Int(candidate.rule)]
      let lead = "  " + String(index + 1).rightColumn(2) + ". "
      let indent = String(repeating: " ", count: lead.count)
      page.paragraph(
        .init(rule.id.rawValue, .strong), .init("(\(catalogue.place(of: rule)))", .faint),
        .init("\(rule.category.rawValue)"), lead: lead)
      let phrase = trace.phraseIndex(of: candidate).map {
        "'\((rule.text + rule.all)[$0])': "
      }
      let command =
        rule.commands.isEmpty ? "" : " (\(Candidate.commandWords) of the words for the command)"
      page.paragraph(.init((phrase ?? "") + candidate.extent + command), lead: indent)
      if index > 0 { page.paragraph(.init(reason(against: candidate)), lead: indent) }
    }
    writeRest(trace.candidates.count, on: &page)
  }

  /// The rules whose words are said, and which still do not fit. (Those of which the reply says nothing
  /// but what they forbid are no near misses.)
  private func writeMisses(on page: inout Page) {
    let fitting = Set(trace.candidates.map(\.rule))
    let said = Dictionary(grouping: trace.phrases, by: \.rule).filter { number, phrases in
      let rule = rules[Int(number)]
      let firstForbidden = rule.text.count + rule.all.count
      return phrases.contains { $0.index < firstForbidden }
    }
    let missed = Set(said.keys).subtracting(fitting).sorted()
    guard !missed.isEmpty else { return }
    page.heading("Rules that do not fit, although some of their words are said")
    for number in missed.prefix(Self.mostRules) {
      let rule = rules[Int(number)]
      page.paragraph(
        .init(rule.id.rawValue, .strong), .init("(\(catalogue.place(of: rule))):", .faint),
        .init(miss(of: rule, number)), lead: "  - ")
    }
    writeRest(missed.count, on: &page)
  }

  private func writeRest(_ count: Int, on page: inout Page) {
    guard count > Self.mostRules else { return }
    page.paragraph(.init("… and \(count - Self.mostRules) more", .faint))
  }
}
