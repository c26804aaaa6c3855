import BounceCatalogue
import RuleCompiler

/// What a change of rules does to replies, for people to review.
struct DiffReport {
  let diff: VerdictDiff
  /// Whether the replies are the rules' examples, and no corpus.
  let isOfExamples: Bool

  /// Groups under one heading: `unclassified → mailbox-full`.
  private struct Section {
    let heading: String
    let groups: [VerdictDiff.Group]

    /// `12 replies, 10 better, 1 worse`
    var summary: String {
      let better = groups.reduce(0) { $0 + $1.betterCount }
      let worse = groups.reduce(0) { $0 + $1.worseCount }
      var parts = [counted(groups.reduce(0) { $0 + $1.count }, "reply")]
      if better > 0 { parts.append("\(better) better") }
      if worse > 0 { parts.append("\(worse) worse") }
      return parts.joined(separator: ", ")
    }
  }

  private var sections: [Section] {
    var headings: [String] = []
    var groups: [String: [VerdictDiff.Group]] = [:]
    for group in diff.changes {
      let heading = Self.heading(of: group)
      if groups[heading] == nil { headings.append(heading) }
      groups[heading, default: []].append(group)
    }
    return headings.map { Section(heading: $0, groups: groups[$0]!) }
  }

  private static func heading(of group: VerdictDiff.Group) -> String {
    let (old, new) = (group.change.old, group.change.new)
    return switch group.kind {
    case .category: "\(old.category.rawValue) → \(new.category.rawValue)"
    case .action: "\(old.category.rawValue): \(old.action.rawValue) → \(new.action.rawValue)"
    case .rule, .same: "\(old.category.rawValue), by another rule"
    }
  }

  private static func rules(of group: VerdictDiff.Group) -> String {
    let names = [group.change.old, group.change.new].map { $0.rule?.rawValue ?? "no rule" }
    return names[0] == names[1] ? names[0] : names.joined(separator: " → ")
  }

  /// `review → suppress`; `nil` where the heading says it, or it is the same.
  private static func actions(of group: VerdictDiff.Group) -> String? {
    let (old, new) = (group.change.old.action, group.change.new.action)
    return group.kind == .category && old != new ? "\(old.rawValue) → \(new.rawValue)" : nil
  }

  private var title: String {
    counted(diff.count, "reply") + (isOfExamples ? ", the examples of both folders" : "")
  }

  private var counts: [(label: String, count: Int)] {
    VerdictDiff.Kind.allCases.map { ($0.label, diff.count(of: $0)) }
  }

  private var labels: String? {
    guard diff.labelledCount > 0 else { return nil }
    return """
      By the labels of \(counted(diff.labelledCount, "reply")): \(diff.betterCount) better, \
      \(diff.worseCount) worse; \(diff.oldRightCount) right before, \(diff.newRightCount) now
      """
  }

  private var ruleChanges: [(label: String, rule: String)] {
    diff.rules.added.map { ("added", $0.rawValue) }
      + diff.rules.removed.map { ("removed", $0.rawValue) }
      + diff.rules.renamed.map { ("renamed", "\($0.old.rawValue) → \($0.new.rawValue)") }
  }

  private var ruleCounts: String {
    "Rules: \(diff.rules.oldCount) before, \(diff.rules.newCount) now"
  }
}

extension VerdictDiff.Kind {
  fileprivate var label: String {
    switch self {
    case .category: "another category"
    case .action: "another action"
    case .rule: "another rule only"
    case .same: "same verdict"
    }
  }
}

// MARK: - Text

extension DiffReport {
  func text(width: Int, isColored: Bool) -> String {
    let page = Page(width: width, isColored: isColored)
    var lines = [page.styled(ruleCounts, .strong)]
    lines += ruleChanges.map { "  " + $0.label.column(9) + $0.rule }
    lines += ["", page.styled(title, .strong)]
    let countWidth = String(diff.count).count
    for (label, count) in counts {
      let share = diff.count == 0 ? nil : Double(count) / Double(diff.count)
      lines.append(
        "  " + label.column(17) + "  " + String(count).rightColumn(countWidth)
          + Percent.text(share).rightColumn(9))
    }
    if let labels { lines.append(labels) }
    for section in sections {
      lines += ["", page.styled(section.heading, .strong) + ": " + section.summary]
      let countWidth = section.groups.map { String($0.count).count }.max() ?? 0
      let rulesWidth = section.groups.map { Self.rules(of: $0).count }.max() ?? 0
      for group in section.groups {
        let rules = Self.rules(of: group)
        let row = Self.actions(of: group).map { rules.column(rulesWidth) + "  (\($0))" } ?? rules
        lines.append("  " + String(group.count).rightColumn(countWidth) + "  " + row)
        lines += examples(of: group, indent: countWidth + 4, on: page)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func examples(of group: VerdictDiff.Group, indent: Int, on page: Page) -> [String] {
    let places = group.examples.map { $0.place.inWords }
    let placeWidth = places.map(\.count).max() ?? 0
    return zip(places, group.examples).map { place, example in
      let text = example.text.shortened(to: max(20, page.width - indent - placeWidth - 2))
      let column = page.styled(place.column(placeWidth), .faint)
      return String(repeating: " ", count: indent) + column + "  " + text
    }
  }
}

extension VerdictDiff.Place {
  fileprivate var inWords: String {
    switch self {
    case .line(let line): "line \(line)"
    case .exampleOf(let rule): rule.rawValue
    }
  }
}

// MARK: - Markdown

extension DiffReport {
  /// For a comment in a pull request.
  var markdown: String {
    var blocks = ["## Verdicts", title + "."]
    blocks.append(
      Markdown.table(
        ["", "replies", "share"],
        counts.map { label, count in
          let share = diff.count == 0 ? nil : Double(count) / Double(diff.count)
          return [label, String(count), Percent.text(share)]
        }))
    if let labels { blocks.append(labels + ".") }
    for section in sections {
      blocks.append("### \(Markdown.text(section.heading)): \(section.summary)")
      blocks.append(
        Markdown.table(
          ["replies", "rule", "action", "for example"],
          section.groups.map { group in
            [
              String(group.count), Markdown.text(Self.rules(of: group)),
              Self.actions(of: group) ?? "",
              group.examples.first.map { Markdown.text($0.text.shortened(to: 200)) } ?? "",
            ]
          }))
    }
    blocks += ["## Rules", ruleCounts + "."]
    if !ruleChanges.isEmpty {
      blocks.append(
        Markdown.table(["", "rule"], ruleChanges.map { [$0.label, Markdown.text($0.rule)] }))
    }
    return blocks.joined(separator: "\n\n")
  }
}
