/// A kind of mapping in a rule file: its keys, in the order in which they are written.
struct MappingForm: Sendable {
  /// What it is, as a word: `rule`, `category`.
  let name: String
  let keys: [(name: String, form: KeyForm)]
  let conditions: [KeyCondition]
  private let positions: [String: Int]

  init<Key: RuleKey>(_ name: String, _: Key.Type, conditions: [KeyCondition] = []) {
    (self.name, self.conditions) = (name, conditions)
    keys = Key.allCases.map { ($0.rawValue, $0.form) }
    positions = Dictionary(
      uniqueKeysWithValues: keys.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// What the grammar says about the value of a key.
  subscript(key: String) -> ValueForm? { positions[key].map { keys[$0].form.value } }

  /// Where a key is written; one that is not known, after all others.
  func position(of key: String) -> Int { positions[key] ?? keys.count }
}

/// What has to hold between the keys of a mapping. The reader checks each with a message of its own.
enum KeyCondition: Sendable {
  case atLeastOne([any RuleKey])
  case exactlyOne([any RuleKey])
  /// The key stands only beside one of the others.
  case needs(any RuleKey, oneOf: [any RuleKey])
  /// The two do not stand side by side.
  case excludes(any RuleKey, any RuleKey)
}
