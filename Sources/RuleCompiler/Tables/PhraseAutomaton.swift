import ReplyMatcher

/// The keyword matcher for all phrases of all rules: a trie over words, with for each state the
/// longest suffix that also begins a phrase (Aho and Corasick).
///
/// Grows linearly with the phrases; a word costs one edge, however many rules there are. Phrases of
/// several parts (`user * unknown`) are a second trie, whose edges are the states in which the parts
/// end: `CatalogueImage.NodeColumn` tells why.
///
/// What becomes of it, before it is laid out, is a `MergedAutomaton`.
struct PhraseAutomaton {
  /// A phrase that ends at a node; see `CatalogueImage.OutputColumn`.
  struct Output: Equatable {
    let phrase: UInt32
    let owner: UInt32
    let role: UInt32
    let rank: UInt32
    let captures: Bool
  }

  /// Phrases cut after one of their parts.
  struct Node {
    let parent: Int
    /// The state in which the part ends.
    let state: Int
    var outputs: [Output] = []
  }

  private(set) var vocabulary: [SpelledString: UInt32] = [:]
  /// The states below this one stand for first symbols; see `CatalogueImage.StateColumn`.
  let firstInnerState: Int
  /// By state: its edges in the order in which they came.
  private(set) var children: [[(symbol: UInt32, target: UInt32)]]
  private(set) var depths: [UInt32]
  private(set) var fails: [UInt32] = []
  private(set) var outputLinks: [UInt32] = []
  /// The first one is none.
  private(set) var nodes = [Node(parent: 0, state: 0)]
  /// By state.
  private(set) var nodesOfState: [[Int]]
  /// The target by state (upper half) and symbol.
  private var edges: [UInt64: UInt32] = [:]
  /// By parent (upper half) and state.
  private var knownNodes: [UInt64: Int] = [:]

  var stateCount: Int { depths.count }

  /// Numbers the words of the phrases: those that begin a part of one first, and of them the most
  /// frequent ones. So their states stand close together, which a processor's caches like.
  ///
  /// - Parameter phrases: All of them, in lists.
  init(phrases: [[Phrase]]) {
    var uses: [(word: SpelledString, begins: Bool, count: Int)] = []
    var numbers: [SpelledString: Int] = [:]
    for phrases in phrases {
      for phrase in phrases {
        for segment in phrase.segments {
          for index in segment.indices {
            guard case .word(let text) = segment[index] else { continue }
            let word = SpelledString(text)
            let number = numbers[word] ?? uses.count
            if number == uses.count {
              numbers[word] = number
              uses.append((word, false, 0))
            }
            uses[number].count += 1
            if index == 0 { uses[number].begins = true }
          }
        }
      }
    }
    uses.sort { one, other in
      if one.begins != other.begins { return one.begins }
      if one.count != other.count { return one.count > other.count }
      return one.word.text.utf8.lexicographicallyPrecedes(other.word.text.utf8)
    }
    for (index, use) in uses.enumerated() {
      vocabulary[use.word] = Symbol.firstWord + UInt32(index)
    }
    firstInnerState = Int(Symbol.firstWord) + uses.count { $0.begins }
    children = Array(repeating: [], count: firstInnerState)
    nodesOfState = Array(repeating: [], count: firstInnerState)
    depths = Array(repeating: 0, count: firstInnerState)
  }

  private static func key(_ upper: Int, _ lower: UInt32) -> UInt64 {
    UInt64(upper) << 32 | UInt64(lower)
  }

  /// The symbols of a phrase's parts.
  func symbols(of phrase: Phrase) -> [[UInt32]] {
    var symbols: [[UInt32]] = []
    for segment in phrase.segments {
      var part: [UInt32] = []
      for index in segment.indices { part.append(symbol(of: segment[index])) }
      symbols.append(part)
    }
    return symbols
  }

  func symbol(of piece: Phrase.Piece) -> UInt32 {
    switch piece {
    case .placeholder(let placeholder): placeholder.tokenClass.rawValue
    case .word(let word): vocabulary[SpelledString(word)]!
    }
  }

  /// Adds a phrase, given as its parts.
  ///
  /// - Returns: The node at which it ends.
  @discardableResult
  mutating func add(_ segments: [[UInt32]], _ output: Output) -> Int {
    var node = 0
    for segment in segments { node = self.node(state(of: segment), behind: node) }
    // (Alternatives may be the same words in the end.)
    if nodes[node].outputs.last != output { nodes[node].outputs.append(output) }
    return node
  }

  private mutating func state(of segment: [UInt32]) -> Int {
    var state = Int(segment[0])
    if depths[state] == 0 {
      depths[state] = 1
      children[0].append((segment[0], segment[0]))
    }
    for index in 1..<segment.count {
      let symbol = segment[index]
      let key = Self.key(state, symbol)
      if let next = edges[key] {
        state = Int(next)
        continue
      }
      let target = stateCount
      edges[key] = UInt32(target)
      children[state].append((symbol, UInt32(target)))
      children.append([])
      depths.append(depths[state] + 1)
      nodesOfState.append([])
      state = target
    }
    return state
  }

  private mutating func node(_ state: Int, behind parent: Int) -> Int {
    let key = Self.key(parent, UInt32(state))
    if let known = knownNodes[key] { return known }
    let node = nodes.count
    knownNodes[key] = node
    nodes.append(Node(parent: parent, state: state))
    nodesOfState[state].append(node)
    return node
  }

  /// Computes the suffix links, from the root outwards.
  mutating func link() {
    fails = Array(repeating: 0, count: stateCount)
    outputLinks = Array(repeating: 0, count: stateCount)
    func next(_ state: UInt32, _ symbol: UInt32) -> UInt32? {
      if state > 0 { return edges[Self.key(Int(state), symbol)] }
      return Int(symbol) < firstInnerState && depths[Int(symbol)] > 0 ? symbol : nil
    }
    var level: [UInt32] = [0]
    while !level.isEmpty {
      var nextLevel: [UInt32] = []
      for state in level {
        for (symbol, target) in children[Int(state)] {
          nextLevel.append(target)
          guard state != 0 else { continue }
          var suffix = fails[Int(state)]
          while suffix != 0, next(suffix, symbol) == nil { suffix = fails[Int(suffix)] }
          let fail = next(suffix, symbol) ?? 0
          fails[Int(target)] = fail
          outputLinks[Int(target)] =
            nodesOfState[Int(fail)].isEmpty ? outputLinks[Int(fail)] : fail
        }
      }
      level = nextLevel
    }
  }
}
