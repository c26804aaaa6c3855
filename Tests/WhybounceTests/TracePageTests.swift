import BounceCatalogue
import Testing

@testable import whybounce

/// `whybounce --trace` and `whybounce rules ID --why REPLY`.
@Suite struct TracePageTests {
  let rules: SampleRules

  init() throws { rules = try SampleRules() }

  @Test(arguments: [
    ("trace", "550 5.1.1 <a@acme.example>: No such mailbox here (u1)", nil),
    ("trace-nothing", "Words that no rule knows", nil),
    ("trace-miss", "550 Too many messages, try again in 5 minutes", nil),
    ("why-it-wins", "550 5.1.1 No such mailbox here", "acme/no-such-mailbox"),
    ("why-it-loses", "550 5.1.1 No such mailbox here", "codes/reply-550"),
    ("why-no-fit", "550 No such mailboxes here", "acme/no-such-mailbox"),
    ("why-no-code", "450 5.1.7 Away", "codes/status-x-1-1"),
    ("trace-hostile", "550 \u{1B}[2J No such\u{202E} mailbox here", nil),
  ])
  func page(name: String, reply: String, focus: String?) throws {
    try expectGolden(rules.catalogue.trace(of: reply, focus: focus), name)
  }

  /// Both rules match four words: only the host that gave the reply tells which of them is meant.
  @Test func theRemoteHostDecides() throws {
    let rules = try SampleRules(changes: [
      "other.yaml": """
      id: other
      name: Other Mail
      kind: provider
      hosts: [other.example]

      rules:
        post-office:
          code: 550
          text: ask the post office
          category: mailbox-full
          cause: The mailbox is full.
          examples: [550 Ask the post office]
      """
    ])
    let trace = rules.catalogue.trace(
      of: "550 No such mailbox here: ask the post office", remoteHost: "mx.other.example")
    try expectGolden(trace, "trace-remote-host")
  }

  @Test func measuresAsJSON() throws {
    let record = TraceRecord(
      of: Array("550 5.1.1 No such mailbox here".utf8), remoteHost: "mx.acme.example",
      by: rules.catalogue.classifier)
    try expectGolden(JSONText.pretty(record), "trace-json")
  }
}
