import ReplyMatcher

/// Finds the phrases of a rule that do nothing beside its other phrases, by saying each alone.
struct PhraseProofs {
  let rules: [RuleDefinition]
  let isProved: [Bool]
  let samples: SampleReplies

  /// What is wrong with a rule's phrases.
  func findings(_ number: Int) -> [ProofFinding] {
    let rule = rules[number]
    guard !isProved[number], rule.phrases.count > 1 else { return [] }
    let roles: [ProofFinding.PhraseRole] =
      rule.text.map { _ in .text } + rule.all.map { _ in .all }
      + (rule.unless + rule.guarded).map { _ in .unless }
    let phrases = rule.phrases
    // A guard's phrases do something in one rule or another: nothing is wrong with them here.
    let said = rule.ownPhrases.indices.map { phrasesSaid(by: $0, phrases, roles, number) }
    if said.allSatisfy({ $0.count < 2 }) { return [] }
    return said.indices.compactMap { index in
      let role = roles[index]
      let near = said[index].sorted()
      let forbidden = near.first { roles[$0] == .unless }
      if role != .unless, let forbidden {
        return .forbiddenPhrase(rule: number, phrase: index, by: forbidden)
      }
      // What covers a phrase is said with it; but the longer of two `all` says more than the shorter.
      let other = (role == .all ? Array(roles.indices) : near).first { other in
        guard other != index, roles[other] == role else { return false }
        // Of two that say each other, the second is one too many, or the one that a guard has too.
        let isMutual = said.indices.contains(other) && covers(index, other, role, phrases, said)
        return covers(other, index, role, phrases, said) && (other < index || !isMutual)
      }
      return other.map { .redundantPhrase(rule: number, phrase: index, besides: $0, role) }
    }
  }

  /// Whether the phrase `index` does nothing beside `other`.
  private func covers(
    _ other: Int, _ index: Int, _ role: ProofFinding.PhraseRole, _ phrases: [Phrase],
    _ said: [Set<Int>]
  ) -> Bool {
    switch role {
    // A phrase of more words or more details has its use: it is more specific, it tells more.
    case .text:
      said[index].contains(other) && phrases[other].wordCount >= phrases[index].wordCount
        && phrases[other].placeholders.isSuperset(of: phrases[index].placeholders)
    // Where the longer one is said, the shorter one is too.
    case .all: said[other].contains(index)
    case .unless: said[index].contains(other)
    }
  }

  /// The phrases of the rule, by their place in it, that are said wherever one of them is; of those
  /// for which nobody asks, some may be missing.
  private func phrasesSaid(
    by index: Int, _ phrases: [Phrase], _ roles: [ProofFinding.PhraseRole], _ number: Int
  ) -> Set<Int> {
    let phrase = phrases[index]
    let sample = SampleReplies.Sample(rule: number, indices: [index], phrases: [phrase])
    /// Whether it can forbid the phrase, or one of the two can cover the other.
    func matters(_ other: Int) -> Bool {
      if other == index { return false }
      return roles[other] == .unless
        || roles[other] == roles[index]
          && (roles[index] != .text || phrases[other].wordCount >= phrase.wordCount)
    }
    if let most = samples.phrasesAtMost(in: sample),
      !most.contains(where: { $0.rule == number && matters($0.index) })
    {
      return [index]
    }
    func said(_ filler: SampleReplies.Filler) -> Set<Int> {
      let said = samples.phrasesSaid(by: sample, filler)
      return Set(said.filter { $0.rule == number }.map { Int($0.index) })
    }
    let first = said(.first)
    return first.count < 2 && !first.isEmpty ? first : first.intersection(said(.second))
  }
}
