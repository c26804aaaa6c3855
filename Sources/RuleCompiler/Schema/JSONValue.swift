/// JSON whose objects keep the order in which they were written: people read the schema too.
enum JSONValue: Sendable {
  case string(String)
  case number(Int)
  case bool(Bool)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  static func strings(_ strings: some Sequence<String>) -> JSONValue {
    .array(strings.map { .string($0) })
  }

  /// The members of one object and those of another.
  static func + (first: JSONValue, second: JSONValue) -> JSONValue {
    guard case .object(let a) = first, case .object(let b) = second else {
      preconditionFailure("only objects have members")
    }
    return .object(a + b)
  }

  private static let longestFlatArray = 80

  /// Indented by two spaces a level; short arrays of single values stand on one line.
  func text(indent: String = "") -> String {
    switch self {
    case .string(let string): return Self.quoted(string)
    case .number(let number): return String(number)
    case .bool(let bool): return String(bool)
    case .array(let elements):
      let texts = elements.map { $0.text(indent: indent + "  ") }
      let flat = "[\(texts.joined(separator: ", "))]"
      let isFlat = elements.allSatisfy(\.isSingle) && flat.utf8.count <= Self.longestFlatArray
      return isFlat ? flat : Self.block("[", texts, "]", indent)
    case .object(let members):
      let texts = members.map { "\(Self.quoted($0.key)): \($0.value.text(indent: indent + "  "))" }
      return texts.isEmpty ? "{}" : Self.block("{", texts, "}", indent)
    }
  }

  private var isSingle: Bool {
    switch self {
    case .array, .object: false
    case .string, .number, .bool: true
    }
  }

  private static func block(
    _ open: String, _ lines: [String], _ close: String, _ indent: String
  ) -> String {
    "\(open)\n\(lines.map { "\(indent)  \($0)" }.joined(separator: ",\n"))\n\(indent)\(close)"
  }

  /// RFC 8259, section 7.
  private static func quoted(_ string: String) -> String {
    let inner = string.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(inner)\""
  }
}

extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
