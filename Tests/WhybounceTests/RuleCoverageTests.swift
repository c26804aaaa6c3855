import Foundation
import RuleCompiler
import Testing

@testable import whybounce

@Suite struct RuleCoverageTests {
  /// Several phrases, of which replies use some.
  private static let beta = """
    id: beta
    name: Beta Mail
    kind: provider

    rules:
      full:
        code: 552
        text:
          - Mailbox full
          - Quota exceeded * {size}
        all: Beta
        unless: disk
        category: mailbox-full
        cause: The mailbox is full.
        examples:
          - 552 Mailbox full, says Beta

      gone:
        text: Gone
        category: recipient-unknown
        cause: The mailbox was closed.
        examples:
          - 550 Gone
    """

  private func coverage(of replies: [String], in rules: SampleRules) -> RuleCoverage {
    let compilation = RuleCompilation(folder: rules.folder)
    var coverage = RuleCoverage(
      rules.catalogue.classifier, phraseLines: compilation.phraseLines)
    for reply in replies { coverage.add(Array(reply.utf8)) }
    return coverage
  }

  @Test func report() throws {
    let rules = try SampleRules(changes: ["beta.yaml": Self.beta])
    let coverage = coverage(
      of: [
        "552 Mailbox full, says Beta", "552 Beta: mailbox full", "550 5.1.1 x",
        "550 No such mailbox here",
        "451 Quota exceeded: Beta", "550 5.1.1 Gone, no such mailbox here", "hello",
      ], in: rules)
    let report = CoverageReport(coverage, of: rules.catalogue)
    try expectGolden(report.text(on: Page(width: 80, isColored: false)), "coverage")
  }

  @Test func everythingIsUsed() throws {
    let rules = try SampleRules()
    let examples = rules.catalogue.classifier.rules.flatMap(\.examples)
    let report = CoverageReport(coverage(of: examples, in: rules), of: rules.catalogue)
    let text = report.text(on: Page(width: 80, isColored: false))
    #expect(text.contains("4 of 4") && !text.contains("Not used"))
  }

  /// The counts agree with those of verdicts.
  @Test func winners() throws {
    let rules = try SampleRules(changes: ["beta.yaml": Self.beta])
    let classifier = rules.catalogue.classifier
    let replies = ["550 Gone", "552 full", "", "4.1.1", "250 ok", "550 x 5.1.1", "Gone (#5.1.1)"]
    let coverage = coverage(of: replies, in: rules)
    for use in coverage.uses {
      #expect(use.winCount == replies.count { classifier.classify($0).rule == use.rule.id })
      #expect(use.fitCount >= use.winCount)
    }
    #expect(coverage.unmatchedCount == replies.count { classifier.classify($0).rule == nil })
  }

  @Test func command() throws {
    let rules = try SampleRules()
    let arguments = ["check", rules.folder, "--coverage"]
    let result = try BuiltProgram.run(arguments + ["-"], input: Array("550\n550 x\n".utf8))
    #expect(result.exitCode == 0 && result.output.hasPrefix("2 replies\n"))
    #expect(result.output.contains("\(rules.folder)/acme.yaml:"))
    #expect(try BuiltProgram.run(arguments + ["/nonexistent"]).exitCode == 1)
    let bad = try BuiltProgram.run(
      arguments + ["-", "--input", "ndjson"], input: Array("{}\n".utf8))
    #expect(bad.exitCode == 1 && bad.error.contains("1 bad line was left out"))
  }
}
