import BounceCatalogue
import RuleCompiler

/// What a corpus leaves untried in some rules, for their authors.
struct CoverageReport {
  private let coverage: RuleCoverage
  private let catalogue: Catalogue
  /// Of the author's own rules, and not of those that they extend.
  private let uses: [RuleCoverage.Use]

  private static let mostUsed = 10

  init(_ coverage: RuleCoverage, of catalogue: Catalogue) {
    (self.coverage, self.catalogue) = (coverage, catalogue)
    uses = coverage.uses.filter { !catalogue.borrowed.rules.contains($0.rule.id) }
  }

  /// Something that no reply uses.
  private struct Unused {
    let place: String
    let rule: String
    let text: String
  }

  /// - Parameter page: Gives the width and the style.
  func text(on page: Page) -> String {
    var lines = [summary, ""]
    lines += fileTable(on: page)
    let unused = uses.sorted {
      ($0.rule.file, $0.rule.line) < ($1.rule.file, $1.rule.line)
    }
    .flatMap(unused)
    if !unused.isEmpty {
      lines += ["", page.styled("Not used", .strong)]
      let placeWidth = min(page.width / 2, unused.map(\.place.visibleWidth).max() ?? 0)
      let ruleWidth = unused.map(\.rule.count).max() ?? 0
      let room = max(20, page.width - placeWidth - ruleWidth - 6)
      for item in unused {
        let columns = [item.place.column(placeWidth), item.rule.column(ruleWidth)]
        lines.append("  " + columns.joined(separator: "  ") + "  " + item.text.shortened(to: room))
      }
    }
    let used = uses.filter { $0.winCount > 0 }
      .sorted { ($1.winCount, $0.rule.id.rawValue) < ($0.winCount, $1.rule.id.rawValue) }
    if !used.isEmpty {
      lines += ["", page.styled("Used most", .strong)]
      let width = String(used[0].winCount).count
      lines += used.prefix(Self.mostUsed).map { use in
        "  " + String(use.winCount).rightColumn(width) + "  " + use.rule.id.rawValue
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private var summary: String {
    let replies = counted(coverage.count, "reply")
    let unmatched = coverage.unmatchedCount
    return unmatched == 0 ? replies : "\(replies); \(unmatched) that no rule fits"
  }

  /// How many rules and phrases of each file are used.
  private func fileTable(on page: Page) -> [String] {
    let files = Dictionary(grouping: uses, by: \.rule.file).sorted { $0.key < $1.key }
    let rows = files.map { (name: $0.key, uses: $0.value) } + [(name: "all", uses: uses)]
    let nameWidth = rows.map(\.name.visibleWidth).max() ?? 0
    let cells = rows.map { row in
      let phrases = row.uses.flatMap(\.phrases)
      return (
        Self.share(row.uses.count { $0.winCount > 0 }, of: row.uses.count),
        Self.share(phrases.count(where: \.isUsed), of: phrases.count)
      )
    }
    let (rules, phrases) = ("rules that win", "phrases said")
    let rulesWidth = max(rules.count, cells.map(\.0.count).max() ?? 0)
    let phrasesWidth = max(phrases.count, cells.map(\.1.count).max() ?? 0)
    func line(_ name: String, _ rules: String, _ phrases: String) -> String {
      name.column(nameWidth) + "  " + rules.rightColumn(rulesWidth) + "  "
        + phrases.rightColumn(phrasesWidth)
    }
    return [page.styled(line("file", rules, phrases), .strong)]
      + zip(rows, cells).map { row, cells in line(row.name, cells.0, cells.1) }
  }

  private static func share(_ count: Int, of total: Int) -> String {
    total == 0 ? "-" : "\(count) of \(total)"
  }

  /// The rule, where it never wins; else those of its phrases that no reply says.
  private func unused(_ use: RuleCoverage.Use) -> [Unused] {
    let place = catalogue.place(of: use.rule)
    let file = place.dropLast(String(use.rule.line).count)
    if use.winCount == 0 {
      let fits = counted(use.fitCount, "reply")
      let reason = use.fitCount == 0 ? "fits no reply" : "fits \(fits), always won by others"
      return [Unused(place: place, rule: use.rule.id.rawValue, text: reason)]
    }
    return use.phrases.filter { !$0.isUsed }.map { phrase in
      Unused(
        place: "\(file)\(phrase.line)", rule: use.rule.id.rawValue,
        text: "no reply says \(phrase.text)")
    }
  }
}
