import Foundation
import RealRules
import Testing

@testable import RuleCompiler

/// A build after an edit finds what a first build would find.
@Suite struct ProvedFilesTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try write("one", "no room", codes: [550, 551])
    try write("two", "no entry", codes: [550, 552])
    try write("three", "no reason", codes: [550])
  }

  /// - Parameter over: The rule above which this one stands.
  private func write(_ id: String, _ phrase: String, codes: [Int], over: String = "") throws {
    let text = """
      id: \(id)
      name: \(id)
      kind: provider
      rules:
        rule:
          code: \(codes)
          text: \(phrase)
          \(over.isEmpty ? "" : "over: \(over)")
          category: policy
          cause: c
          examples: [\(codes.last!) \(phrase)]
      """
    try scratch.file("Rules/\(id).yaml", text.utf8)
  }

  private func build(since earlier: ProvedFiles? = nil) -> RuleCompilation {
    RuleCompilation(
      target: scratch.path, sharing: .folder(TargetDiagnosticTests.standard), since: earlier)
  }

  /// How many of the three rules a build would not prove beside others again.
  private func provedCount(_ build: RuleCompilation, since earlier: ProvedFiles) throws -> Int {
    let files = build.provedFiles
    let collector = DiagnosticCollector()
    let model = RuleModel(
      files: RuleSources(target: scratch.path, collector).files, collector)
    return ProvedFiles.areProved(model.rules, since: earlier, try #require(files)).count { $0 }
  }

  @Test func editedFilesAreProvedBesideAllOthers() throws {
    let first = try #require(build().provedFiles)
    try #expect(provedCount(build(), since: first) == 3)

    try write("two", "no room at all", codes: [550, 552])
    let edited = build(since: first)
    #expect(edited.diagnostics.isEmpty)
    try #expect(provedCount(edited, since: first) == 2)

    // A tie with a file that is as it was.
    try write("two", "no room", codes: [550, 552])
    let tie = build(since: first)
    #expect(tie.diagnostics.map(\.message) == build().diagnostics.map(\.message))
    #expect(tie.diagnostics.count == 1 && tie.provedFiles == nil)
    // One that 'over' settles, in another build.
    try write("two", "no room", codes: [550, 552], over: "one/rule")
    let settled = build(since: first)
    #expect(settled.diagnostics.isEmpty)
    let second = try #require(settled.provedFiles)
    try #expect(provedCount(settled, since: first) == 0)
    // And no longer does.
    try write("two", "no room", codes: [550, 552])
    #expect(build(since: second).diagnostics.count == 1)
  }

  @Test(arguments: [
    "kind: wrappers\nwrappers: {other-side: {text: '{host} said {reply}'}}",
    "kind: guards\nguards: {sender: {meaning: The sender, text: sender}}",
  ])
  func whatAllRulesShareProvesThemAnew(file: String) throws {
    let first = try #require(build().provedFiles)
    try scratch.file("Rules/shared.yaml", file.utf8)
    try #expect(provedCount(build(), since: first) == 0)
  }

  @Test func theRecordIsAText() throws {
    let files = try #require(build().provedFiles)
    let text = files.text(compiler: "1")
    #expect(ProvedFiles(text: text, compiler: "1") == files)
    #expect(ProvedFiles(text: text, compiler: "2") == nil)
    #expect(ProvedFiles(text: "", compiler: "1") == nil)
    // Whatever stands there proves nothing.
    let damaged = try #require(ProvedFiles(text: "1\nnonsense\n1 x.yaml", compiler: "1"))
    try #expect(provedCount(build(since: damaged), since: damaged) == 0)
  }
}
