import ReplyMatcher

/// The part of the tables that is made of phrases: as they are written, with their alternatives, for those
/// who ask what was said; and one for each alternative, for the automaton.
extension ImageBuilder {
  /// Adds phrases of a rule. Alternatives, which follow each other, have one row.
  ///
  /// - Parameters:
  ///   - firstIndex: The place of the first one among the rule's phrases.
  ///   - role: What the phrase at a place among these is to the rule.
  /// - Returns: The automaton's nodes at which they end.
  @discardableResult
  mutating func addPhrases(
    _ phrases: [Phrase], of rule: UInt32, from firstIndex: Int, rank: (Phrase) -> UInt32,
    role: (Int) -> UInt32
  ) -> [Int] {
    var last: String?
    var nodes: [Int] = []
    for offset in phrases.indices {
      let phrase = phrases[offset]
      let symbols = automaton.symbols(of: phrase)
      if phrase.written != last {
        last = phrase.written
        if phrase.isAlternative {
          addWritten(phrase.written, firstIndex: firstIndex + offset)
        } else {
          addPieces(pieces(of: phrase, symbols), firstIndex: firstIndex + offset)
        }
      }
      nodes.append(
        automaton.add(
          symbols,
          .init(
            phrase: nextRow(.phrases) - 1, owner: rule, role: role(offset), rank: rank(phrase),
            captures: phrase.placeholderCount > 0)))
    }
    return nodes
  }

  /// Adds a phrase of a wrapper, of which each alternative has a row.
  mutating func addPhrase(_ phrase: Phrase, ofWrapper wrapper: UInt32) {
    let symbols = automaton.symbols(of: phrase)
    addPieces(pieces(of: phrase, symbols), firstIndex: 0)
    automaton.add(
      symbols,
      .init(
        phrase: nextRow(.phrases) - 1, owner: wrapper, role: Role.wrapper, rank: 0,
        captures: phrase.placeholderCount > 0))
  }

  private mutating func addPieces(_ pieces: [UInt32], firstIndex: Int) {
    add(.phrases, [nextRow(.pieces), UInt32(pieces.count), UInt32(firstIndex)])
    add(.pieces, rows: pieces.count, pieces)
  }

  /// The pieces of a phrase without alternatives: its reader has cut it already.
  private func pieces(of phrase: Phrase, _ symbols: [[UInt32]]) -> [UInt32] {
    var pieces: [UInt32] = []
    for (segment, symbols) in zip(phrase.segments, symbols) {
      if !pieces.isEmpty { pieces.append(CatalogueImage.Piece.gap) }
      for index in segment.indices {
        switch segment[index] {
        case .word: pieces.append(CatalogueImage.Piece.firstWord + symbols[index])
        case .placeholder(let placeholder): pieces.append(Self.piece(of: placeholder))
        }
      }
    }
    return pieces
  }

  private static func piece(of placeholder: Placeholder) -> UInt32 {
    CatalogueImage.Piece.firstPlaceholder
      + UInt32(Placeholder.allCases.firstIndex(of: placeholder)!)
  }

  /// Adds a written phrase with its alternatives: in parentheses, as they are written, or all phrases for
  /// which it stands in one pair of them, where a word goes on behind an alternative.
  private mutating func addWritten(_ phrase: String, firstIndex: Int) {
    var pieces: [UInt32] = []
    func append(_ alternatives: [String]) {
      if alternatives.count > 1 { pieces.append(CatalogueImage.Piece.opening) }
      for (index, text) in alternatives.enumerated() {
        if index > 0 { pieces.append(CatalogueImage.Piece.bar) }
        pieces += self.pieces(of: text)
      }
      if alternatives.count > 1 { pieces.append(CatalogueImage.Piece.closing) }
    }
    // (Its reader has found it good.)
    if let written = try? WrittenPhrase(phrase) {
      if written.hasWholeWords {
        for part in written.parts { append(part.map(String.init)) }
      } else {
        append(written.phrases)
      }
    }
    addPieces(pieces, firstIndex: firstIndex)
  }

  private func pieces(of text: String) -> [UInt32] {
    PhraseScanner(text).flatMap { piece -> [UInt32] in
      switch piece {
      case .words(let words):
        return foldedWords(of: String(words)).map {
          CatalogueImage.Piece.firstWord + automaton.symbol(of: .word($0))
        }
      case .gap: return [CatalogueImage.Piece.gap]
      case .braces(let written):
        let name = String(written.dropFirst().dropLast())
        let placeholder =
          name == Placeholder.recipient ? .address : Placeholder(rawValue: name)
        return placeholder.map { [Self.piece(of: $0)] } ?? []
      case .unclosed: return []
      }
    }
  }

  /// Notes for each rule which nodes forbid it, by the numbers that they have by now.
  mutating func layOutForbidden(number: (Int) -> UInt32) {
    let width = CatalogueImage.RuleColumn.allCases.count
    for (rule, nodes) in forbidden.enumerated() {
      let numbers = Set(nodes.map(number)).sorted()
      let row = rule * width
      let first = nextRow(.forbidden)
      sections[Section.rules.rawValue][row + CatalogueImage.RuleColumn.firstForbidden.rawValue] =
        first
      guard !numbers.isEmpty else { continue }
      addHashTable(.forbidden, numbers) {
        CatalogueImage.forbiddenSlot($0, mask: $1)
      } row: {
        [$1]
      }
      sections[Section.rules.rawValue][row + CatalogueImage.RuleColumn.forbiddenSlots.rawValue] =
        nextRow(.forbidden) - first
    }
  }
}
