import ReplyMatcher

/// From YAML to typed rules: checks keys, types and values of one file after the other.
struct RuleReader {
  let diagnostics: DiagnosticCollector
  private(set) var model = RuleModel()

  init(_ diagnostics: DiagnosticCollector) { self.diagnostics = diagnostics }

  mutating func read(_ root: YAMLNode) {
    switch otherKind(of: root) {
    case .categories: readCategories(root)
    case .guards: readGuards(root)
    case .wrappers: readWrappers(root)
    case .peers: readPeers(root)
    case .events: readEvents(root)
    case .likeness: readLikeness(root)
    case nil: readRules(root)
    }
  }

  /// The kind of a file that holds no rules, also where it is misspelt.
  private func otherKind(of root: YAMLNode) -> OtherKind? {
    guard let kind = root.statedKind else { return nil }
    if let known = OtherKind(rawValue: kind.value) { return known }
    let near = nearOnes(to: kind.value, in: Self.fileKinds)
    guard near.count == 1, let meant = OtherKind(rawValue: near[0]) else { return nil }
    checkKind(kind)
    return meant
  }

  private static let fileKinds =
    SourceKind.allCases.map(\.rawValue) + OtherKind.allCases.map(\.rawValue)

  private func checkKind(_ kind: Located<String>) {
    guard !Self.fileKinds.contains(kind.value) else { return }
    diagnostics.unknown(
      .unknownValue, "'kind:' cannot be '\(kind.value)'", kind.value, at: kind.location,
      among: Self.fileKinds)
  }

  // MARK: - Rule files

  private mutating func readRules(_ root: YAMLNode) {
    guard let file = MappingReader<FileKey>(root, "a rule file", diagnostics) else { return }
    let name = file.text(.name)
    let kind = file.text(.kind)
    kind.map(checkKind)
    // A file without an id is read all the same; its path is no other file's id.
    let id =
      file.text(.id).map { goodID($0, "a file's id") }
      ?? Located(value: root.location.file.name, location: root.location)
    let source = SourceDefinition(
      id: id, name: name?.value ?? id.value,
      kind: kind.flatMap { SourceKind(rawValue: $0.value) } ?? .phrases,
      hosts: hosts(file, .hosts), links: links(file, .links))
    model.sources.append(source)

    for (id, entry) in entries(file, .rules, "rule", RuleKeys.self) ?? [] {
      model.rules.append(rule(id, entry, source))
    }
  }

  /// The mappings that stand under ids of their own below a key.
  ///
  /// - Parameter name: What each of them is.
  private func entries<FileKey, Key>(
    _ file: MappingReader<FileKey>, _ key: FileKey, _ name: String, _: Key.Type
  ) -> [(id: Located<String>, entry: MappingReader<Key>)]? {
    guard let node = file.node(key) else { return nil }
    return mappingPairs(of: node, "'\(key.rawValue)'", diagnostics)?.compactMap { key, value in
      let id = goodID(key, "a \(name)'s id")
      return MappingReader<Key>(value, "the \(name) '\(id.value)'", id: id, diagnostics)
        .map { (id, $0) }
    }
  }

