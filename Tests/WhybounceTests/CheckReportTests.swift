import Foundation
import Testing

@testable import whybounce

/// `whybounce check` for tools, and its corrections.
@Suite struct CheckReportTests {
  private let scratch: Scratch
  private let file: URL
  private static let rules = """
    id: acme
    name: Acme Mail  # Grüße
    knd: provider
    hosts: [MX.acme.example, .b.example]
    rules:
      quiet-hours:
        codes: 4xx
        text: Come back in {duraton}, we sleep
        categroy: rate-limited
        cause: None.
        over: acme/nothing
        examples:
          - 450 Come back in 6 hours, we sleep.

    """

  init() throws {
    scratch = try Scratch()
    file = try scratch.file("acme.yaml", Array(Self.rules.utf8))
  }

  private func check(_ arguments: String...) throws -> (output: String, exitCode: Int32) {
    let path = file.path(percentEncoded: false)
    let result = try BuiltProgram.run(["check"] + arguments + [path])
    let text = (result.output + result.error).replacing(path, with: "acme.yaml")
    return (text, result.exitCode)
  }

  @Test func json() throws {
    let result = try check("--format", "json")
    #expect(result.exitCode == 1)
    try expectGolden(result.output, "check-json")
  }

  @Test func sarif() throws {
    let result = try check("--format", "sarif")
    #expect(result.exitCode == 1)
    // The list of rules explains every kind of mistake, and grows with them.
    let text = result.output.replacing(/"rules" : \[[^\]]*\]/, with: "\"rules\" : […]")
    try expectGolden(text, "check-sarif")
  }

  @Test func fix() throws {
    let result = try check("--fix")
    #expect(result.exitCode == 1)
    let text = try String(contentsOf: file, encoding: .utf8)
    let output = result.output.replacing(/beside \d+ built-in/, with: "beside N built-in")
    try expectGolden(output + "---\n" + text, "check-fix")
    // What is left cannot be corrected without the author.
    #expect(try check("--fix").output.contains("fixed:") == false)
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func aFileThatIsReadOnlyStaysAsItIs() throws {
    let path = file.path(percentEncoded: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    let result = try check("--fix")
    #expect(result.exitCode == 1)
    #expect(result.output.contains("is read-only, so nothing was changed"))
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.rules)
  }

  @Test func goodRulesMakeAnEmptyDocument() throws {
    try """
    id: acme
    name: Acme
    kind: provider
    rules:
      one: {text: acme sleeps at night, category: policy, cause: None., examples: [450 Acme sleeps at night]}
    """.write(to: file, atomically: true, encoding: .utf8)
    for format in ["json", "sarif"] {
      let result = try check("--format", format)
      #expect(result.exitCode == 0)
      #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
    }
  }

  @Test func kindsAreExplained() throws {
    let known = try BuiltProgram.run(["check", "--explain", "unknown-key"])
    #expect(known.exitCode == 0)
    #expect(known.output.hasSuffix(".\n"))
    let unknown = try BuiltProgram.run(["check", "--explain", "unknwn-key"])
    #expect(unknown.exitCode == 2)
    #expect(unknown.error.contains("did you mean 'unknown-key'?"))
  }
}
