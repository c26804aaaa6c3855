import ReplyMatcher

/// Writes a compiled catalogue as Swift: the tables as string literals, and a constant for every
/// rule and category.
public struct SwiftEmitter {
  private let compilation: RuleCompilation
  private let classifierName: String
  private let runtimeModule: String

  /// - Parameters:
  ///   - classifierName: The static property of `BounceClassifier` that is generated.
  ///   - runtimeModule: The module that the generated code imports for `BounceClassifier`.
  public init(
    _ compilation: RuleCompilation, classifierName: String, runtimeModule: String
  ) {
    self.compilation = compilation
    self.classifierName = classifierName
    self.runtimeModule = runtimeModule
  }

  /// The source text; `nil` where the rules have errors.
  public func source() -> String? {
    guard let tables = compilation.tables, let classifier = compilation.classifier else {
      return nil
    }
    let rules = classifier.rules
    let categories = compilation.borrowsCategories ? [] : classifier.categories
    return """
      // Generated from the rule files by the CompileRules plugin. Edit those, not this.
      import \(runtimeModule)

      extension BounceClassifier {
        public static let \(classifierName) = BounceClassifier(
          numbers: #"\(TableEncoding.encode(tables.numbers))"#,
          count: \(tables.numbers.count),
          text: "\(escaped(tables.text))")
      }

      extension RuleID {
      \(constants(rules.map { ($0.id.rawValue, "\($0.source.name), \($0.file):\($0.line)") }, of: "RuleID"))
      }

      extension BounceCategory {
      \(constants(categories.map { ($0.id.rawValue, $0.meaning) }, of: "BounceCategory"))
      }

      """
  }

  private func constants(_ entries: [(id: String, comment: String)], of type: String) -> String {
    entries.map { id, comment in
      """
        /// \(comment.split(whereSeparator: \.isNewline).joined(separator: " "))
        public static var \(swiftName(id)): \(type) { \(type)(rawValue: "\(id)") }
      """
    }.joined(separator: "\n")
  }

  private func escaped(_ text: [UInt8]) -> String {
    var literal = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case "\n": literal += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal
  }
}

/// `ionos/rate-limit` as a Swift name: `ionosRateLimit`. An underscore keeps numbers apart, so that
/// `x-1-10` and `x-11-0` differ; backticks serve ids that Swift reserves, such as `default`.
func swiftName(_ id: String) -> String {
  let words = id.split { !$0.isLetter && !$0.isNumber }
  let name = words.enumerated().map { index, word in
    if word.first?.isNumber == true { return "_" + word }
    return (index == 0 ? String(word.prefix(1)) : word.prefix(1).uppercased()) + word.dropFirst()
  }.joined()
  return "`\(name)`"
}
