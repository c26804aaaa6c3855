import BounceCatalogue

/// Rules in aligned columns: id, codes, category, phrase.
struct RuleTable {
  private let idWidth: Int
  private let codesWidth: Int
  private let categoryWidth: Int
  /// `nil` where lines have no end.
  private let width: Int?

  init(_ rules: [Rule], width: Int?) {
    idWidth = rules.map(\.id.rawValue.count).max() ?? 0
    codesWidth = min(20, rules.map { Self.codes(of: $0).count }.max() ?? 0)
    categoryWidth = rules.map(\.category.rawValue.count).max() ?? 0
    self.width = width
  }

  func row(_ rule: Rule) -> String {
    let head = [
      rule.id.rawValue.column(idWidth), Self.codes(of: rule).column(codesWidth),
      rule.category.rawValue.column(categoryWidth),
    ].joined(separator: "  ")
    let phrases = rule.text + (rule.all.isEmpty ? [] : [rule.all.joined(separator: " & ")])
    let words = phrases.joined(separator: " | ")
    let room = width.map { max(20, $0 - head.count - 2) }
    let line = head + "  " + (room.map(words.shortened) ?? words.visible)
    return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
  }

  private static func codes(of rule: Rule) -> String {
    (rule.codes + rule.statuses).joined(separator: " ")
  }
}
