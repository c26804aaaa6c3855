import RealRules
import Testing

@testable import ReplyMatcher

/// The real rules on real replies. Where the corpus is not there, the rules' examples remain.
@Suite struct CorpusTests {
  @Test func everyRealReplyGetsAnOrderlyVerdict() throws {
    let rules = try RealRules.classifier
    let categories = Set(rules.categories.map(\.id))
    for reply in RealRules.examples + RealRules.corpus {
      let verdict = rules.classify(reply)
      let bytes = Array(reply.utf8)
      let comment = Comment(rawValue: reply)
      #expect(categories.contains(verdict.category), comment)
      #expect((verdict.rule == nil) == [.none, .likeness].contains(verdict.basis), comment)
      #expect((verdict.basis == .text) == !verdict.matchedWords.isEmpty, comment)

      // The words stand in the reply, in order, and each is a word.
      let ranges = verdict.matchedWords
      #expect(ranges.allSatisfy { 0 <= $0.lowerBound && $0.upperBound <= bytes.count }, comment)
      #expect(
        zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, comment)
      for range in ranges {
        #expect(foldedWords(of: String(decoding: bytes[range], as: UTF8.self)).count == 1, comment)
      }

      // The text is the reply's own, without a code in front, a line break or a space too many.
      let text = verdict.text
      #expect(!text.contains { $0.isNewline } && !text.contains("  "), comment)
      #expect(text.first != " " && text.last != " ", comment)
      #expect(text.utf8.count <= bytes.count, comment)
      if let code = verdict.code { #expect(!text.hasPrefix("\(code) "), comment) }
      let words = foldedWords(of: reply)
      #expect(foldedWords(of: text).allSatisfy(words.contains), comment)
    }
  }

  /// Half of a reply, as a log may hold it.
  @Test func everyRealReplyCutOff() throws {
    let rules = try RealRules.classifier
    for reply in RealRules.examples + RealRules.corpus {
      let bytes = Array(reply.utf8)
      for length in stride(from: 1, to: bytes.count, by: 1 + bytes.count / 5) {
        let verdict = rules.classify(Array(bytes[..<length]))
        #expect(verdict.matchedWords.allSatisfy { $0.upperBound <= length })
      }
    }
  }
}
