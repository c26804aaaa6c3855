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
      if wrappers.isEmpty { wrappers = standard.wrappers }
      if peers.isEmpty, categories.allSatisfy(\.id.location.file.isStandard) {
        peers = standard.peers
      }
    case .extend:
      let standard = standard.without(sources)
      // The undecided category stays the last.
      categories = standard.categories.dropLast() + categories + standard.categories.suffix(1)
      sources = standard.sources + sources
      rules = standard.rules + rules
      wrappers = standard.wrappers + wrappers
      peers = standard.peers + peers
      if likeness.isEmpty { likeness = standard.likeness }
    }
  }
}

extension RuleModel {
  /// The standard catalogue without those of its files of which there is another version: somebody
  /// checks a single file of it.
  fileprivate func without(_ versions: [SourceDefinition]) -> RuleModel {
    let places = Dictionary(
      versions.map { ($0.id.value, $0.id.location.file.path) },
      uniquingKeysWith: { first, _ in first })
    func isReplaced(_ source: SourceDefinition) -> Bool {
      // The tables know the files' names; where the files themselves are read, a clash is a mistake.
      let file = source.id.location.file
      guard file.bytes.isEmpty, let place = places[source.id.value] else { return false }
      return "/\(place)".hasSuffix("/\(file.name)") || "/\(file.name)".hasSuffix("/\(place)")
    }
    var others = self
    others.sources.removeAll(where: isReplaced)
    others.rules.removeAll { isReplaced($0.source) }
    return others
  }
}

// MARK: - Back from the tables

extension RuleModel {
  /// The rules of a compiled catalogue, without their counterexamples: those are tests of its own.
  fileprivate init(
    of classifier: BounceClassifier, withPhrases: Bool, _ diagnostics: DiagnosticCollector
  ) {
    var files: [String: SourceFile] = [:]
    func place(_ name: String, line: Int) -> SourceLocation {
      let file =
        files[name]
        ?? SourceFile(
          path: name.isEmpty ? "<built-in>" : "<built-in>/\(name)", name: name, isStandard: true,
          bytes: [])
      files[name] = file
      return SourceLocation(file: file, line: line, column: 1, bytes: 0..<0)
    }
    func located(_ text: String, _ location: SourceLocation) -> Located<String> {
      Located(value: text, location: location)
    }

    let unknown = place("", line: 1)
    categories = classifier.categories.map { category in
      CategoryDefinition(
        id: located(category.id.rawValue, unknown), name: category.name,
        meaning: category.meaning, bounce: category.bounce, action: category.action,
        remedies: category.remedies, isUndecided: category.isUndecided)
    }
    let wrapperReader = PhraseReader(diagnostics: diagnostics, isWrapper: true)
    wrappers = classifier.wrappers.map { wrapper in
      let phrase = wrapperReader.read(located(wrapper.phrase, unknown))
      return WrapperDefinition(phrases: [phrase].compactMap(\.self), command: wrapper.command)
    }

    peers = classifier.peers.map { peer in
      func names(_ names: [(key: String, value: String)]) -> [(key: Located<String>, text: String)]
      {
        names.sorted { $0.key < $1.key }.map { (located($0.key, unknown), $0.value) }
      }
      return PeerDefinition(
        id: located(peer.id, unknown), name: peer.name, links: peer.links,
        classes: names(peer.classes.map { ($0.key.rawValue, $0.value) }),
        temporary: names(peer.temporaryClasses.map { ($0.key.rawValue, $0.value) }),
        sources: names(peer.sources.map { ($0.key, $0.value) }))
    }

    likeness = classifier.likenessWeights.map { category, weights in
      LikenessDefinition(category: located(category.rawValue, unknown), weights: weights)
    }

    var known: [String: SourceDefinition] = [:]
    let reader = PhraseReader(diagnostics: diagnostics, isWrapper: false)
    rules = classifier.rules.map { rule in
      let location = place(rule.file, line: rule.line)
      func all(_ texts: [String]) -> [Located<String>] { texts.map { located($0, location) } }
      func phrases(_ texts: [String]) -> [Phrase] {
        withPhrases ? all(texts).compactMap(reader.read) : []
      }
      let source =
        known[rule.source.id]
        ?? SourceDefinition(
          id: located(rule.source.id, place(rule.file, line: 1)), name: rule.source.name,
          kind: rule.source.kind, hosts: rule.source.hosts, links: rule.source.links)
      known[rule.source.id] = source
      return RuleDefinition(
        source: source, id: located(rule.id.rawValue, location), codes: all(rule.codes),
        statuses: all(rule.statuses),
        commands: rule.commands.map { Located(value: $0, location: location) },
        text: phrases(rule.text), all: phrases(rule.all), unless: phrases(rule.unless),
        over: all(rule.over.map(\.rawValue)),
        yields: rule.yields, vague: rule.vague, category: located(rule.category.rawValue, location),
        action: rule.action.map { Located(value: $0, location: location) },
        retry: rule.retry.map { Located(value: $0, location: location) },
        meaning: rule.meaning, causes: rule.causes,
        tip: rule.tip, links: rule.links, examples: all(rule.examples), counterexamples: [])
    }
    sources = Array(known.values)
  }
}
