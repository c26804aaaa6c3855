/// Which rule is said to stand `over` which, also by way of others.
struct OverRelation {
  private let below: [[Int]]

  /// - Parameter rules: Rules whose `over` does not go round in a circle.
  init(_ rules: [RuleDefinition]) {
    let numbers = Dictionary(
      rules.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    below = rules.map { $0.over.compactMap { numbers[$0.value] } }
  }

  func stands(_ upper: Int, over lower: Int) -> Bool {
    var seen: Set<Int> = []
    var open = below[upper]
    while let rule = open.popLast() {
      if rule == lower { return true }
      if seen.insert(rule).inserted { open += below[rule] }
    }
    return false
  }
}
