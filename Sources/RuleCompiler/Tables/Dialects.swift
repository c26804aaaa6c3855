/// The sources for whose hosts rules speak.
struct Dialects {
  /// The ids of sources with hosts, by the rules that stand in them.
  private let sources: [String: String]

  init(_ rules: [RuleDefinition]) {
    sources = Dictionary(
      rules.lazy.filter { !$0.source.hosts.isEmpty }.map { ($0.id.value, $0.source.id.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The rule's own source. Where that has no hosts, the source of a rule that it stands over: else
  /// that one would win again as soon as the remote host is known.
  func source(of rule: RuleDefinition) -> String {
    let lent =
      rule.source.hosts.isEmpty ? rule.over.lazy.compactMap { sources[$0.value] }.first : nil
    return lent ?? rule.source.id.value
  }
}
