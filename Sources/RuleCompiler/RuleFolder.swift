import FoundationEssentials

/// The rule files of a folder.
enum RuleFolder {
  /// A rule file of this size would hold some 10,000 rules: it is a mistake, or an attack.
  private static let largestFile = 8 << 20

  /// Every `.yaml` file below a folder, by name; or the file itself.
  static func files(at path: String, _ diagnostics: DiagnosticCollector) -> [SourceFile] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      diagnostics.error(.noSuchFolder, "there is no folder '\(path)'", at: nil)
      return []
    }
    guard isFolder else { return read(path, diagnostics).map { [$0] } ?? [] }
    // With the slash, a link to a folder is followed.
    let folder = path.hasSuffix("/") ? path : path + "/"
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    let paths = names.filter { name in
      (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    if paths.isEmpty {
      diagnostics.error(.noRuleFiles, "the folder '\(path)' holds no rule files (*.yaml)", at: nil)
    }
    return paths.sorted().compactMap { read(folder + $0, diagnostics) }
  }

  private static func read(_ path: String, _ diagnostics: DiagnosticCollector) -> SourceFile? {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if let size, size > largestFile {
      diagnostics.error(.fileTooLarge, "'\(path)' is larger than 8 MB: no rule file is", at: nil)
      return nil
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      diagnostics.error(.unreadableFile, "'\(path)' cannot be read: check its permissions", at: nil)
      return nil
    }
    return SourceFile(path: path, bytes: Array(data))
  }
}
