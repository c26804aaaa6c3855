import RealRules
import ReplyMatcher
import Testing

/// Letter case, punctuation, spacing and line breaks do not count: a reply that differs in these
/// alone gets the same verdict.
@Suite struct MetamorphicTests {
  /// A way to write a reply differently.
  enum Change: String, CaseIterable {
    case upperCase, lowerCase, spacing, punctuation, folding, continuationLines

    func apply(to reply: String, _ random: inout SplitMix64) -> String {
      switch self {
      case .upperCase: mapped(reply) { $0.uppercaseMapping }
      case .lowerCase: mapped(reply) { $0.lowercaseMapping }
      case .spacing: respaced(reply) { random.pick(["  ", "\t", " \t  "]) }
      case .punctuation: respaced(reply) { random.pick([", ", "? ", " - ", " (", ") ", "... "]) }
      case .folding: respaced(reply) { random.pick(["\r\n ", "\n\t", " \r\n"]) }
      case .continuationLines: continued(reply, &random)
      }
    }

    /// Letters whose other case is more than one letter (ß, SS) stay as they are.
    private func mapped(
      _ reply: String, _ mapping: (Unicode.Scalar.Properties) -> String
    ) -> String {
      var changed = String.UnicodeScalarView()
      for scalar in reply.unicodeScalars {
        let mapped = mapping(scalar.properties).unicodeScalars
        changed.append(mapped.count == 1 ? mapped.first! : scalar)
      }
      return String(changed)
    }

    /// Only between letters: `5 minutes` is one thing, and a number after a line break may be a code.
    private func respaced(_ reply: String, _ separator: () -> String) -> String {
      let bytes = Array(reply.utf8)
      func isLetter(_ index: Int) -> Bool {
        bytes.indices.contains(index) && (97...122).contains(bytes[index] | 0x20)
      }
      var changed: [UInt8] = []
      for (index, byte) in bytes.enumerated() {
        let isGap = byte == 0x20 && isLetter(index - 1) && isLetter(index + 1)
        changed += isGap ? Array(separator().utf8) : [byte]
      }
      return String(decoding: changed, as: UTF8.self)
    }

    /// A reply of one line and code, said in several lines.
    private func continued(_ reply: String, _ random: inout SplitMix64) -> String {
      let codes = Lexed(reply).tokens.filter { $0.kind == .replyCode }
      guard codes.count == 1, codes[0].start == 0 else { return reply }
      let code = reply.prefix(3)
      return respaced(reply) { random.chance(50) ? "\r\n\(code)-" : "\r\n\(code) " }
    }
  }

  @Test(arguments: Change.allCases)
  func randomRules(change: Change) throws {
    for seed in UInt64(0)..<60 {
      var random = RandomCatalogue(seed: seed, .init(severalPhrases: seed % 2 == 0))
      let classifier = try TestCatalogue.compile(random.catalogue().yamls)
      for _ in 0..<20 {
        let reply = random.reply().joined()
        let changed = change.apply(to: reply, &random.random)
        #expect(
          classifier.winner(changed) == classifier.winner(reply),
          "seed \(seed): \(reply.debugDescription) as \(changed.debugDescription)")
      }
    }
  }

  @Test(arguments: Change.allCases)
  func realRules(change: Change) throws {
    let classifier = try RealRules.classifier
    var random = SplitMix64(seed: 1)
    for reply in RealRules.someExamples {
      let changed = change.apply(to: reply, &random)
      let (old, new) = (classifier.classify(reply), classifier.classify(changed))
      let comment = Comment(rawValue: "\(reply.debugDescription) as \(changed.debugDescription)")
      #expect(new.rule == old.rule, comment)
      #expect(new.code == old.code, comment)
      #expect(new.status == old.status, comment)
      #expect(new.action == old.action, comment)
      #expect(new.retry == old.retry, comment)
      #expect(new.matchedWords.count == old.matchedWords.count, comment)
    }
  }
}
