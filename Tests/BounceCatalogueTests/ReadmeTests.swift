import BounceCatalogue
import Foundation
import RuleCompiler
import Testing

/// What the README shows of the library works.
@Suite struct ReadmeTests {
  private let readme: String

  init() throws {
    readme = try String(contentsOfFile: RuntimeRulesTests.path("README.md"), encoding: .utf8)
  }

  private func blocks(_ language: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  // MARK: - Rules at run time

  /// Never run: a path that is not absolute depends on where the program was started.
  private func rulesAtRunTime() throws -> BounceClassifier {
    let classifier = try BounceClassifier(compiling: "Rules", sharing: .catalogue(.standard))
    return classifier
  }

  /// The README's own rule, in a folder of its own.
  @Test func itsRuleExtendsTheStandardCatalogue() throws {
    let rules = try #require(blocks("yaml", in: readme).first)
    let folder = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try rules.write(to: folder.appending(path: "acme.yaml"), atomically: true, encoding: .utf8)

    let classifier = try BounceClassifier(
      compiling: folder.path, sharing: .catalogue(.standard))
    let verdict = classifier.classify("450 4.7.0 Come back in 6 hours, we sleep.")
    #expect(verdict.rule?.rawValue == "acme/quiet-hours")
    #expect(classifier.classify("554 Bad DNS PTR resource record").rule == .ionosBadPtr)

    // Alone it has no categories.
    #expect(throws: InvalidRules.self) { try BounceClassifier(compiling: folder.path) }
  }
}
