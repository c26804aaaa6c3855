/// What a verdict says because of the rule that won, the class of the reply's code and whether the
/// reply can be about a recipient, whatever else stands in it.
package struct RuleAnswer: Sendable {
  package let category: BounceCategory
  package let action: Action
  package let bounce: BounceType
  package let retry: Retry
  package let basis: Basis
  package let rule: RuleID?
  package let meaning: String?
  package let causes: [Cause]
  package let tip: String?
  /// The rule's links, else its file's.
  package let links: [String]
  /// The error codes that its phrases name.
  package let errorCodes: ErrorCodes

  init(to match: ReplyMatch, by classifier: BounceClassifier) {
    let summary = classifier.summary(of: match)
    let info = classifier.categoryInfo(of: match)
    let rule = match.ruleIndex.map { classifier.rule(at: $0) }
    (category, action, bounce) = (summary.category, summary.action, summary.bounce)
    (retry, basis) = (summary.retry, summary.basis)
    self.rule = rule?.id
    meaning = rule?.meaning
    let causes =
      rule?.causes
      ?? (match.likeness == nil ? [] : [Cause(cause: info.meaning, remedies: [])])
    self.causes = causes.map { cause in
      cause.remedies.isEmpty ? Cause(cause: cause.cause, remedies: info.remedies) : cause
    }
    tip = rule?.tip
    links = rule.map { $0.links.isEmpty ? $0.source.links : $0.links } ?? []
    errorCodes = ErrorCodes(rule?.errorCodes ?? [])
  }

  /// The links of a verdict: these, and those of the blocklist that the reply names.
  package func links(withThoseOf blocklist: Source?) -> [String] {
    links + (blocklist?.links ?? []).filter { !links.contains($0) }
  }
}
