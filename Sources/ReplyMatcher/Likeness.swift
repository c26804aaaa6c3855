/// What a reply is like of which no rule knows the words, or only a few that all servers share.
///
/// Each feature of the reply (`LikenessFeatures`) speaks for or against some categories; the weights
/// are those of a logistic regression over the phrases and examples of all rules, which
/// `whybounce learn` writes into `Rules/likeness.yaml`. A category is named only if it is far more likely
/// than that of the rule that fits, or than the undecided one where none does.
extension CatalogueImage {
  /// By how much another category has to be more likely than that of the winner, in the unit of the
  /// weights: tenths of the logarithm of the odds. Codes say less than words do; where no code stands at
  /// the head, many words may be those of a report, and where there is none at all, the text may be no
  /// reply.
  private static func lead(over match: ReplyMatch) -> Int {
    (match.winner?.phrase == nil ? 20 : 40) + (match.headEnd == 0 ? 20 : 0)
      + (match.replyClass == 0 ? 10 : 0)
  }

  /// Only a few words can be outvoted, if they are no more than half of those known.
  private static let mostWordsOutvoted = 4

  /// So many words have to speak for the category: one is like anything, and addresses and numbers stand
  /// in every log.
  private static let fewestWordsInFavour = 2
  /// What comes late tells no cause.
  static let mostLikenessWords = 24

  /// How much each feature counts in a reply of so many words, in 1,024ths: 1 / √n. Long replies say
  /// more, but not so much more. (A table, because a square root would need the C library of numbers.)
  private static func share(ofWords count: Int) -> Int {
    let shares: [24 of Int] = [
      1024, 724, 591, 512, 458, 418, 387, 362, 341, 324, 309, 296,
      284, 274, 264, 256, 248, 241, 235, 229, 223, 218, 214, 209,
    ]
    return shares[count - 1]
  }

  /// The weights have their zero here, so that the tables hold no negative numbers.
  package static let weightZero = 1024

  /// Whether likeness may tell more than the rule that won: one for all servers, with codes alone or with
  /// a few words. Where nearly all words say nothing (`try again later`), the status code's meaning stands.
  private func mayTellMore(than match: ReplyMatch, knownWords: Int) -> Bool {
    guard knownWords >= Self.fewestWordsInFavour else { return false }
    guard let winner = match.winner else { return true }
    guard matching.sources[matching.rules[winner.rule, .source], .isShared] == 1 else {
      return false
    }
    if winner.phrase != nil {
      return winner[.words] <= Self.mostWordsOutvoted && 2 * winner[.words] <= knownWords
    }
    let isSpecific = winner[.decided] == 1 && (winner[.status] >= 2 || winner[.code] == 3)
    return !isSpecific || 4 * match.emptyWordCount < 3 * knownWords
  }

