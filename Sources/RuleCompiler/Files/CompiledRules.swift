import ReplyMatcher

// The way back from the tables: what a compiled catalogue says, as if its files were read.

extension RuleModel {
  /// The rules of a compiled catalogue, without their counterexamples: those are tests of its own.
  ///
  /// - Parameter withPhrases: Whether the phrases of its rules are wanted too.
  init(of classifier: BounceClassifier, withPhrases: Bool, _ diagnostics: DiagnosticCollector) {
    var places = CompiledPlaces()
    let unknown = places.location(in: "", line: 1)
    categories = classifier.categories.map { CategoryDefinition($0, at: unknown) }
    guards = classifier.guards.map { GuardDefinition($0, &places) }
    let wrapperReader = PhraseReader(diagnostics: diagnostics, isWrapper: true)
    wrappers = classifier.wrappers.map { wrapper in
      let phrases = wrapperReader.read(Located(value: wrapper.phrase, location: unknown))
      return WrapperDefinition(phrases: phrases, command: wrapper.command)
    }
    peers = classifier.peers.map { PeerDefinition($0, at: unknown) }
    events = [EventDefinition(classifier.eventFields, at: unknown)]
    likeness = classifier.likenessWeights.map { category, weights in
      LikenessDefinition(
        category: Located(value: category.rawValue, location: unknown), weights: weights)
    }

    let placed = classifier.rules.map { rule in
      (rule, places.source(of: rule), places.location(in: rule.file, line: rule.line))
    }
    rules = placed.indices.concurrentMap { index in
      let (rule, source, location) = placed[index]
      // (What was compiled has no mistakes to collect.)
      let reader = withPhrases ? PhraseReader(diagnostics: .init(), isWrapper: false) : nil
      return RuleDefinition(rule, of: source, at: location, reader)
    }
    sources = Array(places.sources.values)
  }
}

/// The files of a compiled catalogue, of which only the names are known.
private struct CompiledPlaces {
  private var files: [String: SourceFile] = [:]
  private(set) var sources: [String: SourceDefinition] = [:]

  mutating func location(in name: String, line: Int) -> SourceLocation {
    let file =
      files[name]
      ?? SourceFile(
        path: name.isEmpty ? "<built-in>" : "<built-in>/\(name)", name: name, isStandard: true,
        bytes: [])
    files[name] = file
    return SourceLocation(file: file, line: line, column: 1, bytes: 0..<0)
  }

  mutating func source(of rule: Rule) -> SourceDefinition {
    if let known = sources[rule.source.id] { return known }
    let source = SourceDefinition(
      id: Located(value: rule.source.id, location: location(in: rule.file, line: 1)),
      name: rule.source.name, kind: rule.source.kind, hosts: rule.source.hosts,
      links: rule.source.links)
    sources[rule.source.id] = source
    return source
  }
}

extension CategoryDefinition {
  fileprivate init(_ category: CategoryInfo, at location: SourceLocation) {
    self.init(
      id: Located(value: category.id.rawValue, location: location), name: category.name,
      meaning: category.meaning, bounce: category.bounce, action: category.action,
      remedies: category.remedies, isUndecided: category.isUndecided)
  }
}

extension GuardDefinition {
  fileprivate init(_ guardList: Guard, _ places: inout CompiledPlaces) {
    let location = places.location(in: guardList.file, line: guardList.line)
    let reader = PhraseReader(diagnostics: .init(), isWrapper: false)
    self.init(
      id: Located(value: guardList.id, location: location), meaning: guardList.meaning,
      phrases: guardList.writtenPhrases.flatMap {
        reader.read(Located(value: $0, location: location))
      })
  }
}

extension PeerDefinition {
  fileprivate init(_ peer: Peer, at location: SourceLocation) {
    func names(_ names: [(key: String, value: String)]) -> [(key: Located<String>, text: String)] {
      names.sorted { $0.key < $1.key }
        .map { (Located(value: $0.key, location: location), $0.value) }
    }
    self.init(
      id: Located(value: peer.id, location: location), name: peer.name, links: peer.links,
      classes: names(peer.classes.map { ($0.key.rawValue, $0.value) }),
      temporary: names(peer.temporaryClasses.map { ($0.key.rawValue, $0.value) }),
      sources: names(peer.sources.map { ($0.key, $0.value) }))
  }
}

extension EventDefinition {
  fileprivate init(_ fields: EventFields, at location: SourceLocation) {
    self.init(
      names: fields.names.mapValues { $0.map { Located(value: $0, location: location) } },
      types: fields.types.map { (Located(value: $0.type, location: location), $0.text) })
  }
}

extension RuleDefinition {
  /// - Parameter reader: `nil` where the phrases are not wanted.
  fileprivate init(
    _ rule: Rule, of source: SourceDefinition, at location: SourceLocation, _ reader: PhraseReader?
  ) {
    func located<Value>(_ values: [Value]) -> [Located<Value>] {
      values.map { Located(value: $0, location: location) }
    }
    func phrases(_ texts: [String]) -> [Phrase] {
      reader.map { located(texts).flatMap($0.read) } ?? []
    }
    self.init(
      source: source, id: Located(value: rule.id.rawValue, location: location),
      codes: located(rule.codes), statuses: located(rule.statuses),
      commands: located(rule.commands), text: phrases(rule.writtenText), all: phrases(rule.all),
      unless: phrases(rule.writtenUnless), guards: located(rule.guards.map(\.id)),
      over: located(rule.over.map(\.rawValue)),
      yields: rule.yields,
      category: Located(value: rule.category.rawValue, location: location),
      action: rule.action.map { Located(value: $0, location: location) },
      retry: rule.retry.map { Located(value: $0, location: location) },
      meaning: rule.meaning, causes: rule.causes, tip: rule.tip, links: rule.links,
      examples: located(rule.examples), counterexamples: [])
  }
}