  private func rule(
    _ id: Located<String>, _ rule: MappingReader<RuleKeys>, _ source: SourceDefinition
  ) -> RuleDefinition {
    let codes = rule.list(.code).filter(checkCode)
    let statuses = rule.list(.status).filter(checkStatus)
    if !RuleKeys.matching.contains(where: rule.has) {
      diagnostics.error(
        .matchesNothing,
        "the rule '\(id.value)' matches nothing: give it 'text:', 'all:', 'status:' or 'code:'",
        at: id.location)
    }
    for key in [RuleKeys.unless, .guards]
    where rule.has(key) && !RuleKeys.phrases.contains(where: rule.has) {
      diagnostics.error(
        .unlessAlone, "'\(key.rawValue):' goes with 'text:' or 'all:'",
        at: rule.node(key)?.location)
    }
    let all = phrases(rule, .all)
    if let phrase = all.first(where: \.isAlternative) {
      diagnostics.error(
        .strayAlternatives, "no alternatives in 'all:': give their phrases to 'text:'",
        at: phrase.location)
    } else if all.count > RuleKeys.mostOfAll {
      diagnostics.error(
        .tooManyPhrases, "'all:' takes no more than \(RuleKeys.mostOfAll) phrases",
        at: all[RuleKeys.mostOfAll].location)
    }
    let examples = replies(rule, .examples)
    checkHaveCodes(examples, for: codes)
    return RuleDefinition(
      source: source,
      id: Located(value: "\(source.id.value)/\(id.value)", location: id.location),
      codes: codes, statuses: statuses, commands: rule.values(.command), text: phrases(rule, .text),
      all: all,
      unless: phrases(rule, .unless), guards: rule.list(.guards), over: rule.list(.over),
      yields: flag(rule, .yields), category: rule.text(.category),
      action: rule.located(.action), retry: rule.located(.retry),
      meaning: rule.text(.meaning)?.value, causes: causes(rule, id), tip: rule.text(.tip)?.value,
      links: links(rule, .links), examples: examples,
      counterexamples: replies(rule, .counterexamples))
  }

  /// A key that is `true` or left out.
  private func flag<Key>(_ reader: MappingReader<Key>, _ key: Key) -> Bool {
    guard let value = reader.text(key) else { return false }
    if value.value != "true" {
      let isYes = ["true", "yes", "on", "y", "1"].contains(value.value.lowercased())
      diagnostics.error(
        .unknownValue, "'\(key.rawValue):' is 'true' or left out", at: value.location,
        fix: isYes ? Fix(writing: "true", for: value.location) : nil)
    }
    return true
  }

  private func causes(_ rule: MappingReader<RuleKeys>, _ id: Located<String>) -> [Cause] {
    let remedies = remedies(rule.node(.remedy))
    let cause = rule.text(.cause)
    if rule.has(.cause), rule.has(.causes) {
      diagnostics.error(
        .causeAndCauses, "a rule has either 'cause:' with 'remedy:' or 'causes:', a list of both",
        at: rule.node(.causes)?.location)
    }
    if let node = rule.node(.causes) {
      if let remedy = rule.node(.remedy) {
        diagnostics.error(
          .strayRemedy, "'remedy:' stands beside 'causes:': put it under the cause that it mends",
          at: remedy.location)
      }
      guard case .sequence(let elements) = node.content else {
        diagnostics.error(
          .notAList, "'causes:' is a list ('- cause: …'), not \(node.kind)", at: node.location)
        return []
      }
      if elements.isEmpty {
        diagnostics.error(
          .emptyList, "'causes:' is an empty list: write at least one cause", at: node.location)
      }
      return elements.compactMap { element in
        guard let cause = MappingReader<CauseKey>(element, "a cause", diagnostics) else {
          return nil
        }
        let remedies = self.remedies(cause.node(.remedy))
        return cause.text(.cause).map { Cause(cause: $0.value, remedies: remedies) }
      }
    }
    if !rule.has(.cause) {
      diagnostics.error(
        .missingCause, "the rule '\(id.value)' needs 'cause:'",
        at: id.location)
    }
    return cause.map { [Cause(cause: $0.value, remedies: remedies)] } ?? []
  }

  private func remedies(_ node: YAMLNode?) -> [Remedy] {
    guard let node, let remedies = MappingReader<Party>(node, "a remedy", diagnostics) else {
      return []
    }
    return Party.allCases.compactMap { party in
      remedies.text(party).map { Remedy(party: party, text: $0.value) }
    }
  }

  // MARK: - Categories, guards, wrappers, peers, events and likeness

  private mutating func readCategories(_ root: YAMLNode) {
    guard let file = MappingReader<CategoryFileKey>(root, "a category file", diagnostics) else {
      return
    }
    for (id, category) in entries(file, .categories, "category", CategoryKey.self) ?? [] {
      if !category.has(.remedy) {
        diagnostics.warning(
          .noRemedy,
          "the category '\(id.value)' has no 'remedy:': a cause without advice of its own falls back "
            + "on it", at: id.location)
      }
      model.categories.append(
        CategoryDefinition(
          id: id, name: category.text(.name)?.value ?? id.value,
          meaning: category.text(.meaning)?.value ?? "", bounce: category.value(.bounce) ?? .soft,
          action: category.value(.action) ?? .review, remedies: remedies(category.node(.remedy)),
          isUndecided: flag(category, .undecided)))
    }
  }

