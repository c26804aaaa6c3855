import Foundation
import ReplyMatcher
import RuleCompiler
import Testing

@testable import whybounce

@Suite struct ReadmeTests {
  let readme: String

  init() throws {
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
  }

  /// The first screen shows what the program prints, whatever line the rule stands on by now.
  @Test func theExplanationIsReal() throws {
    let screen = try #require(readme.components(separatedBy: "```").dropFirst().first)
    let parts = screen.components(separatedBy: "'\n")
    let reply = try #require(parts.first?.components(separatedBy: "$ whybounce '").last)
    let result = try BuiltProgram.run([reply])
    #expect(result.exitCode == 0)
    let shown = parts.dropFirst().joined(separator: "'\n")
    let line = #/\.yaml:\d+/#
    #expect(result.output.replacing(line, with: "") == shown.replacing(line, with: ""))
  }

  /// What `classify --help` names, the README names too.
  @Test func recordsAreDescribed() throws {
    let columns = TableRecordForm.columns
    #expect(readme.contains("`\(columns.joined(separator: ","))`"))
    #expect(readme.contains("`\(TableRecordForm.peerColumns.joined(separator: ","))`"))
    let help = try BuiltProgram.run(["classify", "--help"]).output
    let words = help.split { $0.isWhitespace || ",;.".contains($0) }
    #expect(Set(words).isSuperset(of: (columns + TableRecordForm.peerColumns).map { $0[...] }))
    let record = try BuiltProgram.run(
      ["classify", "--format", "ndjson"], input: Array("550 a".utf8))
    let object = try JSONSerialization.jsonObject(with: Data(record.output.utf8))
    #expect((object as? [String: Any])?.keys.sorted() == Classify.ndjsonFields)
    for field in Classify.ndjsonFields { #expect(readme.contains("`\(field)`")) }
    let options = words.filter { $0.wholeMatch(of: #/--[a-z-]+/#) != nil && $0 != "--version" }
    for option in options { #expect(readme.contains(option), "\(option)") }
  }

  /// The program says in the same words how the winner is chosen.
  @Test func theComparisonIsTheSame() {
    func plain(_ text: String) -> String {
      text.filter { $0 != "'" && $0 != "`" }.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    #expect(plain(readme).contains(plain(Candidate.comparison)))
  }
}
