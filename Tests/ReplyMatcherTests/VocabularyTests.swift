import RealRules
import Testing

@testable import ReplyMatcher

/// The look-up from words to symbols, where two words meet in a slot of the hash table.
@Suite struct VocabularyTests {
  /// Pairs of words of eight letters that share a slot. The second has, in its upper half, all bits in
  /// which the lower halves differ: a look-up that mixes both halves takes it for the first.
  private static let alikePairs: [(String, String)] = {
    var random = SplitMix64(seed: 1)
    let letters = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    var pairs: [(String, String)] = []
    while pairs.count < 20 {
      let known = (0..<8).map { _ in random.pick(letters) }
      let lower = (0..<4).map { _ in random.pick(letters) }
      let upper = (0..<4).map { (known[$0] ^ lower[$0]) | known[$0 + 4] }
      guard lower != Array(known[..<4]), upper.allSatisfy(letters.contains) else { continue }
      let pair = (
        String(decoding: known, as: UTF8.self), String(decoding: lower + upper, as: UTF8.self)
      )
      // (More slots than a catalogue of one rule has.)
      let slots = [pair.0, pair.1].map { WordKey.slot(WordKey(word: $0).value, mask: 1023) }
      if slots[0] == slots[1] { pairs.append(pair) }
    }
    return pairs
  }()

  @Test(arguments: alikePairs)
  func wordsInOneSlot(known: String, other: String) throws {
    let classifier = try TestCatalogue.compile(
      rules: "r: {text: \(known), category: first, cause: c}")
    #expect(classifier.classify("550 \(known)").rule?.rawValue == "test/r")
    #expect(classifier.classify("550 \(other)").rule == nil)
  }
}
