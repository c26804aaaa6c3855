/// Finds the words of a matched phrase again, to show them and to read what its placeholders took.
///
/// The walk itself keeps no positions. This runs once for a phrase that has placeholders, or that
/// someone wants to see.
struct PhraseLocator {
  struct Location {
    /// The literal words, as byte ranges of the reply.
    var words: [Range<Int>] = []
    var captures: [(placeholder: Placeholder, range: Range<Int>)] = []

    var start: Int? {
      switch (words.lazy.map(\.lowerBound).min(), captures.lazy.map(\.range.lowerBound).min()) {
      case (let word?, let capture?): min(word, capture)
      case (let word, let capture): word ?? capture
      }
    }

    mutating func removeAll() {
      words.removeAll(keepingCapacity: true)
      captures.removeAll(keepingCapacity: true)
    }

    fileprivate mutating func cut(toWords wordCount: Int, captures captureCount: Int) {
      while words.count > wordCount { words.removeLast() }
      while captures.count > captureCount { captures.removeLast() }
    }
  }

  private let image: CatalogueImage
  /// The phrases with placeholders of those rules of many phrases that won before.
  private var detailPhrases: [UInt32: (all: [UInt32], withoutAddress: [UInt32])] = [:]

  init(_ image: CatalogueImage) { self.image = image }

  /// Adds the place of a phrase to a location; says whether it is there.
  ///
  /// - Parameters:
  ///   - end: Where the phrase ends; `nil` for wherever it is said first.
  ///   - limit: The words that begin before this place are looked at.
  func locate(
    _ phrase: UInt32, end: Int?, before limit: Int, in tokens: inout ReplyTokens,
    into location: inout Location
  ) -> Bool {
    let count = tokens.wordCount(before: limit)
    let first = image.phrases[phrase, .firstSegment]
    let last = first + image.phrases[phrase, .segmentCount] - 1
    let (wordCount, captureCount) = (location.words.count, location.captures.count)
    var from = 0
    for segment in first...last {
      var next: Int?
      let symbol = image.symbols[image.segments[segment, .firstSymbol], .symbol]
      while let start = tokens.firstWord(thatCanBegin: symbol, in: from..<max(from, count)) {
        let (words, captures) = (location.words.count, location.captures.count)
        if let found = match(segment, at: start, count: count, in: tokens, into: &location),
          segment < last || end == nil || found.end == end
        {
          next = found.next
          break
        }
        location.cut(toWords: words, captures: captures)
        from = start + 1
      }
      guard let next else {
        location.cut(toWords: wordCount, captures: captureCount)
        return false
      }
      from = next
    }
    return true
  }

  /// The phrases of the winning rule that the reply says: the one that was matched last, and with it
  /// those of a rule of several phrases. Words that two phrases share are named twice.
  ///
  /// - Parameter wantsWords: Whether phrases without placeholders are wanted too.
  mutating func locate(
    _ match: ReplyMatch, wantsWords: Bool, in tokens: inout ReplyTokens,
    into location: inout Location
  ) {
    guard let winner = match.winner, let matched = winner.phrase, wantsWords || winner.captures
    else { return }
    if image.matching.rules[winner.rule, .required] == 0 {
      _ = locate(matched, end: winner.end, before: winner.end, in: &tokens, into: &location)
      return
    }
    let hasAddress = tokens.bytes.contains(UInt8(ascii: "@"))
    let phrases =
      wantsWords
      // (What the walk did not count, such as words of two replies together, takes no details.)
      ? allPhrases(of: winner.rule).filter { winner.captures || !hasPlaceholders($0) }
      : phrasesWithPlaceholders(of: winner.rule, hasAddress: hasAddress)
    for phrase in phrases {
      _ = locate(
        phrase, end: phrase == matched ? winner.end : nil, before: tokens.bytes.count, in: &tokens,
        into: &location)
    }
  }

  private func allPhrases(of rule: UInt32) -> Range<UInt32> {
    let first = image.matching.rules[rule, .firstPhrase]
    return first..<first + image.matching.rules[rule, .phraseCount]
  }

  /// - Parameter hasAddress: Whether there may be a mail address; else no phrase with one is said.
  private mutating func phrasesWithPlaceholders(of rule: UInt32, hasAddress: Bool) -> [UInt32] {
    let known = detailPhrases[rule]
    let all = known?.all ?? allPhrases(of: rule).filter(hasPlaceholders)
    let withoutAddress = known?.withoutAddress ?? all.filter { !wantsAddress($0) }
    if known == nil { detailPhrases[rule] = (all, withoutAddress) }
    return hasAddress ? all : withoutAddress
  }

  private func hasPlaceholders(_ phrase: UInt32) -> Bool {
    image.phrases[phrase, .placeholderCount] > 0
  }

  private func wantsAddress(_ phrase: UInt32) -> Bool {
    let first = image.phrases[phrase, .firstSegment]
    let segments = first..<first + image.phrases[phrase, .segmentCount]
    return segments.contains { segment in
      let first = image.segments[segment, .firstSymbol]
      return (first..<first + image.segments[segment, .length]).contains {
        image.symbols[$0, .symbol] == TokenClass.address.rawValue
      }
    }
  }

  /// Takes a segment's symbols one by one; what was taken before one of them fails has to be cut off
  /// again.
  private func match(
    _ segment: UInt32, at start: Int, count: Int, in tokens: borrowing ReplyTokens,
    into location: inout Location
  ) -> (next: Int, end: Int)? {
    var (index, end) = (start, 0)
    let first = image.segments[segment, .firstSymbol]
    for row in first..<first + image.segments[segment, .length] {
      guard index < count else { return nil }
      let (symbol, token) = (image.symbols[row, .symbol], tokens.words[index])
      if symbol == tokens.symbols[index]
        || (token.isCount && symbol == TokenClass.count.rawValue)
      {
        end = token.end
        index += 1
      } else if let spanClass = token.spanClass, symbol == spanClass.rawValue {
        end = token.spanEnd
        repeat { index += 1 } while index < count && tokens.words[index].start < end
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
    return (index, end)
  }
}
