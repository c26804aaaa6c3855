/// So many doubles of a list are reported: each costs as much time as its line is long.
private let mostDuplicates = 20

/// Reads one mapping of a rule file by its known keys, and reports the others and those that are
/// missing.
struct MappingReader<Key: RuleKey> {
  /// What the mapping is, in messages: `the rule 'x'`, `a remedy`.
  private let name: String
  private var values: [Key: YAMLNode] = [:]
  private let diagnostics: DiagnosticCollector

  /// `nil` where the node is no mapping.
  ///
  /// - Parameter id: The id under which it stands: there its author looks for what is missing.
  init?(
    _ node: YAMLNode, _ name: String, id: Located<String>? = nil,
    _ diagnostics: DiagnosticCollector
  ) {
    let form = "lines such as '\(Key.allCases.first?.rawValue ?? "key"): …'"
    guard let pairs = mappingPairs(of: node, name, madeOf: form, diagnostics) else { return nil }
    (self.name, self.diagnostics) = (name, diagnostics)
    for (key, value) in pairs { Key(rawValue: key.value).map { values[$0] = value } }
    for (key, value) in pairs where Key(rawValue: key.value) == nil {
      // Read as what was meant, it leads to no further messages.
      if let meant = report(key), values[meant] == nil { values[meant] = value }
    }
    let missing = Key.allCases.filter { $0.form.isRequired && values[$0] == nil }
    guard let last = missing.last else { return }
    let keys = missing.dropLast().map { "'\($0.rawValue):'" }.joined(separator: ", ")
    diagnostics.error(
      Key.missingKind,
      "\(name) needs \(keys)\(keys.isEmpty ? "" : " and ")'\(last.rawValue):'",
      at: id?.location ?? node.location)
  }

  /// Reports a key that the mapping cannot have; gives the one that was meant, where that is clear.
  private func report(_ key: Located<String>) -> Key? {
    if let today = Key.formerNames[key.value] {
      let isFree = values[today] == nil
      diagnostics.error(
        .deprecatedKey,
        "'\(key.value):' is now '\(today.rawValue):'"
          + (isFree ? "" : ", which stands here already: keep one"),
        at: key.location, fix: isFree ? Fix(writing: today.rawValue, for: key.location) : nil)
      return today
    }
    let keys = Key.allCases.map(\.rawValue)
    let near = nearOnes(to: key.value, in: keys).compactMap(Key.init(rawValue:))
    if let nearest = near.first, values[nearest] != nil {
      diagnostics.error(
        .unknownKey,
        "\(name) has no key '\(key.value)'; if it means '\(nearest.rawValue)', that stands here "
          + "already", at: key.location)
    } else {
      diagnostics.unknown(
        .unknownKey, "\(name) has no key '\(key.value)'", key.value, at: key.location, among: keys)
    }
    return near.count == 1 ? near.first : nil
  }

  func has(_ key: Key) -> Bool { values[key] != nil }

  func node(_ key: Key) -> YAMLNode? { values[key] }

  /// A single value that is not empty.
  func text(_ key: Key) -> Located<String>? {
    assert(!key.form.value.takesList, "the grammar has a list for '\(key.rawValue)'")
    let value = values[key].flatMap { text(of: $0, key, "'\(key.rawValue):' takes one value") }
    if let value, case .text(.words) = key.form.value {
      diagnostics.warnWhereUnfinished(value, of: key.rawValue)
    }
    return value
  }

  /// A single value, or a list of them.
  func list(_ key: Key) -> [Located<String>] {
    assert(key.form.value.takesList, "the grammar has a single value for '\(key.rawValue)'")
    guard let node = values[key] else { return [] }
    guard case .sequence(let elements) = node.content else {
      return text(of: node, key, "'\(key.rawValue):' takes a value or a list of values").map {
        [$0]
      } ?? []
    }
    if elements.isEmpty {
      diagnostics.error(
        .emptyList,
        "'\(key.rawValue):' is an empty list: "
          + (key.form.isRequired ? "write at least one entry" : "leave the key out"),
        at: node.location)
    }
    var seen: [String: SourceLocation] = [:]
    var duplicateCount = 0
    return elements.compactMap {
      text(of: $0, key, "an entry of '\(key.rawValue):' is a single value")
    }
    .filter { value in
      guard let first = seen[value.value] else {
        seen[value.value] = value.location
        return true
      }
      duplicateCount += 1
      if duplicateCount > mostDuplicates { return false }
      diagnostics.error(
        .duplicateValue, "'\(value.value)' stands twice in '\(key.rawValue):'",
        at: value.location,
        notes: [.init("it stands here first", at: first)], fix: Fix(removing: value.location))
      return false
    }
  }

