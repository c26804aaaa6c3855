import BounceCatalogue

/// Which rules came, went, or have another name.
struct RuleListDiff {
  let oldCount: Int
  let newCount: Int
  let added: [RuleID]
  let removed: [RuleID]
  let renamed: [(old: RuleID, new: RuleID)]
  private let newNames: [RuleID: RuleID]

  var isEmpty: Bool { added.isEmpty && removed.isEmpty && renamed.isEmpty }

  init(old: [Rule], new: [Rule]) {
    (oldCount, newCount) = (old.count, new.count)
    let (oldIDs, newIDs) = (Set(old.map(\.id)), Set(new.map(\.id)))
    let gone = old.filter { !newIDs.contains($0.id) }
    let come = new.filter { !oldIDs.contains($0.id) }
    // What matches the same under another name has been renamed.
    var candidates = Dictionary(grouping: come, by: Pattern.init)
    var renamed: [(old: RuleID, new: RuleID)] = []
    for rule in gone {
      guard let match = candidates[Pattern(rule)]?.first else { continue }
      candidates[Pattern(rule)]?.removeFirst()
      renamed.append((rule.id, match.id))
    }
    self.renamed = renamed
    newNames = Dictionary(uniqueKeysWithValues: renamed.map { ($0.old, $0.new) })
    let (formerNames, laterNames) = (Set(renamed.map(\.old)), Set(renamed.map(\.new)))
    added = come.map(\.id).filter { !laterNames.contains($0) }
    removed = gone.map(\.id).filter { !formerNames.contains($0) }
  }

  /// The name that an old rule has now.
  func newName(of rule: RuleID) -> RuleID { newNames[rule] ?? rule }

  /// What a rule matches.
  private struct Pattern: Hashable {
    let parts: [[String]]

    init(_ rule: Rule) {
      parts = [
        rule.codes, rule.statuses, rule.commands.map(\.rawValue), rule.text, rule.all,
        rule.forbidden,
      ]
    }
  }
}
