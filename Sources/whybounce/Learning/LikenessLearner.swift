#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Multinomial logistic regression: stochastic gradient descent with a penalty that leaves most weights
/// at zero (Tsuruoka, Tsujii and Ananiadou, "Stochastic Gradient Descent Training for L1-regularized
/// Log-linear Models", ACL 2009). The same samples give the same weights.
struct LikenessLearner {
  /// For each feature, the weights of all categories in a row.
  private(set) var weights: [Double]
  /// By category.
  private(set) var bases: [Double]
  private let samples: LikenessSamples
  private let categoryCount: Int
  /// The penalty that each weight has paid so far.
  private var paid: [Double]
  /// The penalty that each should have paid.
  private var due = 0.0
  private var stepCount = 0.0

  private static let roundCount = 16
  private static let penalty = 3e-6
  /// The bases are asked of every sample: they learn more slowly than words, which few have.
  private static let baseRate = 0.01
  /// The first step's rate; later ones are smaller (Bottou 2012).
  private static let firstRate = 1.0

  init(_ samples: LikenessSamples) {
    self.samples = samples
    categoryCount = samples.categories.count
    weights = Array(repeating: 0, count: samples.features.count * categoryCount)
    paid = weights
    bases = Array(repeating: 0, count: categoryCount)
  }

  mutating func learn() {
    var random = SeededNumbers(seed: 1)
    var order = Array(samples.samples.indices)
    for _ in 0..<Self.roundCount {
      order.shuffle(using: &random)
      for index in order { learn(from: samples.samples[index]) }
    }
  }

  private mutating func learn(from sample: LikenessSamples.Sample) {
    let rate = 1 / (Self.penalty * (1 / (Self.firstRate * Self.penalty) + stepCount))
    stepCount += 1
    due += rate * Self.penalty
    let scores = (0..<categoryCount).map { category in
      let sum = sample.features.reduce(0) { $0 + weights[$1 * categoryCount + category] }
      return sum * sample.share + bases[category]
    }
    // (Only their ratios count: the largest is 1.)
    let odds = scores.map { [best = scores.max() ?? 0] in exp($0 - best) }
    let allOdds = odds.reduce(0, +)
    for category in 0..<categoryCount {
      let step = rate * ((category == sample.category ? 1 : 0) - odds[category] / allOdds)
      bases[category] += step * Self.baseRate
      for feature in sample.features {
        let place = feature * categoryCount + category
        weights[place] += step * sample.share
        pay(at: place)
      }
    }
  }

  /// Brings a weight nearer to zero, not beyond.
  private mutating func pay(at place: Int) {
    let weight = weights[place]
    if weight > 0 {
      weights[place] = max(0, weight - (due + paid[place]))
    } else if weight < 0 {
      weights[place] = min(0, weight + (due - paid[place]))
    }
    paid[place] += weights[place] - weight
  }
}

/// The same random numbers in every run (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
