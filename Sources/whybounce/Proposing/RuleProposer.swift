import BounceCatalogue
import RuleCompiler

/// Works out a rule for a reply from the rules that there are.
struct RuleProposer {
  private let classifier: BounceClassifier
  private let rules: [Rule]
  private let undecided: Set<BounceCategory>

  init(_ classifier: BounceClassifier) {
    self.classifier = classifier
    rules = classifier.rules
    undecided = Set(classifier.categories.filter(\.isUndecided).map(\.id))
  }

  /// - Parameters:
  ///   - id: The ids that the author wants; others suggest themselves.
  ///   - remoteHost: Where the reply does not tell.
  func proposal(
    for reply: [UInt8], id: (file: String?, rule: String?) = (nil, nil), remoteHost: String? = nil
  ) throws(Failure) -> RuleProposal {
    let verdict = classifier.classify(reply, remoteHost: remoteHost)
    var example = example(of: classifier.innermostReply(of: reply), verdict)
    if example.isEmpty {
      example = self.example(of: String(decoding: reply, as: UTF8.self), verdict)
    }
    let phrases = PhraseChoice(example).phrases
    if phrases.isEmpty, verdict.code == nil, verdict.status == nil {
      throw Failure("The reply has neither words nor a code, so no rule could match it.")
    }
    let nearest = phrases.first.flatMap { NearestRule(to: $0, among: rules) }
    let suggestions = suggestions(verdict, nearest)
    let category =
      suggestions.first { !undecided.contains($0.category) }
      ?? .init(category: verdict.category, reason: "Nothing tells what is wrong: choose.")
    let host = verdict.details.remoteHost.flatMap(Self.domain(of:))

    var proposal = RuleProposal(
      id: (fileID(id.file, verdict.provider, host), ""), host: host, code: verdict.code,
      status: verdict.status, category: category,
      alternatives: alternatives(to: category.category, suggestions), example: example,
      present: verdict.rule.flatMap(classifier.rule).map { ($0, verdict.basis) }, nearest: nearest)
    proposal.id.rule = id.rule ?? ruleID(for: phrases.first, verdict.code, in: proposal.id.file)
    return try best(of: variants(of: proposal, phrases: phrases, isTransient: verdict.isTransient))
  }

  /// What the rule could be, the best first.
  ///
  /// In a transcript the phrase may belong to another reply than the codes do: then it has to do
  /// without them. Where another rule says as much, 'over' lets the new one win.
  private func variants(
    of proposal: RuleProposal, phrases: [String], isTransient: Bool
  ) -> [RuleProposal] {
    let codes = [(proposal.code, proposal.status), (proposal.code, nil), (nil, nil)]
    return codes.prefix(phrases.isEmpty ? 1 : codes.count).flatMap { code, status in
      var variant = proposal
      (variant.code, variant.status) = (code, status)
      var variants = phrases.map { phrase in
        variant.phrase = phrase
        variant.retry = retry(phrase, isTransient: isTransient, proposal.category.category)
        return variant
      }
      if phrases.isEmpty { variants = [variant] }
      guard let present = proposal.present else { return variants }
      return variants
        + variants.map { variant in
          var variant = variant
          variant.over = present.rule.id
          return variant
        }
    }
  }

  /// The first that `check` has nothing against, else the first that passes with warnings.
  private func best(of variants: [RuleProposal]) throws(Failure) -> RuleProposal {
    var second: RuleProposal?
    for variant in variants {
      // A rule for a file that there is already is tried in one of its own.
      var draft = variant
      draft.id.file = Self.unused(draft.id.file, in: Set(rules.map(\.source.id)))
      let compilation = RuleCompilation(
        yaml: draft.file, path: "proposal.yaml", sharing: .catalogue(classifier))
      guard compilation.classifier != nil else { continue }
      // That it says TODO is what a draft is for.
      let findings = compilation.diagnostics.filter { $0.kind != .unfinishedText }
      if findings.isEmpty { return variant }
      if second == nil {
        second = variant
        second?.warnings = findings.map(\.message)
      }
    }
    if let second { return second }
    let present = variants.first?.present.map { ": \($0.rule.id.rawValue) knows its words" } ?? ""
    throw Failure("No new rule could win this reply\(present). See: whybounce explain --trace")
  }

