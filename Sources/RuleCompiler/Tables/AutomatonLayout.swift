import ReplyMatcher

/// The part of the tables that a walk steps through: states, edges, endings, nodes, vocabulary.
extension ImageBuilder {
  mutating func layOutAutomaton() {
    automaton.link()
    let merged = MergedAutomaton(automaton)
    let outputs = merged.nodes.map { addOutputs(of: $0) }
    let marks = numberedMarks(of: merged)
    let endings = layOutEndings(merged, outputs, marks)
    for (number, state) in merged.states.enumerated() {
      var edges = (filter: 0 as UInt32, place: 0 as UInt32)
      if number == 0 {
        edges.place = UInt32(merged.firstInnerState)
      } else if !state.edges.isEmpty {
        edges = layOutEdges(state.edges)
      }
      add(.states, [edges.filter, edges.place, state.fail, endings[number]])
      add(.depths, [state.depth])
    }
    layOutForbidden { marks[merged.nodeNumbers[$0]] }

    // The frequent ones first: they get the slot at which a search begins.
    let words = automaton.vocabulary.sorted { $0.value < $1.value }
    addHashTable(
      .vocabulary,
      words.map { ($0.key.text, $0.value) }
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
  /// - Returns: The filter of their symbols; where the table begins, and its size in bits.
  private mutating func layOutEdges(
    _ children: [(symbol: UInt32, target: UInt32)]
  ) -> (filter: UInt32, place: UInt32) {
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
    var numbers: [UInt32] = []
    for slot in slots {
      numbers.append(slot.symbol)
      numbers.append(slot.target)
    }
    add(.edges, rows: slots.count, numbers)
    precondition(first.leadingZeroBitCount >= CatalogueImage.edgeBitsWidth, "too many edges")
    return (filter, first << CatalogueImage.edgeBitsWidth | bits)
  }

  /// - Returns: The mark of each node by which later parts, or rules that it forbids, ask for it; 0
  ///   where nobody does.
  private func numberedMarks(of merged: MergedAutomaton) -> [UInt32] {
    var count: UInt32 = 0
    return merged.nodes.map { node in
      guard node.isMark else { return 0 }
      count += 1
      return Marks.mark(number: count, forbids: node.outputs.contains { $0.role == Role.unless })
    }
  }

  /// Lays out the endings, and the nodes of later parts state by state.
  ///
  /// - Returns: The ending of each state.
  private mutating func layOutEndings(
    _ merged: MergedAutomaton, _ outputs: [[UInt32]], _ marks: [UInt32]
  ) -> [UInt32] {
    var endings = [UInt32](repeating: 0, count: merged.states.count)
    var count: UInt32 = 0
    for (number, state) in merged.states.enumerated() where state.hasNodes {
      count += 1
      endings[number] = count
    }
    add(.endings, Array(repeating: 0, count: CatalogueImage.EndingColumn.allCases.count))
    add(.continuations, [0, 0])
    add(.parents, [0])
    add(.nodes, [0, 0, 0, 0])
    for state in merged.states where state.hasNodes {
      let first = state.firstNode.map { [marks[$0]] + outputs[$0] } ?? [0, 0, 0, 0]
      add(
        .endings,
        [state.depth, endings[Int(state.outputLink)]] + first
          + addContinuation(state.laterNodes, outputs, marks))
    }
    for (number, state) in merged.states.enumerated() where !state.hasNodes {
      endings[number] = endings[Int(state.outputLink)]
    }
    return endings
  }

  /// - Returns: The row for the nodes of later parts of a state, and the filter of their parents; zeros
  ///   where there are none.
  private mutating func addContinuation(
    _ steps: [MergedAutomaton.Step], _ outputs: [[UInt32]], _ marks: [UInt32]
  ) -> [UInt32] {
    if steps.isEmpty { return [0, 0] }
    add(.continuations, [nextRow(.nodes), UInt32(steps.count)])
    for step in steps {
      add(.parents, [marks[step.parent]])
      add(.nodes, [marks[step.node]] + outputs[step.node])
    }
    return [
      nextRow(.continuations) - 1, steps.reduce(0) { $0 | Marks.Filter.bit(of: marks[$1.parent]) },
    ]
  }

  /// - Returns: Where the outputs begin, how many there are, and how many with those that forbid.
  private mutating func addOutputs(of node: MergedAutomaton.Node) -> [UInt32] {
    let simple = node.outputs.filter { $0.role == Role.onlyText }.sorted {
      ($1.rank, $0.phrase) < ($0.rank, $1.phrase)
    }
    let others = node.outputs.filter { $0.role != Role.onlyText && $0.role != Role.unless }
    let forbidding = node.outputs.filter { $0.role == Role.unless }
    let first = nextRow(.outputs)
    for output in simple + others + forbidding {
      let namesCodes = output.role != Role.wrapper && self.namesCodes(rule: Int(output.owner))
      let role =
        output.role | (output.captures ? Role.captures : 0) | (namesCodes ? Role.namesCodes : 0)
      add(
        .outputs,
        [output.phrase, output.owner, output.rank << CatalogueImage.roleBitsWidth | role])
    }
    return [first, UInt32(simple.count + others.count), UInt32(node.outputs.count)]
  }

  private func namesCodes(rule: Int) -> Bool {
    let row = rule * CatalogueImage.RuleColumn.allCases.count
    return [CatalogueImage.RuleColumn.codeCount, .statusCount].contains {
      sections[Section.rules.rawValue][row + $0.rawValue] > 0
    }
  }
}
