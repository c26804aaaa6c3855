import ReplyMatcher

/// What the pages are made of, in the order in which they show it.
struct CatalogueContents {
  /// In rank order.
  let categories: [CategoryInfo]
  /// Other systems, for what they call the categories.
  let peers: [Peer]
  /// By kind, then by name.
  let sources: [Source]
  /// By source, then as they stand in its file.
  let rules: [RuleEntry]
  /// Every reply code or pattern that a rule names: by class, the class itself first.
  let codes: [String]

  /// Those that the rules name.
  let guards: [Guard]

  /// How many rules of the standard catalogue answer beside these.
  let standardRuleCount: Int

  init(_ classifier: BounceClassifier, without borrowed: BorrowedEntries) {
    let rules = classifier.rules.filter { !borrowed.rules.contains($0.id) }
    standardRuleCount = borrowed.rules.count
    peers = classifier.peers
    let named = Set(rules.lazy.flatMap(\.guards).map(\.id))
    guards = classifier.guards.filter { named.contains($0.id) }
    let unneeded = borrowed.categories.subtracting(rules.map(\.category))
    self.categories = classifier.categories.filter { !unneeded.contains($0.id) }
    let categories = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) })
    let ruleLists = Dictionary(grouping: rules, by: \.source.id)
    let kinds = SourceKind.allCases
    sources = ruleLists.values.map { $0[0].source }.sorted {
      (kinds.firstIndex(of: $0.kind)!, $0.name, $0.id)
        < (kinds.firstIndex(of: $1.kind)!, $1.name, $1.id)
    }
    self.rules = sources.flatMap { source in
      (ruleLists[source.id] ?? []).sorted { $0.line < $1.line }.compactMap { rule in
        categories[rule.category].map { RuleEntry(rule, category: $0, classifier) }
      }
    }
    codes = Set(rules.flatMap(\.codes)).sorted {
      ($0.prefix(1), $0.hasSuffix("xx") ? 0 : 1, $0)
        < ($1.prefix(1), $1.hasSuffix("xx") ? 0 : 1, $1)
    }
  }

  func rules(of source: Source) -> [RuleEntry] { rules.filter { $0.rule.source.id == source.id } }

  func rules(in category: BounceCategory) -> [RuleEntry] {
    rules.filter { $0.rule.category == category }
  }

  /// The rules that say what a code means when nothing else is known: those for the code itself,
  /// else those for the closest pattern that takes it.
  func meanings(ofCode code: String) -> [RuleEntry] {
    let candidates = rules.filter(\.isAboutCodeAlone)
    return patterns(covering: code).lazy.map { pattern in
      candidates.filter { $0.rule.codes.contains(pattern) }
    }.first { !$0.isEmpty } ?? []
  }

  /// The code itself and the patterns that take it, the closest first.
  func patterns(covering code: String) -> [String] {
    codes.filter { $0.covers(code) }.sorted { $0.openDigits < $1.openDigits }
  }
}

/// A rule and what it leads to. (A class: every page goes through all of them.)
final class RuleEntry {
  let rule: Rule
  /// The phrases of its `text`, one for each alternative.
  let text: [String]
  let category: CategoryInfo
  /// What the rule's examples come to. The advice depends on whether a reply is a deferral, and
  /// that is for the matcher to decide.
  private let verdicts: [Verdict]

  init(_ rule: Rule, category: CategoryInfo, _ classifier: BounceClassifier) {
    (self.rule, self.category, text) = (rule, category, rule.text)
    verdicts = rule.examples.map { classifier.classify($0) }
  }

  /// Whether it says what a code means when nothing else is known.
  var isAboutCodeAlone: Bool { rule.basis == .code || rule.basis == .class }

  /// The advice in words. Where it differs, each behind the codes of its examples.
  func advice(_ words: (Verdict) -> String) -> String {
    var advice: [(words: String, codes: [String])] = []
    for verdict in verdicts {
      let code =
        (verdict.code?.description ?? verdict.status?.description).map(Markdown.code)
        ?? "without a code"
      if let known = advice.firstIndex(where: { $0.words == words(verdict) }) {
        if !advice[known].codes.contains(code) { advice[known].codes.append(code) }
      } else {
        advice.append((words(verdict), [code]))
      }
    }
    if advice.count == 1 { return advice[0].words }
    return advice.map { "\($0.codes.joined(separator: ", ")): \($0.words)" }
      .joined(separator: ". ")
  }
}

extension String {
  /// Whether this code pattern takes every code that the other one takes: `4xx` covers `45x`.
  func covers(_ other: String) -> Bool {
    zip(utf8, other.utf8).allSatisfy { $0 == UInt8(ascii: "x") || $0 == $1 }
  }

  fileprivate var openDigits: Int { count { $0 == "x" } }
}
