import BounceCatalogue
import Foundation
import RealRules
import RuleCompiler
import Testing

@testable import whybounce

@Suite struct RuleProposalTests {
  let rules: SampleRules

  init() throws { rules = try SampleRules() }

  @Test(arguments: [
    (
      "new-rule-wrapped",
      """
      host mx1.acme-mail.zz[203.0.113.9] said: 552 5.2.2 <kim.smith@hotel.zz>: Recipient rejected:
        The mailbox of kim.smith@hotel.zz holds 5000 messages (in reply to RCPT TO command)
      """
    ),
    (
      "new-rule-several-lines",
      """
      554-mx7.provider.test (k12x7ab) ready
      554-Mail from mail.hotel.zz [12.34.56.78] is listed at bl.lists.test
      554 See https://provider.test/why?ip=12.34.56.78
      """
    ),
    ("new-rule-deferral", "450 4.7.1 We do not know you, come back in 5 minutes (id 4F2a91b77)"),
    ("new-rule-no-words", "550 5.1.1"),
    ("new-rule-known-words", "550 No such mailbox here"),
    ("new-rule-near", "550 5.1.1 There is no such mailbox here any more"),
    (
      "new-rule-bracket-in-front",
      "554 5.7.1 Acme says no: [203.0.113.9] sits on our naughty list since Monday"
    ),
    ("new-rule-hostile", "550 Mail\u{1B}[31m from: \"x\\y\" * {ip} 'no' #1: \u{202E}evil\u{7}"),
  ])
  func draft(name: String, reply: String) throws {
    let proposal = try RuleProposer(rules.catalogue.classifier).proposal(for: Array(reply.utf8))
    try expectGolden(proposal.file, name)
  }

  @Test func entryAlone() throws {
    let proposal = try RuleProposer(rules.catalogue.classifier).proposal(
      for: Array("550 No such mailbox here".utf8), id: ("acme", "gone"))
    #expect(proposal.entry.hasPrefix("  # So far this reply is explained by acme/no-such-mailbox"))
    #expect(proposal.entry.contains("\n  gone:\n    code: 550\n"))
  }

