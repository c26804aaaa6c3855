import Foundation
import RuleCompiler
import Testing

/// The messages about `whybounce.yaml`, and about rules that extend a standard catalogue:
/// `TargetDiagnostics/NAME` is a target's folder, and `NAME.out` what its author is told.
@Suite struct TargetDiagnosticTests {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  static let folder = tests.appending(path: "TargetDiagnostics")
  static let standard = tests.appending(path: "Standard").path(percentEncoded: false)
  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    return (names ?? []).filter { !$0.hasSuffix(".out") }.sorted()
  }()

  @Test(arguments: names)
  func message(name: String) throws {
    let path = Self.folder.appending(path: name).path(percentEncoded: false)
    let compilation = RuleCompilation(target: path, sharing: .folder(Self.standard))
    let text =
      compilation.diagnostics.map { $0.rendered() + "\n" }.joined()
      .replacingOccurrences(of: Self.tests.path(percentEncoded: false), with: "")
      .replacingOccurrences(of: "TargetDiagnostics/", with: "")
    try expectGolden(text, Self.folder.appending(path: "\(name).out"))
    #expect(!text.isEmpty)
    let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
    #expect((compilation.classifier == nil) == hasErrors)
  }

  @Test func thereAreMessages() { #expect(Self.names.count >= 20) }
}
