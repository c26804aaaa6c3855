import Testing

@testable import ReplyMatcher
@testable import RuleCompiler

@Suite struct LikenessTests {
  static let likeness = """
    kind: likeness
    likeness:
      first: {base: 0, words: {x.1.1: 120}}
      gone: {base: 0, words: {nobody: 40, lives: 20, here: 1, nobody lives: 30, x.1.1: 50}}
      later: {base: -20, words: {it: 1, is: 2, crammed: 70, '{size}': 20, '452': 30, nobody: -10}}
      slow: {base: -40, words: {box: 5}}
      vague: {base: 0, words: {hello: 10, you: 1, there: 1}}
    """

  static let rules = """
    id: test
    name: Test
    kind: provider
    rules:
      lives:
        text: [nobody lives forever, here it is crammed, hello you over there]
        category: slow
        cause: c
        examples: [550 nobody lives forever]
      full: {code: 552, category: slow, cause: c, examples: ['552']}
      box: {text: our box, category: slow, cause: c, examples: [550 our box]}
    """

  static let phrases = """
    id: shared
    name: Shared
    kind: phrases
    rules:
      general: {status: x.7.1, category: first, cause: c, examples: [550 5.7.1]}
      exact: {status: x.1.1, category: first, cause: c, examples: [550 5.1.1]}
      code: {code: 550, category: vague, cause: c, examples: ['550']}
      empty: {text: nobody nobody, category: vague, cause: c, examples: ['550 nobody nobody']}
      box: {text: [my box, the box is there], category: slow, cause: c, examples: [550 my box]}
    """

  let classifier: BounceClassifier

  init() throws {
    classifier = try TestCatalogue.compile(
      [
        TestCatalogue.categories, TestCatalogue.wrappers, Self.likeness, Self.rules, Self.phrases,
      ])
  }

  @Test(arguments: [
    ("no code", "nobody lives here", "gone", Basis.likeness),
    ("a code that says little", "550 nobody lives here", "gone", .likeness),
    ("a status code of which little was learned", "550 5.7.1 nobody lives here", "gone", .likeness),
    ("words that say nothing", "550 5.7.1 nobody nobody", "first", .status),
    ("words that say nothing among others", "550 5.7.1 nobody nobody lives", "gone", .likeness),
    ("a status code that speaks for its rule", "550 5.1.1 nobody lives here", "first", .status),
    ("a provider's code", "552 nobody lives here", "slow", .code),
    ("words that a rule knows", "550 Nobody lives forever", "slow", .text),
    ("case, marks and other words", "550 It is CRAMMED!", "later", .likeness),
    ("a thing as what it is", "550 it is crammed with 700 MB", "later", .likeness),
    ("no words but things", "550 700 MB, 800 MB, 900 MB", "vague", .code),
    ("two words", "550 crammed it", "later", .likeness),
    ("no code at the head: more is needed", "crammed it", "vague", .none),
    ("not enough", "550 it lives here", "vague", .code),
    ("nothing known", "550 qwertz uiop", "vague", .code),
    ("success", "250 nobody lives here", "vague", .none),
    (
      "the wrapper's words",
      "it is crammed: host mx.example.com said: 550 hello you there (in reply to RCPT TO command)",
      "vague", .code
    ),
    (
      "the quoted reply's words",
      "hello: host mx.example.com said: 550 it is crammed (in reply to RCPT TO command)",
      "later", .likeness
    ),
  ])
  func verdict(title: String, reply: String, category: String, basis: Basis) {
    let verdict = classifier.classify(reply)
    #expect(verdict.category.rawValue == category, Comment(rawValue: title))
    #expect(verdict.basis == basis, Comment(rawValue: title))
    #expect((verdict.rule == nil) == [.likeness, .none].contains(basis), Comment(rawValue: title))
  }

  /// A few words that all servers share, among many others.
  @Test(arguments: [
    ("550 my box: it is crammed", "later", Basis.likeness),
    ("550 my box is crammed", "slow", .text),
    ("550 the box is there, it is crammed", "slow", .text),
    ("550 our box: it is crammed", "slow", .text),
    ("550 my box, you over there", "slow", .text),
    ("my box: it is crammed", "slow", .text),
    ("550 my box: it is" + many("crammed", 3) + many("zzz", 16), "later", .likeness),
    ("550 my box: it is" + many("crammed", 3) + many("zzz", 17), "slow", .text),
  ])
  func outvotedWords(reply: String, category: String, basis: Basis) {
    let verdict = classifier.classify(reply)
    #expect(verdict.category.rawValue == category && verdict.basis == basis)
    let rule = classifier.outvotedRule(in: Array(reply.utf8))
    #expect(rule?.id.rawValue == (basis == .likeness ? "shared/box" : nil))
    #expect(verdict.matchedWords.isEmpty == (basis == .likeness))
  }

  private static func many(_ word: String, _ count: Int) -> String {
    String(repeating: " \(word)", count: count)
  }

  /// The category would suppress the address.
  @Test func nobodyLosesAnAddress() {
    let verdict = classifier.classify("550 nobody lives here")
    #expect(verdict.action == .review)
    #expect(verdict.bounce == .soft)
    #expect(verdict.causes.map(\.cause) == ["No such address"])
  }

  @Test func evidence() {
    let evidence = classifier.likenessEvidence(in: Array("550 nobody lives here".utf8))
    #expect(evidence.map(\.feature) == ["nobody", "nobody lives", "lives", "here"])
    #expect(evidence.map(\.weight) == [40, 30, 20, 1])
    #expect(classifier.likenessEvidence(in: Array("550 nobody lives forever".utf8)).isEmpty)
  }

  /// What `learn` writes is what a walk looks up.
  @Test func everyFeatureIsReadAsItIsWritten() throws {
    let reply =
      "550 5.1.1 <joe@example.com>... Postfach überfüllt (100 MB von 100MB, 12:30) auf mx.example.com "
      + "[192.0.2.1]: https://example.com/x 邮箱已满 ร ั don't x2 7 internationalization"
    try Array(reply.utf8).withUnsafeBufferPointer { bytes in
      var texts: [String] = []
      LikenessFeatures.of(classifier.match(bytes), in: bytes) { features in
        while let key = features.next() {
          #expect(LikenessFeatures.key(of: features.text) == key, Comment(rawValue: features.text))
          texts.append(features.text)
        }
      }
      #expect(texts.prefix(3) == ["550", "x.1.1", "{address}"])
      for text in ["überfüllt", "{size} von", "{name} {ip}", "{url}", "{url} 邮", "邮 箱", "{count}"] {
        #expect(texts.contains(text), Comment(rawValue: text))
      }
      try #require(texts.count > 30)
    }
  }

  @Test func rulesThatExtendOthersKeepTheirLikeness() throws {
    let weights = classifier.likenessWeights
    #expect(weights.map(\.category.rawValue) == ["first", "gone", "slow", "later", "vague"])
    #expect(weights.map(\.weights.count) == [2, 6, 2, 7, 4])

    let own = """
      id: own
      name: Own
      kind: phrases
      rules:
        r: {text: something else, category: slow, cause: c, examples: [550 something else]}
      """
    let compilation = RuleCompilation(
      yaml: own, path: "own.yaml", sharing: .catalogue(classifier))
    let extended = try #require(compilation.classifier)
    #expect(extended.classify("550 nobody lives here").basis == .likeness)
    #expect(extended.classify("550 something else").rule?.rawValue == "own/r")
  }
}
