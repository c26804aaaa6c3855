import ReplyMatcher

/// Where rules that have no categories or wrappers of their own take them from.
public enum SharedRules: Sendable {
  /// A rules folder, such as that of the package the build-tool plugin came with.
  case folder(String)
  /// A catalogue that is compiled already, such as `BounceClassifier.standard`.
  case catalogue(BounceClassifier)

  func model(_ diagnostics: DiagnosticCollector) -> RuleModel {
    switch self {
    case .folder(let path): RuleModel(files: RuleFolder.files(at: path, diagnostics), diagnostics)
    case .catalogue(let classifier): RuleModel(of: classifier, diagnostics)
    }
  }
}

extension RuleModel {
  /// What the rule files say.
  init(files: [SourceFile], _ diagnostics: DiagnosticCollector) {
    var reader = RuleReader(diagnostics)
    for file in files {
      if let root = YAMLNode.parse(file, diagnostics) { reader.read(root) }
    }
    self = reader.model
  }

  /// The categories and wrappers of a compiled catalogue.
  fileprivate init(of classifier: BounceClassifier, _ diagnostics: DiagnosticCollector) {
    let place = SourceLocation(
      startOf: SourceFile(path: "the built-in catalogue", bytes: []))
    categories = classifier.categories.map { category in
      CategoryDefinition(
        id: Located(value: category.id.rawValue, location: place), name: category.name,
        meaning: category.meaning, bounce: category.bounce, action: category.action,
        remedies: category.remedies, isUndecided: category.isUndecided)
    }
    let reader = PhraseReader(diagnostics: diagnostics, isWrapper: true)
    wrappers = classifier.wrappers.map { wrapper in
      let phrase = reader.read(Located(value: wrapper.phrase, location: place))
      return WrapperDefinition(phrases: [phrase].compactMap(\.self), command: wrapper.command)
    }
  }
}
