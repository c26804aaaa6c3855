import BounceCatalogue

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Catalogue {
  static let schemaName = "rules.schema.json"

  /// Where a new rule file finds the schema that lets editors complete keys and categories; `nil` where
  /// the folder has none.
  ///
  /// The draft goes to standard output, so that nobody knows where it will stand: beside the other
  /// files of its kind, as in this catalogue's `providers`, if the folder has such a folder.
  func schemaPath(forKind kind: SourceKind) -> String? {
    let folder = self.folder ?? "Rules"
    guard FileManager.default.fileExists(atPath: "\(folder)/\(Self.schemaName)") else { return nil }
    let files = classifier.rules.lazy.filter { $0.source.kind == kind }.map(\.file)
    let usual = files.compactMap { $0.split(separator: "/").dropLast().first }.first
    let hasUsual = usual.map { FileManager.default.fileExists(atPath: "\(folder)/\($0)") } ?? false
    return (hasUsual ? "../" : "./") + Self.schemaName
  }
}
