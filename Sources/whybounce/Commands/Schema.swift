import ArgumentParser
import BounceCatalogue
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of rule files, for editors.",
    discussion: """
      With it an editor that has a YAML language server (VS Code: the extension 'YAML' of Red Hat) \
      completes keys, categories and values, explains them, and marks mistakes. A rule file names the \
      schema in its first line:

        # yaml-language-server: $schema=../rules.schema.json

      The schema knows the categories of the rules in use; write it anew when you add one.

      EXAMPLES
        whybounce schema > rules.schema.json
        whybounce schema --rules Rules > Rules/rules.schema.json
        whybounce schema --rules Rules --check Rules/rules.schema.json
      """)

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "Print no schema; exit with 1 if this file is not up to date.", valueName: "file"),
    completion: .file())
  var check: String?

  func run() throws {
    let schema = RuleSchema(try catalogue.load().classifier).text
    guard let check else { return try Output.print(schema) }
    guard FileManager.default.fileExists(atPath: check) else {
      throw Failure("There is no file '\(check)'.", exitCode: .wrongUsage)
    }
    guard FileManager.default.contents(atPath: check) == Data(schema.utf8) else {
      let options = catalogue.rules.map { " --rules \($0.shellWord)" } ?? ""
      throw Failure(
        "The schema in '\(check)' is not up to date. "
          + "To write it: whybounce schema\(options) > \(check.shellWord)"
      )
    }
    try Output.print("The schema in \(check) is up to date.")
  }
}
