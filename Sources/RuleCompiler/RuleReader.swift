import ReplyMatcher

/// From YAML to typed rules: checks keys, types and values of one file after the other.
struct RuleReader {
  let diagnostics: DiagnosticCollector
  private(set) var model = RuleModel()

  init(_ diagnostics: DiagnosticCollector) { self.diagnostics = diagnostics }

  mutating func read(_ root: YAMLNode) {
    switch OtherKind(of: root) {
    case .categories: readCategories(root)
    case .wrappers: readWrappers(root)
    case nil: readRules(root)
    }
  }

  // MARK: - Rule files

  private mutating func readRules(_ root: YAMLNode) {
    guard let file = MappingReader<FileKey>(root, "a rule file", diagnostics) else { return }
    let id = file.text(.id)
    let name = file.text(.name)
    if let kind = file.text(.kind), SourceKind(rawValue: kind.value) == nil {
      diagnostics.unknown(
        .unknownValue, "'kind:' cannot be '\(kind.value)'", kind.value, at: kind.location,
        among: SourceKind.allCases.map(\.rawValue) + OtherKind.allCases.map(\.rawValue))
    }
    guard let id, checkID(id, "a file's id") else { return }
    let source = SourceDefinition(
      id: id, name: name?.value ?? id.value,
      kind: file.text(.kind).flatMap { SourceKind(rawValue: $0.value) } ?? .phrases,
      hosts: file.list(.hosts).compactMap(host), links: links(file, .links))
    model.sources.append(source)

    guard let rules = file.node(.rules) else { return }
    for (ruleID, value) in mappingPairs(of: rules, "'rules'", diagnostics) ?? [] {
      guard checkID(ruleID, "a rule's id") else { continue }
      if let rule = rule(ruleID, value, source) { model.rules.append(rule) }
    }
  }

  private func rule(
    _ id: Located<String>, _ node: YAMLNode, _ source: SourceDefinition
  ) -> RuleDefinition? {
    let reader = PhraseReader(diagnostics: diagnostics, isWrapper: false)
    guard let rule = MappingReader<RuleKeys>(node, "the rule '\(id.value)'", diagnostics) else {
      return nil
    }
    let codes = rule.list(.code).filter(checkCode)
    let statuses = rule.list(.status).filter(checkStatus)
    if !RuleKeys.matching.contains(where: rule.has) {
      diagnostics.error(
        .matchesNothing,
        "the rule '\(id.value)' matches nothing: give it 'text:', 'status:' or 'code:'",
        at: id.location)
    }
    if rule.has(.unless), !RuleKeys.phrases.contains(where: rule.has) {
      diagnostics.error(
        .unlessAlone, "'unless:' goes with 'text:' or 'all:'", at: rule.node(.unless)?.location)
    }
    let all = rule.list(.all).compactMap(reader.read)
    if all.count > RuleKeys.mostOfAll {
      diagnostics.error(
        .tooManyPhrases, "'all:' takes no more than \(RuleKeys.mostOfAll) phrases",
        at: rule.node(.all)?.location)
    }
    return RuleDefinition(
      source: source,
      id: Located(value: "\(source.id.value)/\(id.value)", location: id.location),
      codes: codes, statuses: statuses, text: rule.list(.text).compactMap(reader.read), all: all,
      unless: rule.list(.unless).compactMap(reader.read), over: rule.list(.over),
      category: rule.text(.category), action: rule.value(.action), retry: rule.value(.retry),
      meaning: rule.text(.meaning)?.value, causes: causes(rule), tip: rule.text(.tip)?.value,
      links: links(rule, .links), examples: rule.list(.examples),
      counterexamples: rule.list(.counterexamples))
  }

