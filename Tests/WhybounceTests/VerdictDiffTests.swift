import BounceCatalogue
import Foundation
import RealRules
import Testing

@testable import whybounce

@Suite struct VerdictDiffTests {
  let old: SampleRules
  let new: SampleRules

  init() throws {
    old = try SampleRules()
    new = try SampleRules(changes: ["acme.yaml": Self.changedAcme])
  }

  /// One rule has another name, one another category, one another action, and one is new.
  private static let changedAcme = """
    id: acme
    name: Acme Mail
    kind: provider
    hosts: [acme.example]

    rules:
      unknown-mailbox:
        code: 550
        text: No such mailbox here
        category: recipient-unknown
        action: review
        cause: The mailbox does not exist.
        examples:
          - 550 No such mailbox here

      slow-down:
        code: 4xx
        text: Too many messages, try again in {duration}
        category: mailbox-full
        cause: The mailbox takes no more for now.
        examples:
          - 421 Too many messages, try again in 5 minutes

      gone:
        code: 550
        text: Gone
        category: recipient-unknown
        cause: The mailbox was closed.
        examples:
          - 550 Gone
    """

  private func diff(of replies: [(reply: String, accept: [String])]) -> VerdictDiff {
    var diff = VerdictDiff(old: old.catalogue.classifier, new: new.catalogue.classifier)
    for (index, (reply, accept)) in replies.enumerated() {
      diff.add(Array(reply.utf8), accept: accept, place: .line(index + 1))
    }
    return diff
  }

  private var sample: VerdictDiff {
    diff(of: [
      (
        "550 Gone with the <b>wind</b> | and *more*\u{1B}[31m "
          + String(repeating: "x ", count: 60), []
      ),
      ("550 Gone", ["recipient-unknown"]), ("550 5.1.1 Gone", []),
      ("550 Gone for good", ["mailbox-full"]), ("550 What", ["mailbox-full"]),
      ("421 Too many messages, try again in 1 hour", ["rate-limited"]),
      ("421 Too many messages, try again in 1 minute", ["mailbox-full"]),
      ("550 No such mailbox here", []), ("nothing known", ["unclassified"]),
    ])
  }

  @Test func report() throws {
    let report = DiffReport(diff: sample, isOfExamples: false)
    try expectGolden(report.text(width: 80, isColored: false), "diff-report")
    try expectGolden(report.text(width: 60, isColored: true), "diff-colored")
    try expectGolden(report.markdown, "diff-markdown")
    try expectGolden(JSONText.pretty(DiffRecord(sample)), "diff-json")
  }

  @Test func ofExamples() throws {
    var diff = VerdictDiff(old: old.catalogue.classifier, new: new.catalogue.classifier)
    diff.addExamples()
    let report = DiffReport(diff: diff, isOfExamples: true)
    try expectGolden(report.text(width: 80, isColored: false), "diff-examples")
  }

  @Test func nothingChanges() throws {
    let rules = old.catalogue.classifier
    var diff = VerdictDiff(old: rules, new: rules)
    diff.addExamples()
    #expect(!diff.hasChanges && diff.changes.isEmpty && diff.count == 4)
  }

  @Test func countsAreThoseOfWholeVerdicts() throws {
    let (before, after) = (old.catalogue.classifier, new.catalogue.classifier)
    let replies = ["550 Gone", "450 gone", "550 5.1.1", "4.1.1 Gone", "250 ok", "", "421 x"]
    let diff = diff(of: replies.map { ($0, []) })
    let isOther = replies.count { before.classify($0).category != after.classify($0).category }
    #expect(diff.count == replies.count && diff.count(of: .category) == isOther)
    #expect(VerdictDiff.Kind.allCases.reduce(0) { $0 + diff.count(of: $1) } == replies.count)
  }

  @Test func whatIsKeptDoesNotGrow() {
    var diff = diff(of: [])
    for line in 1...1000 { diff.add(Array("550 Gone \(line)".utf8), place: .line(line)) }
    #expect(diff.changes.count == 1 && diff.changes[0].count == 1000)
    #expect(diff.changes[0].examples.count == 2)
  }

  // MARK: - The command

  @Test func corpora() throws {
    let scratch = try Scratch()
    let lines = try scratch.file("replies.txt", Array("550-Not\n550 Gone\n\n550 x\n".utf8)).path
    let json = #"{"r": "550 Gone", "category": "recipient-unknown"}"# + "\n{}\n"
    let labelled = try scratch.file("replies.ndjson", Array(json.utf8)).path
    let arguments = ["diff", old.folder, new.folder, "--corpus"]
    let text = try BuiltProgram.run(arguments + [lines])
    #expect(text.exitCode == 0 && text.output.contains("\n2 replies\n"))
    let bad = try BuiltProgram.run(arguments + [labelled, "--field", "r"])
    #expect(bad.exitCode == 1 && bad.output.contains("1 better"))
    #expect(bad.error.contains(":2: error: The object has no field 'r'."))
    #expect(try BuiltProgram.run(arguments + ["/nonexistent"]).exitCode == 1)
    let input = try BuiltProgram.run(arguments + ["-"], input: Array("550 Gone".utf8))
    #expect(input.output.contains("\n1 reply\n"))
  }

  @Test func exitCodes() throws {
    let other = try BuiltProgram.run(["diff", "--exit-code", old.folder, new.folder])
    let same = try BuiltProgram.run(["diff", "--exit-code", old.folder, old.folder])
    #expect(other.exitCode == 1 && same.exitCode == 0)
    #expect(try BuiltProgram.run(["diff", old.folder]).exitCode == 2)
    #expect(try BuiltProgram.run(["diff", old.folder, "/nonexistent"]).exitCode == 2)
  }

  /// A change under review may not be finished.
  @Test func failingExamples() throws {
    let yaml = Self.changedAcme.replacing("- 550 Gone", with: "- 550 Went")
    try yaml.write(toFile: new.folder + "/acme.yaml", atomically: true, encoding: .utf8)
    let result = try BuiltProgram.run(["diff", old.folder, new.folder])
    #expect(result.exitCode == 0 && result.output.contains("added    acme/gone"))
    #expect(result.error.contains("have errors. See: whybounce check"))
  }
}
