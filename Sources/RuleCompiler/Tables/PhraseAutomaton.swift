import ReplyMatcher

/// The keyword matcher for all phrases of all rules: a trie over words, with for each state the
/// longest suffix that also begins a phrase (Aho and Corasick).
///
/// Grows linearly with the phrases; a word costs one edge, however many rules there are.
struct PhraseAutomaton {
  struct Output {
    let phrase: UInt32
    let segment: UInt32
  }

  /// By bytes: to Swift, `é` and `e` with an accent are the same word, to the matcher they are not.
  private(set) var vocabulary: [[UInt8]: UInt32] = [:]
  /// The target by state (upper half) and symbol.
  private(set) var edges: [UInt64: UInt32] = [:]
  private var children: [[(symbol: UInt32, target: UInt32)]] = [[]]
  private(set) var depths: [UInt32] = [0]
  private(set) var outputs: [[Output]] = [[]]
  private(set) var fails: [UInt32] = []
  private(set) var outputLinks: [UInt32] = []

  var stateCount: Int { depths.count }

  static func edgeKey(_ state: UInt32, _ symbol: UInt32) -> UInt64 {
    UInt64(state) << 32 | UInt64(symbol)
  }

  /// The symbol of a piece; a new word gets the next number.
  mutating func symbol(of piece: Phrase.Piece) -> UInt32 {
    switch piece {
    case .placeholder(let placeholder): return placeholder.tokenClass.rawValue
    case .word(let word):
      let bytes = Array(word.utf8)
      if let known = vocabulary[bytes] { return known }
      let symbol = Symbol.firstWord + UInt32(vocabulary.count)
      vocabulary[bytes] = symbol
      return symbol
    }
  }

  /// Adds one part of a phrase.
  mutating func add(_ segment: [UInt32], _ output: Output) {
    var state: UInt32 = 0
    for symbol in segment {
      if let next = edges[Self.edgeKey(state, symbol)] {
        state = next
        continue
      }
      let target = UInt32(stateCount)
      edges[Self.edgeKey(state, symbol)] = target
      children[Int(state)].append((symbol, target))
      children.append([])
      depths.append(depths[Int(state)] + 1)
      outputs.append([])
      state = target
    }
    outputs[Int(state)].append(output)
  }

  /// Computes the suffix links, from the root outwards.
  mutating func link() {
    fails = Array(repeating: 0, count: stateCount)
    outputLinks = Array(repeating: 0, count: stateCount)
    var level: [UInt32] = [0]
    while !level.isEmpty {
      var nextLevel: [UInt32] = []
      for state in level {
        for (symbol, target) in children[Int(state)] {
          nextLevel.append(target)
          guard state != 0 else { continue }
          var suffix = fails[Int(state)]
          while suffix != 0, edges[Self.edgeKey(suffix, symbol)] == nil {
            suffix = fails[Int(suffix)]
          }
          let fail = edges[Self.edgeKey(suffix, symbol)] ?? 0
          fails[Int(target)] = fail
          outputLinks[Int(target)] =
            outputs[Int(fail)].isEmpty ? outputLinks[Int(fail)] : fail
        }
      }
      level = nextLevel
    }
  }
}
