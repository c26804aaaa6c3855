import BounceCatalogue

extension Evaluation {
  /// The report for people.
  func report(listingMisses: Bool, width: Int?) -> String {
    var lines = [
      line("right", all), line("right where the label is sure", sure),
      line("undecided", undecided), "", "What the right answers rest on:",
    ]
    for basis in Basis.allCases {
      if let share = byBasis[basis] { lines.append("  " + basis.rawValue.column(8) + ratio(share)) }
    }
    if !stability.isEmpty {
      lines += ["", line("The same after a change", stable)]
      for perturbation in Perturbation.allCases {
        if let share = stability[perturbation] {
          lines.append("  " + perturbation.rawValue.column(30) + ratio(share))
        }
      }
    }
    let categories = categories
    let nameWidth = max(8, categories.map(\.category.count).max() ?? 0)
    lines += [
      "", "category".column(nameWidth) + "       n   recall  precision      F1",
    ]
    for score in categories {
      lines.append(
        score.category.column(nameWidth) + String(score.recall.count).rightColumn(8)
          + Percent.text(score.recall.value).rightColumn(9)
          + Percent.text(score.precision.value).rightColumn(11)
          + Percent.text(score.f1).rightColumn(8))
    }
    if !confusions.isEmpty {
      lines += ["", "Most frequent confusions (expected → got):"]
      for (confusion, count) in sortedConfusions.prefix(20) {
        lines.append(
          String(count).rightColumn(6) + "  \(confusion.expected) → \(confusion.got)")
      }
    }
    if listingMisses && !misses.isEmpty {
      lines += ["", "Misses:"]
      for miss in misses {
        let rule = miss.verdict.rule?.rawValue ?? "no rule"
        let head = "\(miss.place): \(miss.expected) → \(miss.verdict.category.rawValue) (\(rule))"
        lines += [head.visible, "    " + miss.text.shortened(to: max(40, (width ?? 160) - 4))]
      }
    }
    if listingMisses && !instabilities.isEmpty {
      lines += ["", "Another verdict after a change:"]
      for instability in instabilities {
        let head = "\(instability.place): \(instability.perturbation.rawValue)"
        let text = instability.text.shortened(to: max(40, (width ?? 160) - 4))
        lines += [head.visible, "    " + text]
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ label: String, _ share: Share) -> String {
    label.column(32) + ratio(share)
  }

  private func ratio(_ share: Share) -> String {
    Percent.text(share.value).rightColumn(8) + "  (\(share.right) of \(share.count))"
  }
}
