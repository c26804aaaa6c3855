import Testing

@testable import whybounce

@Suite struct RuleOutputTests {
  let rules: SampleRules

  init() throws { rules = try SampleRules() }

  @Test func table() throws {
    let all = rules.catalogue.classifier.rules
    let wide = RuleTable(all, width: nil)
    let narrow = RuleTable(all, width: 64)
    try expectGolden((all.map(wide.row) + all.map(narrow.row)).joined(), "rules-table")
  }

  @Test func onePage() throws {
    let rule = try #require(
      rules.catalogue.classifier.rules.first { $0.id.rawValue == "acme/no-such-mailbox" })
    var page = Page(width: 72, isColored: false)
    page.describe(rule, of: rules.catalogue)
    try expectGolden(page.text, "rules-one")
  }

  @Test func json() throws {
    let records = rules.catalogue.classifier.rules.map { RuleRecord($0) }
    try expectGolden(JSONText.pretty(records), "rules-json")
  }
}
