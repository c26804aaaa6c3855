import Foundation
import Testing

/// The README's first screen shows what the program prints, whatever line the rule stands on by now.
@Test func theReadmesExplanationIsReal() throws {
  let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
  let screen = try #require(readme.components(separatedBy: "```").dropFirst().first)
  let parts = screen.components(separatedBy: "'\n")
  let reply = try #require(parts.first?.components(separatedBy: "$ whybounce '").last)
  let result = try BuiltProgram.run([reply])
  #expect(result.exitCode == 0)
  let shown = parts.dropFirst().joined(separator: "'\n")
  let line = #/\.yaml:\d+/#
  #expect(result.output.replacing(line, with: "") == shown.replacing(line, with: ""))
}
