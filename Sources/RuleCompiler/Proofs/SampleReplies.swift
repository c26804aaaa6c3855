import ReplyMatcher

/// The replies that say nothing but a rule's own phrases: what the proofs look at.
struct SampleReplies {
  /// Phrases of a rule that have to be said together: one of `text`, and each of `all`. Empty for a
  /// rule about codes alone.
  struct Sample {
    let phrases: [Phrase]
  }

  /// Two ways to fill placeholders and gaps, so that nothing rests on the words chosen for them.
  enum Filler { case first, second }

  private let first: Filling
  private let second: Filling

  init(_ model: RuleModel) {
    var taken = model.words
    first = Filling(avoiding: &taken)
    second = Filling(avoiding: &taken)
  }

  func samples(of rule: RuleDefinition) -> [Sample] {
    rule.text.isEmpty
      ? [Sample(phrases: rule.all)] : rule.text.map { Sample(phrases: [$0] + rule.all) }
  }

  /// The words of a sample, without codes.
  func text(of sample: Sample, _ filler: Filler) -> String {
    let filling = filler == .first ? first : second
    return sample.phrases.map(filling.text).joined(separator: " \(filling.gap) ")
  }
}
