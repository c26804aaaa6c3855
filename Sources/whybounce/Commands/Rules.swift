import ArgumentParser
import BounceCatalogue
import RuleCompiler

/// `whybounce rules`
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or show one in full.",
    discussion: """
      Without an id: a table of all rules, by id; JSON has their words in full. With an id: the rule's words, its meaning, causes \
      and remedies, its examples, and the place where it is written.

      EXAMPLES
        whybounce rules --category mailbox-full
        whybounce rules ionos/bad-ptr
        whybounce rules status/x-7-1 --why '554 5.7.1 Bad DNS PTR resource record'
        whybounce rules --format json | jq '.[].id'
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: "The rule to show.")
  var id: String?

  @Option(
    help: ArgumentHelp(
      "Why the rule wins this reply, or does not: every rule that fits, and what decides.",
      valueName: "reply"))
  var why: String?

  @Option(help: ArgumentHelp("Only the rules of this category.", valueName: "id"))
  var category: String?

  @Option(
    help: ArgumentHelp(
      "Only the rules of this provider, software, filter, blocklist or standard.", valueName: "id"))
  var provider: String?

  @OptionGroup var catalogue: CatalogueOptions

  @Option(help: "Text to read, or JSON.")
  var format = Format.text

  @Option(help: "Use colour; 'auto' does on a terminal, unless NO_COLOR is set.")
  var color = ColorChoice.auto

  func validate() throws {
    if id != nil, category != nil || provider != nil {
      throw ValidationError("A rule's id needs no filter: leave out --category and --provider.")
    }
    if why != nil, id == nil {
      throw ValidationError(
        "--why wants the id of a rule; without one, use: whybounce explain --trace REPLY")
    }
  }

  func run() throws {
    let catalogue = try catalogue.load()
    if let id {
      try show(try rule(id, of: catalogue), of: catalogue)
    } else {
      try list(try filtered(catalogue.classifier), of: catalogue)
    }
  }

  private func rule(_ id: String, of catalogue: Catalogue) throws -> Rule {
    if let rule = catalogue.classifier.rule(RuleID(rawValue: id)) { return rule }
    let ids = catalogue.classifier.rules.map(\.id.rawValue)
    // The id without its file's is easily taken for the whole.
    let sameName = ids.filter { $0.hasSuffix("/\(id)") }
    let meant = sameName.isEmpty ? nearest(to: id, in: ids).map { [$0] } ?? [] : sameName
    let file = String(id.prefix { $0 != "/" })
    let isKnown = catalogue.source(file) != nil
    throw Failure(
      "There is no rule '\(id)'" + Self.suggestion(meant) + " See: whybounce rules"
        + (isKnown ? " --provider \(file)" : ""),
      exitCode: .wrongUsage)
  }

  private static func suggestion(_ meant: [String]) -> String {
    meant.isEmpty
      ? "." : "; did you mean \(meant.map { "'\($0)'" }.joined(separator: " or "))?"
  }

  private func filtered(_ classifier: BounceClassifier) throws -> [Rule] {
    let rules = classifier.rules
    try checkFilter(
      "category", category, among: classifier.categories.map { ($0.id.rawValue, $0.name) })
    try checkFilter("provider", provider, among: Set(rules.map(\.source)).map { ($0.id, $0.name) })
    return rules.filter { rule in
      (category.map { $0 == rule.category.rawValue } ?? true)
        && (provider.map { $0 == rule.source.id } ?? true)
    }
  }

  private func checkFilter(
    _ name: String, _ value: String?, among known: [(id: String, name: String)]
  ) throws {
    guard let value, !known.contains(where: { $0.id == value }) else { return }
    let named = known.filter { $0.name.lowercased().contains(value.lowercased()) }.map(\.id)
    let meant = named.isEmpty ? nearest(to: value, in: known.map(\.id)).map { [$0] } ?? [] : named
    throw Failure(
      "There is no \(name) '\(value)'\(Self.suggestion(meant.sorted()))", exitCode: .wrongUsage)
  }

  private func show(_ rule: Rule, of catalogue: Catalogue) throws {
    switch (format, why.map { Array($0.utf8) }) {
    case (.json, nil): try Output.print(JSONText.pretty(RuleRecord(rule)))
    case (.json, let reply?):
      try Output.print(
        JSONText.pretty(TraceRecord(of: reply, remoteHost: nil, by: catalogue.classifier)))
    case (.text, let reply):
      var page = Page(color)
      if let reply {
        TracePage(of: reply, remoteHost: nil, by: catalogue).write(on: &page, focus: rule)
      } else {
        page.describe(rule, of: catalogue)
      }
      try Output.print(page.text)
    }
  }

  private func list(_ rules: [Rule], of catalogue: Catalogue) throws {
    switch format {
    case .json: try Output.print(JSONText.pretty(rules.map { RuleRecord($0) }))
    case .text:
      if rules.isEmpty { Console.note("No rule fits both filters.") }
      let table = RuleTable(rules, width: Terminal(.standardOutput).columns)
      try Output.print(rules.map(table.row).joined())
    }
  }
}
