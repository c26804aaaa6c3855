import BounceCatalogue
import ReplyMatcher
import RuleCompiler

/// The trace in its JSON form: every rule that fits, with its measures.
struct TraceRecord: Encodable {
  struct Fit: Encodable {
    let rule: RuleID
    @OrNull var phrase: String?
    let isDecided: Bool
    let isFirm: Bool
    let depth: Int
    let words: Int
    let statusParts: Int
    let codeDigits: Int
    let hosts: String
    let over: Int
    let category: BounceCategory
    /// Why the first one wins; `null` for itself.
    @OrNull var reason: String?
  }

  let fits: [Fit]

  init(of reply: [UInt8], remoteHost: String?, by classifier: BounceClassifier) {
    let trace = classifier.trace(reply, remoteHost: remoteHost)
    let candidates = trace.candidates
    fits = candidates.enumerated().map { index, candidate in
      let rule = classifier.rule(at: candidate.rule)
      return Fit(
        rule: rule.id,
        phrase: trace.phraseIndex(of: candidate).map { (rule.text + rule.all)[$0] },
        isDecided: candidate[.decided] == 1, isFirm: candidate[.firm] == 1,
        depth: candidate[.depth], words: candidate[.words],
        statusParts: candidate[.status], codeDigits: candidate[.code],
        hosts: ["other", "unknown", "fit"][candidate[.hosts]], over: candidate[.over],
        category: rule.category,
        reason: index == 0
          ? nil : candidates[0].reason(over: candidate, named: rule.id.rawValue))
    }
  }
}
