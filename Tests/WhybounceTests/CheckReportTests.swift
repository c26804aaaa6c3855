import Foundation
import RealRules
import Testing

@testable import whybounce

/// `whybounce check` for tools, and what it changes in files.
@Suite struct CheckReportTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Errors with certain fixes, one with a note and a removal, one with a fix that is not certain;
  /// with multi-byte text in front.
  private static let mistakes = """
    id: acme
    name: Acme
    kind: provider
    hosts: [mx.acme.example, mx.acme.example]
    rules:
      full:
        code: 552
        text: ["Postfach für {adress} voll"]
        category: mailbox-full
        reason: The mailbox is full.
        examples:
          - 552 Postfach für a@b.example voll
      Other:
        code: 550
        text: Acme takes no such letters
        category: policy
        cause: None.
        examples: [550 Acme takes no such letters]

    """

  private static let corrected =
    mistakes
    .replacing(", mx.acme.example]", with: "]")
    .replacing("{adress}", with: "{address}")
    .replacing("reason:", with: "cause:")

  private func check(_ arguments: String...) throws -> BuiltProgram.Result {
    try BuiltProgram.run(["check", "my rules"] + arguments, directory: scratch.folder)
  }

  private func write(_ text: String) throws -> URL {
    try scratch.file("my rules/acme.yaml", text.utf8)
  }

  /// Beside the built-in rules, the same would take seconds.
  @discardableResult
  private func standAlone() throws -> URL {
    try scratch.file("my rules/whybounce.yaml", "catalogue: alone\n".utf8)
  }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  // MARK: - Formats

  @Test(arguments: ["json", "sarif"]) func machines(format: String) throws {
    let file = try write(Self.mistakes)
    try standAlone()
    // Without a place.
    try FileManager.default.createSymbolicLink(
      atPath: file.deletingLastPathComponent().path + "/gone.yaml",
      withDestinationPath: "nowhere.yaml")
    let result = try check("--format", format)
    #expect(result.exitCode == 1 && result.error.isEmpty)
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    }
    try expectGolden(result.output, "check-\(format)")
  }

  @Test func nothingWrong() throws {
    _ = try write(
      Self.corrected.replacing("Other", with: "other").replacing("552", with: "559")
        .replacing("550", with: "558"))
    try standAlone()
    let json = try check("--format", "json")
    #expect(json.exitCode == 0 && json.error.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["errors"] as? Int == 0)
    #expect((object?["diagnostics"] as? [Any])?.isEmpty == true)
    let sarif = try check("--format", "sarif")
    #expect(sarif.exitCode == 0 && sarif.error.isEmpty)
    let log = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any]
    #expect(log?["version"] as? String == "2.1.0")
    #expect((log?["runs"] as? [[String: Any]])?.first?["results"] as? [String] == [])
  }

  @Test func explains() throws {
    let result = try BuiltProgram.run(["check", "--explain", "deprecated-key"])
    #expect(result.exitCode == 0 && result.output.hasSuffix(".\n"))
    let unknown = try BuiltProgram.run(["check", "--explain", "deprecated-kex"])
    #expect(unknown.exitCode == 2 && unknown.error.contains("did you mean 'deprecated-key'?"))
  }

  // MARK: - Fixes

  @Test func fixes() throws {
    let file = try write(Self.mistakes)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let configuration = try standAlone()
    #expect(try check().output.contains("3 can be corrected by: whybounce check --fix"))
    #expect(try text(file) == Self.mistakes)
    try FileManager.default.removeItem(at: configuration)

    let result = try check("--fix")
    #expect(try text(file) == Self.corrected)
    // The built-in rules grow.
    let output = result.output.replacing(/beside \d+/, with: "beside N")
    try expectGolden(result.error + output, "check-fix")
    #expect(result.exitCode == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
    // No draft stays behind.
    let folder = file.deletingLastPathComponent().path
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["acme.yaml"])
    // What is left needs a person.
    try standAlone()
    #expect(!(try check("--fix").error.contains("fixed:")))
    #expect(try text(file) == Self.corrected)
  }

  @Test func readOnlyFilesStay() throws {
    let file = try write(Self.mistakes)
    try standAlone()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
    let result = try check("--fix")
    #expect(result.exitCode == 1 && result.output.isEmpty)
    #expect(
      result.error
        == "Error: 'my rules/acme.yaml' is read-only, so nothing was changed: make it writable first.\n"
    )
    #expect(try text(file) == Self.mistakes)

    let other = try scratch.file("other.yaml", Array("name: B\nid: b\nkind: phrases\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: other.path)
    let format = try BuiltProgram.run(["format", other.path])
    #expect(format.exitCode == 1 && format.error.contains("is read-only"))
    #expect(try text(other).hasPrefix("name"))
  }

  /// What is no file is written to, and not replaced by one.
  @Test func pipesStayPipes() throws {
    let path = scratch.folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try RuleFileWriter.write("zork".utf8, to: path)
    var bytes = [UInt8](repeating: 0, count: 9)
    #expect(read(reader, &bytes, bytes.count) == 4 && bytes.starts(with: "zork".utf8))
    let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    #expect(type != .typeRegular)
  }

  @Test func linksStayLinks() throws {
    let target = try scratch.file("elsewhere.yaml", Array(Self.mistakes.utf8))
    let file = try write(Self.mistakes)
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(at: file, withDestinationURL: target)
    try standAlone()
    #expect(try check("--fix").exitCode == 1)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path) == target.path)
    #expect(try text(target) == Self.corrected)
  }

  /// One file that cannot be written stops all.
  @Test func allFilesOrNone() throws {
    let file = try write(Self.mistakes)
    try standAlone()
    let other = try scratch.file("my rules/b.yaml", Array("idd: b\nname: B\nkind: phrases\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: other.path)
    #expect(try check("--fix").exitCode == 1)
    #expect(try text(file) == Self.mistakes)
  }
}
