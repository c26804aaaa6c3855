import Foundation
import Testing

@testable import whybounce

@Suite struct TestReportTests {
  /// Loses an example to a rule of more words, one to nobody, and wins a counterexample.
  private static let failing = """
    id: beta
    name: Beta Mail
    kind: provider

    rules:
      full:
        text: Mailbox full
        category: mailbox-full
        cause: The mailbox is full.
        examples:
          - 552 Mailbox full
          - |-
            552-We are sorry:
            552 No such mailbox here, nor a mailbox full of mail
          - 552 Mailbox is full
        counterexamples:
          - 450 Mailbox full
          - 550 No such mailbox here

      longer:
        text: nor a mailbox full of mail
        category: mailbox-full
        cause: The mailbox is full.
        examples:
          - 552 nor a mailbox full of mail
    """

  @Test func passes() throws {
    let rules = try SampleRules()
    let result = try BuiltProgram.run(["test", "."], directory: URL(filePath: rules.folder))
    #expect(result.exitCode == 0 && result.error.isEmpty)
    try expectGolden(result.output, "test-passed")
  }

  @Test func fails() throws {
    let rules = try SampleRules()
    try Self.failing.write(
      toFile: rules.folder + "/beta.yaml", atomically: true, encoding: .utf8)
    let result = try BuiltProgram.run(["test", "."], directory: URL(filePath: rules.folder))
    #expect(result.exitCode == 1 && result.error.isEmpty)
    try expectGolden(result.output, "test-failed")

    let others = try BuiltProgram.run(["test", rules.folder, "--filter", "acme/"])
    #expect(others.exitCode == 0 && others.output.contains("2 rules in 1 file, 2 examples"))
    let colored = try BuiltProgram.run(["test", rules.folder, "--color", "always"])
    #expect(colored.output.contains("\u{1B}[32mpassed\u{1B}[0m"))
  }

  @Test func nothingToTry() throws {
    let rules = try SampleRules()
    let unknown = try BuiltProgram.run(["test", rules.folder, "--filter", "nix"])
    #expect(unknown.exitCode == 1 && unknown.error.contains("No rule with an example has 'nix'"))
    try "id: [".write(toFile: rules.folder + "/acme.yaml", atomically: true, encoding: .utf8)
    let broken = try BuiltProgram.run(["test", rules.folder])
    #expect(broken.exitCode == 1 && broken.output.isEmpty && broken.error.contains("acme.yaml:"))
    #expect(try BuiltProgram.run(["test", "/nonexistent"]).exitCode == 2)
  }

  /// What `check` finds beside failing examples is no business of a test run, but is not hidden.
  @Test func otherErrors() throws {
    let twin = Self.failing.replacing("nor a mailbox full of mail", with: "mailbox full")
    let rules = try SampleRules()
    try twin.write(toFile: rules.folder + "/beta.yaml", atomically: true, encoding: .utf8)
    let result = try BuiltProgram.run(["test", rules.folder])
    #expect(result.exitCode == 1)
    #expect(
      result.error
        == "Note: the rules have other errors too. See: whybounce check \(rules.folder)\n")
  }
}
