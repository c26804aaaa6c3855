/// What stands after a key.
enum ValueForm: Sendable {
  case text(TextForm)
  /// One text or a list of them; a single one is written without a list.
  case oneOrMore(TextForm)
  /// A list of texts. A single text is taken too, but written as a list.
  case list(TextForm, atMost: Int? = nil)
  case mapping(MappingForm)
  case listOfMappings(MappingForm)
  /// A mapping whose keys are ids that the author gives.
  case entries(MappingForm)
  /// A mapping from names of something else to one text each.
  case texts(keys: TextForm, values: TextForm = .words)

  /// What the grammar says about an entry of a mapping, or (without a key) an element of a list.
  func form(of key: String?) -> ValueForm? {
    switch self {
    case .mapping(let form): key.flatMap { form[$0] }
    case .entries(let form): .mapping(form)
    case .listOfMappings(let form): .mapping(form)
    case .oneOrMore(let form), .list(let form, _): .text(form)
    case .texts(_, let form): .text(form)
    case .text: nil
    }
  }

  /// Whether it may be a list of texts.
  var takesList: Bool {
    switch self {
    case .oneOrMore, .list: true
    case .text, .mapping, .listOfMappings, .entries, .texts: false
    }
  }

  /// Whether it may be a list of texts in which any sign can stand.
  var takesSentences: Bool {
    switch self {
    case .oneOrMore(.phrase), .oneOrMore(.wrapperPhrase), .list(.phrase, _), .list(.reply, _): true
    default: false
    }
  }
}

/// What a single text says.
enum TextForm: Sendable {
  /// Words for people.
  case words
  /// A reply, as a server gave it.
  case reply
  /// Words of a reply, with `*` and `{placeholder}`s.
  case phrase
  /// A phrase that may end in a `WrapperEnd`.
  case wrapperPhrase
  case id
  /// `file/rule`.
  case ruleID
  case categoryID
  case code
  case status
  case host
  case link
  /// The name of a field of JSON objects, with dots between those of objects and what is in them.
  case fieldName
  /// A whole number that counts for or against something.
  case weight
  case oneOf([Choice])

  /// One of the values that a key may have.
  struct Choice: Sendable {
    let value: String
    let summary: String
  }

  /// A closed set that has a Swift type.
  static func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _: Value.Type, _ summary: (Value) -> String
  ) -> TextForm {
    .oneOf(Value.allCases.map { Choice(value: $0.rawValue, summary: summary($0)) })
  }
}
