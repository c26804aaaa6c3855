import ArgumentParser
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce docs`
struct Docs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Write the rules as Markdown pages, or check that the pages are up to date.",
    discussion: """
      EXAMPLES
        whybounce docs --output Rules/Catalogue
        whybounce docs --output Rules/Catalogue --check
        whybounce docs --rules ~/mail/rules --output ~/mail/rules/Catalogue
      """)

  @Option(
    help: ArgumentHelp("Where the pages go.", valueName: "folder"), completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp("The folder with the rule files.", valueName: "folder"),
    completion: .directory)
  var rules = "Rules"

  @Flag(help: "Write nothing; name the pages that are not up to date, and exit with 1.")
  var check = false

  func run() throws {
    let source = try Catalogue(folder: rules)
    let catalogue = MarkdownCatalogue(source.classifier, without: source.borrowed)
    if check {
      let stale = catalogue.stalePaths(in: output)
      try Output.print(
        stale.isEmpty
          ? "The pages in \(output) are up to date." : stale.map { "\(output)/\($0)\n" }.joined())
      guard stale.isEmpty else {
        throw Failure(
          """
          These pages are not up to date. To write them: \
          whybounce docs --rules \(rules.shellWord) --output \(output.shellWord)
          """)
      }
      return
    }
    do {
      let changed = try catalogue.write(to: output)
      let parent = URL(filePath: output).standardizedFileURL.deletingLastPathComponent()
      if parent.path()
        != URL(filePath: rules, directoryHint: .isDirectory).standardizedFileURL.path()
      {
        Console.note("Note: the pages link to rule files in the folder above '\(output)'.")
      }
      try Output.print(
        changed.isEmpty
          ? "The pages in \(output) were up to date."
          : "\(counted(changed.count, "page")) changed in \(output).")
    } catch let error as ForeignPages {
      throw Failure("\(error)")
    } catch let error as CocoaError {
      throw Failure("The pages cannot be written to '\(output)': \(error.reason).")
    }
  }
}