  /// The innermost quoted reply, with the codes that the wrapper tells where it has none itself.
  private func example(of reply: String, _ verdict: Verdict) -> String {
    let example = ExampleReply(reply).text
    let alone = classifier.classify(example)
    if (alone.code, alone.status) == (verdict.code, verdict.status) { return example }
    let codes = [verdict.code?.description, verdict.status?.description].compactMap(\.self)
    return (codes + [example]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  // MARK: - The category

  /// What speaks for which category, the strongest first.
  private func suggestions(
    _ verdict: Verdict, _ nearest: NearestRule?
  ) -> [RuleProposal.Suggestion] {
    var suggestions: [RuleProposal.Suggestion] = []
    func suggest(_ category: BounceCategory, _ reason: String) {
      suggestions.append(.init(category: category, reason: reason))
    }
    if verdict.basis == .text, let rule = verdict.rule {
      suggest(verdict.category, "As \(rule.rawValue) has it.")
    }
    if verdict.basis == .likeness { suggest(verdict.category, "By the likeness of the words.") }
    if let status = verdict.status {
      let codes = [verdict.code?.description, status.description].compactMap(\.self)
      let byStatus = classifier.classify(codes.joined(separator: " "))
      if byStatus.basis == .status { suggest(byStatus.category, "By the status code \(status).") }
    }
    if let nearest, nearest.isClose {
      suggest(nearest.rule.category, "As the nearest rule has it.")
    }
    if let code = verdict.code {
      suggest(classifier.classify(code.description).category, "By the reply code \(code).")
    }
    if let nearest, !nearest.isClose {
      suggest(nearest.rule.category, "As the nearest rule has it, which is not near.")
    }
    return suggestions
  }

  /// Those that something speaks for; all where nothing does.
  private func alternatives(
    to chosen: BounceCategory, _ suggestions: [RuleProposal.Suggestion]
  ) -> [BounceCategory] {
    let candidates =
      undecided.contains(chosen)
      ? classifier.categories.map(\.id) : suggestions.map(\.category)
    var seen = undecided.union([chosen])
    return candidates.filter { seen.insert($0).inserted }
  }

  /// `later` where the server says so and the category would not: a deferral, or a time to wait.
  private func retry(
    _ phrase: String, isTransient: Bool, _ category: BounceCategory
  ) -> Retry? {
    guard isTransient || phrase.contains("{duration}"),
      let action = classifier.category(category)?.action
    else { return nil }
    let usual = Retry(action: action.forReply(transient: isTransient), transient: isTransient)
    return usual == .later ? nil : .later
  }

  // MARK: - Ids

  private func fileID(_ wanted: String?, _ provider: String?, _ host: String?) -> String {
    if let wanted { return wanted }
    let taken = Set(rules.map(\.source.id))
    // `acme.co.uk`: the part before what anybody can register below.
    let label = host?.split(separator: ".").first.map { Self.slug([String($0)]) }
    let name = provider ?? label ?? ""
    if name.isEmpty { return Self.unused("new", in: taken) }
    return taken.contains(name) ? Self.unused("\(name)-new", in: taken) : name
  }

  private func ruleID(for phrase: String?, _ code: ReplyCode?, in file: String) -> String {
    let words = phrase?.replacing(/\{[a-z]*\}/, with: "").split { $0.isWhitespace } ?? []
    let name = Self.slug(words.map(String.init))
    let plain = code.map { "reply-\($0)" } ?? "new-rule"
    let taken = Set(
      rules.filter { $0.source.id == file }.map { $0.id.rawValue.dropFirst(file.count + 1) })
    return Self.unused(name.isEmpty ? plain : name, in: Set(taken.map(String.init)))
  }

  private static func unused(_ name: String, in taken: Set<String>) -> String {
    var (candidate, number) = (name, 1)
    while taken.contains(candidate) {
      number += 1
      candidate = "\(name)-\(number)"
    }
    return candidate
  }

  /// An id of the first words: lower-case letters, digits and single hyphens.
  private static func slug(_ words: [String]) -> String {
    let plain = words.flatMap { foldedWords(of: $0) }
      .filter { $0.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) } }
    var slug = ""
    for word in plain.prefix(5) where slug.count + word.count < 40 {
      slug += (slug.isEmpty ? "" : "-") + word
    }
    return slug
  }

  /// The domain of a host, as `hosts:` wants it: without the machine's own name. `nil` for an IP
  /// address, and for what is no host.
  private static func domain(of host: String) -> String? {
    guard let name = host.lowercased().wholeMatch(of: /([a-z0-9-]+\.)+[a-z][a-z0-9-]+/)?.output.0
    else { return nil }
    let labels = name.split(separator: ".")
    // `co.uk`, `com.br`: nobody's own domain.
    let isSecondLevel = labels.last!.count == 2 && labels.dropLast().last!.count < 4
    return labels.suffix(isSecondLevel ? 3 : 2).joined(separator: ".")
  }
}
