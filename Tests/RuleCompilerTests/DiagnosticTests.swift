import Foundation
import RealRules
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
  /// Files, and folders of files for what several files are wrong about.
  static let inputs: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    return (files ?? []).filter { !$0.hasSuffix(".out") }.sorted()
  }()

  static func compile(_ input: String) -> RuleCompilation {
    RuleCompilation(
      folder: folder.appending(path: input).path(percentEncoded: false), sharing: shared)
  }

  @Test(arguments: inputs)
  func message(input: String) throws {
    let name = input.hasSuffix(".yaml") ? String(input.dropLast(5)) : input
    let output = Self.folder.appending(path: "\(name).out")
    let compilation = Self.compile(input)
    let text =
      compilation.diagnostics.map { $0.rendered() + "\n" }.joined()
      .replacingOccurrences(of: Self.folder.path(percentEncoded: false) + "/", with: "")
    try expectGolden(text, output)
    #expect(!text.isEmpty)
    let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
    #expect((compilation.classifier == nil) == hasErrors)
  }

  /// The catalogue of messages is complete: whoever adds a kind shows what it looks like.
  @Test func everyKindIsShown() {
    let shown = Set(Self.inputs.flatMap { Self.compile($0).diagnostics.map(\.kind) })
    let elsewhere: Set<DiagnosticKind> = [
      // These need the file system or long files: `RuleFolderTests` shows them.
      .noSuchFolder, .noRuleFiles, .unreadableFile, .fileTooLarge, .noCategories,
      .crowdedPhrase,
      // These are about targets: `TargetDiagnosticTests` shows them.
      .misplacedConfiguration, .notARuleFile, .pathOutside, .badSwiftName, .nothingToExtend,
      .takesStandardReply,
    ]
    let missing = Set(DiagnosticKind.allCases).subtracting(shown).subtracting(elsewhere)
    #expect(missing.map(\.rawValue).sorted() == [])
    #expect(shown.isDisjoint(with: elsewhere))
  }

  @Test func everyKindIsExplained() {
    for kind in DiagnosticKind.allCases {
      #expect(kind.rawValue.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
      #expect(kind.explanation.hasSuffix("."))
    }
  }

  @Test func aMissingFolderIsNamed() {
    let compilation = RuleCompilation(folder: "/no/such/folder")
    #expect(compilation.classifier == nil)
    #expect(compilation.diagnostics[0].rendered().contains("'/no/such/folder'"))
  }

  @Test func controlCharactersDoNotReachTheTerminal() throws {
    let scratch = try Scratch([
      "a.yaml": "id: \"a\\e[31mb\"\nname: x\nkind: provider\nrules: {}\n"
    ])
    let messages = RuleCompilation(folder: scratch.path).diagnostics.map { $0.rendered() }
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
}