  /// The entries of a mapping of texts.
  func texts(_ key: Key) -> [(key: Located<String>, text: String)] {
    guard let node = values[key] else { return [] }
    let pairs = mappingPairs(
      of: node, "'\(key.rawValue):'", madeOf: "lines such as 'name: …'", diagnostics)
    return (pairs ?? []).compactMap { name, node in
      text(of: node, key, "an entry of '\(key.rawValue):' is a single value").map {
        (name, $0.value)
      }
    }
  }

  /// A value out of a closed set.
  func value<Value: RawRepresentable<String> & CaseIterable>(_ key: Key) -> Value? {
    located(key)?.value
  }

  /// The same with its place.
  func located<Value: RawRepresentable<String> & CaseIterable>(_ key: Key) -> Located<Value>? {
    text(key).flatMap { value($0, of: key) }
  }

  /// Values out of a closed set.
  func values<Value: RawRepresentable<String> & CaseIterable>(_ key: Key) -> [Located<Value>] {
    list(key).compactMap { value($0, of: key) }
  }

  private func value<Value: RawRepresentable<String> & CaseIterable>(
    _ text: Located<String>, of key: Key
  ) -> Located<Value>? {
    if let value = Value(rawValue: text.value) {
      return Located(value: value, location: text.location)
    }
    diagnostics.unknown(
      .unknownValue, "'\(key.rawValue):' cannot be '\(text.value)'", text.value,
      at: text.location, among: Value.allCases.map(\.rawValue))
    return nil
  }

  private func text(of node: YAMLNode, _ key: Key, _ form: String) -> Located<String>? {
    guard case .scalar(let text) = node.content else {
      // `text: {ip}` is a mapping to YAML.
      if node.isUnquotedPlaceholder {
        diagnostics.error(
          .unquotedBrace,
          "'{' begins a mapping in YAML: put a phrase that begins with it in quotes",
          at: node.location)
      } else if key.form.value.takesSentences, let colon = node.unquotedColon {
        diagnostics.unquotedColon(colon, of: node)
      } else {
        diagnostics.error(
          .notText, "\(form), not \(node.kind)", at: node.location)
      }
      return nil
    }
    let trimmed = text.trimmingSpaces
    guard !trimmed.isEmpty else {
      if let comment = node.location.commentThatLooksLikeText {
        diagnostics.unquotedHash(comment, from: comment)
      } else {
        diagnostics.error(
          .emptyValue,
          "'\(key.rawValue):' is empty: write its value"
            + (key.form.isRequired ? "" : ", or leave the key out"), at: node.location)
      }
      return nil
    }
    return Located(value: trimmed, location: node.location)
  }
}

/// The entries of a mapping, each key once.
///
/// - Parameter form: What the mapping is made of, for those who have written something else.
func mappingPairs(
  of node: YAMLNode, _ name: String, madeOf form: String = "ids with keys below them",
  _ diagnostics: DiagnosticCollector
) -> [(key: Located<String>, value: YAMLNode)]? {
  guard case .mapping(let pairs) = node.content else {
    if case .scalar("") = node.content {
      diagnostics.error(
        .emptyValue, "\(name) is empty: its keys stand below it, indented", at: node.location)
      return nil
    }
    diagnostics.error(
      .notAMapping, "\(name) is made of \(form), and here stands \(node.kind)", at: node.location)
    return nil
  }
  var seen: [String: SourceLocation] = [:]
  var entries: [(key: Located<String>, value: YAMLNode)] = []
  for (key, value) in pairs {
    guard case .scalar(let text) = key.content, !text.isEmpty else {
      diagnostics.error(.badKey, "a key is a single word, not \(key.kind)", at: key.location)
      continue
    }
    if let space = key.location.file.foreignSpace(onLine: key.location.line),
      space.bytes.lowerBound == key.location.bytes.lowerBound
    {
      diagnostics.error(
        .badIndentation, SourceFile.foreignSpaceMessage, at: space,
        fix: Fix(plainSpacesFor: space))
      continue
    }
    if let first = seen[text] {
      diagnostics.error(
        .duplicateKey, "the key '\(text)' stands twice in \(name): the second would hide the first",
        at: key.location, notes: [.init("it stands here first", at: first)])
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
