import Foundation
import PackagePlugin

/// Compiles a target's rule files into Swift: `BounceClassifier.<targetName>` and a constant for
/// every rule.
///
/// Which files those are is for the compiler to know, which reads the target's `whybounce.yaml`. The
/// plugin names every YAML file below the target as an input. SwiftPM plans a build anew when files
/// come and go there, so the rules have to be there too; this package's own stand at its top level,
/// and a symbolic link leads to them.
@main
struct CompileRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let output = context.pluginWorkDirectoryURL.appending(path: "Rules.swift")
    let standardRules = [context.package.standardRules].compactMap(\.self)
    var known: Set<URL> = []
    return [
      .buildCommand(
        displayName: "Compiling the rules of \(target.name)",
        executable: try context.tool(named: "whybounce-rulec").url,
        arguments: ["swift"]
          + [target.directoryURL, output].map { $0.path(percentEncoded: false) }
          + [target.moduleName]
          + standardRules.map { $0.path(percentEncoded: false) },
        inputFiles: ([target.directoryURL] + standardRules).flatMap {
          filesAndFolders(at: $0, known: &known)
        },
        outputFiles: [output])
    ]
  }

  /// Everything below a folder that can change the rules. A folder itself changes when files come
  /// and go, so it is an input too. Links are followed, but none leads round in a circle.
  private func filesAndFolders(at url: URL, known: inout Set<URL>) -> [URL] {
    guard isFolder(url) else { return ["yaml", "yml"].contains(url.pathExtension) ? [url] : [] }
    guard known.insert(url.resolvingSymlinksInPath()).inserted else { return [] }
    let path = url.path(percentEncoded: false)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      Diagnostics.warning(
        "the folder '\(path)' cannot be read: if it holds rules, they are left out")
      return [url]
    }
    return [url]
      + names.filter { !$0.hasPrefix(".") }.sorted()
      .flatMap { filesAndFolders(at: url.appending(path: $0), known: &known) }
  }

  private func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(
      atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
