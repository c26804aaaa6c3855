/// A phrase as an author writes it: words, `*` and `{placeholder}`s.
struct PhraseSpec: Hashable, Sendable, CustomStringConvertible {
  enum Piece: Hashable, Sendable {
    /// As it reads after folding.
    case word(String)
    case placeholder(String)
    /// `*`
    case gap
  }

  var pieces: [Piece]

  var wordCount: Int {
    pieces.count { if case .word = $0 { true } else { false } }
  }

  var words: [String] {
    pieces.compactMap { if case .word(let word) = $0 { word } else { nil } }
  }

  /// What tells it from other phrases.
  var segments: [[Piece]] { pieces.split(separator: .gap).map(Array.init) }

  var description: String {
    pieces.map { piece in
      switch piece {
      case .word(let word): word
      case .placeholder(let name): "{\(name)}"
      case .gap: "*"
      }
    }.joined(separator: " ")
  }
}

/// A rule as an author writes it.
struct RuleSpec: Sendable {
  /// The full id.
  var id: String
  var source: String
  var category: String
  var codes: [String] = []
  var statuses: [String] = []
  /// Keys of `CatalogueSpec.commands`.
  var commands: [String] = []
  var text: [PhraseSpec] = []
  var all: [PhraseSpec] = []
  var unless: [PhraseSpec] = []
  /// The ids of rules, within the same source.
  var over: [String] = []
  var yields = false

  /// A rule has to match something, `unless` needs something to except from, and no list says the
  /// same twice.
  var isLegal: Bool {
    let isWordless = text.isEmpty && all.isEmpty
    let phrases = text + all + unless
    return (isWordless ? !(codes.isEmpty && statuses.isEmpty) && unless.isEmpty : true)
      && phrases.allSatisfy { $0.wordCount > 0 }
      && [text, all, unless].allSatisfy { Set($0.map(\.segments)).count == $0.count }
  }
}

/// A whole catalogue: what the naive matcher reads, and the YAML of the same.
struct CatalogueSpec: Sendable {
  /// In rank order; the last one is undecided.
  var categories: [String]
  /// The hosts by source: those of a provider, or none where its words are everybody's.
  var sources: [String: [String]]
  var rules: [RuleSpec]
  /// SMTP commands, and the words of the wrappers that name them.
  static let commands = ["MAIL FROM": "sending", "DATA": "writing"]

  /// Whether addresses of a category are given up: those of the first one.
  func suppresses(_ category: String) -> Bool { category == categories.first }

  var yamls: [String] {
    let categoryLines = categories.map { id in
      "  \(id): {name: n, meaning: m, bounce: soft, action: \(suppresses(id) ? "suppress" : "retry")"
        + (id == categories.last ? ", undecided: true}" : "}")
    }
    let files = sources.sorted { $0.key < $1.key }.map { id, hosts in
      let head = "id: \(id)\nname: n\nkind: \(hosts.isEmpty ? "phrases" : "provider")\n"
      let hostLine = hosts.isEmpty ? "" : "hosts: \(Self.list(hosts))\n"
      let rules = rules.filter { $0.source == id }.map(yaml).joined(separator: "\n")
      return head + hostLine + (rules.isEmpty ? "rules: {}" : "rules:\n" + rules)
    }
    let wrappers = Self.commands.map { "  \($1): {command: \($0), text: \($1)}" }
    return [
      "kind: categories\ncategories:\n" + categoryLines.joined(separator: "\n"),
      "kind: wrappers\nwrappers:\n" + wrappers.sorted().joined(separator: "\n"),
    ] + (guards.isEmpty ? [] : [guardFile]) + files
  }

  /// The phrases of `unless` that rules share: all but the first one of each stand in guards.
  private var guards: [String] {
    Set(rules.flatMap { $0.unless.dropFirst().map(\.description) }).sorted()
  }

  private var guardFile: String {
    let guards = guards.enumerated().map(Self.yaml)
    return "kind: guards\nguards:\n" + guards.joined(separator: "\n")
  }

  private static func yaml(_ number: Int, ofGuard phrase: String) -> String {
    "  g\(number): {meaning: m, text: \(list([phrase]))}"
  }

  private func yaml(_ rule: RuleSpec) -> String {
    let named = rule.unless.dropFirst().map { phrase in
      "g\(guards.firstIndex(of: phrase.description)!)"
    }
    let lists: [(String, [String])] = [
      ("code", rule.codes), ("status", rule.statuses), ("command", rule.commands),
      ("text", rule.text.map(\.description)),
      ("all", rule.all.map(\.description)),
      ("unless", rule.unless.prefix(1).map(\.description)), ("guards", named), ("over", rule.over),
    ]
    let lines = lists.filter { !$0.1.isEmpty }.map { "    \($0.0): \(Self.list($0.1))" }
    let yields = rule.yields ? ["    yields: true"] : []
    let name = rule.id.dropFirst(rule.source.count + 1)
    return
      (["  \(name):"] + lines + yields + ["    category: \(rule.category)", "    cause: c"])
      .joined(separator: "\n")
  }

  private static func list(_ values: [String]) -> String {
    "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
