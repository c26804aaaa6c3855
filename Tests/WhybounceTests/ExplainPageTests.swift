import Testing

@testable import whybounce

@Suite struct ExplainPageTests {
  let rules: SampleRules

  init() throws { rules = try SampleRules() }

  static let manyLines =
    lines(1...40) + "550-No such mailbox here.\r\n" + lines(41...80) + "550 End.\r\n"

  private static func lines(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { "550-Line \($0)\r\n" }.joined()
  }

  @Test(arguments: [
    ("several-causes", "550 5.1.1 <a@acme.example>: No such mailbox here (u1)"),
    (
      "several-lines",
      "550-mx1.acme.example is Acme's server, and this line is longer than the page is wide\r\n"
        + "550-No such\r\n550-mailbox here.\r\n550 See https://example.com/" + "long/" * 20
    ),
    ("deferral", "421 4.7.0 Too many messages; try again in 90 minutes"),
    ("by-status", "550 5.1.1 Words that no rule knows"),
    ("by-code", "550 Words that no rule knows"),
    ("nothing-known", "Words that no rule knows"),
    (
      "hostile",
      "550 \u{1B}]0;title\u{07}\u{1B}[2J No\u{202E} such\u{85} mailbox\t\u{2066}here\u{7F}\0 日本語"
    ),
    ("many-lines", manyLines),
    ("blank-lines", "\r\n \r\n  550 No such mailbox here\r\n\r\nbye\n\n"),
  ])
  func plainPage(name: String, reply: String) throws {
    try expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-\(name)")
  }

  @Test func coloredPage() throws {
    try expectGolden(
      rules.catalogue.explanation(of: "550-No such\n550 mailbox here".utf8, isColored: true),
      "explain-colored")
  }

  /// With the catalogue that is built in.
  @Test(arguments: [
    ("standard", "554 Bad DNS PTR resource record"),
    ("code-in-words", "I get SMTP error 550, why?"),
  ])
  func standardCatalogue(name: String, reply: String) throws {
    let page = Catalogue.builtIn.explanation(of: reply.utf8, width: 80)
    // The line may move with every edit of the rules.
    try expectGolden(page.replacing(#/:\d+\)/#, with: ":LINE)"), "explain-\(name)")
  }

  static let wrappers = """
    kind: wrappers
    wrappers:
      to-mail-from: {command: MAIL FROM, text: in reply to MAIL FROM}
    """

  /// Words for a recipient, before any was named.
  @Test func replyAboutNoRecipient() throws {
    let rules = try SampleRules(changes: ["wrappers.yaml": Self.wrappers])
    let reply = "550 No such mailbox here (in reply to MAIL FROM command)"
    try expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-no-recipient")
  }

  /// The words of a provider, said by a server that is not known as its own.
  @Test func replyOfAnotherServer() throws {
    let wrappers = "kind: wrappers\nwrappers:\n  said: {text: \"host {host} said {reply}\"}"
    let rules = try SampleRules(changes: ["wrappers.yaml": wrappers])
    let reply = "host mx.example.com said: 550 No such mailbox here"
    try expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-other-server")
  }

  @Test func ruleAboutACommand() throws {
    let rules = try SampleRules(changes: [
      "wrappers.yaml": Self.wrappers,
      "senders.yaml": """
      id: senders
      name: Words about senders
      kind: phrases
      rules:
        unknown:
          command: MAIL FROM
          text: no such mailbox
          category: rate-limited
          cause: The sender's mailbox does not exist.
          examples: [550 No such mailbox (in reply to MAIL FROM command)]
      """,
    ])
    let reply = "550 No such mailbox here (in reply to MAIL FROM command)"
    try expectGolden(rules.catalogue.explanation(of: reply.utf8), "explain-command")
    try expectGolden(rules.catalogue.trace(of: reply), "trace-command")
  }

  /// Whatever a reply holds, nothing of it reaches the terminal but characters that show.
  @Test(arguments: [true, false]) func nothingActsOnTheTerminal(isColored: Bool) {
    for value in Array(0...0x9F) + [0x61C, 0x200B, 0x200E, 0x2028, 0xFEFF] + Array(0x202A...0x202E)
      + Array(0x2066...0x2069)
    {
      let character = Unicode.Scalar(UInt32(value)).map(String.init) ?? ""
      let page = rules.catalogue.explanation(
        of: "550 No \(character)such mailbox here\(character)".utf8, isColored: isColored
      ).replacing(#/\u{1B}\[[0-9;]+m/#, with: "")
      #expect(
        page.unicodeScalars.allSatisfy { scalar in
          scalar == "\n"
            || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
        }, "U+\(String(value, radix: 16))")
    }
  }

  @Test func bytesThatAreNoText() {
    let reply: [UInt8] = [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4] + Array(0x80...0xFF)
    #expect(rules.catalogue.explanation(of: reply, isColored: true).contains("\u{FFFD}"))
  }

  @Test func linesFitThePage() {
    let reply = "550 " + "word " * 400 + "No such mailbox here " + "x" * 5000
    for width in [40, 72, 100] {
      let lines = rules.catalogue.explanation(of: reply.utf8, width: width).split(separator: "\n")
      #expect(lines.count < 80)
      #expect(
        lines.allSatisfy { $0.count <= width || $0.hasPrefix("  xxx") })
    }
  }
}

/// Repeats a text.
private func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
