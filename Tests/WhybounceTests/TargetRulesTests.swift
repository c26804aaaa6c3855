import Foundation
import RealRules
import RuleCompiler
import Testing

@testable import whybounce

/// The command line with the rules of other packages' targets: it answers as the built program does.
@Suite struct TargetRulesTests {
  private static let targets = URL(filePath: RealRules.exampleTargets)

  private func run(_ arguments: String...) throws -> BuiltProgram.Result {
    try BuiltProgram.run(arguments, directory: Self.targets)
  }

  @Test func checkSaysWhatTheRulesStandBeside() throws {
    let check = try Check.parse(["AcmeMail"])
    #expect(
      check.summary(of: RealRules.acmeMail).wholeMatch(
        of: /3 rules in 3 files, beside \d+ built-in rules: no errors/) != nil)
    let alone = try run("check", "ListMail/")
    #expect(alone.error == "" && alone.output == "1 rule in 1 file: no errors\n")
  }

  /// A file of the catalogue, tested by itself, stands for the one that is built in.
  @Test func aFileOfTheCatalogueAlone() throws {
    let result = try BuiltProgram.run(
      ["test", "ionos.yaml"], directory: URL(filePath: RealRules.folder + "/providers"))
    #expect(result.error == "" && result.exitCode == 0)
    #expect(result.output.hasSuffix("all passed\n"))
  }

  /// What `--rules AcmeMail` loads. A process of its own for each question would compile all the
  /// built-in rules again.
  static let acmeMail = Result {
    try Catalogue(RealRules.acmeMail, of: targets.appending(path: "AcmeMail").path)
  }

  @Test func bothKindsOfRulesExplain() throws {
    let catalogue = try Self.acmeMail.get()
    func page(_ reply: String) -> String { catalogue.explanation(of: reply.utf8, width: 500) }
    let own = page("554 Bad DNS PTR resource record")
    #expect(own.contains("help-desk/bad-ptr"))
    #expect(own.contains("/AcmeMail/Overrides/help-desk.yaml:7)"))
    let standard = page("552 xyzzy")
    #expect(standard.contains("smtp/reply-552"))
    #expect(standard.contains("(standard/reply-codes.yaml:"))
  }

  @Test func rulesThatStandAloneExplain() throws {
    let own = try run("--rules", "ListMail", "550 Only the choir sings here").output
    #expect(own.contains("lists/members-only"))
    #expect(own.contains("(ListMail/members.rules.yaml:"))
    let alone = try run("--rules", "ListMail", "552 xyzzy")
    #expect(alone.exitCode == 0 && !alone.output.contains("smtp/reply-552"))
  }

  @Test func pagesTellOfOwnRules() throws {
    let catalogue = try Self.acmeMail.get()
    let pages = MarkdownCatalogue(catalogue.classifier, without: catalogue.borrowed).pages.keys
    #expect(pages.contains("phrases/help-desk.md") && pages.contains("categories/quiet-hours.md"))
    #expect(!pages.contains("standard/smtp.md") && !pages.contains("categories/virus.md"))
  }

  /// The program leaves out what it borrowed, too.
  @Test func pagesAreWritten() throws {
    let scratch = try Scratch()
    let output = scratch.folder.appending(path: "Catalogue").path(percentEncoded: false)
    #expect(try run("docs", "--rules", "ListMail", "--output", output).exitCode == 0)
    let pages = try FileManager.default.subpathsOfDirectory(atPath: output)
    #expect(pages.contains { $0.hasSuffix("/lists.md") })
    #expect(!pages.contains("categories/virus.md"))
  }
}
