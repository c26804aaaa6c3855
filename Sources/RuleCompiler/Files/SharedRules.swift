import ReplyMatcher

/// The standard catalogue, which other rules extend or borrow from.
///
/// ```swift
/// import BounceCatalogue
/// import RuleCompiler
///
/// let classifier = try BounceClassifier(compiling: "Rules", sharing: .catalogue(.standard))
/// ```
public enum SharedRules: Sendable {
  /// Its rules folder, such as that of the package the build-tool plugin came with.
  case folder(String)
  /// The compiled catalogue, such as `BounceClassifier.standard`.
  case catalogue(BounceClassifier)

  /// - Parameter isJoined: Whether other rules extend it. Those that stand alone ask only for its
  ///   names, so that the phrases of all its rules need not be read.
  func model(isJoined: Bool, _ diagnostics: DiagnosticCollector) -> RuleModel {
    switch self {
    case .folder(let path):
      RuleModel(
        files: RuleFolder.files(
          at: RulePlace(path: path), namedBelow: path, isStandard: true, diagnostics),
        diagnostics)
    case .catalogue(let classifier):
      RuleModel(of: classifier, withPhrases: isJoined, diagnostics)
    }
  }
}

/// What a catalogue has from the standard one: all its rules, where it extends that; none of them,
/// but perhaps the categories, where it stands alone.
package struct BorrowedEntries: Sendable {
  package var rules: Set<RuleID> = []
  package var categories: Set<BounceCategory> = []

  package init() {}

  init(_ model: RuleModel) {
    rules = Set(model.rules.filter(\.isStandard).map { RuleID(rawValue: $0.id.value) })
    categories = Set(
      model.categories.filter(\.id.location.file.isStandard).map {
        BounceCategory(rawValue: $0.id.value)
      })
  }
}

extension RuleModel {
  /// What the rule files say.
  init(files: [SourceFile], _ diagnostics: DiagnosticCollector) {
    self.init()
    let read = files.indices.concurrentMap { index in
      let found = DiagnosticCollector()
      var reader = RuleReader(found)
      if let root = YAMLNode.parse(files[index], found) { reader.read(root) }
      return (reader.model, found.diagnostics)
    }
    for (model, found) in read {
      add(model)
      diagnostics.add(found)
    }
  }

  /// What these rules want of a standard catalogue. With an undecided category of their own they
  /// stand alone, if nothing else is said: that category makes them a whole catalogue.
  func choice(
    _ configured: Located<RuleConfiguration.Catalogue>?
  ) -> RuleConfiguration.Catalogue {
    configured?.value ?? (categories.contains(where: \.isUndecided) ? .alone : .extend)
  }

  /// Takes from the standard catalogue what these rules want of it: its rules join them, unless they
  /// stand alone.
  mutating func join(_ standard: RuleModel, as choice: RuleConfiguration.Catalogue) {
    switch choice {
    case .alone:
      if categories.isEmpty { categories = standard.categories }
      if guards.isEmpty { guards = standard.guards }
      if wrappers.isEmpty { wrappers = standard.wrappers }
      if peers.isEmpty, categories.allSatisfy(\.id.location.file.isStandard) {
        peers = standard.peers
      }
      if events.isEmpty { events = standard.events }
    case .extend:
      let standard = standard.without(sources.map(\.id) + guards.map(\.id))
      // The undecided category stays the last.
      categories = standard.categories.dropLast() + categories + standard.categories.suffix(1)
      sources = standard.sources + sources
      rules = standard.rules + rules
      guards = standard.guards + guards
      wrappers = standard.wrappers + wrappers
      peers = standard.peers + peers
      // Of two fields of one event, the own catalogue's is the preferred one.
      events += standard.events
      if likeness.isEmpty { likeness = standard.likeness }
    }
  }
}

extension RuleModel {
  /// The standard catalogue without those of its files of which there is another version: somebody
  /// checks a single file of it.
  ///
  /// - Parameter versions: The ids that stand in those.
  fileprivate func without(_ versions: [Located<String>]) -> RuleModel {
    let places = Dictionary(
      versions.map { ($0.value, $0.location.file.path) }, uniquingKeysWith: { first, _ in first })
    func isReplaced(_ id: Located<String>) -> Bool {
      // The tables know the files' names; where the files themselves are read, a clash is a mistake.
      let file = id.location.file
      guard file.bytes.isEmpty, let place = places[id.value] else { return false }
      return "/\(place)".hasSuffix("/\(file.name)") || "/\(file.name)".hasSuffix("/\(place)")
    }
    var others = self
    others.sources.removeAll { isReplaced($0.id) }
    others.rules.removeAll { isReplaced($0.source.id) }
    others.guards.removeAll { isReplaced($0.id) }
    return others
  }
}
