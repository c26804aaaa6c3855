import ReplyMatcher
import RuleCompiler

/// What was learned, as a rule file.
struct LikenessFile {
  private let samples: LikenessSamples
  private let learner: LikenessLearner

  /// Weights count in tenths; small ones are left out.
  private static let unit = 10.0
  private static let leastWeight = 0.4

  init(_ samples: LikenessSamples, _ learner: LikenessLearner) {
    (self.samples, self.learner) = (samples, learner)
  }

  /// How many weights it has.
  var weightCount: Int { samples.categories.indices.reduce(0) { $0 + weights(of: $1).count } }

  var text: String {
    var lines = [
      """
      # What speaks for or against each category in a reply of which no rule knows the words.
      #
      # Written by 'whybounce learn' from the phrases and examples of all rules and from the words of
      # wrappers, which tell no cause: do not edit it by hand.
      # Weights are tenths of the logarithm of the odds.
      kind: likeness

      likeness:
      """
    ]
    for category in samples.categories.indices {
      let weights = weights(of: category)
      guard !weights.isEmpty else { continue }
      lines += [
        "  \(samples.categories[category].rawValue):",
        "    base: \(Self.rounded(learner.bases[category]))", "    words:",
      ]
      lines += weights.map {
        canonicalYAML($0.feature, after: "      ") + ": \(Self.rounded($0.weight))"
      }
      lines.append("")
    }
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  private func weights(of category: Int) -> [(feature: String, weight: Double)] {
    samples.features.indices.map {
      (
        feature: samples.features[$0],
        weight: learner.weights[$0 * samples.categories.count + category]
      )
    }
    .filter { abs($0.weight) >= Self.leastWeight }
    .sorted { $0.feature.utf8.lexicographicallyPrecedes($1.feature.utf8) }
  }

  private static func rounded(_ weight: Double) -> Int {
    let limits = LikenessFeatures.weightLimits
    return min(max(Int((weight * unit).rounded()), limits.lowerBound), limits.upperBound)
  }
}
