import BounceCatalogue

/// Counts which replies change their verdict between two rule sets.
///
/// What is kept grows with the pairs of rules that win the same replies, not with the replies.
struct VerdictDiff {
  /// What a program would do about a reply, and by which rule.
  struct Outcome: Hashable {
    let category: BounceCategory
    let action: Action
    /// `nil` where no rule fits.
    let rule: RuleID?
  }

  struct Change: Hashable {
    let old: Outcome
    let new: Outcome
  }

  /// What changes, from the most to the least that matters.
  enum Kind: String, CaseIterable { case category, action, rule, same }

  struct Group {
    let change: Change
    let kind: Kind
    fileprivate(set) var count = 0
    /// The first replies of the group.
    fileprivate(set) var examples: [Example] = []
    /// By the labels: how many verdicts were wrong and are right, and the other way round.
    fileprivate(set) var betterCount = 0
    fileprivate(set) var worseCount = 0
  }

  struct Example {
    let place: Place
    let text: String
  }

  /// Where a reply stands.
  enum Place {
    /// Of the corpus.
    case line(Int)
    case exampleOf(RuleID)
  }

  let rules: RuleListDiff
  private let old: BounceClassifier
  private let new: BounceClassifier
  /// The walks alone tell the group, so that few replies need a whole verdict.
  private struct Walks: Hashable {
    let oldRule: UInt32?
    let oldLikeness: UInt32?
    let oldClass: UInt32
    let oldMayConcernRecipient: Bool
    let newRule: UInt32?
    let newLikeness: UInt32?
    let newClass: UInt32
    let newMayConcernRecipient: Bool
  }
  private var groupIndices: [Walks: Int] = [:]
  private var allGroups: [Group] = []
  private(set) var labelledCount = 0
  /// How many verdicts on labelled replies are right.
  private(set) var oldRightCount = 0
  private(set) var newRightCount = 0

  fileprivate static let mostExamples = 2
  private static let mostExampleBytes = 500

  init(old: BounceClassifier, new: BounceClassifier) {
    (self.old, self.new) = (old, new)
    rules = RuleListDiff(old: old.rules, new: new.rules)
  }

  /// - Parameters:
  ///   - accept: The categories that are right for it; empty where nobody knows.
  ///   - place: Where the reply stands.
  mutating func add(_ reply: [UInt8], accept: [String] = [], place: Place) {
    let walks = walks(on: reply)
    let index = groupIndices[walks] ?? newGroup(for: reply)
    groupIndices[walks] = index
    allGroups[index].count += 1
    if !accept.isEmpty { judge(index, accept) }
    if allGroups[index].examples.count < Self.mostExamples, allGroups[index].kind != .same {
      let text = String(decoding: reply.prefix(Self.mostExampleBytes), as: UTF8.self)
      allGroups[index].examples.append(Example(place: place, text: text))
    }
  }

  /// Compares the examples of both rule sets, each once.
  mutating func addExamples() {
    var seen: Set<String> = []
    for rule in old.rules + new.rules {
      for example in rule.examples where seen.insert(example).inserted {
        add(Array(example.utf8), place: .exampleOf(rule.id))
      }
    }
  }

  private func walks(on reply: [UInt8]) -> Walks {
    reply.withUnsafeBufferPointer { reply in
      let (old, new) = (old.match(reply), new.match(reply))
      return Walks(
        oldRule: old.winner?.rule, oldLikeness: old.likeness, oldClass: old.replyClass,
        oldMayConcernRecipient: old.mayConcernRecipient, newRule: new.winner?.rule,
        newLikeness: new.likeness, newClass: new.replyClass,
        newMayConcernRecipient: new.mayConcernRecipient)
    }
  }

  private mutating func newGroup(for reply: [UInt8]) -> Int {
    func outcome(_ classifier: BounceClassifier) -> Outcome {
      let verdict = classifier.classify(reply)
      return Outcome(category: verdict.category, action: verdict.action, rule: verdict.rule)
    }
    let change = Change(old: outcome(old), new: outcome(new))
    allGroups.append(Group(change: change, kind: kind(of: change)))
    return allGroups.count - 1
  }

  private func kind(of change: Change) -> Kind {
    if change.old.category != change.new.category { return .category }
    if change.old.action != change.new.action { return .action }
    // A rule under another name is the same rule.
    let isSameRule = change.old.rule.map(rules.newName) == change.new.rule
    return isSameRule ? .same : .rule
  }

  private mutating func judge(_ index: Int, _ accept: [String]) {
    let change = allGroups[index].change
    let wasRight = accept.contains(change.old.category.rawValue)
    let isRight = accept.contains(change.new.category.rawValue)
    labelledCount += 1
    oldRightCount += wasRight ? 1 : 0
    newRightCount += isRight ? 1 : 0
    if isRight && !wasRight { allGroups[index].betterCount += 1 }
    if wasRight && !isRight { allGroups[index].worseCount += 1 }
  }
}

// MARK: - Results

extension VerdictDiff {
  var count: Int { allGroups.reduce(0) { $0 + $1.count } }

  func count(of kind: Kind) -> Int {
    allGroups.reduce(0) { $0 + ($1.kind == kind ? $1.count : 0) }
  }

  var betterCount: Int { allGroups.reduce(0) { $0 + $1.betterCount } }
  var worseCount: Int { allGroups.reduce(0) { $0 + $1.worseCount } }

  /// Whether any verdict differs, or a rule came, went or has another name.
  var hasChanges: Bool { count(of: .same) < count || !rules.isEmpty }

  /// The groups whose verdict changes, alike ones as one: categories first, large ones first.
  var changes: [Group] {
    var merged: [Change: Group] = [:]
    for group in allGroups where group.kind != .same {
      merged[group.change, default: Group(change: group.change, kind: group.kind)].take(group)
    }
    return merged.values.sorted { a, b in
      (a.kind.rank, b.count, a.change.sortKey) < (b.kind.rank, a.count, b.change.sortKey)
    }
  }
}

extension VerdictDiff.Group {
  fileprivate mutating func take(_ other: Self) {
    count += other.count
    betterCount += other.betterCount
    worseCount += other.worseCount
    examples = Array((examples + other.examples).prefix(VerdictDiff.mostExamples))
  }
}

extension VerdictDiff.Kind {
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self)! }
}

extension VerdictDiff.Change {
  fileprivate var sortKey: String {
    [old, new].map { "\($0.category.rawValue) \($0.rule?.rawValue ?? "") \($0.action)" }
      .joined(separator: " ")
  }
}
