import BounceCatalogue

/// What a change of rules does to replies, for programs.
struct DiffRecord: Encodable {
  struct RuleChanges: Encodable {
    let oldCount: Int
    let newCount: Int
    let added: [RuleID]
    let removed: [RuleID]
    let renamed: [Renamed]
  }

  struct Renamed: Encodable {
    let old: RuleID
    let new: RuleID
  }

  struct Labels: Encodable {
    let count: Int
    let better: Int
    let worse: Int
    let oldRight: Int
    let newRight: Int
  }

  struct Outcome: Encodable {
    let category: BounceCategory
    let action: Action
    @OrNull var rule: RuleID?

    init(_ outcome: VerdictDiff.Outcome) {
      (category, action, rule) = (outcome.category, outcome.action, outcome.rule)
    }
  }

  struct Example: Encodable {
    /// Of the corpus.
    @OrNull var line: Int?
    /// The rule whose example it is, without a corpus.
    @OrNull var rule: RuleID?
    let text: String

    init(_ example: VerdictDiff.Example) {
      text = example.text
      switch example.place {
      case .line(let line): (self.line, rule) = (line, nil)
      case .exampleOf(let rule): (line, self.rule) = (nil, rule)
      }
    }
  }

  struct Group: Encodable {
    /// `category`, `action` or `rule`: what changes.
    let kind: String
    let old: Outcome
    let new: Outcome
    let count: Int
    let better: Int
    let worse: Int
    let examples: [Example]
  }

  let rules: RuleChanges
  let count: Int
  /// How many replies change what; `same` are those that change nothing.
  let counts: [String: Int]
  @OrNull var labels: Labels?
  let changes: [Group]

  init(_ diff: VerdictDiff) {
    rules = RuleChanges(
      oldCount: diff.rules.oldCount, newCount: diff.rules.newCount, added: diff.rules.added,
      removed: diff.rules.removed,
      renamed: diff.rules.renamed.map { Renamed(old: $0.old, new: $0.new) })
    count = diff.count
    counts = Dictionary(
      uniqueKeysWithValues: VerdictDiff.Kind.allCases.map { ($0.rawValue, diff.count(of: $0)) })
    labels =
      diff.labelledCount == 0
      ? nil
      : Labels(
        count: diff.labelledCount, better: diff.betterCount, worse: diff.worseCount,
        oldRight: diff.oldRightCount, newRight: diff.newRightCount)
    changes = diff.changes.map { group in
      Group(
        kind: group.kind.rawValue, old: Outcome(group.change.old), new: Outcome(group.change.new),
        count: group.count, better: group.betterCount, worse: group.worseCount,
        examples: group.examples.map(Example.init))
    }
  }
}
