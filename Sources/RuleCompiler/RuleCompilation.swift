import FoundationEssentials
import ReplyMatcher

/// The whole way from a rules folder to matching tables. Read this file first: each line of `init`
/// is one stage, and data flows down.
public struct RuleCompilation: Sendable {
  /// What is wrong, by place. With errors there is no classifier.
  public let diagnostics: [Diagnostic]
  public let classifier: BounceClassifier?
  public let ruleCount: Int
  public let fileCount: Int
  /// The tables, for the emitters.
  let tables: (numbers: [UInt32], text: [UInt8])?
  /// Whether the categories came from elsewhere.
  let borrowsCategories: Bool

  /// Compiles the rule files in a folder, or a single file.
  ///
  /// - Parameters:
  ///   - path: A folder of `.yaml` files at any depth, or one file.
  ///   - sharedPath: A folder whose categories and wrappers are used where the first has none.
  public init(folder path: String, sharing sharedPath: String? = nil) {
    self.init(folders: [path], sharing: sharedPath)
  }

  /// Compiles the rule files of several folders as one catalogue.
  public init(folders paths: [String], sharing sharedPath: String? = nil) {
    let collector = DiagnosticCollector()

    // Text → YAML with positions → typed rules
    let files = paths.flatMap { RuleFolder.files(at: $0, collector) }
    var reader = RuleReader(collector)
    for file in files {
      if let root = YAMLNode.parse(file, collector) { reader.read(root) }
    }
    var model = reader.model
    let shared = sharedPath.map { Self.sharedModel($0, collector) }
    borrowsCategories = model.categories.isEmpty && shared != nil
    if model.categories.isEmpty { model.categories = shared?.categories ?? [] }
    if model.wrappers.isEmpty { model.wrappers = shared?.wrappers ?? [] }

    // → checked rules
    model.checkAndSort(collector)
    let overRanks = model.overRanks(collector)

    // → tables, tried on the rules' own examples
    var tables: (numbers: [UInt32], text: [UInt8])?
    var classifier: BounceClassifier?
    if !collector.hasErrors {
      let built = ImageBuilder.build(model, overRanks: overRanks) { file in
        Self.name(of: file, below: paths)
      }
      let compiled = BounceClassifier(
        image: CatalogueImage(numbers: built.numbers, text: built.text))
      ExampleCheck(classifier: compiled, diagnostics: collector).check(model.rules)
      if !collector.hasErrors { (tables, classifier) = (built, compiled) }
    }

    (self.tables, self.classifier) = (tables, classifier)
    (ruleCount, fileCount) = (model.rules.count, files.count)
    diagnostics = collector.sorted
  }

  /// The categories and wrappers of another package's rules.
  private static func sharedModel(_ path: String, _ collector: DiagnosticCollector) -> RuleModel {
    var reader = RuleReader(collector)
    for file in RuleFolder.files(at: path, collector) {
      guard let root = YAMLNode.parse(file, collector) else { continue }
      reader.read(root)
    }
    return reader.model
  }

  /// A file's path below the folder that was compiled.
  private static func name(of file: SourceFile, below folders: [String]) -> String {
    for folder in folders where file.path.hasPrefix(folder) && file.path != folder {
      return String(file.path.dropFirst(folder.count).drop { $0 == "/" })
    }
    return String(
      file.path[
        (file.path.lastIndex(of: "/").map(file.path.index(after:))
          ?? file.path.startIndex)...])
  }
}

/// Rules that cannot be compiled, with everything that is wrong in them.
public struct InvalidRules: Error, CustomStringConvertible {
  public let diagnostics: [Diagnostic]

  public var description: String {
    diagnostics.map { $0.rendered() }.joined(separator: "\n")
  }
}

extension BounceClassifier {
  /// Compiles a rules folder at run time. The tables are the same that the build-tool plugin
  /// generates, and so are the answers.
  ///
  /// - Parameters:
  ///   - folder: A folder of rule files, with its categories and wrappers.
  /// - Throws: `InvalidRules`.
  public init(compiling folder: String) throws(InvalidRules) {
    let compilation = RuleCompilation(folder: folder)
    guard let classifier = compilation.classifier else {
      throw InvalidRules(diagnostics: compilation.diagnostics)
    }
    self = classifier
  }
}
