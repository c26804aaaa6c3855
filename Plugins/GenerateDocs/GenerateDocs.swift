import Foundation
import PackagePlugin

/// `swift package generate-docs`: writes the catalogue of the package's `Rules` folder as Markdown
/// into `Rules/Catalogue`.
@main
struct GenerateDocs: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let rules = context.package.directoryURL.appending(path: "Rules")
    let tool = try context.tool(named: "whybounce-rulec")
    let process = try Process.run(
      tool.url,
      arguments: [
        "docs", rules.appending(path: "Catalogue").path(percentEncoded: false),
        rules.path(percentEncoded: false),
      ])
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      Diagnostics.error("The pages were not written: the rules have errors.")
    }
  }
}
