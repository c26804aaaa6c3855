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

  /// - Parameters:
  ///   - rule: The place of the rule that won; `nil` where none fits.
  ///   - likeness: The category that the reply is like, where no rule knows its words.
  ///   - replyClass: 2, 4 or 5; 0 where the reply has no code.
  ///   - mayConcernRecipient: Whether the reply can be about a recipient.
  init(
    rule index: UInt32?, likeness: UInt32?, replyClass: UInt32, mayConcernRecipient: Bool,
    by image: CatalogueImage
  ) {
    let rule = index.map(image.rule)
    let transient = replyClass == 4
    // Without any rule: the last category, which is the undecided one.
    let info = image.categoryInfo(
      likeness ?? index.map { image.matching.rules[$0, .category] }
        ?? UInt32(image.matching.categories.count - 1))
    category = info.id
    var action = (rule?.action ?? info.action).forReply(transient: transient)
    // Nobody is to lose an address because of a likeness, or of a reply to something else.
    if likeness != nil || !mayConcernRecipient, action == .suppress { action = .review }
    self.action = action
    let bounce = info.bounce.forReply(transient: transient || likeness != nil)
    self.bounce = bounce == .hard && !mayConcernRecipient ? .block : bounce
    retry = rule?.retry ?? Retry(action: action, transient: transient)
    basis = likeness != nil ? .likeness : rule?.basis ?? .none
    self.rule = rule?.id
    meaning = rule?.meaning
    let causes = rule?.causes ?? (likeness == nil ? [] : [Cause(cause: info.meaning, remedies: [])])
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
