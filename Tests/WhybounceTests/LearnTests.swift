import Foundation
import RealRules
import RuleCompiler
import Testing

@testable import whybounce

/// `whybounce learn`, and the answers by what it learned.
@Suite struct LearnTests {
  /// Words enough to learn from.
  static let rules = """
    id: more
    name: More words
    kind: phrases

    rules:
      crammed:
        text:
          - inbox crammed full
          - inbox is crammed
          - letters crammed * inbox
          - crammed inbox of {size}
          - his inbox overflows
          - inbox overflows by {size}
        category: mailbox-full
        cause: c
        examples: [552 inbox crammed full, 552 his inbox overflows]
      gone:
        text:
          - nobody of that name
          - nobody lives here
          - that name lives nowhere
          - no such name
          - name unheard of
        category: recipient-unknown
        cause: c
        examples: [550 nobody of that name, 550 5.1.1 name unheard of here]
    """

  private static func learned() throws -> (rules: SampleRules, text: String) {
    let rules = try SampleRules(changes: ["more.yaml": Self.rules])
    let samples = LikenessSamples(rules.catalogue.classifier)
    var learner = LikenessLearner(samples)
    learner.learn()
    let formatting = Formatting(
      text: Array(LikenessFile(samples, learner).text.utf8), name: "likeness.yaml")
    #expect(formatting.diagnostics.isEmpty)
    let text = try #require(formatting.files.first).text
    return (try SampleRules(changes: ["more.yaml": Self.rules, "likeness.yaml": text]), text)
  }

  @Test func theSameRulesTeachTheSame() throws {
    try #expect(Self.learned().text == Self.learned().text)
  }

  @Test func otherWordsAreJudgedByWhatWasLearned() throws {
    let classifier = try Self.learned().rules.catalogue.classifier
    for (reply, category) in [
      ("550 crammed, the inbox overflows", "mailbox-full"),
      ("550 unheard of: nobody, no name", "recipient-unknown"),
      ("550 qwertz uiop", "unclassified"),
    ] {
      let verdict = classifier.classify(reply)
      #expect(verdict.category.rawValue == category, Comment(rawValue: reply))
      #expect(verdict.basis == (category == "unclassified" ? .code : .likeness))
    }
  }

  @Test(arguments: [true, false]) func page(isTrace: Bool) throws {
    let rules = try Self.learned().rules
    let reply = "550 I am afraid that, crammed, the inbox overflows"
    try isTrace
      ? expectGolden(rules.catalogue.trace(of: reply), "trace-likeness")
      : expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-likeness")
  }

  /// A few words that all servers share, among many others.
  @Test(arguments: [true, false]) func outvoted(isTrace: Bool) throws {
    let shared = """
      id: shared
      name: Shared
      kind: phrases
      rules:
        host: {text: your host, category: recipient-unknown, cause: c, examples: [550 your host]}
        quota:
          text: it has crammed its megabytes quota
          category: mailbox-full
          cause: c
          examples: [550 it has crammed its megabytes quota]
      """
    let likeness = """
      kind: likeness
      likeness:
        recipient-unknown: {base: -20, words: {host: 10}}
        mailbox-full: {base: -20, words: {megabytes: 60, quota: 60, crammed: 60, host: -10}}
      """
    let rules = try SampleRules(changes: ["shared.yaml": shared, "likeness.yaml": likeness])
    let reply = "550 Your host has crammed its megabytes quota"
    try isTrace
      ? expectGolden(rules.catalogue.trace(of: reply), "trace-outvoted")
      : expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-outvoted")
  }

  @Test func command() throws {
    let rules = try SampleRules(changes: ["more.yaml": Self.rules])
    let result = try BuiltProgram.run(["learn", "--rules", rules.folder])
    #expect(result.exitCode == 0 && result.error == "")
    #expect(result.output.hasSuffix("phrases and examples: \(rules.folder)/likeness.yaml\n"))
    let answer = try BuiltProgram.run(
      ["--rules", rules.folder, "--format", "json", "550 crammed, the inbox overflows"])
    #expect(answer.output.contains(#""basis" : "likeness""#))
    #expect(try BuiltProgram.run(["learn", "--rules", "/no/such"]).exitCode == 2)
    let fresh = try BuiltProgram.run(["learn", "--rules", rules.folder, "--check"])
    #expect(fresh.exitCode == 0 && fresh.output.hasSuffix("is up to date.\n"))
    try Self.rules.replacing("crammed", with: "stuffed").write(
      toFile: "\(rules.folder)/more.yaml", atomically: true, encoding: .utf8)
    let stale = try BuiltProgram.run(["learn", "--rules", rules.folder, "--check"])
    #expect(stale.exitCode == 1 && stale.error.contains("was learned from other rules"))
    // A file that cannot be written.
    let failure = try BuiltProgram.run(["learn", "--rules", rules.folder, "--output", "/no/such/x"])
    #expect(failure.exitCode == 1 && failure.error.contains("'/no/such/x' cannot be written"))
  }

  /// Rules that the standard catalogue's own likeness serves.
  @Test func rulesThatExtendNeedNoneOfTheirOwn() throws {
    let catalogue = try TargetRulesTests.acmeMail.get()
    func check(_ arguments: String...) throws {
      let command = try Learn.parse(["--rules", "AcmeMail"] + arguments)
      try command.checkThatItIsMeant(for: catalogue)
    }
    let refusal = try #require(throws: Failure.self) { try check() }
    #expect(refusal.message.contains("extend the standard catalogue"))
    #expect(refusal.message.contains("learn --rules AcmeMail --output AcmeMail/likeness.yaml"))
    #expect(throws: Never.self) { try check("--output", "x.yaml") }
  }
}
