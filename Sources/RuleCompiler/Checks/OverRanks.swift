/// How many rules stand below each rule in a chain of `over`, so that it ranks above all those it
/// names, also by way of others.
///
/// A walk from every rule down to those it names, each rule once.
struct OverRanks {
  private let rules: [RuleDefinition]
  private let below: [[Int]]
  private var ranks: [UInt32?]
  private let diagnostics: DiagnosticCollector

  static func of(_ rules: [RuleDefinition], _ diagnostics: DiagnosticCollector) -> [UInt32] {
    var walk = OverRanks(rules, diagnostics)
    for rule in rules.indices { walk.rank(rule) }
    return walk.ranks.map { $0 ?? 0 }
  }

  private init(_ rules: [RuleDefinition], _ diagnostics: DiagnosticCollector) {
    (self.rules, self.diagnostics) = (rules, diagnostics)
    // A rule over itself has been reported.
    below = rules.named.enumerated().map { number, others in others.filter { $0 != number } }
    ranks = Array(repeating: nil, count: rules.count)
  }

  private mutating func rank(_ root: Int) {
    var path: [(rule: Int, next: Int)] = ranks[root] == nil ? [(root, 0)] : []
    var depths = [root: 0]
    while let (rule, next) = path.last {
      guard next < below[rule].count else {
        ranks[rule] = below[rule].compactMap { ranks[$0] }.max().map { $0 + 1 } ?? 0
        depths[rule] = nil
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let other = below[rule][next]
      if let depth = depths[other] {
        report(path[depth...])
      } else if ranks[other] == nil {
        depths[other] = path.count
        path.append((other, 0))
      }
    }
  }

  /// - Parameter circle: Each rule stands over the next one, and the last over the first.
  private func report(_ circle: ArraySlice<(rule: Int, next: Int)>) {
    let mostNames = 5
    let circle = circle.prefix(mostNames + 1).map(\.rule)
    let ids = circle.map { rules[$0].id.value }
    let shown = ids.prefix(mostNames) + (ids.count > mostNames ? ["…"] : [])
    diagnostics.error(
      .overCircle,
      "'over:' goes round in a circle: \((shown + [ids[0]]).joined(separator: " over "))",
      at: place(of: circle[0], over: circle[1]),
      notes: circle.indices.dropFirst().prefix(mostNames - 1).map { index in
        let next = circle[(index + 1) % circle.count]
        return .init(
          "'\(ids[index])' stands over '\(rules[next].id.value)' here",
          at: place(of: circle[index], over: next))
      })
  }

  private func place(of rule: Int, over other: Int) -> SourceLocation? {
    rules[rule].over.first { $0.value == rules[other].id.value }?.location
  }
}

extension [RuleDefinition] {
  /// By rule, the numbers of those that it is said to stand `over`.
  var named: [[Int]] {
    let numbers = Dictionary(
      enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    return map { $0.over.compactMap { numbers[$0.value] } }
  }
}
