import BounceCatalogue

/// A rule in the JSON form of `whybounce rules --format json`.
struct RuleRecord: Encodable {
  struct SourceRecord: Encodable {
    let id: String
    let name: String
    let kind: SourceKind
    let hosts: [String]
    let links: [String]
  }

  let id: RuleID
  let category: BounceCategory
  let source: SourceRecord
  let file: String
  let line: Int
  let basis: Basis
  let codes: [String]
  let statuses: [String]
  let commands: [SMTPCommand]
  let text: [String]
  let all: [String]
  let unless: [String]
  let guards: [String]
  let over: [RuleID]
  let yields: Bool
  @OrNull var meaning: String?
  let causes: [Cause]
  @OrNull var tip: String?
  @OrNull var action: Action?
  @OrNull var retry: Retry?
  let links: [String]
  let examples: [String]

  init(_ rule: Rule) {
    let source = rule.source
    self.source = SourceRecord(
      id: source.id, name: source.name, kind: source.kind, hosts: source.hosts,
      links: source.links)
    (id, category, file, line) = (rule.id, rule.category, rule.file, rule.line)
    (basis, codes, statuses) = (rule.basis, rule.codes, rule.statuses)
    commands = rule.commands
    (text, all, unless) = (rule.text, rule.all, rule.unless)
    guards = rule.guards.map(\.id)
    (over, yields) = (rule.over, rule.yields)
    (meaning, causes, tip) = (rule.meaning, rule.causes, rule.tip)
    (action, retry, links, examples) = (rule.action, rule.retry, rule.links, rule.examples)
  }
}
