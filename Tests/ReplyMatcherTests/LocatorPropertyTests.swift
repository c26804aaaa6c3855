import Testing

@testable import ReplyMatcher

/// The words that a verdict shows as matched are those of a phrase of the rule that won.
@Suite struct LocatorPropertyTests {
  @Test(arguments: [UInt64](0..<4))
  func matchedWordsAreThePhrasesWords(share: UInt64) throws {
    for seed in share * 40..<(share + 1) * 40 {
      var random = RandomCatalogue(seed: 10_000 + seed, .init(severalPhrases: seed % 2 == 0))
      let catalogue = random.catalogue()
      let classifier = try TestCatalogue.compile(catalogue.yamls)
      let rules = Dictionary(
        uniqueKeysWithValues: catalogue.rules.map { ($0.id, $0) })
      for _ in 0..<20 {
        let reply = Array(random.reply().joined().utf8)
        let verdict = classifier.classify(reply)
        let ranges = verdict.matchedWords
        let comment = Comment(
          rawValue: "seed \(seed): \(String(decoding: reply, as: UTF8.self).debugDescription)")
        guard let rule = verdict.rule, verdict.basis == .text else {
          #expect(ranges.isEmpty, comment)
          continue
        }
        #expect(
          zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, comment)
        let words = ranges.flatMap { foldedWords(of: String(decoding: reply[$0], as: UTF8.self)) }
        let spec = try #require(rules[rule.rawValue])
        let phrases = (spec.text + spec.all).map(\.words)
        if spec.all.isEmpty && spec.unless.isEmpty && spec.commands.isEmpty {
          #expect(phrases.contains(words), comment)
        } else {
          // Of a rule of several phrases all that the reply says are shown, and no other words.
          #expect(spec.all.allSatisfy { Set($0.words).isSubset(of: words) }, comment)
          #expect(Set(words).isSubset(of: phrases.joined()), comment)
        }
      }
    }
  }
}