  /// The category; `nil` where none stands out. Nothing is allocated.
  func likeness(of match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    // (Words that stand in examples alone are not among those counted by the walk.)
    guard matching.features.count > 0, match.replyClass != 2, match.replyClass != 3,
      mayTellMore(than: match, knownWords: match.knownWordCount)
    else { return nil }
    let mostFeatures = 2 * Self.mostLikenessWords + 1
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: mostFeatures) { features in
      // By steps: so the processor fetches the rows of all features at the same time.
      var (count, words): (Int, UInt64) = (0, 0)
      let wordCount = LikenessFeatures.of(match, in: bytes, limit: Self.mostLikenessWords) {
        while let key = $0.next() {
          features.initializeElement(at: count, to: key)
          words |= ($0.isWord ? 1 : 0) &<< UInt64(count)
          count &+= 1
        }
        return $0.wordCount
      }
      var known: UInt64 = 0
      for index in 0..<count {
        guard let row = featureRow(of: features[index]) else { continue }
        features[index] = row
        known |= 1 &<< UInt64(index)
      }
      guard mayTellMore(than: match, knownWords: (known & words).nonzeroBitCount) else {
        return nil
      }
      // Of more words, the first are often a report's usual ones.
      if match.winner?.phrase != nil, wordCount == Self.mostLikenessWords { return nil }
      let reply = KnownFeatures(rows: features, known: known, words: words)
      guard let category = standingOut(reply, ofWords: wordCount, in: match),
        wordsInFavour(of: category, reply) >= Self.fewestWordsInFavour
      else { return nil }
      return category
    }
  }

  /// The features of a reply: a bit for each that is known, of which the row is told, and one for each word.
  private struct KnownFeatures {
    let rows: UnsafeMutableBufferPointer<UInt32>
    let known: UInt64
    let words: UInt64

    @inline(__always)
    func forEach(in bits: UInt64, _ body: (_ row: UInt32) -> Void) {
      var rest = bits
      while rest != 0 {
        body(rows[rest.trailingZeroBitCount])
        rest &= rest &- 1
      }
    }
  }

  /// The category that is far more likely than that of the winner.
  private func standingOut(
    _ reply: KnownFeatures, ofWords wordCount: Int, in match: ReplyMatch
  ) -> UInt32? {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: matching.categories.count) { sums in
      sums.initialize(repeating: 0)
      reply.forEach(in: reply.known) { row in
        forEachWeight(inRow: row) { sums[Int($0)] &+= $1 }
      }
      let undecided = UInt32(matching.categories.count - 1)
      let known = match.winner.map { matching.rules[$0.rule, .category] } ?? undecided
      let share = Self.share(ofWords: wordCount)
      var best = (category: undecided, score: Int.min / 4)
      // (A category of which nothing was learned is never outvoted.)
      var knownScore = Int.max / 4
      forEachWeight(of: LikenessFeatures.base) { category, base in
        let score = sums[Int(category)] * share / 1024 + base
        if score > best.score { best = (category, score) }
        if category == known { knownScore = score }
      }
      let standsOut = best.score - knownScore >= Self.lead(over: match)
      return best.category != undecided && standsOut ? best.category : nil
    }
  }

  private func wordsInFavour(of category: UInt32, _ reply: KnownFeatures) -> Int {
    var (count, first): (Int, UInt32?) = (0, nil)
    reply.forEach(in: reply.known & reply.words) { row in
      // (A word that comes twice is one.)
      guard row != first else { return }
      forEachWeight(inRow: row) {
        if $0 == category, $1 > 0 { (count, first) = (count + 1, first ?? row) }
      }
    }
    return count
  }

  /// Visits the categories for or against which a feature speaks: none where it is not known.
  func forEachWeight(of key: UInt32, _ body: (_ category: UInt32, _ weight: Int) -> Void) {
    if let row = featureRow(of: key) { forEachWeight(inRow: row, body) }
  }

  @inline(__always)
  private func forEachWeight(
    inRow row: UInt32, _ body: (_ category: UInt32, _ weight: Int) -> Void
  ) {
    let (weights, first) = (matching.weights, matching.features[row, .firstWeight])
    for weight in first..<first &+ matching.features[row, .weightCount] {
      let number = weights[weight, .categoryAndWeight]
      body(
        number &>> Self.weightBitsWidth,
        Int(number & (1 &<< Self.weightBitsWidth &- 1)) &- Self.weightZero)
    }
  }

  /// The row of a feature; `nil` where it is not known.
  @inline(__always)
  private func featureRow(of key: UInt32) -> UInt32? {
    let features = matching.features
    let mask = UInt32(truncatingIfNeeded: features.count &- 1)
    var slot = Self.featureSlot(key, mask: mask)
    while features[slot, .weightCount] != 0 {
      if features[slot, .key] == key { return slot }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// All weights, by category.
  var likenessWeights: [UInt32: [(key: UInt32, weight: Int)]] {
    let features = matching.features
    return (0..<UInt32(features.count)).reduce(into: [:]) { weights, slot in
      let key = features[slot, .key]
      forEachWeight(inRow: slot) { weights[$0, default: []].append((key, $1)) }
    }
  }

  /// The slot at which the search for a feature begins.
  package static func featureSlot(_ key: UInt32, mask: UInt32) -> UInt32 { key >> 7 & mask }
}
