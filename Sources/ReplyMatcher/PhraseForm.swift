/// A phrase without alternatives, as the automaton knows it. Its memory serves for one after the other.
struct PhraseForm {
  struct Piece {
    let symbol: UInt32
    /// `nil` for a word.
    let placeholder: Placeholder?
  }

  private(set) var pieces: [Piece] = []
  /// Where its parts, which stand between its `*`, begin among the pieces.
  private var partStarts: [Int] = [0]
  private(set) var wordCount = 0

  var placeholderCount: Int { pieces.count - wordCount }
  var partCount: Int { partStarts.count }

  /// A part's place among the pieces.
  func part(_ index: Int) -> Range<Int> {
    partStarts[index]..<(index + 1 < partStarts.count ? partStarts[index + 1] : pieces.count)
  }

  /// Becomes an alternative of a written phrase, of so many.
  mutating func read(
    _ number: Int, of count: Int, inPhrase row: UInt32, _ image: CatalogueImage
  ) {
    pieces.removeAll(keepingCapacity: true)
    partStarts.removeAll(keepingCapacity: true)
    partStarts.append(0)
    wordCount = 0
    let first = image.phrases[row, .firstPiece]
    let end = first + image.phrases[row, .pieceCount]
    // Of the alternatives, those of the last parentheses change fastest.
    var (place, rest, turns) = (first, number, count)
    while place < end {
      let piece = image.pieces[place, .piece]
      place += 1
      switch piece {
      case CatalogueImage.Piece.gap:
        if partStarts.last != pieces.count { partStarts.append(pieces.count) }
      case CatalogueImage.Piece.opening:
        turns /= image.barCount(from: place) + 1
        place = image.place(ofAlternative: rest / turns, from: place)
        rest %= turns
      case CatalogueImage.Piece.bar, CatalogueImage.Piece.closing:
        // The alternative has been read: what follows are others.
        place = image.place(behindAlternativesFrom: place - 1)
      case ..<CatalogueImage.Piece.firstWord:
        let placeholder = CatalogueImage.placeholder(piece)
        pieces.append(Piece(symbol: placeholder.tokenClass.rawValue, placeholder: placeholder))
      default:
        pieces.append(Piece(symbol: piece - CatalogueImage.Piece.firstWord, placeholder: nil))
        wordCount += 1
      }
    }
    if partStarts.last == pieces.count { partStarts.removeLast() }
  }
}

extension CatalogueImage {
  /// How many alternatives a written phrase has; 0 where some words of each are not among those of the
  /// reply that were read: so it is with nearly all phrases of a rule.
  func alternativeCount(ofPhrase row: UInt32, in tokens: borrowing ReplyTokens) -> Int {
    let first = phrases[row, .firstPiece]
    var (count, alternatives, isInside) = (1, 1, false)
    // What is known of the alternatives in one pair of parentheses, and of the last one of them.
    var (areMissing, isMissing) = (true, false)
    for place in first..<first + phrases[row, .pieceCount] {
      let piece = pieces[place, .piece]
      switch piece {
      case Piece.opening:
        (alternatives, isInside, areMissing, isMissing) = (1, true, true, false)
      case Piece.bar:
        alternatives += 1
        (areMissing, isMissing) = (areMissing && isMissing, false)
      case Piece.closing:
        if areMissing && isMissing { return 0 }
        count *= alternatives
        isInside = false
      case Piece.firstWord...:
        if tokens.mayHave(piece - Piece.firstWord) { continue }
        if !isInside { return 0 }
        isMissing = true
      default: continue
      }
    }
    return count
  }

  /// Whether one of its alternatives has a placeholder that is wanted.
  func hasPlaceholder(inPhrase row: UInt32, _ isWanted: (Placeholder) -> Bool) -> Bool {
    let first = phrases[row, .firstPiece]
    return (first..<first + phrases[row, .pieceCount]).contains { place in
      let piece = pieces[place, .piece]
      return Piece.firstPlaceholder..<Piece.firstWord ~= piece && isWanted(Self.placeholder(piece))
    }
  }

  static func placeholder(_ piece: UInt32) -> Placeholder {
    Placeholder.allCases[Int(piece - Piece.firstPlaceholder)]
  }

  /// How many bars stand before the next closing parenthesis.
  func barCount(from first: UInt32) -> Int {
    var (place, count) = (first, 0)
    while pieces[place, .piece] != Piece.closing {
      if pieces[place, .piece] == Piece.bar { count += 1 }
      place += 1
    }
    return count
  }

  /// Where an alternative begins, of those that begin here.
  func place(ofAlternative number: Int, from first: UInt32) -> UInt32 {
    var (place, rest) = (first, number)
    while rest > 0 {
      if pieces[place, .piece] == Piece.bar { rest -= 1 }
      place += 1
    }
    return place
  }

  /// Behind the next closing parenthesis.
  func place(behindAlternativesFrom first: UInt32) -> UInt32 {
    var place = first
    while pieces[place, .piece] != Piece.closing { place += 1 }
    return place + 1
  }
}
