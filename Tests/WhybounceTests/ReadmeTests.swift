import Foundation
import Testing

/// The README's first screen shows what the program prints.
@Test func theReadmesExplanationIsReal() throws {
  let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
  let screen = try #require(readme.components(separatedBy: "```").dropFirst().first)
  let parts = screen.components(separatedBy: "'\n")
  let reply = try #require(parts.first?.components(separatedBy: "$ whybounce '").last)
  let result = try BuiltProgram.run([reply])
  #expect(result.exitCode == 0)
  #expect(result.output == parts.dropFirst().joined(separator: "'\n"))
}
