import Foundation
import PackagePlugin

/// Compiles a target's rule files into Swift: `BounceClassifier.<targetName>` and a constant for
/// every rule.
///
/// The rule files are those in the target's `Rules` folder and its `*.rules.yaml` files. SwiftPM plans
/// a build anew when files come and go below a target, so the rules have to be there; this package's
/// own stand at its top level, and a symbolic link leads to them.
@main
struct CompileRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let sources = ruleSources(of: target)
    guard !sources.isEmpty else {
      Diagnostics.error(
        "The target '\(target.name)' uses CompileRules but has no rules: add a Rules folder to it")
      return []
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "Rules.swift")
    let home = whybounce(in: context.package)
    let shared = home.map { $0.directoryURL.appending(path: "Rules") }
    let inputs = (sources + [shared].compactMap(\.self)).flatMap(filesAndFolders)
    return [
      .buildCommand(
        displayName: "Compiling the rules of \(target.name)",
        executable: try context.tool(named: "whybounce-rulec").url,
        arguments: [
          "swift", output.path(percentEncoded: false), classifierName(target.moduleName),
          home == nil ? "ReplyMatcher" : "BounceCatalogue",
          shared?.path(percentEncoded: false) ?? "-",
        ] + sources.map { $0.resolvingSymlinksInPath().path(percentEncoded: false) },
        inputFiles: inputs, outputFiles: [output])
    ]
  }

  /// The folder and the single files with the target's rules.
  private func ruleSources(of target: any SourceModuleTarget) -> [URL] {
    let folder = target.directoryURL.appending(path: "Rules")
    let files = target.sourceFiles.map(\.url).filter { url in
      url.lastPathComponent.hasSuffix(".rules.yaml")
        && !url.path(percentEncoded: false).hasPrefix(folder.path(percentEncoded: false) + "/")
    }
    return (isFolder(folder) ? [folder] : []) + files
  }

  /// The package that this plugin came with, where it is not the one being built: its categories and
  /// wrappers serve rules that have none of their own.
  private func whybounce(in package: Package) -> Package? {
    for dependency in package.dependencies {
      if dependency.package.products.contains(where: { $0.name == "BounceCatalogue" }) {
        return dependency.package
      }
      if let found = whybounce(in: dependency.package) { return found }
    }
    return nil
  }

  private func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(
      atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// A link to a folder further up would lead round in a circle.
  private func isOwnFolder(_ url: URL) -> Bool {
    let path = url.path(percentEncoded: false)
    return isFolder(url)
      && (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil
  }

  /// Everything below a folder that can change the rules. A folder itself changes when files come
  /// and go, so it is an input too; generated pages are not.
  private func filesAndFolders(_ url: URL) -> [URL] {
    guard isFolder(url) else { return [url] }
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false))) ?? []
    return [url]
      + names.filter { !$0.hasPrefix(".") }.sorted().map { url.appending(path: $0) }
      .filter { isOwnFolder($0) || $0.pathExtension == "yaml" || $0.pathExtension == "yml" }
      .flatMap(filesAndFolders)
  }

  /// `AcmeMail` as a property: `acmeMail`.
  private func classifierName(_ module: String) -> String {
    let capitals = module.prefix { $0.isUppercase }
    let lowered =
      capitals.count > 1 && capitals.count < module.count
      ? capitals.dropLast() : capitals
    return lowered.lowercased() + module.dropFirst(lowered.count)
  }
}
