// The two look-ups of the automaton: from a word to its symbol, from a state and a symbol to the next
// state. Both touch few cache lines, the same ones however many rules there are.
extension MatchingTables {
  /// The symbol of a word: its number in the vocabulary, or `Symbol.unknownWord`.
  @inline(__always)
  func symbol(of token: Token, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    symbol(ofKey: token.key, isLong: token.isLong) { start, length in
      Self.isWord(token, in: bytes, text, from: start, length: length)
    }
  }

  /// The same for a plain word in its block.
  @inline(__always)
  func symbol(of word: PlainWord, in block: LetterBlock) -> UInt32 {
    symbol(ofKey: word.key, isLong: word.length > 8) { start, length in
      block.has(word, text, from: start, length: length)
    }
  }

  /// - Parameter isWord: Whether a word whose key is only a hash is the one that stands in `text`.
  @inline(__always)
  private func symbol(
    ofKey key: UInt64, isLong: Bool, isWord: (_ start: Int, _ length: Int) -> Bool
  ) -> UInt32 {
    let mask = UInt32(truncatingIfNeeded: vocabulary.count &- 1)
    let low = UInt32(truncatingIfNeeded: key)
    let high = UInt32(truncatingIfNeeded: key >> 32)
    var slot = WordKey.slot(key, mask: mask)
    while true {
      let symbol = vocabulary[slot, .symbol]
      // (`|` and `^` bind alike.)
      if (vocabulary[slot, .keyLow] ^ low) | (vocabulary[slot, .keyHigh] ^ high) == 0 {
        let longWord = vocabulary[slot, .longWord]
        let isSame =
          isLong && longWord != 0
          ? isWord(
            Int(longWords[longWord &- 1, .textStart]), Int(longWords[longWord &- 1, .textLength]))
          : !isLong && longWord == 0
        if isSame { return symbol }
      }
      if symbol == Symbol.unknownWord { return symbol }
      slot = (slot &+ 1) & mask
    }
  }

  /// Hashes can be made to collide, so the folded letters decide.
  private static func isWord(
    _ token: Token, in bytes: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>,
    from start: Int, length: Int
  ) -> Bool {
    var mine = start
    let mineEnd = start + length
    var theirs = token.start
    while mine < mineEnd, theirs < token.end {
      let (a, b) = (LetterGroup(text, at: mine), LetterGroup(bytes, at: theirs))
      // What stands behind the word in the text belongs to other texts.
      if b.length > 0, theirs + b.length <= token.end, mine + b.length <= mineEnd,
        a.begins(with: b)
      {
        mine += b.length
        theirs += b.length
        continue
      }
      let (x, y) = (WordUnit(text, at: mine), WordUnit(bytes, at: theirs))
      guard x.value == y.value else { return false }
      mine += x.length
      theirs += y.length
    }
    return mine == mineEnd && theirs == token.end
  }

  /// The state after a symbol: the longest suffix of what has been read that begins some phrase.
  @inline(__always)
  func next(_ state: UInt32, _ symbol: UInt32) -> UInt32 {
    guard symbol != Symbol.unknownWord else { return 0 }
    let mixed = CatalogueImage.mixed(symbol)
    let bit = CatalogueImage.filterBit(mixed)
    var state = state
    repeat {
      // (The root has no edges.)
      if states[state, .edgeFilter] & bit != 0, let target = edge(state, symbol, mixed) {
        return target
      }
      state = states[state, .fail]
    } while state != 0
    // The state of a phrase's first symbol has that symbol's number.
    return symbol < firstInnerState && (symbol >= Symbol.firstWord || depth(of: symbol) != 0)
      ? symbol : 0
  }

  @inline(__always)
  private func edge(_ state: UInt32, _ symbol: UInt32, _ mixed: UInt32) -> UInt32? {
    let edgesAndBits = states[state, .edgesAndBits]
    let bits = edgesAndBits & (1 &<< CatalogueImage.edgeBitsWidth &- 1)
    let first = edgesAndBits &>> CatalogueImage.edgeBitsWidth
    var slot = UInt32(truncatingIfNeeded: CatalogueImage.edgeSlot(mixed, bits: bits))
    let mask = (1 as UInt32) &<< bits &- 1
    while true {
      let label = edges[first &+ slot, .symbol]
      if label == symbol { return edges[first &+ slot, .target] }
      if label == Symbol.unknownWord || mask == 0 { return nil }
      slot = (slot &+ 1) & mask
    }
  }

  /// How many symbols lead to a state.
  @inline(__always)
  func depth(of state: UInt32) -> UInt32 { depths[state, .depth] }

  /// Whether a mark stands among those that a rule forbids.
  @inline(__always)
  func isForbidden(_ mark: UInt32, first: UInt32, slots: UInt32) -> Bool {
    var slot = CatalogueImage.forbiddenSlot(mark, mask: slots &- 1)
    while true {
      let other = forbidden[first &+ slot, .mark]
      if other == mark { return true }
      if other == 0 { return false }
      slot = (slot &+ 1) & (slots &- 1)
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
          let column =
            mask >> place & 1 == 1 ? CatalogueImage.CodeTrieColumn.childAny.rawValue : digits[place]
          node = codeTrie[node, CatalogueImage.CodeTrieColumn(rawValue: column)!]
          if node == 0 { break }
        }
        if node != 0 { visit(codeTrie[node, .firstRule], codeTrie[node, .ruleCount]) }
      }
    }
    guard status != 0 else { return }
    let mask = UInt32(statuses.count - 1)
    let patterns = StatusPattern.covering(status: status)
    for index in 0..<8 {
      var slot = CatalogueImage.statusSlot(patterns[index].packed, mask: mask)
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

// MARK: - The hashes of the tables

extension CatalogueImage {
  /// A number in which a symbol's bits are well mixed: its upper bits choose a slot of an edge table,
  /// five of the others a bit of that table's filter.
  @inline(__always)
  package static func mixed(_ symbol: UInt32) -> UInt32 { symbol &* 0x9E37_79B1 }

  @inline(__always)
  package static func filterBit(_ mixed: UInt32) -> UInt32 { 1 << (mixed >> 7 & 31) }

  /// The slot at which the search begins in a table of 2^`bits` edges.
  @inline(__always)
  package static func edgeSlot(_ mixed: UInt32, bits: UInt32) -> Int {
    Int(truncatingIfNeeded: UInt64(mixed) &>> UInt64(32 &- bits))
  }

  /// The slot at which the search for a mark begins among those that a rule forbids. (Those of a rule have
  /// numbers near each other: unmixed, they would stand in one long row.)
  @inline(__always)
  package static func forbiddenSlot(_ mark: UInt32, mask: UInt32) -> UInt32 {
    mixed(mark) &>> 16 & mask
  }

  /// The slot at which the search for a status pattern begins.
  package static func statusSlot(_ packed: UInt32, mask: UInt32) -> UInt32 {
    let mixed = packed &* 0x9E37_79B1
    return (mixed ^ mixed >> 15) & mask
  }
}
