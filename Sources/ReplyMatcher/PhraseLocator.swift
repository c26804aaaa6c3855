/// Finds the words of a matched phrase again, to show them, to read what its placeholders took, and to
/// tell which of its alternatives was said.
///
/// The walk itself keeps no positions, and the tables no alternatives. This runs once for a phrase that
/// has placeholders, or that someone wants to see.
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

    fileprivate mutating func add(_ other: Location) {
      words += other.words
      captures += other.captures
    }

    fileprivate mutating func cut(toWords wordCount: Int, captures captureCount: Int) {
      while words.count > wordCount { words.removeLast() }
      while captures.count > captureCount { captures.removeLast() }
    }
  }

  private let image: CatalogueImage
  private var form = PhraseForm()
  /// The phrases with placeholders of those rules of many phrases that won before.
  private var detailPhrases: [UInt32: (all: [UInt32], withoutAddress: [UInt32])] = [:]

  init(_ image: CatalogueImage) { self.image = image }

  // MARK: - Of a match

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
    let longest = longest(of: matched, endingAt: winner.end, in: &tokens)
    if image.matching.rules[winner.rule, .required] == 0 {
      if let longest { location.add(longest.location) }
      return
    }
    let rows =
      wantsWords
      ? Array(phrases(of: winner.rule))
      : phrasesWithPlaceholders(
        of: winner.rule, hasAddress: tokens.bytes.contains(UInt8(ascii: "@")))
    let end = tokens.bytes.count
    _ = tokens.wordCount(before: end)
    for row in rows {
      let count = image.alternativeCount(ofPhrase: row, in: tokens)
      for number in 0..<count {
        if let longest, row == matched, number == longest.number {
          location.add(longest.location)
          continue
        }
        form.read(number, of: count, inPhrase: row, image)
        // (What the walk did not count, such as words of two replies together, takes no details.)
        let isWanted = form.placeholderCount > 0 ? winner.captures : wantsWords
        if isWanted {
          _ = locateForm(endingAt: nil, before: end, in: &tokens, into: &location)
        }
      }
    }
  }

  /// The longest alternative of a phrase that ends here: the one that was matched.
  private mutating func longest(
    of phrase: UInt32, endingAt end: Int, in tokens: inout ReplyTokens
  ) -> (number: Int, location: Location)? {
    let alternatives = alternatives(ofPhrase: phrase, endingAt: end, in: &tokens)
    guard let longest = alternatives.max(by: { $0.wordCount < $1.wordCount }) else { return nil }
    let count = image.alternativeCount(ofPhrase: phrase, in: tokens)
    form.read(longest.number, of: count, inPhrase: phrase, image)
    var location = Location()
    _ = locateForm(endingAt: end, before: end, in: &tokens, into: &location)
    return (longest.number, location)
  }

  private func phrases(of rule: UInt32) -> Range<UInt32> {
    let first = image.matching.rules[rule, .firstPhrase]
    return first..<first + image.matching.rules[rule, .phraseCount]
  }

  /// - Parameter hasAddress: Whether there may be a mail address; else no phrase that takes nothing else
  ///   is said.
  private mutating func phrasesWithPlaceholders(of rule: UInt32, hasAddress: Bool) -> [UInt32] {
    if let known = detailPhrases[rule] { return hasAddress ? known.all : known.withoutAddress }
    let all = phrases(of: rule).filter { image.hasPlaceholder(inPhrase: $0) { _ in true } }
    let withoutAddress = all.filter { image.hasPlaceholder(inPhrase: $0) { $0 != .address } }
    detailPhrases[rule] = (all, withoutAddress)
    return hasAddress ? all : withoutAddress
  }

  // MARK: - Of one phrase

  /// Which alternatives of a phrase end here: their numbers, and how many literal words each has.
  mutating func alternatives(
    ofPhrase phrase: UInt32, endingAt end: Int, in tokens: inout ReplyTokens
  ) -> [(number: Int, wordCount: Int)] {
    let count = tokens.wordCount(before: end)
    if let search = AlternativeSearch(image, phrase, end: end, count: count) {
      return search.numbers(in: tokens)
    }
    let alternatives = image.alternativeCount(ofPhrase: phrase, in: tokens)
    return (0..<alternatives).compactMap { number in
      form.read(number, of: alternatives, inPhrase: phrase, image)
      var location = Location()
      return locateForm(endingAt: end, before: end, in: &tokens, into: &location)
        ? (number, form.wordCount) : nil
    }
  }

  /// Adds the place of a phrase without alternatives to a location; says whether it is there.
  mutating func locate(
    _ phrase: UInt32, end: Int, in tokens: inout ReplyTokens, into location: inout Location
  ) -> Bool {
    form.read(0, of: 1, inPhrase: phrase, image)
    return locateForm(endingAt: end, before: end, in: &tokens, into: &location)
  }

  /// The same of the phrase that was read last.
  ///
  /// - Parameters:
  ///   - end: Where the phrase ends; `nil` for wherever it is said first.
  ///   - limit: The words that begin before this place are looked at.
  private func locateForm(
    endingAt end: Int?, before limit: Int, in tokens: inout ReplyTokens,
    into location: inout Location
  ) -> Bool {
    let count = tokens.wordCount(before: limit)
    let (wordCount, captureCount) = (location.words.count, location.captures.count)
    var from = 0
    for index in 0..<form.partCount {
      let part = form.part(index)
      let isLast = index == form.partCount - 1
      // Words alone are as many in the reply.
      if isLast, end == limit, form.placeholderCount == 0 { from = max(from, count - part.count) }
      var next: Int?
      let symbol = form.pieces[part.lowerBound].symbol
      while let start = tokens.firstWord(thatCanBegin: symbol, in: from..<max(from, count)) {
        let (words, captures) = (location.words.count, location.captures.count)
        if let found = match(part, at: start, count: count, in: tokens, into: &location),
          !isLast || end == nil || found.end == end
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

  /// Takes a part's symbols one by one; what was taken before one of them fails has to be cut off
  /// again.
  private func match(
    _ part: Range<Int>, at start: Int, count: Int, in tokens: borrowing ReplyTokens,
    into location: inout Location
  ) -> (next: Int, end: Int)? {
    var (index, end) = (start, 0)
    for piece in form.pieces[part] {
      guard index < count, let taken = tokens.take(piece.symbol, at: index, before: count) else {
        return nil
      }
      let range = tokens.words[index].start..<taken.end
      (index, end) = taken
      if let placeholder = piece.placeholder {
        location.captures.append((placeholder, range))
      } else {
        location.words.append(range)
      }
    }
    return (index, end)
  }
}
