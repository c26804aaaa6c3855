import RealRules
import ReplyMatcher
import Testing

/// A phrase with alternatives in parentheses means what a phrase for each of them means, though its tables
/// are others: what no reply can tell apart is merged there.
@Suite struct AlternativesTests {
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func alternativesAreTheirProduct(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let written = (0..<4).map { _ in Self.writtenPhrases(&random) }
    func compile(_ phrases: ([String]) throws -> [String]) throws -> BounceClassifier {
      let rules = try written.enumerated().map { index, rule in
        """
        rule\(index):
          text: \(Self.list(try phrases(rule.text)))
          unless: \(Self.list(try phrases(rule.unless)))
          category: \(["first", "gone", "slow", "later"][index])
          cause: c
        """
      }
      return try TestCatalogue.compile(rules: rules.joined(separator: "\n"))
    }
    let merged = try compile { $0 }
    let apart = try compile { try $0.flatMap { try WrittenPhrase($0).phrases } }

    for _ in 0..<60 {
      let reply = Array("550 \(Self.reply(&random))".utf8)
      let comment: Comment = "\(String(decoding: reply, as: UTF8.self)): \(written)"
      let (verdict, other) = (merged.classify(reply), apart.classify(reply))
      #expect(verdict.rule == other.rule, comment)
      #expect(verdict.matchedWords == other.matchedWords, comment)
      #expect(verdict.details == other.details, comment)
      func said(_ classifier: BounceClassifier) -> Set<[UInt32]> {
        Set(classifier.trace(reply).phrases.map { [$0.rule, $0.index] })
      }
      #expect(said(merged) == said(apart), comment)
    }
  }

  @Test func whichAlternativeWasSaid() throws {
    let classifier = try TestCatalogue.compile(
      rules: """
        gone:
          text:
            - (user | mailbox) (is | was | ) (closed | shut down)
            - recipient(s | ) * (unknown | not {count} known)
          category: gone
          cause: c
        """)
    func said(_ reply: String) -> [String] {
      let rule = classifier.rules[0]
      return classifier.trace(Array(reply.utf8)).phrases.map { rule.text[Int($0.index)] }
    }
    #expect(said("550 the mailbox was shut down") == ["mailbox was shut down"])
    #expect(said("550 user closed, mailbox is closed") == ["user closed", "mailbox is closed"])
    #expect(said("550 recipients: not 7 known") == ["recipients * not {count} known"])
    #expect(
      said("550 recipient and recipients unknown").sorted() == [
        "recipient * unknown", "recipients * unknown",
      ])
    #expect(said("550 user was open, recipient known").isEmpty)
  }

  // MARK: - Random phrases and replies

  private static let words = ["ab", "abs", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr"]

  /// No word stands in two parentheses, so that no two alternatives are the same.
  private static func writtenPhrases(
    _ random: inout SplitMix64
  ) -> (text: [String], unless: [String]) {
    var words = words.shuffled(using: &random)[...]
    func group(_ random: inout SplitMix64) -> String {
      let count = Int.random(in: 1...3, using: &random)
      var alternatives = words.prefix(count).map { word in
        [word, word, "\(word) cd\(word)", "{ip} \(word)", "\(word) {count}", "x * \(word)"]
          .randomElement(using: &random)!
      }
      words = words.dropFirst(count)
      if alternatives.isEmpty { return "z" }
      if alternatives.count > 1, Bool.random(using: &random) { alternatives.append("") }
      let group =
        alternatives.count > 1 ? "(\(alternatives.joined(separator: " | ")))" : alternatives[0]
      // A word may go on behind an alternative.
      return group + ["", "", "", "s"].randomElement(using: &random)!
    }
    func phrase(_ random: inout SplitMix64) -> String {
      let separator = [" ", " ", " * "].randomElement(using: &random)!
      return "\(group(&random))\(separator)y\(separator)\(group(&random))"
    }
    let text = [phrase(&random)]
    return (text, ["\(group(&random)) w"])
  }

  private static func list(_ phrases: [String]) -> String {
    "[" + phrases.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }

  private static func reply(_ random: inout SplitMix64) -> String {
    let others = ["y", "y", "y", "z", "w", "x", "s", "192.0.2.7", "7", "abs", "cds", "cdab", "zs"]
    return (0..<Int.random(in: 2...9, using: &random)).map { _ in
      (words + others).randomElement(using: &random)!
    }.joined(separator: " ")
  }
}
