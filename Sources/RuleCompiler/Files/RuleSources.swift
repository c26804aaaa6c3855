#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The rule files that are compiled together, and what `whybounce.yaml` says about them.
struct RuleSources {
  private(set) var configuration: RuleConfiguration
  private(set) var files: [SourceFile] = []
  /// The folder that holds all rule files: their names in the catalogue begin below it.
  private(set) var folder: String

  /// The rules of a target, as the plugin compiles them: those that its configuration names, else
  /// its `Rules` folder and its files named `*.rules.yaml`.
  init(target folder: String, _ diagnostics: DiagnosticCollector) {
    let folder = folder.withoutFinalSlash
    self.folder = folder
    configuration = RuleConfiguration(of: folder, diagnostics)
    let places = configuration.places(in: folder, diagnostics)
    if places.isEmpty {
      // A mistake in the configuration has been reported, and leaves nothing to be compiled.
      if diagnostics.hasErrors { return }
      diagnostics.error(
        .noRuleFiles,
        """
        '\(folder)' has no rules: put rule files into a folder 'Rules' there, name them \
        '*.rules.yaml', or list them under 'rules:' in a '\(RuleConfiguration.fileName)'
        """, at: nil)
    }
    if places.count == 1, RuleFolder.isFolder(places[0].path) { self.folder = places[0].path }
    var known: Set<String> = []
    for place in places {
      if place.path != folder, let other = RuleConfiguration.file(in: place.path) {
        diagnostics.error(
          .misplacedConfiguration,
          "'\(other)' is not read: move it to '\(folder)/\(RuleConfiguration.fileName)'", at: nil)
      }
      let found = RuleFolder.files(at: place, namedBelow: self.folder, diagnostics)
      files += found.filter { known.insert($0.path).inserted }
    }
  }

  /// The rules at a path that somebody names: a target's, where the folder holds a configuration;
  /// else the file itself, or all rule files of the folder. They obey the configuration of the
  /// target that they belong to.
  init(at path: String, _ diagnostics: DiagnosticCollector) {
    let path = path.withoutFinalSlash
    if RuleConfiguration.file(in: path) != nil {
      self = RuleSources(target: path, diagnostics)
      return
    }
    folder = RuleFolder.isFolder(path) ? path : path.parentFolder
    configuration = Self.configuration(governing: path, diagnostics) ?? RuleConfiguration()
    let place = RulePlace(path: path, location: nil)
    files = RuleFolder.files(at: place, namedBelow: folder, diagnostics)
  }

  /// A rule file that stands in no folder yet.
  init(yaml: String, path: String) {
    (configuration, folder) = (RuleConfiguration(), "")
    files = [SourceFile(path: path, bytes: Array(yaml.utf8))]
  }

  /// Lets other texts stand for those of some files, by path.
  mutating func edit(_ texts: [String: [UInt8]]) {
    files = files.map { file in texts[file.path].map(file.withText) ?? file }
  }

  /// The nearest configuration further up, if its target takes the rules at this path.
  private static func configuration(
    governing path: String, _ diagnostics: DiagnosticCollector
  ) -> RuleConfiguration? {
    let path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    var folder = path.parentFolder
    while RuleConfiguration.file(in: folder) == nil {
      if folder == "/" { return nil }
      folder = folder.parentFolder
    }
    let unheard = DiagnosticCollector()
    let places = RuleConfiguration(of: folder, unheard).places(in: folder, unheard)
    let isTaken = places.contains { path == $0.path || path.hasPrefix($0.path + "/") }
    return isTaken ? RuleConfiguration(of: folder, diagnostics) : nil
  }
}
