import ReplyMatcher

/// How JSON Schema sees a single text.
///
/// To YAML `550` is a number and `true` a truth value; the compiler takes the characters as they
/// stand. So the types here are wider than one would expect, and the patterns hold for strings.
struct TextSchema {
  let types: [String]
  /// What else has to hold, and what editors say where it does not.
  let keywords: JSONValue

  init(_ form: TextForm) {
    switch form {
    case .words, .reply:
      self.init(anyOf: Self.scalars, pattern: #"\S"#, hint: "Write some words.")
    case .phrase:
      self.init(
        anyOf: Self.scalars, pattern: Self.phrase,
        hint: "Write words of the reply. Only these take a detail: \(Self.placeholders).")
    case .wrapperPhrase:
      self.init(
        anyOf: Self.scalars, pattern: Self.wrapperPhrase,
        hint: """
          Write words around the reply, without '*'. Only these take a detail: \
          \(Self.placeholders), {recipient}; and {reply}, {code} or {rest} at the end.
          """)
    case .id:
      self.init(
        anyOf: ["string", "number"], pattern: "^\(Self.id)$",
        hint: "Write lower-case letters, digits and single hyphens.")
    case .ruleID:
      self.init(pattern: "^\(Self.id)/\(Self.id)$", hint: "Write the full id of a rule: file/rule.")
    case .categoryID: self.init(pattern: "^\(Self.id)$", hint: "Write the id of a category.")
    case .code:
      self.init(
        anyOf: ["string", "integer"], pattern: "^[2-5]([0-9][0-9x]|xx)$",
        hint: "Write three digits from 200 to 599, or '4xx', '45x'.",
        ["minimum": 200, "maximum": 599])
    case .status:
      self.init(
        pattern: #"^(?!x\.x\.x$)(x|0*[245])(\.(x|0*[0-9]{1,3})){2}$"#,
        hint: "Write an enhanced status code such as '5.1.1', or 'x.1.1', '5.7.x'.")
    case .host:
      self.init(
        pattern: #"^[a-z0-9-]+(\.[a-z0-9-]+)+$"#,
        hint: "Write a domain in lower case, such as 'mx.example.com'.")
    case .link:
      self.init(
        pattern: #"^https?://[^\s<>"/.]+(\.[^\s<>"/.]+)+(/[^\s<>"]*)?$"#,
        hint: "Write a link that begins with https://.")
    case .fieldName:
      self.init(
        pattern: "^\(Self.fieldName)(\\.\(Self.fieldName))*$",
        hint: "Write the name of a field, such as 'reason' or 'response.code'.")
    case .weight:
      self.init(
        anyOf: ["integer", "string"], pattern: "^-?[0-9]{1,4}$", hint: "Write a whole number.",
        [
          "minimum": .number(LikenessFeatures.weightLimits.lowerBound),
          "maximum": .number(LikenessFeatures.weightLimits.upperBound),
        ])
    case .oneOf(let choices):
      let isTrue = choices.contains { $0.value == "true" }
      self.init(
        types: isTrue ? ["boolean", "string"] : ["string"],
        keywords: [
          "enum": .array((isTrue ? [true] : []) + choices.map { .string($0.value) }),
          "enumDescriptions": .strings(
            (isTrue ? choices : []).map(\.summary) + choices.map(\.summary)),
        ])
    }
  }

  private init(types: [String], keywords: JSONValue) {
    (self.types, self.keywords) = (types, keywords)
  }

  private init(
    anyOf types: [String] = ["string"], pattern: String, hint: String, _ others: JSONValue = [:]
  ) {
    self.init(
      types: types,
      keywords: ["pattern": .string(pattern), Self.hintKey: .string(hint)] + others)
  }

  var json: JSONValue {
    ["type": types.count == 1 ? .string(types[0]) : .strings(types)] + keywords
  }

  // MARK: - Patterns

  private static let scalars = ["string", "number", "boolean"]
  /// Not part of JSON Schema: what the YAML language server says where a pattern does not fit.
  private static let hintKey = "patternErrorMessage"
  private static let id = "[a-z0-9]+(-[a-z0-9]+)*"
  private static let fieldName = "[-_]*[A-Za-z0-9][A-Za-z0-9_-]*"

  private static let placeholders = Placeholder.allCases.map { "{\($0.rawValue)}" }
    .joined(separator: ", ")
  private static let placeholder = braces(around: Placeholder.allCases.map(\.rawValue))
  private static let wrapperPlaceholder = braces(
    around: Placeholder.allCases.map(\.rawValue) + [Placeholder.recipient])
  /// ASCII punctuation without `*`, `{` and `}`.
  private static let punctuation = #"!-)+-/:-@\[-`|~"#
  /// The first character of a phrase's first word; not all a phrase says may be `*` and `{ip}`.
  private static let wordStart = #"[^\s*{}"# + punctuation + "]"
  private static let phrase =
    #"^(?:[\s*"# + punctuation + "]|\(placeholder))*\(wordStart)(?:[^{}]|\(placeholder))*$"
  private static let wrapperPhrase =
    #"^(?:[\s"# + punctuation + "]|\(wrapperPlaceholder))*\(wordStart)"
    + "(?:[^*{}]|\(wrapperPlaceholder))*(?:\(wrapperEnd)[^*{}A-Za-z]*)?$"
  private static let wrapperEnd = braces(around: WrapperEnd.allCases.map(\.rawValue))

  private static func braces(around names: [String]) -> String {
    #"\{(?:"# + names.joined(separator: "|") + #")\}"#
  }
}
