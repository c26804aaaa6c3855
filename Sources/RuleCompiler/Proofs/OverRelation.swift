/// Which rule is said to stand `over` which, also by way of others.
struct OverRelation {
  private let below: [Int: Set<Int>]

  /// - Parameter rules: Rules whose `over` does not go round in a circle.
  init(_ rules: [RuleDefinition]) {
    let numbers = Dictionary(
      rules.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    var below: [Int: Set<Int>] = [:]
    // Each rule after those it names: a stack instead of recursion, which a long chain would exhaust.
    var open = rules.indices.filter { !rules[$0].over.isEmpty }
    while let rule = open.last {
      let named = rules[rule].over.compactMap { numbers[$0.value] }
      let unknown = named.filter { below[$0] == nil && !rules[$0].over.isEmpty }
      if below[rule] == nil, !unknown.isEmpty {
        open += unknown
        continue
      }
      open.removeLast()
      if below[rule] == nil {
        below[rule] = named.reduce(into: Set(named)) { $0.formUnion(below[$1] ?? []) }
      }
    }
    self.below = below
  }

  func stands(_ upper: Int, over lower: Int) -> Bool { below[upper]?.contains(lower) == true }

  /// Whether it is said which of two wins.
  func relates(_ a: Int, _ b: Int) -> Bool { stands(a, over: b) || stands(b, over: a) }
}
