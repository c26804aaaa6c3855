import BounceCatalogue

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
