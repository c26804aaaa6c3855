import ReplyMatcher

/// Writes a compiled catalogue as Swift: the tables as string literals, and a constant for every
/// rule and category that has none in the standard catalogue's module.
package struct SwiftEmitter {
  private let compilation: RuleCompilation
  private let moduleName: String
  private let runtimeModule: String

  /// - Parameters:
  ///   - moduleName: The module for which the code is generated: it names the static property of
  ///     `BounceClassifier`, unless the configuration does.
  ///   - runtimeModule: The module that the generated code imports for `BounceClassifier`.
  package init(_ compilation: RuleCompilation, moduleName: String, runtimeModule: String) {
    self.compilation = compilation
    self.moduleName = moduleName
    self.runtimeModule = runtimeModule
  }

  /// The source text; `nil` where the rules have errors.
  package func source() -> String? {
    guard let tables = compilation.tables, let classifier = compilation.classifier else {
      return nil
    }
    let rules = classifier.rules.filter { !compilation.knownRules.contains($0.id.rawValue) }
    let categories = classifier.categories.filter {
      !compilation.knownCategories.contains($0.id.rawValue)
    }
    let name = compilation.configuration.name ?? propertyName(ofModule: moduleName)
    return """
      // Generated from the rule files by the CompileRules plugin. Edit those, not this.
      \(importDeclaration)

      extension BounceClassifier {
        /// The catalogue to which the rule files of this module are compiled.
        \(access)nonisolated static let `\(name)` = BounceClassifier(
          numbers: #"\(String(decoding: tables.numbers, as: UTF8.self))"#,
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

  private var access: String {
    switch compilation.configuration.access {
    case .internal: ""
    case .package, .public: "\(compilation.configuration.access.rawValue) "
    }
  }

  /// Imports have an access level too, which depends on a feature that a target may turn on.
  private var importDeclaration: String {
    switch compilation.configuration.access {
    case .internal: "import \(runtimeModule)"
    case .public: "public import \(runtimeModule)"
    case .package:
      """
      #if hasFeature(InternalImportsByDefault)
        package import \(runtimeModule)
      #else
        import \(runtimeModule)
      #endif
      """
    }
  }

  /// The optimiser drops constants that nobody uses, but not those that others can see: on thousands
  /// of them it would spend most of a build, more for each the more there are, and better nothing.
  private var constantAttributes: String {
    compilation.configuration.access == .internal ? "" : "@_optimize(none) "
  }

  private func constants(_ entries: [(id: String, comment: String)], of type: String) -> String {
    entries.map { id, comment in
      """
        /// \(comment.split(whereSeparator: \.isNewline).joined(separator: " "))
        \(constantAttributes)\(access)nonisolated static var \(swiftName(id)): \(type) { \(type)(rawValue: "\(id)") }
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

/// `AcmeMail` as a property: `acmeMail`.
private func propertyName(ofModule module: String) -> String {
  let capitals = module.prefix { $0.isUppercase }
  let lowered =
    capitals.count > 1 && capitals.count < module.count ? capitals.dropLast() : capitals
  return lowered.lowercased() + module.dropFirst(lowered.count)
}
