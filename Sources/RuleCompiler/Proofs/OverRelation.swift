/// Which rule is said to stand `over` which, also by way of others.
final class OverRelation {
  private let named: [[Int]]
  /// What stands below a rule, once somebody has asked: few rules ever tie with others.
  private var below: [Int: Set<Int>] = [:]

  init(_ rules: [RuleDefinition]) { named = rules.named }

  func stands(_ upper: Int, over lower: Int) -> Bool {
    if named[upper].isEmpty { return false }
    if let known = below[upper] { return known.contains(lower) }
    var found: Set<Int> = []
    var open = named[upper]
    while let rule = open.popLast() {
      if found.insert(rule).inserted { open += named[rule] }
    }
    below[upper] = found
    return found.contains(lower)
  }

  /// Whether it is said which of two wins.
  func relates(_ a: Int, _ b: Int) -> Bool { stands(a, over: b) || stands(b, over: a) }
}