  private func causes(_ rule: MappingReader<RuleKeys>) -> [Cause] {
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
      return elements.compactMap { element in
        guard let cause = MappingReader<CauseKey>(element, "a cause", diagnostics) else {
          return nil
        }
        return cause.text(.cause).map {
          Cause(cause: $0.value, remedies: remedies(cause.node(.remedy)))
        }
      }
    }
    rule.require(.cause)
    guard let cause = rule.text(.cause) else { return [] }
    return [Cause(cause: cause.value, remedies: remedies(rule.node(.remedy)))]
  }

  private func remedies(_ node: YAMLNode?) -> [Remedy] {
    guard let node, let remedies = MappingReader<Party>(node, "a remedy", diagnostics) else {
      return []
    }
    return Party.allCases.compactMap { party in
      remedies.text(party).map { Remedy(party: party, text: $0.value) }
    }
  }

  // MARK: - Categories and wrappers

  private mutating func readCategories(_ root: YAMLNode) {
    guard let file = MappingReader<CategoryFileKey>(root, "a category file", diagnostics),
      let node = file.node(.categories),
      let pairs = mappingPairs(of: node, "'categories'", diagnostics)
    else { return }
    for (id, value) in pairs where checkID(id, "a category's id") {
      guard
        let category = MappingReader<CategoryKey>(
          value, "the category '\(id.value)'", diagnostics)
      else { continue }
      let undecided = category.text(.undecided)
      if let undecided, undecided.value != "true" {
        diagnostics.error(
          .unknownValue, "'undecided:' is 'true' or left out", at: undecided.location)
      }
      model.categories.append(
        CategoryDefinition(
          id: id, name: category.text(.name)?.value ?? id.value,
          meaning: category.text(.meaning)?.value ?? "", bounce: category.value(.bounce) ?? .soft,
          action: category.value(.action) ?? .review, remedies: remedies(category.node(.remedy)),
          isUndecided: undecided != nil))
    }
  }

  private mutating func readWrappers(_ root: YAMLNode) {
    guard let file = MappingReader<WrapperFileKey>(root, "a wrapper file", diagnostics),
      let node = file.node(.wrappers),
      let pairs = mappingPairs(of: node, "'wrappers'", diagnostics)
    else { return }
    _ = links(file, .links)
    let reader = PhraseReader(diagnostics: diagnostics, isWrapper: true)
    for (id, value) in pairs where checkID(id, "a wrapper's id") {
      guard
        let wrapper = MappingReader<WrapperKey>(
          value, "the wrapper '\(id.value)'", diagnostics)
      else { continue }
      let phrases = wrapper.list(.text).compactMap(reader.read)
      for phrase in phrases where phrase.segments.count > 1 {
        diagnostics.error(
          .wrapperGap, "a wrapper's phrase has no '*': what it takes is named by placeholders",
          at: phrase.location)
      }
      model.wrappers.append(
        WrapperDefinition(phrases: phrases, command: wrapper.text(.command)?.value))
    }
  }

  // MARK: - Values

  private func checkID(_ id: Located<String>, _ name: String) -> Bool {
    let parts = id.value.split(separator: "-", omittingEmptySubsequences: false)
    let isGood = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    }
    if !isGood {
      diagnostics.error(
        .badID,
        "\(name) is made of lower-case letters, digits and single hyphens; '\(id.value)' is not",
        at: id.location)
    }
    return isGood
  }

  private func checkCode(_ code: Located<String>) -> Bool {
    if CodePattern(code.value) != nil { return true }
    diagnostics.error(
      .badReplyCode,
      "'\(code.value)' is no SMTP reply code: write three digits from 200 to 599, or '4xx', '45x'",
      at: code.location)
    return false
  }

  private func checkStatus(_ status: Located<String>) -> Bool {
    if StatusPattern(status.value) != nil { return true }
    diagnostics.error(
      .badStatusCode,
      "'\(status.value)' is no enhanced status code: write '5.1.1', with 'x' for any number "
        + "('x.1.1', '5.7.x'); the first number is 2, 4 or 5", at: status.location)
    return false
  }

  private func host(_ host: Located<String>) -> String? {
    let isGood =
      host.value.contains(".") && !host.value.contains("..")
      && !host.value.hasPrefix(".") && !host.value.hasSuffix(".")
      && host.value.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
      }
    if isGood { return host.value }
    diagnostics.error(
      .badHost,
      "'\(host.value)' is no host name suffix: write it in lower case without a leading dot, "
        + "such as 'mx.example.com'", at: host.location)
    return nil
  }

  private func links<Key>(_ mapping: MappingReader<Key>, _ key: Key) -> [String] {
    mapping.list(key).compactMap { link in
      let isGood =
        (link.value.hasPrefix("https://") || link.value.hasPrefix("http://"))
        && !link.value.contains { $0.isWhitespace || $0 == "<" || $0 == ">" || $0 == "\"" }
      if isGood { return link.value }
      diagnostics.error(
        .badLink, "'\(link.value)' is no link: it begins with https:// and has no spaces",
        at: link.location)
      return nil
    }
  }
}
