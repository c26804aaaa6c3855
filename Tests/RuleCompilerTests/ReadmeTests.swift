import Foundation
import RuleCompiler
import Testing

/// The rule that the README shows is a good one.
@Test func theReadmesRuleCompiles() throws {
  let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
  let block = try #require(readme.components(separatedBy: "```yaml\n").dropFirst().first)
  let rules = try #require(block.components(separatedBy: "```").first)
  let file = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID()).yaml")
  try rules.write(to: file, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(at: file) }
  let compilation = RuleCompilation(
    folder: file.path(percentEncoded: false),
    sharing: .folder(package.appending(path: "Rules").path(percentEncoded: false)))
  #expect(compilation.diagnostics.map { $0.rendered() } == [])
}
