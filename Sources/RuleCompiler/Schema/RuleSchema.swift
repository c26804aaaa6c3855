import ReplyMatcher

/// The rule language as a JSON Schema, for editors: with a YAML language server they complete keys and
/// values, explain them, and mark what is wrong while it is being written.
///
/// It is of draft 7, the latest that the YAML language server knows in full. What it can see is the
/// form of a file. It takes whatever the compiler takes; the compiler alone knows the words (whether
/// a rule wins its examples, whether another rule goes first).
package struct RuleSchema: Sendable {
  /// JSON, the same byte for byte for the same categories.
  package let text: String

  /// - Parameter classifier: Whose categories the rules may name.
  package init(_ classifier: BounceClassifier) {
    let categories = classifier.categories.map {
      TextForm.Choice(value: $0.id.rawValue, summary: "\($0.name): \($0.meaning)")
    }
    let writer = SchemaWriter(categories: .oneOf(categories))
    text = writer.schema.text() + "\n"
  }
}

/// Turns the grammar into JSON Schema.
private struct SchemaWriter {
  /// What stands for the id of a category: one of those that there are.
  let categories: TextForm

  var schema: JSONValue {
    let kinds = [TextForm.sourceKind] + OtherKind.allCases.map(TextForm.fileKind)
    return [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "$comment": "Written by 'whybounce schema'; do not edit it.",
      "title": "whybounce rules",
      "type": "object",
      "properties": [
        "kind": ["description": "What the file holds, or what kind of source it describes."]
          + TextSchema(.oneOf(kinds.flatMap(\.choices))).json
      ],
    ] + file(OtherKind.allCases[...]) + ["definitions": definitions]
  }

  /// The kind of a file decides what else it may say. One without a kind is taken for a rule file,
  /// unless it has a key that only the configuration of a target has.
  private func file(_ others: ArraySlice<OtherKind>) -> JSONValue {
    guard let other = others.first else {
      return [
        "if": ["anyOf": [ConfigurationKey.catalogue.isThere, ConfigurationKey.access.isThere]],
        "then": reference(to: .configuration), "else": reference(to: .ruleFile),
      ]
    }
    return [
      "if": ["required": ["kind"], "properties": ["kind": ["const": .string(other.rawValue)]]],
      "then": reference(to: .file(of: other)),
      "else": file(others.dropFirst()),
    ]
  }

  private var definitions: JSONValue {
    .object(MappingForm.all.map { (key: $0.definitionName, value: definition($0)) })
  }

  private func reference(to form: MappingForm) -> JSONValue {
    ["$ref": "#/definitions/\(form.definitionName)"]
  }

  private func definition(_ form: MappingForm) -> JSONValue {
    let required = form.keys.filter(\.form.isRequired).map(\.name)
    let properties = form.keys.map { key in
      (key: key.name, value: ["description": .string(key.form.summary)] + value(key.form.value))
    }
    return ["type": "object"]
      + (required.isEmpty ? [:] : ["required": .strings(required)])
      + ["properties": .object(properties), "additionalProperties": false]
      + (form.conditions.isEmpty ? [:] : ["allOf": .array(form.conditions.map(\.schema))])
  }

  /// The keywords of JSON Schema each look at values of one type only, so that those of a list can
  /// stand beside those of a single text. Editors show clearer messages then than with `anyOf`.
  private func value(_ form: ValueForm) -> JSONValue {
    switch form {
    case .text(let form): text(form).json
    // (A pattern holds for strings alone, but 'enum' for lists, too.)
    case .oneOrMore(.oneOf(let choices)):
      [
        "anyOf": [
          text(.oneOf(choices)).json,
          [
            "type": "array", "items": text(.oneOf(choices)).json, "minItems": 1,
            "uniqueItems": true,
          ],
        ]
      ]
    case .oneOrMore(let form): list(text(form), types: text(form).types + ["array"])
    case .list(let form, let most):
      list(text(form), types: ["array"] + text(form).types)
        + (most.map { ["maxItems": .number($0)] } ?? [:])
    case .mapping(let form): ["allOf": [reference(to: form)]]
    case .listOfMappings(let form):
      ["type": "array", "items": reference(to: form), "minItems": 1]
    case .entries(let form):
      [
        "type": "object", "propertyNames": TextSchema(.id).json,
        "additionalProperties": reference(to: form),
      ]
    case .texts(let keys, let values):
      [
        "type": "object", "propertyNames": text(keys).json,
        "additionalProperties": text(values).json,
      ]
    }
  }

  private func list(_ text: TextSchema, types: [String]) -> JSONValue {
    ["type": .strings(types)] + text.keywords
      + ["items": text.json, "minItems": 1, "uniqueItems": true]
  }

  private func text(_ form: TextForm) -> TextSchema {
    if case .categoryID = form { TextSchema(categories) } else { TextSchema(form) }
  }
}

extension MappingForm {
  fileprivate var definitionName: String { name.replacing(" ", with: "-") }
}

extension TextForm {
  fileprivate var choices: [Choice] {
    if case .oneOf(let choices) = self { choices } else { [] }
  }
}

extension KeyCondition {
  fileprivate var schema: JSONValue {
    switch self {
    case .atLeastOne(let keys): ["anyOf": .array(keys.map { $0.isThere })]
    case .exactlyOne(let keys): ["oneOf": .array(keys.map { $0.isThere })]
    case .needs(let key, let others):
      ["dependencies": [key.rawValue: ["anyOf": .array(others.map { $0.isThere })]]]
    case .excludes(let key, let other):
      ["not": ["required": [.string(key.rawValue), .string(other.rawValue)]]]
    }
  }
}

extension RuleKey {
  fileprivate var isThere: JSONValue { ["required": [.string(rawValue)]] }
}
