import ReplyMatcher

/// Proves that every rule can win, and that no two rules are told apart by tie-breaks alone.
///
/// Each phrase of each rule is said alone, with each combination of codes that makes a difference
/// (`RuleCodes.contexts`), and the compiled matcher itself tells what fits. Rules without common words
/// never meet, and the automaton finds those that have some: the time is linear in the rules.
///
/// - **Ambiguous**: two rules name equally much of such a reply (`Candidate.isAsSpecific`), and
///   neither is said to stand `over` the other.
/// - **Unreachable**: of each such reply another rule names more. Longer replies change nothing,
///   because what is said alone is found in them too. Only a rule that forbids words can fall silent
///   there, so it proves nothing.
/// - **Redundant**: a phrase that is found only where another phrase of its rule is found as well;
///   that is for `PhraseProofs`.
///
/// (A class, so that nobody copies what it knows with each question.)
final class RuleProofs {
  private let rules: [RuleDefinition]
  private let isProved: [Bool]
  private let samples: SampleReplies
  private let codes: [RuleCodes]
  private let representatives = CodeRepresentatives()
  private let over: OverRelation
  /// A rule of higher standing wins whatever its words: decided over undecided, firm over yielding.
  private let standing: [Int]
  /// The literal words of each rule's phrases, and those that count beside its `text`.
  private let words: [[Int]]
  private let textCounts: [Int]
  private let moreWords: [Int]
  /// The rules without words: they meet where their codes do.
  private let wordless: [Int]
  private let unprovedWordless: [Int]
  /// Of a hundred rules with the same words, nobody wants to read of every pair.
  private static let mostPairsOfOneRule = 8

  init(
    _ model: RuleModel, isProved: [Bool], _ samples: SampleReplies
  ) {
    (rules, self.isProved) = (model.rules, isProved)
    self.samples = samples
    codes = rules.map(RuleCodes.init)
    over = OverRelation(rules)
    let undecided = Set(model.categories.filter(\.isUndecided).map(\.id.value))
    standing = rules.map {
      (undecided.contains($0.category?.value ?? "") ? 0 : 2) + ($0.yields ? 0 : 1)
    }
    words = rules.map { $0.phrases.map(\.wordCount) }
    textCounts = rules.map(\.text.count)
    moreWords = rules.map(\.moreWords)
    wordless = rules.indices.filter { [rules] in rules[$0].phrases.isEmpty }
    unprovedWordless = wordless.filter { !isProved[$0] }
  }

  /// What is wrong with a rule: that it cannot win, or only by tie-breaks.
  func findings(_ number: Int) -> [ProofFinding] {
    var (findings, losses): ([ProofFinding], [ProofFinding.Loss]) = ([], [])
    var canWin = false
    for sample in samples.samples(of: rules[number], number) {
      switch outcome(of: sample, of: number, &findings) {
      case .wins: canWin = true
      case .loses(let loss): losses.append(loss)
      case .neverFits: break
      }
    }
    return findings
      + (canWin
        ? losses.map { .unreachablePhrase($0) } : losses.prefix(1).map { .unreachableRule($0) })
  }

  // MARK: - One phrase, said alone

  private enum Outcome {
    case wins
    case loses(ProofFinding.Loss)
    /// What the rule forbids is in the way: `PhraseProofs` reports it.
    case neverFits
  }

  /// How a rule fares with its own phrases. Adds what is ambiguous on the way.
  private func outcome(
    of sample: SampleReplies.Sample, of number: Int, _ findings: inout [ProofFinding]
  ) -> Outcome {
    if isProved[number], !mayLoseToUnproved(number, sample) { return .wins }
    let (rivals, ties) = rivals(of: number, in: sample)
    if rivals.isEmpty, !mayForbid(number, sample) { return .wins }
    if isProved[number], rivals.allSatisfy({ isProved[$0] }) { return .wins }
    var canWin = false
    var loss: ProofFinding.Loss?
    for context in codes[number].contexts(apartFrom: ties.map { codes[$0] }, representatives) {
      guard let trace = trace(sample, of: number, in: context) else { continue }
      findings += ambiguities(trace.own, trace.candidates, trace.reply)
      let found = self.loss(trace, sample, context)
      if found == nil, ties.isEmpty { return .wins }
      canWin = canWin || found == nil
      loss = loss ?? found
    }
    if canWin { return .wins }
    guard let loss else { return .neverFits }
    // Where it lost with the codes that were tried, others may serve it better.
    for context in codes[number].contexts(apartFrom: rivals.map { codes[$0] }, representatives) {
      guard let trace = trace(sample, of: number, in: context) else { continue }
      if self.loss(trace, sample, context) == nil { return .wins }
    }
    return .loses(loss)
  }

  /// Whether one of the rules that have yet to be proved beside this one may be its rival in a sample.
  private func mayLoseToUnproved(_ number: Int, _ sample: SampleReplies.Sample) -> Bool {
    guard let phrases = samples.phrasesAtMost(in: sample, unprovedOnly: true) else { return true }
    if needsCodes(number, sample), unprovedWordless.contains(where: { canMeet($0, number) }) {
      return true
    }
    // (Nearly always there are none.)
    return phrases.contains {
      isRival($0.rule, saying: words(of: $0.index, in: $0.rule), of: number, in: sample)
    }
  }

  private func canMeet(_ rival: Int, _ number: Int) -> Bool {
    rival != number && codes[number].overlaps(codes[rival])
  }

