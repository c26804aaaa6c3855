/// Finds the alternatives of a phrase without `*` that end at a place of a reply.
///
/// It steps through the pieces of the phrase as it is written and the words of the reply side by side,
/// into each of the alternatives in parentheses in turn: what does not fit is left at once, so that the
/// product of the alternatives does not count.
struct AlternativeSearch {
  /// A placeholder takes so many words of a reply at most.
  private static let mostWordsOfPlaceholder = 256

  private let image: CatalogueImage
  private let end: Int
  /// The words of the reply that begin before the end.
  private let count: Int
  private let pieces: Range<UInt32>
  /// How many words it can have at most.
  private let mostWords: Int

  /// `nil` for a phrase with gaps.
  init?(_ image: CatalogueImage, _ phrase: UInt32, end: Int, count: Int) {
    (self.image, self.end, self.count) = (image, end, count)
    let first = image.phrases[phrase, .firstPiece]
    pieces = first..<first + image.phrases[phrase, .pieceCount]
    var mostWords = 0
    for place in pieces {
      switch image.pieces[place, .piece] {
      case CatalogueImage.Piece.gap: return nil
      case CatalogueImage.Piece.opening...CatalogueImage.Piece.closing: continue
      case ..<CatalogueImage.Piece.firstWord: mostWords += Self.mostWordsOfPlaceholder
      default: mostWords += 1
      }
    }
    self.mostWords = mostWords
  }

  /// The alternatives' numbers, and how many literal words each has.
  func numbers(in tokens: borrowing ReplyTokens) -> [(number: Int, wordCount: Int)] {
    var found: [(number: Int, wordCount: Int)] = []
    for start in max(0, count - mostWords)..<count {
      step(pieces.lowerBound, Path(index: start, end: 0), tokens, &found)
    }
    return found
  }

  /// What was chosen and taken so far.
  private struct Path {
    var index: Int
    var end: Int
    var number = 0
    var wordCount = 0
  }

  private func step(
    _ first: UInt32, _ path: Path, _ tokens: borrowing ReplyTokens,
    _ found: inout [(number: Int, wordCount: Int)]
  ) {
    var (place, path) = (first, path)
    while place < pieces.upperBound {
      let piece = image.pieces[place, .piece]
      switch piece {
      case CatalogueImage.Piece.opening:
        let alternativeCount = image.barCount(from: place + 1) + 1
        path.number *= alternativeCount
        for choice in 0..<alternativeCount {
          step(image.place(ofAlternative: choice, from: place + 1), path, tokens, &found)
          path.number += 1
        }
        return
      case CatalogueImage.Piece.bar, CatalogueImage.Piece.closing:
        place = image.place(behindAlternativesFrom: place)
        continue
      default:
        guard path.index < count else { return }
        let isWord = piece >= CatalogueImage.Piece.firstWord
        let symbol =
          isWord
          ? piece - CatalogueImage.Piece.firstWord
          : CatalogueImage.placeholder(piece).tokenClass.rawValue
        guard let taken = tokens.take(symbol, at: path.index, before: count) else { return }
        (path.index, path.end) = taken
        path.wordCount += isWord ? 1 : 0
      }
      place += 1
    }
    if path.end == end { found.append((path.number, path.wordCount)) }
  }
}
