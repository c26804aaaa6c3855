import ReplyMatcher

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The whole way from a rules folder to matching tables. Read this file first: each line of `init`
/// is one stage, and data flows down.
public struct RuleCompilation: Sendable {
  /// What is wrong, by place. With errors there is no classifier.
  public let diagnostics: [Diagnostic]
  /// What the rules have become; `nil` where they have errors.
  public let classifier: BounceClassifier?
  /// The classifier even where proofs or examples fail: for commands that show what rules do.
  package let draft: BounceClassifier?
  /// What became of every example and counterexample; empty where there is no draft.
  package let examples: [ExampleOutcome]
  /// How many rules there are, without those of the standard catalogue.
  public let ruleCount: Int
  /// How many files there are, without those of the standard catalogue.
  public let fileCount: Int
  /// The lines on which each rule's own phrases stand, `text`, then `all`, then `unless`; the rules by id.
  package let phraseLines: [[Int]]
  package let borrowed: BorrowedEntries
  /// Where the paths of `Rule.file` begin.
  package let folder: String
  /// What was proved together; `nil` where there is no classifier.
  package let provedFiles: ProvedFiles?
  /// The tables, for the emitters.
  let tables: (numbers: [UInt8], text: [UInt8])?
  let configuration: RuleConfiguration
  /// The ids that have constants in the standard catalogue's module.
  let knownRules: Set<String>
  let knownCategories: Set<String>

  /// Compiles the rule files in a folder, or a single file. What a `whybounce.yaml` says holds: one
  /// that stands in the folder, or that of the target to which the folder belongs.
  ///
  /// - Parameters:
  ///   - path: A folder of `.yaml` files at any depth, or one file.
  ///   - shared: The standard catalogue, for rules that extend it or borrow from it.
  public init(folder path: String, sharing shared: SharedRules? = nil) {
    let collector = DiagnosticCollector()
    self.init(RuleSources(at: path, collector), sharing: shared, collector)
  }

  /// Compiles the rules of a target, as the build-tool plugin does.
  public init(target folder: String, sharing shared: SharedRules? = nil) {
    self.init(target: folder, sharing: shared, since: nil)
  }

  /// The same, after an earlier build by the same compiler.
  ///
  /// - Parameter earlier: The files that were proved then.
  package init(
    target folder: String, sharing shared: SharedRules?, since earlier: ProvedFiles?
  ) {
    let collector = DiagnosticCollector()
    self.init(RuleSources(target: folder, collector), sharing: shared, collector, since: earlier)
  }

  /// Compiles a rule file that stands in no folder yet.
  package init(yaml: String, path: String, sharing shared: SharedRules) {
    self.init(RuleSources(yaml: yaml, path: path), sharing: shared, DiagnosticCollector())
  }

  init(
    _ sources: RuleSources, sharing shared: SharedRules?, _ collector: DiagnosticCollector,
    since earlier: ProvedFiles? = nil
  ) {
    // Text → YAML with positions → typed rules
    var model = RuleModel(files: sources.files, collector)
    (ruleCount, fileCount) = (model.rules.count, sources.files.count)

    // → together with the standard ones
    let choice = model.choice(sources.configuration.catalogue)
    let standard = shared?.model(isJoined: choice == .extend, collector)
    if let standard {
      model.join(standard, as: choice)
    } else if let configured = sources.configuration.catalogue, configured.value == .extend {
      collector.error(
        .nothingToExtend, "there is no catalogue here that could be extended",
        at: configured.location)
    }
    knownRules = Set(standard?.rules.map(\.id.value) ?? [])
    knownCategories = Set(standard?.categories.map(\.id.value) ?? [])
    borrowed = BorrowedEntries(model)

    // → checked rules
    model.checkAndSort(beside: choice == .extend ? [] : standard?.rules ?? [], collector)
    let overRanks = OverRanks.of(model.rules, collector)

    // → tables, proved, and tried on the rules' own examples
    var tables: (numbers: [UInt8], text: [UInt8])?
    var (classifier, draft): (BounceClassifier?, BounceClassifier?)
    var examples: [ExampleOutcome] = []
    var provedFiles: ProvedFiles?
    if collector.hasCompleteRules {
      let files = ProvedFiles(model)
      let isProved = ProvedFiles.areProved(model.rules, since: earlier, files)
      let (built, words) = atOnce { [model] in
        ImageBuilder.build(model, overRanks: overRanks)
      } and: { [model] in
        SampleWords(model, isProved: isProved)
      }
      let compiled = BounceClassifier(
        image: CatalogueImage(numbers: built.numbers, text: built.text))
      draft = compiled
      let findings = ProofFinding.all(in: model, words, compiled)
      let messages = ProofMessages(
        rules: model.rules, classifier: compiled, diagnostics: collector)
      messages.report(findings)
      var check = ExampleCheck(
        classifier: compiled, diagnostics: collector,
        areExtending: model.rules.contains(where: \.isStandard), findings)
      examples = check.outcomes(of: model.rules)
      if !collector.hasErrors { (tables, classifier, provedFiles) = (built, compiled, files) }
    }

    (self.tables, self.classifier, self.provedFiles) = (tables, classifier, provedFiles)
    (self.draft, self.examples) = (draft, examples)
    (configuration, folder) = (sources.configuration, sources.folder)
    phraseLines = model.rules.map { $0.ownPhrases.map(\.location.line) }
    diagnostics = collector.sorted
  }
}

/// Rules that cannot be compiled, with everything that is wrong in them. Its description shows that as
/// `whybounce check` does.
public struct InvalidRules: LocalizedError, CustomStringConvertible {
  /// What is wrong, by place: at least one error, and the warnings too.
  public let diagnostics: [Diagnostic]

  public var description: String {
    diagnostics.map { $0.rendered() }.joined(separator: "\n")
  }

  public var errorDescription: String? { description }
}

extension BounceClassifier {
  /// Compiles a rules folder at run time. The tables are the same that the build-tool plugin
  /// generates, and so are the answers, if the rules share the standard catalogue as those of the
  /// plugin always do:
  ///
  /// ```swift
  /// import BounceCatalogue
  /// import RuleCompiler
  ///
  /// let classifier = try BounceClassifier(compiling: "Rules", sharing: .catalogue(.standard))
  /// ```
  ///
  /// All rules are checked and proved, those of the standard catalogue too where these extend it: that
  /// takes seconds. Do it once, when the program starts.
  ///
  /// - Parameters:
  ///   - folder: A folder of rule files, or that of a target with its `whybounce.yaml`.
  ///   - shared: The standard catalogue. The rules extend it, unless they are a whole catalogue of
  ///     their own or `whybounce.yaml` says that they stand alone. Without it they have to be a whole
  ///     catalogue, with categories of their own, such as the folder `Rules` of whybounce.
  /// - Throws: `InvalidRules`, which says everything that is wrong.
  public init(compiling folder: String, sharing shared: SharedRules? = nil) throws(InvalidRules) {
    let compilation = RuleCompilation(folder: folder, sharing: shared)
    guard let classifier = compilation.classifier else {
      throw InvalidRules(diagnostics: compilation.diagnostics)
    }
    self = classifier
  }
}