  /// Whether rules without words can win over a rule where a sample is said.
  private func needsCodes(_ number: Int, _ sample: SampleReplies.Sample) -> Bool {
    sample.phrases.isEmpty || standing[number] < 2
  }

  /// Whether a rule that can count so many of the words can win over another one with its sample.
  private func isRival(
    _ rival: Int, saying words: Int, of number: Int, in sample: SampleReplies.Sample
  ) -> Bool {
    // (Most have too few words.)
    (standing[rival] > standing[number]
      || words >= self.words(of: sample.indices[0], in: number)) && canMeet(rival, number)
  }

  /// Whether something that the rule forbids may be said in a sample.
  private func mayForbid(_ number: Int, _ sample: SampleReplies.Sample) -> Bool {
    if !rules[number].forbids { return false }
    let first = rules[number].text.count + rules[number].all.count
    return samples.phrasesAtMost(in: sample)?
      .contains { $0.rule == number && $0.index >= first } ?? true
  }

  /// The rules that can win over this one where nothing but the sample is said, and those of them that can
  /// name just as much.
  private func rivals(
    of number: Int, in sample: SampleReplies.Sample
  ) -> (all: [Int], ties: [Int]) {
    func canTie(_ rival: Int) -> Bool {
      standing[rival] == standing[number] && codes[number].canTie(with: codes[rival])
        && !over.relates(number, rival)
    }
    let byCodes = needsCodes(number, sample) ? wordless.filter { canMeet($0, number) } : []
    guard !sample.phrases.isEmpty else { return (byCodes, byCodes.filter(canTie)) }
    let ownWords = words(of: sample.indices[0], in: number)
    func isRival(_ rival: Int, _ words: Int) -> Bool {
      self.isRival(rival, saying: words, of: number, in: sample)
    }
    // Few samples have the words of a rival at all: only those are walked over.
    if let most = samples.phrasesAtMost(in: sample),
      !most.contains(where: { isRival($0.rule, words(of: $0.index, in: $0.rule)) })
    {
      return (byCodes, [])
    }
    let said = saidWords(by: sample)
    let byWords = said.filter { isRival($0.key, $0.value) }.keys.sorted()
    return (byWords + byCodes, byWords.filter { said[$0] ?? 0 >= ownWords && canTie($0) })
  }

  /// The literal words that a rule can count where one of its phrases is said.
  private func words(of index: Int, in rule: Int) -> Int {
    (index < textCounts[rule] ? words[rule][index] : 0) + moreWords[rule]
  }

  /// How many of its literal words a sample can say at most, for each rule of which it says a phrase.
  private func saidWords(by sample: SampleReplies.Sample) -> [Int: Int] {
    // (Which of its own alternatives are said does not matter.)
    var said: [Int: Int] = [:]
    for phrase in samples.phrasesSaid(by: sample, .first, withOwnAlternatives: false) {
      let rule = Int(phrase.rule)
      let words = phrase.index < textCounts[rule] ? phrase.wordCount : 0
      said[rule] = max(said[rule] ?? 0, words + moreWords[rule])
    }
    return said
  }

  private struct SampleTrace {
    let reply: String
    let own: Candidate
    let candidates: [Candidate]
  }

  /// `nil` where the rule does not fit.
  private func trace(
    _ sample: SampleReplies.Sample, of number: Int, in context: CodeContext,
    _ filling: SampleReplies.Filler = .first
  ) -> SampleTrace? {
    let reply = samples.reply(sample, codes: context.text, filling)
    let candidates = samples.candidates(in: reply)
    return candidates.first { $0.rule == number }.map {
      SampleTrace(reply: reply, own: $0, candidates: candidates)
    }
  }

  /// How the rule loses for sure: with either filling, to a rule that is always found where this is.
  private func loss(
    _ trace: SampleTrace, _ sample: SampleReplies.Sample, _ context: CodeContext
  ) -> ProofFinding.Loss? {
    func sureWinner(_ trace: SampleTrace) -> Candidate? {
      trace.candidates.first { rival in
        let rule = rules[Int(rival.rule)]
        // Phrases that are said in any order make no whole in which a '*' could be relied on.
        let isSure =
          !rule.forbids
          && (sample.phrases.count < 2 || rule.phrases.allSatisfy { $0.segments.count == 1 })
        return isSure && rival.rule != trace.own.rule && wins(rival, over: trace.own)
      }
    }
    guard let winner = sureWinner(trace),
      let other = self.trace(sample, of: Int(trace.own.rule), in: context, .second),
      sureWinner(other) != nil
    else { return nil }
    return ProofFinding.Loss(
      phrase: sample.phrases.first, reply: trace.reply, own: trace.own, winner: winner)
  }

  private func wins(_ rival: Candidate, over own: Candidate) -> Bool {
    rival.isAsSpecific(as: own)
      ? over.stands(Int(rival.rule), over: Int(own.rule)) : rival.isMoreSpecific(than: own)
  }

  private func ambiguities(
    _ own: Candidate, _ candidates: [Candidate], _ reply: String
  ) -> [ProofFinding] {
    candidates.prefix { own.isAsSpecific(as: $0) }
      .filter { $0.rule != own.rule && !over.relates(Int(own.rule), Int($0.rule)) }
      .prefix(Self.mostPairsOfOneRule)
      .map { .ambiguous(own: own, other: $0, reply: reply) }
  }
}
