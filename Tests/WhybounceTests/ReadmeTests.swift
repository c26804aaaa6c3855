import Foundation
import ReplyMatcher
import RuleCompiler
import Testing

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

  /// The program says in the same words how the winner is chosen.
  @Test func theComparisonIsTheSame() {
    func plain(_ text: String) -> String {
      text.filter { $0 != "'" && $0 != "`" }.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    #expect(plain(readme).contains(plain(Candidate.comparison)))
  }
}
