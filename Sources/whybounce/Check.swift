import ArgumentParser
import RuleCompiler

/// `whybounce check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check rule files, and report everything that is wrong in them.",
    discussion: """
      Compiles the rules and tries every example on them. Each message names file, line and column.
      The exit code is 1 when there are errors, and 2 when there is no such folder.

      The rules extend the built-in ones, unless they define an undecided category (then they are a \
      whole catalogue), or a file 'whybounce.yaml' in their target's folder says 'catalogue: alone'. \
      Name that folder to check the target's rules as they are built.

      EXAMPLES
        whybounce check
        whybounce check ~/mail/rules && echo good
        whybounce check --coverage replies.txt
      """)

  @Argument(help: "The folder with the rule files.", completion: .directory)
  var folder = "Rules"

  @Option(
    help: ArgumentHelp(
      """
      Say instead which rules win no reply of this file, and which phrases none says; '-' for \
      standard input.
      """, valueName: "file"),
    completion: .file())
  var coverage: String?

  @OptionGroup(title: "The file of --coverage") var corpusOptions: CorpusOptions

  func run() throws {
    if let coverage {
      return try RuleCoverage.report(on: corpusOptions.corpus(coverage), folder: folder)
    }
    let compilation = try RuleCompilation(existing: folder)
    compilation.report()
    let findings = [Diagnostic.Severity.error, .warning].compactMap { severity -> String? in
      let count = compilation.diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : counted(count, severity.rawValue)
    }
    let beside = compilation.borrowed.rules
    try Output.print(
      """
      \(counted(compilation.ruleCount, "rule")) in \(counted(compilation.fileCount, "file"))\
      \(beside.isEmpty ? "" : ", beside \(counted(beside.count, "built-in rule"))"): \
      \(findings.isEmpty ? "no errors" : findings.joined(separator: ", "))
      """)
    if compilation.classifier == nil { throw ExitCode.failure }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
