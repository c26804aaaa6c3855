#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder or file with rules, and where a configuration names it.
struct RulePlace {
  let path: String
  var location: SourceLocation?
}

/// The rule files of a folder.
enum RuleFolder {
  /// A rule file of this size would hold some 10,000 rules: it is a mistake, or an attack.
  private static let largestFile: UInt = 8 << 20

  /// Every `.yaml` or `.yml` file below a folder, by name; or the file itself.
  ///
  /// - Parameter folder: Where the files' names in the catalogue begin.
  static func files(
    at place: RulePlace, namedBelow folder: String, isStandard: Bool = false,
    _ diagnostics: DiagnosticCollector
  ) -> [SourceFile] {
    let path = place.path
    guard FileManager.default.fileExists(atPath: path) else {
      diagnostics.error(.noSuchFolder, "there is no folder '\(path)'", at: place.location)
      return []
    }
    let name = String(path.dropFirst(folder.count).drop { $0 == "/" })
    if isFolder(path) {
      let names = names(in: path, diagnostics)
      if names.isEmpty, !diagnostics.hasErrors {
        diagnostics.error(
          .noRuleFiles, "the folder '\(path)' holds no rule files (*.yaml, *.yml)",
          at: place.location)
      }
      // Behind a link, people know the files by the folder that it leads to.
      let folder = destination(of: path)
      return names.compactMap {
        read(
          "\(folder)/\($0)", name: name.isEmpty ? $0 : "\(name)/\($0)", isStandard: isStandard,
          diagnostics)
      }
    }
    guard isRuleFile(path) else {
      let isConfiguration = path.fileName == RuleConfiguration.fileName
      diagnostics.error(
        .notARuleFile,
        "'\(path)' is no rule file: "
          + (isConfiguration
            ? "it tells how rules are compiled" : "their names end in '.yaml' or '.yml'"),
        at: place.location)
      return []
    }
    return [read(path, name: name, isStandard: isStandard, diagnostics)].compactMap(\.self)
  }

  /// The rule files below a folder, also behind links, by their paths below it.
  ///
  /// - Parameter diagnostics: Takes note of folders that cannot be read.
  static func names(in folder: String, _ diagnostics: DiagnosticCollector? = nil) -> [String] {
    var entered: Set<String> = []
    return names(in: folder, &entered, diagnostics).sorted()
  }

  /// - Parameter entered: The folders that were entered before: links may lead to them again.
  private static func names(
    in folder: String, _ entered: inout Set<String>, _ diagnostics: DiagnosticCollector?
  ) -> [String] {
    let place = folder.withoutLinks
    guard entered.insert(place).inserted else { return [] }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: place) else {
      diagnostics?.error(
        .unreadableFile, "the folder '\(folder)' cannot be read: check its permissions", at: nil)
      return []
    }
    return entries.filter { !$0.hasPrefix(".") }.sorted().flatMap { name in
      let path = "\(folder)/\(name)"
      return isFolder(path)
        ? names(in: path, &entered, diagnostics).map { "\(name)/\($0)" }
        : isRuleFile(name) ? [name] : []
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func isRuleFile(_ path: String) -> Bool {
    (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
      && path.fileName != RuleConfiguration.fileName
  }

  private static func destination(of path: String) -> String {
    guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
      return path
    }
    let end = link.hasPrefix("/") ? link : "\(path.parentFolder)/\(link)"
    return URL(filePath: end).standardizedFileURL.path(percentEncoded: false).withoutFinalSlash
  }

  static func read(
    _ path: String, name: String, isStandard: Bool = false, _ diagnostics: DiagnosticCollector
  ) -> SourceFile? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path.withoutLinks)
    if let size = attributes?[.size] as? UInt, size > largestFile {
      diagnostics.error(
        .fileTooLarge, "'\(path)' is larger than 8 MiB, which no rule file is: split it", at: nil)
      return nil
    }
    // (Of what is no file, such as a pipe, the end may never come.)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let data = FileManager.default.contents(atPath: path)
    else {
      diagnostics.error(
        .unreadableFile,
        "'\(path)' cannot be read: check its permissions, and where it leads if it is a link",
        at: nil)
      return nil
    }
    return SourceFile(path: path, name: name, isStandard: isStandard, bytes: Array(data))
  }
}

extension String {
  var withoutFinalSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }

  /// The path to which links lead.
  package var withoutLinks: String {
    URL(filePath: self).resolvingSymlinksInPath().path(percentEncoded: false)
  }

  /// The last part of a path.
  var fileName: Substring { split(separator: "/").last ?? "" }

  /// The folder in which a path's last part stands.
  var parentFolder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
