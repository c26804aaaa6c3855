import ReplyMatcher

/// The part of the tables that a walk steps through: states, edges, endings, nodes, vocabulary.
extension ImageBuilder {
  mutating func layOutAutomaton() {
    automaton.link()
    let places = layOutNodes()
    let endings = layOutEndings(places)
    for state in 0..<automaton.stateCount {
      let children = automaton.children[state]
      var edges = (filter: 0 as UInt32, first: 0 as UInt32, bits: 0 as UInt32)
      if state == 0 {
        edges.first = UInt32(automaton.firstInnerState)
      } else if !children.isEmpty {
        edges = layOutEdges(children)
      }
      let depth = automaton.depths[state] << CatalogueImage.edgeBitsWidth
      add(
        .states,
        [edges.filter, edges.first, automaton.fails[state], depth | edges.bits, endings[state]])
    }
    sections[Section.forbidden.rawValue] = forbidden.map { places[$0] }

    // The frequent ones first: they get the slot at which a search begins.
    let words = automaton.vocabulary.sorted { $0.value < $1.value }
    addHashTable(
      .vocabulary,
      words.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
    ) { word, mask in
      WordKey.slot(WordKey(word: word.0).value, mask: mask)
    } row: { builder, word in
      let key = WordKey(word: word.0)
      var longWord: UInt32 = 0
      if key.isLong {
        let place = builder.intern(word.0)
        builder.add(.longWords, [place.start, place.length])
        longWord = builder.nextRow(.longWords)
      }
      return [
        UInt32(truncatingIfNeeded: key.value), UInt32(truncatingIfNeeded: key.value >> 32), word.1,
        longWord,
      ]
    }
  }

  /// A hash table of a state's edges, at most half full unless there is only one.
  ///
  /// - Returns: The filter of their symbols, where the table begins, and its size in bits.
  private mutating func layOutEdges(
    _ children: [(symbol: UInt32, target: UInt32)]
  ) -> (filter: UInt32, first: UInt32, bits: UInt32) {
    let first = nextRow(.edges)
    var bits: UInt32 = 0
    while 1 << bits < 2 * children.count - 1 { bits += 1 }
    var filter: UInt32 = 0
    var slots = [(symbol: UInt32, target: UInt32)](repeating: (0, 0), count: 1 << bits)
    for child in children {
      let mixed = CatalogueImage.mixed(child.symbol)
      filter |= CatalogueImage.filterBit(mixed)
      var slot = CatalogueImage.edgeSlot(mixed, bits: bits)
      while slots[slot].symbol != 0 { slot = (slot + 1) % slots.count }
      slots[slot] = child
    }
    for slot in slots { add(.edges, [slot.symbol, slot.target]) }
    return (filter, first, bits)
  }

  /// Lays out the nodes of later parts, state by state, and numbers those of first parts behind them.
  ///
  /// - Returns: The number of each.
  private mutating func layOutNodes() -> [UInt32] {
    var places = [UInt32](repeating: 0, count: automaton.nodes.count)
    let order = automaton.nodesOfState.joined()
    let later = order.filter { automaton.nodes[$0].parent > 0 }
    let first = order.filter { automaton.nodes[$0].parent == 0 }
    for (index, node) in (later + first).enumerated() { places[node] = UInt32(index + 1) }
    add(.nodes, [0, 0, 0, 0, 0])
    for node in later {
      let parent = places[automaton.nodes[node].parent]
      add(.nodes, [parent, isMark(node) ? 1 : 0] + addOutputs(of: node))
    }
    return places
  }

  /// Lays out the endings.
  ///
  /// - Returns: That of each state.
  private mutating func layOutEndings(_ places: [UInt32]) -> [UInt32] {
    var endings = [UInt32](repeating: 0, count: automaton.stateCount)
    var count: UInt32 = 0
    for (state, nodes) in automaton.nodesOfState.enumerated() where !nodes.isEmpty {
      count += 1
      endings[state] = count
    }
    add(.endings, Array(repeating: 0, count: CatalogueImage.EndingColumn.allCases.count))
    add(.continuations, [0, 0, 0, 0])
    for (state, nodes) in automaton.nodesOfState.enumerated() where !nodes.isEmpty {
      var row = [automaton.depths[state], endings[Int(automaton.outputLinks[state])]]
      if let first = nodes.first(where: { automaton.nodes[$0].parent == 0 }) {
        row += [isMark(first) ? places[first] : 0] + addOutputs(of: first)
      } else {
        row += [0, 0, 0, 0]
      }
      add(.endings, row + [addContinuation(nodes, places)])
    }
    for state in endings.indices where endings[state] == 0 {
      endings[state] = endings[Int(automaton.outputLinks[state])]
    }
    return endings
  }

  /// - Returns: The row for the nodes of later parts among those of a state; 0 where there are none.
  private mutating func addContinuation(_ nodes: [Int], _ places: [UInt32]) -> UInt32 {
    let later = nodes.filter { automaton.nodes[$0].parent > 0 }
    guard let first = later.first else { return 0 }
    let parents = later.map { Marks.filterBit(places[automaton.nodes[$0].parent]) }.reduce(0, |)
    add(
      .continuations,
      [
        places[first], UInt32(later.count), UInt32(truncatingIfNeeded: parents),
        UInt32(truncatingIfNeeded: parents >> 32),
      ])
    return nextRow(.continuations) - 1
  }

  /// Whether anybody asks later if the node was reached.
  private func isMark(_ node: Int) -> Bool {
    automaton.nodes[node].hasChildren
      || automaton.nodes[node].outputs.contains { $0.role == Role.unless }
  }

  /// - Returns: Where the outputs begin, how many there are, and how many with those that forbid.
  private mutating func addOutputs(of node: Int) -> [UInt32] {
    let outputs = automaton.nodes[node].outputs
    let simple = outputs.filter { $0.role == Role.onlyText }.sorted {
      ($1.rank, $0.phrase) < ($0.rank, $1.phrase)
    }
    let others = outputs.filter { $0.role != Role.onlyText && $0.role != Role.unless }
    let forbidding = outputs.filter { $0.role == Role.unless }
    let first = nextRow(.outputs)
    for output in simple + others + forbidding {
      let role = output.role | (output.captures ? Role.captures : 0)
      add(
        .outputs,
        [output.phrase, output.owner, output.rank << CatalogueImage.roleBitsWidth | role])
    }
    return [first, UInt32(simple.count + others.count), UInt32(outputs.count)]
  }
}
