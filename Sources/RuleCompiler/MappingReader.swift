/// The keys of one kind of mapping in a rule file. The enums that conform are the language's grammar.
protocol RuleKey: RawRepresentable<String>, CaseIterable, Hashable {}

/// Reads one mapping of a rule file by its known keys, and reports the others.
struct MappingReader<Key: RuleKey> {
  let location: SourceLocation
  /// What the mapping is, in messages: `the rule 'x'`, `a remedy`.
  private let name: String
  private let values: [Key: YAMLNode]
  private let diagnostics: DiagnosticCollector

  /// `nil` where the node is no mapping.
  init?(_ node: YAMLNode, _ name: String, _ diagnostics: DiagnosticCollector) {
    guard let pairs = mappingPairs(of: node, name, diagnostics) else { return nil }
    var values: [Key: YAMLNode] = [:]
    for (key, value) in pairs {
      if let known = Key(rawValue: key.value) {
        values[known] = value
      } else {
        let keys = Key.allCases.map(\.rawValue)
        diagnostics.error(
          "\(name) has no key '\(key.value)'\(suggestion(for: key.value, orOneOf: keys))",
          at: key.location)
      }
    }
    (self.location, self.name, self.values) = (node.location, name, values)
    self.diagnostics = diagnostics
  }

  func has(_ key: Key) -> Bool { values[key] != nil }

  func node(_ key: Key) -> YAMLNode? { values[key] }

  /// The value, which must be there.
  func required(_ key: Key) -> Located<String>? {
    guard has(key) else {
      diagnostics.error("\(name) needs '\(key.rawValue):'", at: location)
      return nil
    }
    return text(key)
  }

  /// A single value that is not empty.
  func text(_ key: Key) -> Located<String>? {
    values[key].flatMap { text(of: $0, key) }
  }

  /// A single value, or a list of them.
  func list(_ key: Key) -> [Located<String>] {
    guard let node = values[key] else { return [] }
    guard case .sequence(let elements) = node.content else { return text(key).map { [$0] } ?? [] }
    if elements.isEmpty {
      diagnostics.error("'\(key.rawValue):' is an empty list: leave the key out", at: node.location)
    }
    return elements.compactMap { text(of: $0, key) }
  }

  /// A value out of a closed set.
  func value<Value: RawRepresentable<String> & CaseIterable>(_ key: Key) -> Value? {
    text(key).flatMap { text in
      if let value = Value(rawValue: text.value) { return value }
      let known = Value.allCases.map(\.rawValue)
      diagnostics.error(
        "'\(key.rawValue):' cannot be '\(text.value)'\(suggestion(for: text.value, orOneOf: known))",
        at: text.location)
      return nil
    }
  }

  private func text(of node: YAMLNode, _ key: Key) -> Located<String>? {
    guard case .scalar(let text) = node.content else {
      // `text: {ip} is listed` is a mapping to YAML.
      let hint = node.beginsWithBrace ? ": quote a phrase that begins with '{'" : ""
      diagnostics.error(
        "'\(key.rawValue):' wants text, not \(node.kind)\(hint)", at: node.location)
      return nil
    }
    let trimmed = text.trimmingSpaces
    guard !trimmed.isEmpty else {
      diagnostics.error("'\(key.rawValue):' is empty: write its value", at: node.location)
      return nil
    }
    return Located(value: trimmed, location: node.location)
  }
}

/// The entries of a mapping whose keys are names that the author gives, each once.
func mappingPairs(
  of node: YAMLNode, _ name: String, _ diagnostics: DiagnosticCollector
) -> [(key: Located<String>, value: YAMLNode)]? {
  guard case .mapping(let pairs) = node.content else {
    diagnostics.error("\(name) is a mapping (key: value), not \(node.kind)", at: node.location)
    return nil
  }
  var seen: [String: SourceLocation] = [:]
  var entries: [(key: Located<String>, value: YAMLNode)] = []
  for (key, value) in pairs {
    guard case .scalar(let text) = key.content, !text.isEmpty else {
      diagnostics.error("a key is a single word, not \(key.kind)", at: key.location)
      continue
    }
    if let first = seen[text] {
      diagnostics.error(
        "the key '\(text)' stands twice in \(name): the second would hide the first",
        at: key.location, notes: [Diagnostic(.note, "it stands here first", at: first)])
      continue
    }
    seen[text] = key.location
    entries.append((Located(value: text, location: key.location), value))
  }
  return entries
}

extension String {
  var trimmingSpaces: String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
    let end = lastIndex { !isBlank($0) }.map { index(after: $0) } ?? startIndex
    return String(self[..<end].drop(while: isBlank))
  }
}
