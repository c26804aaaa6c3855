import Foundation
import RealRules
import RuleCompiler
import Testing

/// What can be wrong with files and folders before anything in them is read.
@Suite struct RuleFolderTests {
  private func kinds(_ folder: String) -> [DiagnosticKind] {
    let compilation = RuleCompilation(folder: folder, sharing: DiagnosticTests.shared)
    #expect(compilation.classifier == nil)
    // Each names the file or folder that it is about.
    #expect(compilation.diagnostics.allSatisfy { $0.message.contains(folder) })
    return compilation.diagnostics.map(\.kind)
  }

  @Test func missing() {
    #expect(kinds("/no/such/folder") == [.noSuchFolder])
  }

  @Test func withoutRuleFiles() throws {
    let folder = try Scratch()
    try folder.file("notes.txt")
    #expect(kinds(folder.path) == [.noRuleFiles])
  }

  /// Rules are found behind links too; and links that lead in a circle end.
  @Test func linkedFolders() throws {
    let (folder, other) = (try Scratch(), try Scratch())
    try other.file("a.yaml", "rules: []".utf8)
    let links = ["more": other.path, "circle": folder.path, "device.yaml": "/dev/zero"]
    for (name, end) in links {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: end)
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(other.path)/back", withDestinationPath: folder.path)
    let compilation = RuleCompilation(folder: folder.path, sharing: DiagnosticTests.shared)
    #expect(compilation.fileCount == 1)
    #expect(compilation.diagnostics.first?.kind == .unreadableFile)
    let paths = compilation.diagnostics.compactMap(\.location?.file.path)
    #expect(paths.contains { $0.hasSuffix("/more/a.yaml") })
  }

  @Test func unreadable() throws {
    let folder = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/gone.yaml", withDestinationPath: "/no/such/file.yaml")
    #expect(kinds(folder.path) == [.unreadableFile])
  }

  /// The largest file that is read, and one byte more.
  @Test(arguments: [(0, DiagnosticKind.emptyFile), (1, .fileTooLarge)])
  func size(excess: Int, kind: DiagnosticKind) throws {
    let folder = try Scratch()
    try folder.file("large.yaml", Data(repeating: UInt8(ascii: "#"), count: 8 << 20 + excess))
    let compilation = RuleCompilation(folder: folder.path, sharing: DiagnosticTests.shared)
    #expect(compilation.diagnostics.map(\.kind) == [kind])
    #expect(compilation.diagnostics[0].rendered().utf8.count < 1000)
  }

  @Test func withoutCategories() throws {
    let folder = try Scratch()
    try folder.file("a.yaml", "id: a\nname: A\nkind: phrases\nrules: {}\n".utf8)
    let compilation = RuleCompilation(folder: folder.path)
    #expect(compilation.diagnostics.map(\.kind) == [.noCategories])
  }

  /// Each of them would be looked at in every reply that says the words.
  @Test func hundredsOfRulesWithTheSameWords() throws {
    let folder = try Scratch()
    let rules = (0..<300).map { number in
      "  r\(number): {status: 5.0.\(number), text: message rejected, category: policy, cause: None., "
        + "examples: [550 5.0.\(number) message rejected]}"
    }
    let head = "id: a\nname: A\nkind: provider\nrules:\n"
    try folder.file("a.yaml", (head + rules.joined(separator: "\n")).utf8)
    let compilation = RuleCompilation(folder: folder.path, sharing: DiagnosticTests.shared)
    #expect(compilation.diagnostics.map(\.kind) == [.crowdedPhrase])
  }

  /// To the matcher, they are one phrase.
  @Test func hundredsOfAlternativesWithTheSameWords() throws {
    let folder = try Scratch()
    let rules = (0..<6).map { number in
      let words = (0..<50).map { "word\(number)x\($0)" }
      return "  r\(number): {text: '(\(words.joined(separator: " | "))) * message refused', "
        + "category: policy, cause: None., examples: [550 \(words[0]) is why a message refused]}"
    }
    let head = "id: a\nname: A\nkind: provider\nrules:\n"
    try folder.file("a.yaml", (head + rules.joined(separator: "\n")).utf8)
    let compilation = RuleCompilation(folder: folder.path, sharing: DiagnosticTests.shared)
    #expect(compilation.diagnostics.map { $0.rendered() } == [])
  }
}
