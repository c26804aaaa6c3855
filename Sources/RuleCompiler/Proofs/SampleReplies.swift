import ReplyMatcher

/// What the samples are made of. It asks for no tables, so that it is found while those are built.
struct SampleWords {
  /// Two ways to fill placeholders and gaps, so that nothing rests on the words chosen for them.
  let first: Filling
  let second: Filling
  let phrases: PhraseWords
  /// By rule, whether it was proved beside all others of which that is said: between those there is
  /// nothing to be found.
  let isProved: [Bool]

  init(_ model: RuleModel, isProved: [Bool]) {
    self.isProved = isProved
    var taken = model.words
    first = Filling(avoiding: &taken)
    second = Filling(avoiding: &taken)
    phrases = PhraseWords(model.rules, isProved: isProved, first)
  }
}

/// The replies that say nothing but a rule's own phrases: what the proofs look at.
final class SampleReplies {
  /// Phrases of a rule that have to be said together: one of `text`, and each of `all`. Empty for a
  /// rule about codes alone.
  struct Sample {
    /// The rule's number, and the places of the phrases in it.
    let rule: Int
    let indices: [Int]
    let phrases: [Phrase]
  }

  enum Filler { case first, second }

  private let words: SampleWords
  private var tracer: ReplyTracer
  private var memory: PhraseWords.Memory
  private let rules: [RuleDefinition]
  /// Words around a reply that name the SMTP command.
  private let wrappers: [SMTPCommand: Phrase]
  /// What was found in samples: both kinds of proofs ask for them.
  private var knownPhrases: [KnownKey: [ReplyTrace.SaidPhrase]] = [:]

  private struct KnownKey: Hashable {
    let rule: Int
    let reply: String
  }

  init(_ model: RuleModel, _ words: SampleWords, _ classifier: BounceClassifier) {
    (self.words, tracer, rules) = (words, ReplyTracer(classifier), model.rules)
    memory = PhraseWords.Memory(for: words.phrases)
    wrappers = Dictionary(
      model.wrappers.flatMap { wrapper in
        wrapper.phrases.compactMap { phrase in wrapper.command.map { ($0, phrase) } }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter number: The rule's place in the model.
  func samples(of rule: RuleDefinition, _ number: Int) -> [Sample] {
    let all = Array(rule.text.count..<rule.text.count + rule.all.count)
    return rule.text.isEmpty
      ? [Sample(rule: number, indices: all, phrases: rule.all)]
      : rule.text.enumerated().map { index, phrase in
        Sample(rule: number, indices: [index] + all, phrases: [phrase] + rule.all)
      }
  }

  private func filling(_ filler: Filler) -> Filling {
    filler == .first ? words.first : words.second
  }

  /// The words of a sample, without codes.
  private func text(of sample: Sample, _ filling: Filling) -> String {
    sample.phrases.map(filling.text).joined(separator: " \(filling.gap) ")
  }

  /// A sample as a reply with these codes, in answer to a command that its rule takes.
  func reply(_ sample: Sample, codes: String, _ filler: Filler) -> String {
    let filling = filling(filler)
    let wrapper = rules[sample.rule].commands.lazy.compactMap { self.wrappers[$0.value] }.first
    let start = wrapper.map { filling.text(of: $0) + " " } ?? ""
    return (start + codes + text(of: sample, filling)).trimmingSpaces
  }

  /// All rules' phrases that a sample may say, or only those of rules to be proved, judged by its words;
  /// `nil` where those do not tell.
  func phrasesAtMost(in sample: Sample, unprovedOnly: Bool = false) -> [PhraseWords.Place]? {
    words.phrases.phrases(
      saidBy: sample.rule, at: sample.indices, unprovedOnly: unprovedOnly, &memory)
  }

  /// Every rule that fits a reply.
  func candidates(in reply: String) -> [Candidate] {
    tracer.trace(Array(reply.utf8)) { _ in false }.candidates
  }

  /// All rules' phrases that a sample says, whatever codes they take; those of its own rule with their
  /// alternatives, where they are wanted.
  func phrasesSaid(
    by sample: Sample, _ filler: Filler, withOwnAlternatives: Bool = true
  ) -> [ReplyTrace.SaidPhrase] {
    // Without a code, a number that stands first would be taken for one.
    let reply = "550 " + text(of: sample, filling(filler))
    let key = KnownKey(rule: sample.rule, reply: reply)
    if let known = knownPhrases[key] { return known }
    let phrases = tracer.trace(Array(reply.utf8)) {
      withOwnAlternatives && $0 == sample.rule
    }.phrases
    if withOwnAlternatives { knownPhrases[key] = phrases }
    return phrases
  }
}
