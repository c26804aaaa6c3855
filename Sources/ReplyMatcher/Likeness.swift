/// What a reply is like of which no rule knows the words, or only a few that all servers share.
///
/// Each feature of the reply (`LikenessFeatures`) speaks for or against some categories; the weights
/// are those of a logistic regression over the phrases and examples of all rules, which
/// `whybounce learn` writes into `Rules/likeness.yaml`. A category is named only if it stands out.
extension CatalogueImage {
  /// How far a category has to stand out from the next, and what it needs itself, in the unit of the
  /// weights: tenths of the logarithm of the odds.
  private static let (margin, leastScore) = (10, -15)

  /// One or two words are like anything, and what comes late tells no cause.
  private static let (fewestKnownWords, mostWords) = (3, 16)
  /// So many words have to speak for the category: addresses and numbers stand in every log.
  private static let fewestWordsInFavour = 2

  /// Of phrases that all servers share (`kind: phrases`), so many words can be outvoted, if they are no
  /// more than half of those known: by a category that stands out this far from that of their rule.
  private static let (mostWordsOutvoted, marginOverWords, leastScoreOverWords) = (3, 45, -10)

  /// How much each feature counts in a reply of so many words, in 1,024ths: 1 / √n. Long replies say
  /// more, but not so much more. (A table, because a square root would need the C library of numbers.)
  private static func share(ofWords count: Int) -> Int {
    let shares: [16 of Int] = [
      1024, 724, 591, 512, 458, 418, 387, 362, 341, 324, 309, 296, 284, 274, 264, 256,
    ]
    return shares[count - 1]
  }

  /// The weights have their zero here, so that the tables hold no negative numbers.
  package static let weightZero = 1024

  /// Whether likeness may tell more than the rule that won: by codes that say little, or by few words.
  private func mayTellMore(than winner: Candidate?, knownWords: Int) -> Bool {
    guard let winner else { return true }
    guard winner.phrase == nil else {
      return winner[.words] <= Self.mostWordsOutvoted && 2 * winner[.words] <= knownWords
        && matching.sources[matching.rules[winner.rule, .source], .isShared] == 1
    }
    return matching.rules[winner.rule, .vague] == 1
      || matching.categories[matching.rules[winner.rule, .category], .isUndecided] == 1
  }

  /// What counts of a reply.
  func likenessFeatures(
    of match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>
  ) -> LikenessFeatures {
    LikenessFeatures(of: match, in: bytes, limit: Self.mostWords)
  }

  /// The category; `nil` where none stands out. Nothing is allocated.
  func likeness(of match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    // (Words that stand in examples alone are not among those counted by the walk.)
    guard matching.features.count > 0, match.knownWordCount >= Self.fewestKnownWords,
      mayTellMore(than: match.winner, knownWords: match.knownWordCount), match.replyClass != 2,
      match.replyClass != 3
    else { return nil }
    typealias Sum = (weight: Int, wordsInFavour: Int)
    return withUnsafeTemporaryAllocation(of: Sum.self, capacity: matching.categories.count) {
      sums in
      sums.initialize(repeating: (0, 0))
      var reader = likenessFeatures(of: match, in: bytes)
      var knownWords = 0
      while let key = reader.next() {
        let isWord = reader.isWord
        let isKnown = forEachWeight(of: key) { category, weight in
          sums[Int(category)].weight += weight
          if isWord, weight > 0 { sums[Int(category)].wordsInFavour += 1 }
        }
        if isKnown, isWord { knownWords += 1 }
      }
      guard knownWords >= Self.fewestKnownWords,
        mayTellMore(than: match.winner, knownWords: knownWords)
      else { return nil }
      let outvoted = match.winner.flatMap {
        $0.phrase == nil ? nil : matching.rules[$0.rule, .category]
      }
      // Of more words, the first are often a report's usual ones.
      if outvoted != nil, reader.wordCount == Self.mostWords { return nil }
      let share = Self.share(ofWords: reader.wordCount)
      var best = (category: UInt32(0), score: Int.min / 2)
      var (second, own) = (Int.min / 2, outvoted == nil ? Int.min / 2 : Int.max / 2)
      forEachWeight(of: LikenessFeatures.base) { category, base in
        let score = sums[Int(category)].weight * share / 1024 + base
        if category == outvoted { own = score }
        if score > best.score {
          (second, best) = (best.score, (category, score))
        } else {
          second = max(second, score)
        }
      }
      let isDecided = matching.categories[best.category, .isUndecided] == 0
      let leastScore = outvoted == nil ? Self.leastScore : Self.leastScoreOverWords
      let standsOut =
        best.score >= leastScore && best.score - second >= Self.margin
        && best.score - own >= Self.marginOverWords
      let isMeant = sums[Int(best.category)].wordsInFavour >= Self.fewestWordsInFavour
      return isDecided && standsOut && isMeant ? best.category : nil
    }
  }

  /// Visits the categories for or against which a feature speaks; `false` where it is not known.
  @discardableResult
  func forEachWeight(of key: UInt32, _ body: (_ category: UInt32, _ weight: Int) -> Void) -> Bool {
    let (features, weights) = (matching.features, matching.weights)
    let mask = UInt32(truncatingIfNeeded: features.count &- 1)
    var slot = Self.featureSlot(key, mask: mask)
    while features[slot, .weightCount] != 0 {
      if features[slot, .key] == key {
        let first = features[slot, .firstWeight]
        for row in first..<first + features[slot, .weightCount] {
          body(weights[row, .category], Int(weights[row, .weight]) - Self.weightZero)
        }
        return true
      }
      slot = (slot &+ 1) & mask
    }
    return false
  }

  /// All weights, by category.
  var likenessWeights: [UInt32: [(key: UInt32, weight: Int)]] {
    let features = matching.features
    return (0..<UInt32(features.count)).reduce(into: [:]) { weights, slot in
      let first = features[slot, .firstWeight]
      for row in first..<first + features[slot, .weightCount] {
        weights[matching.weights[row, .category], default: []]
          .append((features[slot, .key], Int(matching.weights[row, .weight]) - Self.weightZero))
      }
    }
  }

  /// The slot at which the search for a feature begins.
  package static func featureSlot(_ key: UInt32, mask: UInt32) -> UInt32 { key >> 7 & mask }
}
