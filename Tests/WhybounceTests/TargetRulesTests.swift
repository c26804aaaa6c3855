import Foundation
import Testing

/// The command line with the rules of other packages' targets: it answers as the built program does.
@Suite struct TargetRulesTests {
  private static let targets = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "ExamplePackage/Sources")

  private func run(_ arguments: String...) throws -> BuiltProgram.Result {
    try BuiltProgram.run(arguments, directory: Self.targets)
  }

  @Test func checkSaysWhatTheRulesStandBeside() throws {
    let (extending, alone) = (try run("check", "AcmeMail"), try run("check", "ListMail/"))
    #expect(extending.error + alone.error == "")
    #expect(
      extending.output.wholeMatch(
        of: /3 rules in 3 files, beside \d+ built-in rules: no errors\n/) != nil)
    #expect(alone.output == "1 rule in 1 file: no errors\n")
  }

  /// A file of the catalogue, checked by itself, stands for the one that is built in.
  @Test func aFileOfTheCatalogueAlone() throws {
    let rules = Self.targets.appending(path: "../../../Rules").standardizedFileURL
    for (folder, path) in [(rules, "providers/ionos.yaml"), (rules, "providers")] {
      let result = try BuiltProgram.run(["check", path], directory: folder)
      #expect(result.error == "")
      #expect(result.exitCode == 0)
    }
    let inside = try BuiltProgram.run(
      ["test", "ionos.yaml"], directory: rules.appending(path: "providers"))
    #expect(inside.output.hasSuffix("all passed\n"))
  }

  @Test func bothKindsOfRulesExplain() throws {
    let own = try run("--rules", "AcmeMail", "554 Bad DNS PTR resource record").output
    #expect(own.contains("help-desk/bad-ptr"))
    #expect(own.contains("(AcmeMail/Overrides/help-desk.yaml:7)"))
    let standard = try run("--rules", "AcmeMail", "552 xyzzy").output
    #expect(standard.contains("smtp/reply-552"))
    #expect(standard.contains("(standard/reply-codes.yaml:"))
    let alone = try run("--rules", "ListMail", "552 xyzzy").output
    #expect(!alone.contains("smtp/reply-552"))
  }

  @Test func pagesTellOfOwnRules() throws {
    let scratch = try Scratch()
    let output = scratch.folder.appending(path: "Catalogue").path(percentEncoded: false)
    #expect(try run("docs", "--rules", "AcmeMail", "--output", output).exitCode == 0)
    let pages = try FileManager.default.subpathsOfDirectory(atPath: output)
    #expect(pages.contains("phrases/help-desk.md") && pages.contains("categories/quiet-hours.md"))
    #expect(!pages.contains("standard/smtp.md") && !pages.contains("categories/virus.md"))
  }
}
