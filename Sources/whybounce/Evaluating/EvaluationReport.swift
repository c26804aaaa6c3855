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

/// The report for programs. Shares are numbers from 0 to 1, `null` of nothing.
struct EvaluationRecord: Encodable {
  struct CategoryRecord: Encodable {
    let category: String
    let count: Int
    @OrNull var recall: Double?
    @OrNull var precision: Double?
    let f1: Double
  }

  struct BasisRecord: Encodable {
    let right: Int
    let count: Int
  }

  struct ConfusionRecord: Encodable {
    let expected: String
    let got: String
    let count: Int
  }

  struct MissRecord: Encodable {
    let place: String
    let expected: String
    let got: String
    @OrNull var rule: RuleID?
    let text: String
  }

  let count: Int
  let right: Int
  @OrNull var accuracy: Double?
  let sureCount: Int
  @OrNull var sureAccuracy: Double?
  @OrNull var undecided: Double?
  let categories: [CategoryRecord]
  let basis: [String: BasisRecord]
  /// The share of verdicts that stayed the same; `null` where nothing was changed.
  @OrNull var stable: Double?
  let confusions: [ConfusionRecord]
  /// Only where they are asked for.
  let misses: [MissRecord]?

  init(_ evaluation: Evaluation, listingMisses: Bool) {
    (count, right) = (evaluation.all.count, evaluation.all.right)
    accuracy = evaluation.all.value
    (sureCount, sureAccuracy) = (evaluation.sure.count, evaluation.sure.value)
    undecided = evaluation.undecided.value
    stable = evaluation.stable.value
    categories = evaluation.categories.map {
      CategoryRecord(
        category: $0.category, count: $0.recall.count, recall: $0.recall.value,
        precision: $0.precision.value, f1: $0.f1)
    }
    basis = Dictionary(
      uniqueKeysWithValues: evaluation.byBasis.map {
        ($0.key.rawValue, BasisRecord(right: $0.value.right, count: $0.value.count))
      })
    confusions = evaluation.sortedConfusions.map {
      ConfusionRecord(expected: $0.confusion.expected, got: $0.confusion.got, count: $0.count)
    }
    misses =
      listingMisses
      ? evaluation.misses.map {
        MissRecord(
          place: $0.place, expected: $0.expected, got: $0.verdict.category.rawValue,
          rule: $0.verdict.rule, text: $0.text)
      } : nil
  }
}
