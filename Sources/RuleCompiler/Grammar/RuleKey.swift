/// The keys of one kind of mapping in a rule file. The enums that conform are the rule language's
/// grammar (`RuleGrammar.swift`): reader, formatter and JSON Schema all work from them, so that none
/// of the three can know a key, or an order of keys, that the others do not.
///
/// The cases stand in the order in which the keys are written.
protocol RuleKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  var form: KeyForm { get }

  /// What a key was called in earlier drafts, or is called elsewhere. The compiler answers with
  /// today's key, so that there is one way to say a thing and nobody has to guess it.
  static var formerNames: [String: Self] { get }

  /// How it is reported that a required key is missing.
  static var missingKind: DiagnosticKind { get }
}

extension RuleKey {
  static var formerNames: [String: Self] { [:] }
  static var missingKind: DiagnosticKind { .missingKey }
}

/// What the rule language says about one key.
struct KeyForm: Sendable {
  /// What the key means, in a sentence or two for people who write rules.
  let summary: String
  let value: ValueForm
  let isRequired: Bool

  static func required(_ value: ValueForm, _ summary: String) -> KeyForm {
    KeyForm(summary: summary, value: value, isRequired: true)
  }

  static func optional(_ value: ValueForm, _ summary: String) -> KeyForm {
    KeyForm(summary: summary, value: value, isRequired: false)
  }
}
