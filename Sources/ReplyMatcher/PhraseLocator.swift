/// Finds the words of a matched phrase again, to show them and to read what its placeholders took.
///
/// The walk itself keeps no positions. This runs once for a verdict that someone wants to see.
struct PhraseLocator {
  struct Location {
    /// The literal words, as byte ranges of the reply.
    var words: [Range<Int>] = []
    var captures: [(placeholder: Placeholder, range: Range<Int>)] = []

    var start: Int? {
      (words.map(\.lowerBound) + captures.map(\.range.lowerBound)).min()
    }
  }

  private let image: CatalogueImage
  private var tokens: [Token] = []
  private var symbols: [UInt32] = []

  /// Reads the reply up to the place where a phrase ends.
  init(
    _ image: CatalogueImage, _ bytes: UnsafeBufferPointer<UInt8>, _ match: ReplyMatch, end: Int
  ) {
    self.image = image
    var lexer = ReplyLexer(bytes, replyStart: match.replyStart)
    while let token = lexer.next(), token.start < end {
      switch token.kind {
      case .replyCode, .statusCode: continue
      case .address: symbols.append(TokenClass.address.rawValue)
      case .ip: symbols.append(TokenClass.ip.rawValue)
      case .word: symbols.append(image.symbol(of: token, in: bytes))
      }
      tokens.append(token)
    }
  }

  /// - Parameter end: Where the phrase ends; `nil` for wherever it is said first.
  func locate(_ phrase: UInt32, end: Int?) -> Location? {
    let first = image.phrases[phrase, .firstSegment]
    let last = first + image.phrases[phrase, .segmentCount] - 1
    var location = Location()
    var from = 0
    for segment in first...last {
      let match = (from..<max(from, tokens.count)).lazy.compactMap { start in
        self.match(segment, at: start)
      }.first { segment < last || end == nil || $0.end == end }
      guard let match else { return nil }
      location.words += match.location.words
      location.captures += match.location.captures
      from = match.next
    }
    return location
  }

  /// All phrases of the winning rule that the reply says: the one that was matched last, and with it
  /// those of a rule of several phrases.
  static func locate(
    _ match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>, by image: CatalogueImage
  ) -> Location {
    var location = Location()
    guard let winner = match.winner, let matched = winner.phrase else { return location }
    let isOnePhrase = image.rules[winner.rule, .required] == 0
    let locator = PhraseLocator(image, bytes, match, end: isOnePhrase ? winner.end : bytes.count)
    let first = image.rules[winner.rule, .firstPhrase]
    let phrases =
      isOnePhrase
      ? matched..<matched + 1 : first..<first + image.rules[winner.rule, .phraseCount]
    for phrase in phrases {
      let end = phrase == matched ? winner.end : nil
      guard let found = locator.locate(phrase, end: end) else { continue }
      location.words += found.words
      location.captures += found.captures
    }
    // Two phrases of a rule may share words.
    location.words = Set(location.words).sorted { $0.lowerBound < $1.lowerBound }
    return location
  }

  private func match(
    _ segment: UInt32, at start: Int
  ) -> (location: Location, next: Int, end: Int)? {
    var location = Location()
    var (index, end) = (start, 0)
    let first = image.segments[segment, .firstSymbol]
    for row in first..<first + image.segments[segment, .length] {
      guard index < tokens.count else { return nil }
      let (symbol, token) = (image.symbols[row, .symbol], tokens[index])
      if symbol == symbols[index] || (token.isCount && symbol == TokenClass.count.rawValue) {
        end = token.end
        index += 1
      } else if let spanClass = token.spanClass, symbol == spanClass.rawValue {
        end = token.spanEnd
        repeat { index += 1 } while index < tokens.count && tokens[index].start < end
      } else {
        return nil
      }
      let label = image.symbols[row, .label]
      if label == 0 {
        location.words.append(token.start..<end)
      } else {
        location.captures.append((Placeholder.allCases[Int(label) - 1], token.start..<end))
      }
    }
    return (location, index, end)
  }
}