  /// Compiles what is proposed with the rules that there are, and asks all of them.
  private func expectGood(
    _ reply: [UInt8], beside rules: BounceClassifier,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let proposal: RuleProposal
    do {
      proposal = try RuleProposer(rules).proposal(for: reply)
    } catch {
      // Nothing else is a reason not to propose a rule.
      let reasons = ["neither words nor a code", "No new rule could win this reply"]
      let comment = Comment(rawValue: "\(error.message) \(reply)")
      #expect(reasons.contains { error.message.contains($0) }, comment)
      return
    }
    let compilation = RuleCompilation(
      yaml: proposal.file, path: "p.yaml", sharing: .catalogue(rules))
    let comment = Comment(
      rawValue: compilation.diagnostics.map { $0.rendered() }.joined() + proposal.file)
    let verdict = compilation.classifier?.classify(proposal.example)
    #expect(
      verdict?.rule?.rawValue == "\(proposal.id.file)/\(proposal.id.rule)", comment,
      sourceLocation: sourceLocation)
  }

  /// Some of them, beside few rules, so that it is done soon. (`outputPassesCheck` asks the whole catalogue.)
  private func expectGood(someOf all: [String]) throws {
    for index in stride(from: 0, to: all.count, by: max(1, all.count / 40)) {
      try expectGood(Array(all[index].utf8), beside: rules.catalogue.classifier)
    }
  }

  @Test func catalogueExamples() throws {
    try expectGood(someOf: Catalogue.builtIn.classifier.rules.flatMap(\.examples))
  }

  @Test func corpusReplies() throws { try expectGood(someOf: RealRules.corpus) }

  /// What breaks phrases, YAML or the lexer, in any order.
  @Test func anyBytes() throws {
    let pieces: [[UInt8]] =
      [
        "550", "550-", "421 4.7.0 ", "5.1.1", "(#5.1.1)", " ", "\n", "\r\n", "\t", "\0", ": ", " #",
        "- ", "---", "...", "'", "\"", "\\", "*", "{", "}", "{ip}", "{reply}", "[", "]", "(", ")",
        "<", ">", "&a", "!!str", "%", "@", "|", "`", ",", ";", "no", "true", "User unknown",
        "kim@acme.test", "12.34.56.78", "2001:db9::1", "https://a.test/?x=1", "mx.acme.test",
        "5 minutes", "10 MB", "4F2a91b77", "2024-06-24", "100", "host a.b.test said:", "メール", "é",
        "\u{202E}", "\u{85}", "\u{FEFF}", "\u{2028}", "\u{E000}", "\u{301}", "😀",
        String(repeating: "long ", count: 90), String(repeating: "x", count: 1200),
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80, 0x9F], [0xED, 0xA0, 0x80]]
    var random = SplitMix64(seed: 7)
    for _ in 0..<60 {
      let reply = (0..<random.int(1...9)).flatMap { _ in
        random.chance(50) ? random.pick(pieces) : [UInt8(random.int(0...255)), 0x20]
      }
      try expectGood(reply, beside: rules.catalogue.classifier)
    }
  }

  @Test func examplesHoldNothingPrivate() {
    let reply = """
      550 kim@hotel.zz and Lee@HOTEL.zz from mail.hotel.zz, hotel.zz or box.inn.zz[12.34.56.78], \
      12.34.56.79 and 2a02:1::9; see https://lists.test/why?a=kim%40hotel.zz or \
      https://lists.test/?p=Listed; kim@hotel.zz, 192.0.2.7, ann@example.org
      """
    #expect(
      ExampleReply(reply).text == """
        550 user@example.com and other@example.com from mx.example.com, example.com or \
        client.example.net[192.0.2.1], 192.0.2.2 and 2001:db8::3; see https://lists.test/why or \
        https://lists.test/?p=Listed; user@example.com, 192.0.2.7, ann@example.org
        """)
  }

  @Test(arguments: [
    (
      "550 <a@b.test>: Recipient address rejected: User unknown",
      "Recipient address rejected: User unknown"
    ),
    (
      "554 Service unavailable; client [12.34.56.78] blocked using bl.lists.test",
      "client {ip} blocked using {blocklist}"
    ),
    ("552 Mailbox full. For more information visit https://a.test/help", "Mailbox full"),
    (
      "452 Too many recipients (limit 100), try fewer than 20 each 5 minutes",
      "Too many recipients"
    ),
    ("550 Rule OU-001 of RFC5322 rejects this", "Rule OU-001 of RFC5322 rejects this"),
    ("451 Message 1aBcDe-0003xY-2k is queued since 2024-06-24", "Message * is queued since"),
    ("550 Mailbox is full.Please wait", "Mailbox is full"),
    ("550 message(s) exceed 10 MB", "message s exceed {size}"),
    ("550 メールボックスがいっぱいです", "メールボックスがいっぱいです"),
    ("550 {x} * rejects all", "x rejects all"),
  ])
  func phrase(reply: String, phrase: String) {
    #expect(PhraseChoice(reply).phrases.first == phrase)
  }

  @Test(arguments: [
    ("mx1.mail.beta.zz", "beta.zz", "beta"), ("MX.Beta.co.UK", "beta.co.uk", "beta"),
    ("mx.acme.zz", "acme.zz", "acme-new"),
    ("mx.acme-mail.com", "acme-mail.com", "acme-mail"), ("203.0.113.9", nil, "new"),
    ("localhost", nil, "new"), ("a_b.c_d.zz", nil, "new"), ("x-[y\n].zz", nil, "new"),
  ])
  func server(host: String, domain: String?, id: String) throws {
    let proposal = try RuleProposer(rules.catalogue.classifier).proposal(
      for: Array("550 Nobody lives here".utf8), remoteHost: host)
    #expect(proposal.host == domain && proposal.id.file == id)
  }

  /// Where a rule knows a whole reply, the draft stands over it.
  @Test func replyKnownByHeart() throws {
    let reply = "550 No such mailbox here"
    let proposal = try RuleProposer(rules.catalogue.classifier).proposal(for: Array(reply.utf8))
    #expect(proposal.over?.rawValue == "acme/no-such-mailbox")
  }

  /// The first line names the schema, from where the other files of the kind stand.
  @Test func schema() throws {
    let scratch = try Scratch([Catalogue.schemaName: "{}"])
    func path(_ classifier: BounceClassifier) -> String? {
      Catalogue(classifier: classifier, folder: scratch.path).schemaPath(forKind: .provider)
    }
    #expect(path(.standard) == "./rules.schema.json")
    try scratch.file("providers/acme.yaml")
    #expect(path(.standard) == "../rules.schema.json")
    #expect(path(rules.catalogue.classifier) == "./rules.schema.json")
    #expect(rules.catalogue.schemaPath(forKind: .provider) == nil)
    var proposal = try RuleProposer(rules.catalogue.classifier).proposal(
      for: Array("550 No such mailbox here".utf8))
    proposal.schema = "./rules.schema.json"
    #expect(
      proposal.file.hasPrefix("# yaml-language-server: $schema=./rules.schema.json\n\n# So far"))
  }

  // MARK: - The command

  @Test func outputPassesCheck() throws {
    let scratch = try Scratch()
    let draft = try BuiltProgram.run(
      ["new", "rule", "host mx.acme.test said: 550 5.1.1 Nobody of that name lives here"])
    #expect(draft.exitCode == 0 && draft.error.isEmpty)
    let file = try scratch.file("draft.yaml", Array(draft.output.utf8)).path
    let check = try BuiltProgram.run(["check", file])
    #expect(check.exitCode == 0)
    let summary = #/1 rule in 1 file, beside \d+ built-in rules: /#
    #expect(check.output.prefixMatch(of: summary) != nil)
  }

  @Test(arguments: [
    ["new", "rule", "--id", "Bad Id", "550 x"], ["new", "rule", "--id", "ionos/bad-ptr", "550 x"],
    ["new", "rule", ""], ["new", "ruel", "550 x"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let result = try BuiltProgram.run(arguments)
    #expect(result.exitCode == 2 && result.output.isEmpty && result.error.hasPrefix("Error: "))
  }
}
