import RealRules
import Testing

@testable import ReplyMatcher

@Suite struct WrittenPhraseTests {
  @Test(arguments: [
    ("user unknown", ["user unknown"]),
    ("(user | mail box) unknown", ["user unknown", "mail box unknown"]),
    ("(a|b) (c|d)", ["a c", "a d", "b c", "b d"]),
    ("mailbox (is | ) full", ["mailbox is full", "mailbox full"]),
    ("(the |) mailbox", ["the mailbox", "mailbox"]),
    ("recipient(s | ) unknown", ["recipients unknown", "recipient unknown"]),
    ("blocked by ({ip} | *) list", ["blocked by {ip} list", "blocked by * list"]),
    ("(full) mailbox (is | was) over", ["(full) mailbox is over", "(full) mailbox was over"]),
    ("  quota (see below)", ["  quota (see below)"]),
    ("用户(不存在 | 未找到)", ["用户不存在", "用户未找到"]),
    ("", [""]),
  ])
  func standsFor(text: String, phrases: [String]) throws {
    #expect(try WrittenPhrase(text).phrases == phrases)
  }

  @Test func mistakesNameTheirPart() {
    func part(_ text: String) -> String? {
      do throws(WrittenPhrase.Mistake) {
        _ = try WrittenPhrase(text)
        return nil
      } catch {
        switch error {
        case .barOutside(let part): return "\(part) at \(text.distance(to: part))"
        case .unclosed(let part): return "unclosed \(part) at \(text.distance(to: part))"
        case .nested(let part): return "nested \(part) at \(text.distance(to: part))"
        case .tooMany: return "too many"
        }
      }
    }
    #expect(part("a | b") == "| at 2")
    #expect(part("to (a | b") == "unclosed ( at 3")
    #expect(part("(a) | b)") == "| at 4")
    #expect(part("(a | b) | c") == "| at 8")
    #expect(part("(a (b | c) | d)") == "nested ( at 3")
    #expect(part("(a | (b) c)") == "nested ( at 5")
    let many = Array(repeating: "(a | b)", count: 9).joined(separator: " ")
    #expect(part(many) == nil)
    #expect(part(many + " (a | b)") == "too many")
    // Counting to the end would take longer than any number holds.
    #expect(part(Array(repeating: "(a | b)", count: 10_000).joined()) == "too many")
  }

  /// A rule says the same whether its phrases are written together or each alone.
  @Test func alternativesAreAsGoodAsAList() throws {
    func rules(_ text: String, _ unless: String) throws -> BounceClassifier {
      try TestCatalogue.compile(
        rules: """
          box:
            text: \(text)
            unless: \(unless)
            category: first
            cause: c
            examples: [550 the mail box is full]
          """)
    }
    let together = try rules(
      "'(mail | post | ) box (is | * seems) (full | over {size})'", "(my | your) box")
    let alone = try rules(
      """
      [mail box is full, 'mail box is over {size}', mail box * seems full, 'mail box * seems over {size}',
      post box is full, 'post box is over {size}', post box * seems full, 'post box * seems over {size}',
      box is full, 'box is over {size}', box * seems full, 'box * seems over {size}']
      """, "[my box, your box]")
    let words = ["mail", "post", "box", "is", "seems", "full", "over", "5 MB", "my", "your", "so"]
    var random = SplitMix64(seed: 1)
    for _ in 0..<2000 {
      let said = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        words.randomElement(using: &random)!
      }
      let reply = "550 " + said.joined(separator: " ")
      #expect(together.classify(reply) == alone.classify(reply), "\(reply)")
    }
    #expect(together.rules[0].text == alone.rules[0].text)
    #expect(together.rules[0].writtenText.count == 1)
    #expect(together.rules[0].unless == alone.rules[0].writtenUnless)
  }
}

extension String {
  fileprivate func distance(to part: Substring) -> Int {
    distance(from: startIndex, to: part.startIndex)
  }
}
