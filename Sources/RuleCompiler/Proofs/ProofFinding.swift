import ReplyMatcher

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the proofs found wrong, with the reply that shows it. Rules are named by their numbers.
enum ProofFinding {
  /// A reply in which a rule fits, and the one that wins it.
  struct Loss {
    /// The phrase that was said; `nil` where there were only codes.
    let phrase: Phrase?
    let reply: String
    let own: Candidate
    let winner: Candidate
  }

  enum PhraseRole { case text, all, unless }

  /// Both rules name equally much of the reply, and no `over` says which of them wins.
  case ambiguous(own: Candidate, other: Candidate, reply: String)
  case unreachableRule(Loss)
  case unreachablePhrase(Loss)
  /// A phrase does nothing beside another one. Phrases are named by their place in the rule.
  case redundantPhrase(rule: Int, phrase: Int, besides: Int, PhraseRole)
  /// The rule's own `unless` or a guard forbids the phrase.
  case forbiddenPhrase(rule: Int, phrase: Int, by: Int)

  /// The rule that loses, and the one it loses to, for examples that are lost by the same fault.
  var loss: (rule: UInt32, winner: UInt32)? {
    switch self {
    case .ambiguous(let own, let other, _):
      own.beats(other) ? (other.rule, own.rule) : (own.rule, other.rule)
    case .unreachableRule(let loss), .unreachablePhrase(let loss):
      (loss.own.rule, loss.winner.rule)
    case .redundantPhrase, .forbiddenPhrase: nil
    }
  }

  /// Everything that can be found in the rules.
  static func all(
    in model: RuleModel, _ words: SampleWords, _ classifier: BounceClassifier
  ) -> [ProofFinding] {
    let rules = model.rules
    // Each processor's share has its own memory of samples. Neighbours are alike: dealt out like cards,
    // they cost all shares the same.
    let unprovedCount = words.isProved.count { !$0 }
    let shares = max(1, min(ProcessInfo.processInfo.activeProcessorCount, unprovedCount / 100))
    let byShare = (0..<shares).concurrentMap { share in
      let samples = SampleReplies(model, words, classifier)
      let phraseProofs = PhraseProofs(model, isProved: words.isProved, samples)
      let ruleProofs = RuleProofs(model, isProved: words.isProved, samples)
      return stride(from: share, to: rules.count, by: shares).map { number in
        phraseProofs.findings(number) + ruleProofs.findings(number)
      }
    }
    let findings = rules.indices.flatMap { byShare[$0 % shares][$0 / shares] }
    var ambiguousPairs: Set<[UInt32]> = []
    return findings.filter { finding in
      switch finding {
      // Each of the two finds it.
      case .ambiguous(let own, let other, _):
        ambiguousPairs.insert([own.rule, other.rule].sorted()).inserted
      // Rules that extend the standard catalogue may leave nothing to one of its rules.
      case .unreachableRule(let loss), .unreachablePhrase(let loss):
        !rules[Int(loss.own.rule)].isStandard || rules[Int(loss.winner.rule)].isStandard
      case .redundantPhrase, .forbiddenPhrase: true
      }
    }
  }
}
