// The two look-ups of the automaton: the vocabulary and the edges.
extension CatalogueImage {
  /// The slot at which the search for an edge begins.
  package static func edgeSlot(state: UInt32, symbol: UInt32, mask: UInt32) -> UInt32 {
    let mixed = (state &* 0x9E37_79B1) ^ (symbol &* 0x85EB_CA6B)
    return (mixed ^ mixed >> 15) & mask
  }

  /// The symbol of a word: its number in the vocabulary, or `Symbol.unknownWord`.
  func symbol(of token: Token, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let mask = UInt32(vocabulary.count - 1)
    var slot = WordHash.slot(token.hash, mask: mask)
    while true {
      let symbol = vocabulary[slot, .symbol]
      if symbol == Symbol.unknownWord { return symbol }
      if vocabulary[slot, .hash] == token.hash, isWord(token, atSlot: slot, in: bytes) {
        return symbol
      }
      slot = (slot + 1) & mask
    }
  }

  /// Hashes can be made to collide, so the folded letters decide.
  private func isWord(
    _ token: Token, atSlot slot: UInt32, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var mine = Int(vocabulary[slot, .textStart])
    let mineEnd = mine + Int(vocabulary[slot, .textLength])
    var theirs = token.start
    while mine < mineEnd, theirs < token.end {
      let (a, b) = (WordUnit(text, at: mine), WordUnit(bytes, at: theirs))
      guard a.value == b.value else { return false }
      mine += a.length
      theirs += b.length
    }
    return mine == mineEnd && theirs == token.end
  }

  /// The state after a symbol: the longest suffix of what has been read that begins some phrase.
  func next(_ state: UInt32, _ symbol: UInt32) -> UInt32 {
    guard symbol != Symbol.unknownWord else { return 0 }
    var state = state
    while true {
      if let target = edge(state, symbol) { return target }
      if state == 0 { return 0 }
      state = states[state, .fail]
    }
  }

  private func edge(_ state: UInt32, _ symbol: UInt32) -> UInt32? {
    let mask = UInt32(edges.count - 1)
    var slot = Self.edgeSlot(state: state, symbol: symbol, mask: mask)
    while true {
      let target = edges[slot, .target]
      if target == 0 { return nil }
      if edges[slot, .state] == state, edges[slot, .symbol] == symbol { return target }
      slot = (slot + 1) & mask
    }
  }

  // MARK: - Rules that need no words

  /// Visits the rules without words that may fit: by the trie on the reply code's digits, and by the
  /// enhanced status code. Where only the code's class is known, `code` is 0.
  func forEachWordlessRule(
    code: UInt32, class replyClass: UInt32, status: UInt32, _ body: (UInt32) -> Void
  ) {
    func visit(_ list: UInt32, _ count: UInt32) {
      for index in list..<list + count { body(ruleLists[index, .rule]) }
    }
    if replyClass != 0 {
      let digits: [3 of Int] = [Int(replyClass), Int(code / 10 % 10), Int(code % 10)]
      // Each digit or any digit: a mask says at which places `x` is taken.
      for mask in 0..<8 where code != 0 || mask & 6 == 6 {
        var node: UInt32 = 0
        for place in 0..<3 {
          let column = mask >> place & 1 == 1 ? CodeTrieColumn.childAny.rawValue : digits[place]
          node = codeTrie[node, CodeTrieColumn(rawValue: column)!]
          if node == 0 { break }
        }
        if node != 0 { visit(codeTrie[node, .firstRule], codeTrie[node, .ruleCount]) }
      }
    }
    guard status != 0 else { return }
    let mask = UInt32(statuses.count - 1)
    let patterns = StatusPattern.covering(status: status)
    for index in 0..<8 {
      var slot = Self.edgeSlot(state: patterns[index].packed, symbol: 0, mask: mask)
      while statuses[slot, .ruleCount] != 0 {
        if statuses[slot, .packed] == patterns[index].packed {
          visit(statuses[slot, .firstRule], statuses[slot, .ruleCount])
          break
        }
        slot = (slot + 1) & mask
      }
    }
  }

  /// Whether the host is one of the source's, or stands below one.
  func isHost(_ host: UnsafeBufferPointer<UInt8>, ofSource source: UInt32) -> Bool {
    // A fully qualified name may end in the root's dot.
    let host =
      host.last == UInt8(ascii: ".") ? UnsafeBufferPointer(rebasing: host.dropLast()) : host
    let first = sources[source, .firstHost]
    return (first..<first + sources[source, .hostCount]).contains { index in
      let length = Int(hosts[index, .textLength])
      let start = Int(hosts[index, .textStart])
      guard host.count >= length,
        host.count == length || host[host.count - length - 1] == UInt8(ascii: ".")
      else { return false }
      return (0..<length).allSatisfy { offset in
        let (mine, theirs) = (text[start + offset], host[host.count - length + offset])
        return mine == theirs || (mine >= UInt8(ascii: "a") && mine == theirs | 0x20)
      }
    }
  }
}
