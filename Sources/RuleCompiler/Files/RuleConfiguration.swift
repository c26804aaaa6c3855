#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `whybounce.yaml` says about the rules of the folder in which it stands. Every key may be
/// left out, and so may the file.
struct RuleConfiguration: Sendable {
  /// What becomes of the standard catalogue.
  enum Catalogue: String, CaseIterable, Sendable {
    /// All its rules answer too.
    case extend
    /// Its categories and wrappers serve where the rules bring none of their own; no more.
    case alone
  }

  /// Who can use the generated code.
  enum Access: String, CaseIterable, Sendable { case `public`, package, `internal` }

  static let fileName = "whybounce.yaml"

  /// The folders and files with the rules, as they are written; none where the key is left out.
  private(set) var rules: [Located<String>] = []
  /// `nil` where it is left out: then the categories decide.
  private(set) var catalogue: Located<Catalogue>?
  private(set) var access = Access.internal
  /// The generated property of `BounceClassifier`; `nil` where the target names it.
  private(set) var name: String?

  /// What holds without a file.
  init() {}

  /// What the configuration in a folder says, if there is one.
  init(of folder: String, _ diagnostics: DiagnosticCollector) {
    guard let path = Self.file(in: folder) else { return }
    if !path.hasSuffix(Self.fileName) {
      diagnostics.error(
        .misplacedConfiguration,
        "'\(path)' is not read: a configuration is named '\(Self.fileName)', so rename it", at: nil)
      return
    }
    guard let file = RuleFolder.read(path, name: Self.fileName, diagnostics) else { return }
    if file.isBlank {
      diagnostics.error(
        .emptyFile,
        """
        the configuration is empty: write 'rules:', 'catalogue:', 'access:' or 'name:', or remove \
        the file; each of them can be left out
        """, at: SourceLocation(startOf: file))
      return
    }
    guard let root = YAMLNode.parse(file, diagnostics),
      let reader = MappingReader<ConfigurationKey>(root, "the configuration", diagnostics)
    else { return }
    rules = reader.list(.rules)
    catalogue = reader.located(.catalogue)
    access = reader.value(.access) ?? .internal
    name = reader.text(.name).flatMap { Self.checkedName($0, diagnostics) }
  }

  /// The configuration file of a folder, or what was meant to be it.
  static func file(in folder: String) -> String? {
    [fileName, "whybounce.yml", ".whybounce.yaml"].map { folder + "/" + $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private static func checkedName(
    _ name: Located<String>, _ diagnostics: DiagnosticCollector
  ) -> String? {
    if ["standard", "bounceCatalogue"].contains(name.value) {
      diagnostics.error(
        .takenSwiftName, "'\(name.value)' is the standard catalogue's own name: choose another",
        at: name.location)
      return nil
    }
    let isName = name.value.wholeMatch(of: /[a-zA-Z][a-zA-Z0-9]*/) != nil
    if isName, !["init", "self", "Type"].contains(name.value) { return name.value }
    diagnostics.error(
      .badSwiftName,
      "'\(name.value)' cannot name a Swift property: write letters and digits, such as 'acmeMail'",
      at: name.location)
    return nil
  }
}

extension SourceFile {
  /// Whether it says nothing: only blank lines and comments.
  fileprivate var isBlank: Bool {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .allSatisfy { $0.trimmingPrefix(while: \.isWhitespace).first.map { $0 == "#" } ?? true }
  }
}

// MARK: - Where the rules are

extension RuleConfiguration {
  /// The folders and files that a target's rules stand in.
  func places(in folder: String, _ diagnostics: DiagnosticCollector) -> [RulePlace] {
    rules.isEmpty
      ? Self.usualPlaces(in: folder)
      : rules.compactMap { Self.place($0, in: folder, diagnostics) }
  }

  private static func usualPlaces(in folder: String) -> [RulePlace] {
    let rules = folder + "/Rules"
    let hasFolder = RuleFolder.isFolder(rules)
    let single = RuleFolder.names(in: folder).filter { name in
      name.hasSuffix(".rules.yaml") && !(hasFolder && name.hasPrefix("Rules/"))
    }
    let usual = (hasFolder ? [rules] : []) + single.map { folder + "/" + $0 }
    // Beside a configuration, all files are meant.
    let isMeant = usual.isEmpty && file(in: folder) != nil && !RuleFolder.names(in: folder).isEmpty
    return (isMeant ? [folder] : usual).map { RulePlace(path: $0) }
  }

  private static func place(
    _ rules: Located<String>, in folder: String, _ diagnostics: DiagnosticCollector
  ) -> RulePlace? {
    let parts = rules.value.split(separator: "/").filter { $0 != "." }
    if rules.value.hasPrefix("/") || rules.value.hasPrefix("~") || parts.contains("..") {
      diagnostics.error(
        .pathOutside,
        """
        '\(rules.value)' leads out of this folder, where a build would not notice changes: move \
        the rules below it, or make a link there ('ln -s')
        """, at: rules.location)
      return nil
    }
    let path = ([folder] + parts.map(String.init)).joined(separator: "/")
    guard FileManager.default.fileExists(atPath: path) else {
      let known = RuleFolder.names(in: folder)
      let folders = Set(known.map(\.parentFolder))
      diagnostics.unknown(
        .noSuchFolder, "there is no folder or file '\(rules.value)' here", rules.value,
        at: rules.location, among: folders.union(known).sorted(), isOpen: true)
      return nil
    }
    return RulePlace(path: path, location: rules.location)
  }
}
