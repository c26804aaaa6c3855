import BounceCatalogue

/// Rules in aligned columns: id, codes, category, phrase.
struct RuleTable {
  private let idWidth: Int
  private let codesWidth: Int
  private let categoryWidth: Int
  private let width: Int
  /// Of some rules the phrases would fill many pages.
  private static let widest = 1000

  /// - Parameter width: The terminal's; `nil` where lines go to a file or a program.
  init(_ rules: [Rule], width: Int?) {
    // Where there is little room, the words have most of it.
    let isNarrow = width.map { $0 < 100 } ?? false
    let widestID = isNarrow ? 20 : width.map { $0 / 3 } ?? .max
    idWidth = min(widestID, rules.map(\.id.rawValue.count).max() ?? 0)
    codesWidth = min(isNarrow ? 8 : 20, rules.map { Self.codes(of: $0).count }.max() ?? 0)
    categoryWidth = rules.map(\.category.rawValue.count).max() ?? 0
    self.width = width ?? Self.widest
  }

  func row(_ rule: Rule) -> String {
    let head = [
      rule.id.rawValue.column(idWidth), Self.codes(of: rule).column(codesWidth),
      rule.category.rawValue.column(categoryWidth),
    ].joined(separator: "  ")
    let phrases = rule.writtenText + (rule.all.isEmpty ? [] : [rule.all.joined(separator: " & ")])
    let words = phrases.joined(separator: " | ")
    let line = head + "  " + words.shortened(to: max(20, width - head.count - 2))
    return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
  }

  private static func codes(of rule: Rule) -> String {
    (rule.codes + rule.statuses).joined(separator: " ")
  }
}