  private mutating func readGuards(_ root: YAMLNode) {
    guard let file = MappingReader<GuardFileKey>(root, "a guard file", diagnostics) else { return }
    for (id, entry) in entries(file, .guards, "guard", GuardKey.self) ?? [] {
      model.guards.append(
        GuardDefinition(
          id: id, meaning: entry.text(.meaning)?.value ?? "", phrases: phrases(entry, .text)))
    }
  }

  private mutating func readWrappers(_ root: YAMLNode) {
    guard let file = MappingReader<WrapperFileKey>(root, "a wrapper file", diagnostics),
      let wrappers = entries(file, .wrappers, "wrapper", WrapperKey.self)
    else { return }
    _ = links(file, .links)
    for (_, wrapper) in wrappers {
      let phrases = phrases(wrapper, .text, isWrapper: true)
      for phrase in phrases where phrase.segments.count > 1 {
        diagnostics.error(
          .wrapperGap, "a wrapper's phrase has no '*': what it takes is named by placeholders",
          at: phrase.location)
      }
      model.wrappers.append(
        WrapperDefinition(phrases: phrases, command: wrapper.value(.command)))
    }
  }

  private mutating func readPeers(_ root: YAMLNode) {
    guard let file = MappingReader<PeerFileKey>(root, "a peer file", diagnostics) else { return }
    for (id, peer) in entries(file, .peers, "peer", PeerKey.self) ?? [] {
      model.peers.append(
        PeerDefinition(
          id: id, name: peer.text(.name)?.value ?? id.value, links: links(peer, .links),
          classes: peer.texts(.classes), temporary: peer.texts(.temporary),
          sources: peer.texts(.sources)))
    }
  }

  private mutating func readEvents(_ root: YAMLNode) {
    guard let file = MappingReader<EventFileKey>(root, "an event file", diagnostics) else { return }
    _ = links(file, .links)
    let fields = file.node(.fields).flatMap {
      MappingReader<EventFields.Role>($0, "'fields'", diagnostics)
    }
    let names = fields.map { fields in
      EventFields.Role.allCases.map { ($0, fieldNames(fields, $0)) }
    }
    model.events.append(
      EventDefinition(
        names: Dictionary(uniqueKeysWithValues: names ?? []), types: file.texts(.types)))
  }

  private mutating func readLikeness(_ root: YAMLNode) {
    guard let file = MappingReader<LikenessFileKey>(root, "a likeness file", diagnostics),
      let node = file.node(.likeness),
      let pairs = mappingPairs(of: node, "'likeness'", diagnostics)
    else { return }
    for (category, value) in pairs {
      guard
        let entry = MappingReader<LikenessKey>(
          value, "the likeness of '\(category.value)'", id: category, diagnostics)
      else { continue }
      let base = entry.text(.base).flatMap { weight($0.value, at: $0.location) }
      var weights = [(key: LikenessFeatures.base, weight: base ?? 0)]
      for (feature, text) in entry.texts(.words) {
        guard let weight = weight(text, at: feature.location) else { continue }
        if let key = LikenessFeatures.key(of: feature.value) {
          weights.append((key, weight))
        } else {
          diagnostics.error(
            .unknownValue,
            "'\(feature.value)' cannot be weighed: write one word or two in lower case, '{ip}' and the "
              + "like, a reply code, or a status code such as 'x.2.2'", at: feature.location)
        }
      }
      model.likeness.append(LikenessDefinition(category: category, weights: weights))
    }
  }

  private func weight(_ text: String, at location: SourceLocation) -> Int? {
    let limits = LikenessFeatures.weightLimits
    if let weight = Int(text), limits.contains(weight) { return weight }
    diagnostics.error(
      .unknownValue,
      "a weight is a whole number from \(limits.lowerBound) to \(limits.upperBound), not '\(text)'",
      at: location)
    return nil
  }
}
