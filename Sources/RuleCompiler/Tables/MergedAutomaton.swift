import ReplyMatcher

/// A `PhraseAutomaton` in which everything is one that no reply can tell apart.
///
/// `(user | mailbox) (is | was) (closed | shut)` are eight phrases. In the trie of words each has an end of
/// its own, and all of them say the same: this phrase of this rule was said. Merged from the ends
/// backwards, alternatives share all that follows them:
///
///     ── user ────┐     ┌─ is ───┐     ┌─ closed ─┐
///                 ├─ ○ ─┤        ├─ ○ ─┤          ├─ ◎
///     ── mailbox ─┘     └─ was ──┘     └─ shut ───┘
///
/// So a phrase costs the sum of its alternatives, not their product. Which of them was said,
/// `PhraseLocator` finds out for those who ask.
struct MergedAutomaton {
  typealias Edge = (symbol: UInt32, target: UInt32)

  struct State {
    let depth: UInt32
    /// The longest suffix that begins a phrase, and the longest one at which nodes end.
    let fail: UInt32
    let outputLink: UInt32
    let edges: [Edge]
    /// The node of a first part that ends here.
    let firstNode: Int?
    /// Those of later parts, each behind the node of the parts before.
    let laterNodes: [Step]

    var hasNodes: Bool { firstNode != nil || !laterNodes.isEmpty }
  }

  struct Step: Hashable {
    let parent: Int
    let node: Int
  }

  struct Node {
    let outputs: [PhraseAutomaton.Output]
    let hasChildren: Bool

    /// Whether anybody asks later if it was reached.
    var isMark: Bool {
      hasChildren || outputs.contains { $0.role == CatalogueImage.Role.unless }
    }
  }

  /// What one can tell of a node or a state. With a hash of its own: that of an array takes a debug
  /// build, which every edit of a rule waits for, many times as long.
  private struct Key: Hashable {
    let numbers: [UInt64]
    private let digest: UInt64

    init(_ numbers: [UInt64]) {
      self.numbers = numbers
      var (digest, index): (UInt64, Int) = (0, 0)
      while index < numbers.count {
        digest = (digest ^ digest >> 29 ^ numbers[index]) &* 0x9E37_79B9_7F4A_7C15
        index += 1
      }
      self.digest = digest
    }

    static func == (one: Key, other: Key) -> Bool {
      one.digest == other.digest && one.numbers == other.numbers
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  private(set) var states: [State] = []
  /// See `CatalogueImage.StateColumn`.
  let firstInnerState: Int
  private(set) var nodes: [Node] = []
  /// What has become of each node of the automaton, which begin with none.
  private(set) var nodeNumbers: [Int]

  /// - Parameter automaton: All phrases, linked.
  init(_ automaton: PhraseAutomaton) {
    firstInnerState = automaton.firstInnerState
    nodeNumbers = Array(repeating: -1, count: automaton.nodes.count)
    mergeNodes(automaton)
    mergeStates(automaton)
  }

  /// Nodes are one that end the same phrases, and that go on behind the same states to the same nodes.
  private mutating func mergeNodes(_ automaton: PhraseAutomaton) {
    var known: [Key: Int] = [:]
    var children: [Int: [UInt64]] = [:]
    // The nodes behind one have greater numbers.
    for (index, node) in automaton.nodes.enumerated().dropFirst().reversed() {
      var numbers = children.removeValue(forKey: index)?.sorted() ?? []
      let hasChildren = !numbers.isEmpty
      for output in node.outputs {
        numbers.append(UInt64(output.phrase) << 32 | UInt64(output.owner))
        numbers.append(
          UInt64(output.rank) << 32 | UInt64(output.role) << 1 | (output.captures ? 1 : 0))
      }
      numbers.append(UInt64(node.outputs.count))
      let key = Key(numbers)
      let number = known[key] ?? nodes.count
      if number == nodes.count {
        known[key] = number
        nodes.append(Node(outputs: node.outputs, hasChildren: hasChildren))
      }
      nodeNumbers[index] = number
      if node.parent > 0 {
        children[node.parent, default: []].append(UInt64(node.state) << 32 | UInt64(number))
      }
    }
  }

  /// States are one that have the same depth and the same suffix, at which the same nodes end, and that go
  /// on with the same symbols to the same states. Those of first symbols are these symbols, and stay.
  private mutating func mergeStates(_ automaton: PhraseAutomaton) {
    var known: [Key: Int] = [:]
    var representatives = Array(0..<automaton.stateCount)
    let steps = automaton.nodesOfState.map { $0.isEmpty ? [] : self.steps($0, of: automaton) }
    // The states behind one have greater numbers.
    var state = automaton.stateCount
    while state > firstInnerState {
      state -= 1
      var numbers: [UInt64] = []
      for (symbol, target) in automaton.children[state] {
        numbers.append(UInt64(symbol) << 32 | UInt64(representatives[Int(target)]))
      }
      if numbers.count > 1 { numbers.sort() }
      for step in steps[state] { numbers.append(UInt64(step.parent + 1) << 32 | UInt64(step.node)) }
      numbers.append(UInt64(steps[state].count) << 32 | UInt64(automaton.depths[state]))
      numbers.append(UInt64(automaton.fails[state]))
      let key = Key(numbers)
      if let same = known[key] { representatives[state] = same } else { known[key] = state }
    }

    var numbers = [UInt32](repeating: 0, count: automaton.stateCount)
    var count: UInt32 = 0
    for state in 0..<automaton.stateCount where representatives[state] == state {
      numbers[state] = count
      count += 1
    }
    func number(_ state: UInt32) -> UInt32 { numbers[representatives[Int(state)]] }
    for state in 0..<automaton.stateCount where representatives[state] == state {
      states.append(
        State(
          depth: automaton.depths[state], fail: number(automaton.fails[state]),
          outputLink: number(automaton.outputLinks[state]),
          edges: automaton.children[state].map { ($0.symbol, number($0.target)) },
          firstNode: steps[state].first { $0.parent < 0 }?.node,
          laterNodes: steps[state].isEmpty ? [] : steps[state].filter { $0.parent >= 0 }))
    }
  }

  /// Some nodes as they are now, each once: -1 stands before those of first parts.
  private func steps(_ nodes: [Int], of automaton: PhraseAutomaton) -> [Step] {
    let steps = nodes.map {
      Step(parent: nodeNumbers[automaton.nodes[$0].parent], node: nodeNumbers[$0])
    }
    if steps.count < 2 { return steps }
    return Set(steps).sorted { ($0.parent, $0.node) < ($1.parent, $1.node) }
  }
}
