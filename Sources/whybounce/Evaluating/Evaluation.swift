import BounceCatalogue

/// A reply with the categories that a person accepts for it.
struct LabelledReply: Decodable {
  var text: String
  /// The best one first; never empty.
  let accept: [String]
  /// Whether the person was sure.
  let isSure: Bool

  private enum CodingKeys: String, CodingKey { case text, accept, category, sure }

  init(text: String, accept: [String]) {
    (self.text, self.accept, isSure) = (text, accept, true)
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    text = try values.decode(String.self, forKey: .text)
    if values.contains(.accept) {
      accept = try values.decode([String].self, forKey: .accept)
    } else if values.contains(.category) {
      accept = [try values.decode(String.self, forKey: .category)]
    } else {
      throw Failure("The object has no field 'accept' or 'category'.")
    }
    guard !accept.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .accept, in: values, debugDescription: "the list is empty.")
    }
    isSure = try values.decodeIfPresent(Bool.self, forKey: .sure) ?? true
  }
}

/// Compares verdicts with labels.
///
/// A verdict is right when its category is one of those that the label accepts. The *expected*
/// category of a reply is the verdict's where it is right, else the first that the label accepts.
/// So a reply with two good answers counts for the one that was given.
struct Evaluation {
  struct Share: Equatable {
    var right = 0
    var count = 0

    /// 0 to 1; `nil` of nothing.
    var value: Double? { count == 0 ? nil : Double(right) / Double(count) }

    mutating func add(_ isRight: Bool) {
      count += 1
      right += isRight ? 1 : 0
    }
  }

  /// What was found of one reply.
  struct Result {
    let reply: LabelledReply
    let verdict: Verdict
    let isUndecided: Bool
    let place: String
    /// Whether the verdict stayed the same, for each change that was tried.
    var stability: [(perturbation: Perturbation, changed: String, isStable: Bool)] = []

    mutating func perturb(by classifier: BounceClassifier) {
      stability = Perturbation.allCases.compactMap { perturbation in
        perturbation.apply(to: reply.text).map { changed in
          (perturbation, changed, classifier.classify(changed).category == verdict.category)
        }
      }
    }
  }

  struct Instability {
    let place: String
    let perturbation: Perturbation
    let text: String
  }

  struct Confusion: Hashable {
    let expected: String
    let got: String
  }

  struct Miss {
    let place: String
    let expected: String
    let verdict: Verdict
    let text: String
  }

  private(set) var all = Share()
  private(set) var sure = Share()
  private(set) var undecided = Share()
  private(set) var byBasis: [Basis: Share] = [:]
  private(set) var confusions: [Confusion: Int] = [:]
  private(set) var misses: [Miss] = []
  /// How many verdicts stayed the same under each change; empty where none was tried.
  private(set) var stability: [Perturbation: Share] = [:]
  private(set) var instabilities: [Instability] = []
  /// Replies by expected category and by the verdict's.
  private var expected: [String: Share] = [:]
  private var got: [String: Share] = [:]

  mutating func add(_ result: Result) {
    let (reply, verdict) = (result.reply, result.verdict)
    let category = verdict.category.rawValue
    let isRight = reply.accept.contains(category)
    let expected = isRight ? category : reply.accept[0]
    all.add(isRight)
    if reply.isSure { sure.add(isRight) }
    undecided.add(result.isUndecided)
    byBasis[verdict.basis, default: Share()].add(isRight)
    self.expected[expected, default: Share()].add(isRight)
    got[category, default: Share()].add(isRight)
    if !isRight {
      confusions[Confusion(expected: expected, got: category), default: 0] += 1
      misses.append(
        Miss(place: result.place, expected: expected, verdict: verdict, text: reply.text))
    }
    for (perturbation, changed, isStable) in result.stability {
      stability[perturbation, default: Share()].add(isStable)
      if !isStable {
        instabilities.append(
          Instability(place: result.place, perturbation: perturbation, text: changed))
      }
    }
  }

  /// The shares of one category.
  struct CategoryScore {
    let category: String
    /// Of the replies that should have it.
    let recall: Share
    /// Of the replies that got it.
    let precision: Share

    /// The harmonic mean of both; 0 where nothing is right.
    var f1: Double {
      let sum = recall.count + precision.count
      return sum == 0 ? 0 : 2 * Double(recall.right) / Double(sum)
    }
  }

  /// By number of replies, the most frequent category first.
  var categories: [CategoryScore] {
    Set(expected.keys).union(got.keys).map { category in
      CategoryScore(
        category: category, recall: expected[category] ?? Share(),
        precision: got[category] ?? Share())
    }.sorted { ($1.recall.count, $0.category) < ($0.recall.count, $1.category) }
  }

  /// Over all changes.
  var stable: Share {
    stability.values.reduce(into: Share()) { sum, share in
      sum.right += share.right
      sum.count += share.count
    }
  }

  /// The most frequent first.
  var sortedConfusions: [(confusion: Confusion, count: Int)] {
    confusions.map { ($0.key, $0.value) }.sorted { a, b in
      (b.1, a.0.expected, a.0.got) < (a.1, b.0.expected, b.0.got)
    }
  }
}
