import ArgumentParser
import RuleCompiler

/// `whybounce check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check rule files, and report everything that is wrong in them.",
    discussion: """
      Compiles the rules and tries every example on them. Each message names file, line and column.
      The exit code is 1 when there are errors, and 2 when there is no such folder.

      The rules extend the built-in ones, unless they define an undecided category (then they are a \
      whole catalogue), or a file 'whybounce.yaml' in their target's folder says 'catalogue: alone'. \
      Name that folder to check the target's rules as they are built.

      --format json prints one object on standard output, also when nothing is wrong:
        rules, files, errors, warnings   how many there are
        diagnostics   a list of severity (error, warning), kind (a stable name), message, file, line,
                      column, endColumn, notes and fixes
        notes         a list of message, file, line, column, endColumn
        fixes         a list of title, certain, line, column, endLine, endColumn, replacement
      Columns count Unicode characters from 1; endColumn is the one behind. Without a place, file, line
      and columns are null. --format sarif prints a SARIF 2.1.0 log, for code hosts and editors.

      EXAMPLES
        whybounce check
        whybounce check ~/mail/rules && echo good
        whybounce check --fix
        whybounce check --format sarif > rules.sarif
        whybounce check --coverage replies.txt
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, sarif }

  @Argument(help: "The folder with the rule files.", completion: .directory)
  var folder = "Rules"

  @Option(help: "How the findings are printed.")
  var format: Format = .text

  @Flag(
    help: """
      Correct in the files what is certain, such as a misspelt key that is near just one known key, \
      and say what was changed.
      """)
  var fix = false

  @Option(
    help: ArgumentHelp(
      "Say what a kind of mistake is, as the field 'kind' of JSON or SARIF names it.",
      valueName: "kind"))
  var explain: String?

  @Option(
    help: ArgumentHelp(
      """
      Say instead which rules win no reply of this file, and which phrases none says; '-' for \
      standard input.
      """, valueName: "file"),
    completion: .file())
  var coverage: String?

  @OptionGroup(title: "The file of --coverage") var corpusOptions: CorpusOptions

  func validate() throws {
    guard coverage == nil || (!fix && format == .text) else {
      throw ValidationError("--coverage goes with neither --fix nor --format.")
    }
    if coverage == nil { try corpusOptions.fail(without: "--coverage") }
  }

  func run() throws {
    if let explain { return try printExplanation(of: explain) }
    if let coverage {
      return try RuleCoverage.report(on: corpusOptions.corpus(coverage), folder: folder)
    }
    let compilation = try fix ? fixed() : RuleCompilation(existing: folder)
    switch format {
    case .text:
      compilation.report()
      try Output.print(summary(of: compilation))
    case .json: try Output.print(JSONText.pretty(CheckReport(compilation)))
    case .sarif:
      let version = Whybounce.configuration.version
      try Output.print(JSONText.pretty(SARIFLog(compilation, toolVersion: version)))
    }
    if compilation.classifier == nil { throw ExitCode.failure }
  }

  /// Applies the certain fixes, and says so on standard error.
  private func fixed() throws -> RuleCompilation {
    let fixed = try FixedRules(existing: folder)
    try RuleFileWriter.write(fixed.texts)
    for fix in fixed.fixes {
      let place = fix.value
      Console.note("\(place.file.path):\(place.line):\(place.column): fixed: \(fix.result)")
    }
    return fixed.compilation
  }

  func summary(of compilation: RuleCompilation) -> String {
    let findings = [Diagnostic.Severity.error, .warning].compactMap { severity -> String? in
      let count = compilation.diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : counted(count, severity.rawValue)
    }
    let certain = compilation.diagnostics.count { $0.fixes.contains(where: \.isCertain) }
    let beside = compilation.borrowed.rules
    return """
      \(counted(compilation.ruleCount, "rule")) in \(counted(compilation.fileCount, "file"))\
      \(beside.isEmpty ? "" : ", beside \(counted(beside.count, "built-in rule"))"): \
      \(findings.isEmpty ? "no errors" : findings.joined(separator: ", "))\
      \(certain == 0 ? "" : "\n\(certain) can be corrected by: whybounce check --fix \(folder.shellWord)")
      """
  }

  private func printExplanation(of name: String) throws {
    guard let kind = DiagnosticKind(rawValue: name) else {
      let kinds = DiagnosticKind.allCases.map(\.rawValue)
      let meant = nearest(to: name, in: kinds).map { "; did you mean '\($0)'?" }
      throw Failure(
        "There is no kind '\(name)'\(meant ?? ". They are: \(kinds.joined(separator: ", "))")",
        exitCode: .wrongUsage)
    }
    try Output.print(kind.explanation)
  }
}
