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
  ///   - shared: Whose categories and wrappers are used where the folder has none.
  public init(folder path: String, sharing shared: SharedRules? = nil) {
    self.init(folders: [path], sharing: shared)
  }

  /// Compiles the rule files of several folders as one catalogue.
  public init(folders paths: [String], sharing shared: SharedRules? = nil) {
    let collector = DiagnosticCollector()

    // Text → YAML with positions → typed rules
    let files = paths.flatMap { RuleFolder.files(at: $0, collector) }
    var model = RuleModel(files: files, collector)
    let lent = model.categories.isEmpty || model.wrappers.isEmpty ? shared?.model(collector) : nil
    borrowsCategories = model.categories.isEmpty && lent != nil
    if model.categories.isEmpty { model.categories = lent?.categories ?? [] }
    if model.wrappers.isEmpty { model.wrappers = lent?.wrappers ?? [] }

    // → checked rules
    model.checkAndSort(collector)
    let overRanks = model.overRanks(collector)

    // → tables, proved, and tried on the rules' own examples
    var tables: (numbers: [UInt32], text: [UInt8])?
    var classifier: BounceClassifier?
    if !collector.hasErrors {
      let built = ImageBuilder.build(model, overRanks: overRanks) { file in
        Self.name(of: file, below: paths)
      }
      let compiled = BounceClassifier(
        image: CatalogueImage(numbers: built.numbers, text: built.text))
      let findings = ProofFinding.all(in: model, compiled)
      let messages = ProofMessages(
        rules: model.rules, classifier: compiled, diagnostics: collector)
      findings.forEach(messages.report)
      ExampleCheck(classifier: compiled, diagnostics: collector, findings).check(model.rules)
      if !collector.hasErrors { (tables, classifier) = (built, compiled) }
    }

    (self.tables, self.classifier) = (tables, classifier)
    (ruleCount, fileCount) = (model.rules.count, files.count)
    diagnostics = collector.sorted
  }

  /// A file's path below the folder that was compiled.
  private static func name(of file: SourceFile, below folders: [String]) -> String {
    let folder = folders.first { file.path.hasPrefix($0) && file.path != $0 }
    let name = folder.map { file.path.dropFirst($0.count) } ?? file.path.split(separator: "/").last
    return String((name ?? "").drop { $0 == "/" })
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
  ///   - folder: A folder of rule files.
  ///   - shared: Whose categories and wrappers are used where the folder has none.
  /// - Throws: `InvalidRules`.
  public init(compiling folder: String, sharing shared: SharedRules? = nil) throws(InvalidRules) {
    let compilation = RuleCompilation(folder: folder, sharing: shared)
    guard let classifier = compilation.classifier else {
      throw InvalidRules(diagnostics: compilation.diagnostics)
    }
    self = classifier
  }
}
