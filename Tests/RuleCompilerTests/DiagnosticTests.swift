import Foundation
import RuleCompiler
import Testing

/// Every message of the compiler, in full: `Diagnostics/NAME.yaml` is what somebody wrote, and
/// `NAME.out` what they are told. To write a new message, write its pair; `UPDATE_GOLDEN=1 swift
/// test` writes the outputs anew, for you to read.
@Suite struct DiagnosticTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Diagnostics")
  static let shared = SharedRules.folder(
    folder.deletingLastPathComponent().appending(path: "Shared").path(percentEncoded: false))
  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test(arguments: names)
  func message(name: String) throws {
    let input = Self.folder.appending(path: "\(name).yaml")
    let output = Self.folder.appending(path: "\(name).out")
    let compilation = RuleCompilation(
      folder: input.path(percentEncoded: false),
      sharing: Self.shared)
    let text =
      compilation.diagnostics.map { $0.rendered() + "\n" }.joined()
      .replacingOccurrences(of: Self.folder.path(percentEncoded: false) + "/", with: "")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.write(to: output, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: output, encoding: .utf8)
    #expect(text == expected, "see \(name).out")
    #expect(compilation.classifier == nil)
  }

  @Test func thereAreMessages() { #expect(Self.names.count >= 30) }

  @Test func aMissingFolderIsNamed() {
    let compilation = RuleCompilation(folder: "/no/such/folder")
    #expect(compilation.classifier == nil)
    #expect(compilation.diagnostics[0].rendered().contains("'/no/such/folder'"))
  }

  @Test func controlCharactersDoNotReachTheTerminal() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "escape-\(UUID()).yaml")
    try "id: \"a\\e[31mb\"\nname: x\nkind: provider\nrules: {}\n".write(
      to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let messages = RuleCompilation(folder: file.path(percentEncoded: false)).diagnostics.map {
      $0.rendered()
    }
    #expect(!messages.joined().contains("\u{1B}"))
    #expect(messages.joined().contains("a\u{FFFD}[31mb"))
  }

  @Test func coloursAreOnlyGivenOnDemand() {
    let compilation = RuleCompilation(
      folder: Self.folder.appending(path: "unknown-key.yaml").path(percentEncoded: false),
      sharing: Self.shared)
    #expect(
      compilation.diagnostics[0].rendered(colored: true).contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(!compilation.diagnostics[0].rendered().contains("\u{1B}"))
  }

  /// Ids that differ can still make the same Swift name: the compiler says so, not swiftc.
  @Test func clashingSwiftNamesAreFound() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clash-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ file: String, rules: [String]) throws {
      let rules = rules.map {
        "  \($0): {code: 550, category: policy, cause: c, examples: ['550']}"
      }
      try "id: \(file)\nname: n\nkind: phrases\nrules:\n\(rules.joined(separator: "\n"))\n".write(
        to: folder.appending(path: "\(file).yaml"), atomically: true, encoding: .utf8)
    }
    try write("a", rules: ["b-c"])
    try write("a-b", rules: ["c"])
    try write("x", rules: ["y-1-10", "y-11-0"])
    let messages = RuleCompilation(folder: folder.path(percentEncoded: false), sharing: Self.shared)
      .diagnostics
    #expect(messages.map(\.message).count { $0.contains("the same Swift name") } == 1)
  }
}
