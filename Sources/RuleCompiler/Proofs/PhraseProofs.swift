import ReplyMatcher

/// Finds the phrases of a rule that do nothing beside its other phrases, by saying each alone.
struct PhraseProofs {
  private let rules: [RuleDefinition]
  private let isProved: [Bool]
  private let samples: SampleReplies
  /// By rule, the guards that no rule before it names, as places of their phrases: they are proved with it.
  private let newGuards: [[Range<Int>]]

  init(_ model: RuleModel, isProved: [Bool], _ samples: SampleReplies) {
    (rules, self.isProved, self.samples) = (model.rules, isProved, samples)
    let counts = Dictionary(
      uniqueKeysWithValues: model.guards.map { ($0.id.value, $0.phrases.count) })
    var named: Set<String> = []
    newGuards = rules.map { rule in
      var end = rule.ownPhrases.count
      return rule.guards.compactMap { name in
        let start = end
        end += counts[name.value] ?? 0
        return named.insert(name.value).inserted ? start..<end : nil
      }
    }
  }

  /// What is wrong with a rule's phrases.
  func findings(_ number: Int) -> [ProofFinding] {
    let rule = rules[number]
    guard !isProved[number], rule.phrases.count > 1 else { return [] }
    let roles: [ProofFinding.PhraseRole] =
      rule.text.map { _ in .text } + rule.all.map { _ in .all }
      + (rule.unless + rule.guarded).map { _ in .unless }
    let phrases = rule.phrases
    let indices = Array(rule.ownPhrases.indices) + newGuards[number].joined()
    let said = Dictionary(
      uniqueKeysWithValues: indices.map { ($0, phrasesSaid(by: $0, phrases, roles, number)) })
    return indices.compactMap { index in
      let role = roles[index]
      let ownGuard = newGuards[number].first { $0.contains(index) }
      // Other rules name a guard without what this one says beside it.
      let near = said[index, default: []].filter((ownGuard ?? roles.indices).contains).sorted()
      let forbidden = near.first { roles[$0] == .unless }
      if role != .unless, let forbidden {
        return .forbiddenPhrase(rule: number, phrase: index, by: forbidden)
      }
      // What covers a phrase is said with it; but the longer of two `all` says more than the shorter.
      let other = (role == .all ? Array(roles.indices) : near).first { other in
        guard other != index, roles[other] == role else { return false }
        // Of two that say each other, the second is one too many, or the one that a guard has too.
        let isMutual =
          (ownGuard ?? rule.ownPhrases.indices).contains(other)
          && covers(index, other, role, phrases, said)
        return covers(other, index, role, phrases, said) && (other < index || !isMutual)
      }
      return other.map { .redundantPhrase(rule: number, phrase: index, besides: $0, role) }
    }
  }

  /// Whether the phrase `index` does nothing beside `other`.
  private func covers(
    _ other: Int, _ index: Int, _ role: ProofFinding.PhraseRole, _ phrases: [Phrase],
    _ said: [Int: Set<Int>]
  ) -> Bool {
    switch role {
    // A phrase of more words or more details has its use: it is more specific, it tells more.
    case .text:
      said[index, default: []].contains(other)
        && phrases[other].wordCount >= phrases[index].wordCount
        && phrases[other].placeholders.isSuperset(of: phrases[index].placeholders)
    // Where the longer one is said, the shorter one is too.
    case .all: said[other, default: []].contains(index)
    case .unless: said[index, default: []].contains(other)
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
