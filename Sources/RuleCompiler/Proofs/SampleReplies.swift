import ReplyMatcher

/// The replies that say nothing but a rule's own phrases: what the proofs look at.
final class SampleReplies {
  /// Phrases of a rule that have to be said together: one of `text`, and each of `all`. Empty for a
  /// rule about codes alone.
  struct Sample {
    let phrases: [Phrase]
  }

  /// Two ways to fill placeholders and gaps, so that nothing rests on the words chosen for them.
  enum Filler { case first, second }

  private let first: Filling
  private let second: Filling
  private let classifier: BounceClassifier
  /// What was found in samples: both kinds of proofs ask for them.
  private var knownPhrases: [String: [ReplyTrace.SaidPhrase]] = [:]

  init(_ model: RuleModel, _ classifier: BounceClassifier) {
    self.classifier = classifier
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

  /// All rules' phrases that a sample says, whatever codes they take.
  func phrasesSaid(by sample: Sample, _ filler: Filler) -> [ReplyTrace.SaidPhrase] {
    // Without a code, a number that stands first would be taken for one.
    let reply = "550 " + text(of: sample, filler)
    if let known = knownPhrases[reply] { return known }
    let phrases = classifier.trace(Array(reply.utf8)).phrases
    knownPhrases[reply] = phrases
    return phrases
  }
}
