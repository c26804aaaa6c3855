import Foundation
import PackagePlugin

/// `swift package generate-docs`: writes the rules of the package's targets as Markdown, each into a
/// folder `Catalogue` beside the rule files.
@main
struct GenerateDocs: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let targets = context.package.targets.compactMap { $0 as? any SourceModuleTarget }
      .filter(hasRules)
    if targets.isEmpty {
      Diagnostics.error("No target of this package has a Rules folder or *.rules.yaml files.")
    }
    let tool = try context.tool(named: "whybounce-rulec")
    for target in targets {
      let folders = [target.directoryURL] + [context.package.standardRules].compactMap(\.self)
      let process = try Process.run(
        tool.url, arguments: ["docs"] + folders.map { $0.path(percentEncoded: false) })
      process.waitUntilExit()
      if process.terminationStatus != 0 {
        Diagnostics.error("The pages of \(target.name) were not written.")
      }
    }
  }

  private func hasRules(_ target: any SourceModuleTarget) -> Bool {
    ["Rules", "whybounce.yaml"].contains { name in
      FileManager.default.fileExists(
        atPath: target.directoryURL.appending(path: name).path(percentEncoded: false))
    } || target.sourceFiles.contains { $0.url.lastPathComponent.hasSuffix(".rules.yaml") }
  }
}
