import ArgumentParser
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce format`
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format",
    abstract: "Bring rule files into canonical form.",
    discussion: """
      Keys in the order of the rule language, two spaces a level, a blank line between rules, long \
      texts folded at 100 columns. Comments stay, and so does what the rules say: each file is read \
      again before it is replaced. A file with YAML errors is left alone.

      EXAMPLES
        whybounce format
        whybounce format Rules/providers/acme.yaml
        whybounce format --lint Rules
      """)

  @Argument(help: "Rule files, and folders of them.", completion: .file())
  var paths = ["Rules"]

  @Flag(help: "Change nothing; name the files that are not canonical, and exit with 1.")
  var lint = false

  func run() throws {
    for path in paths where !FileManager.default.fileExists(atPath: path) {
      throw Failure(
        "There is no file or folder '\(path)': name rule files, or folders that hold some.",
        exitCode: .wrongUsage)
    }
    let formatting = Formatting(paths: paths)
    formatting.diagnostics.report()
    for failure in formatting.unfaithful { Console.error("\(failure).") }
    let changed = formatting.files.filter { $0.firstChange != nil }
    if lint {
      let places = changed.map { "\($0.path):\($0.firstChange ?? 1): not in canonical form\n" }
      try Output.print(places.joined())
    } else {
      try RuleFileWriter.write(
        Dictionary(
          changed.map { ($0.path, (old: $0.bytes, new: Array($0.text.utf8))) },
          uniquingKeysWith: { first, _ in first }))
      try Output.print(
        changed.map { "\($0.path)\n" }.joined()
          + "\(changed.count) of \(counted(formatting.files.count, "file")) changed")
    }
    if lint, !changed.isEmpty {
      throw Failure(
        "To bring them into canonical form: whybounce format \(paths.map(\.shellWord).joined(separator: " "))"
      )
    }
    if !formatting.diagnostics.isEmpty || !formatting.unfaithful.isEmpty { throw ExitCode.failure }
  }
}
