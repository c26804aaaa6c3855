extension ReplyMatch {
  /// What a `Verdict` says that takes no words: enough to count replies and to act on them.
  public struct Summary: Hashable, Sendable {
    /// What is wrong.
    public let category: BounceCategory
    /// What a program should do.
    public let action: Action
    /// Hard, soft or block.
    public let bounce: BounceType
    /// Whether sending the same message again makes sense.
    public let retry: Retry
    /// What the answer rests on.
    public let basis: Basis
    /// The reply code (RFC 5321, 4.2) of the innermost quoted reply.
    public let code: ReplyCode?
    /// Its enhanced status code (RFC 3463).
    public let status: EnhancedStatusCode?
    /// The SMTP command that was answered, where the wrapper names it.
    public let command: SMTPCommand?
  }
}

extension BounceClassifier {
  /// What a match means, in the very values that its `Verdict` has. Nothing is allocated.
  ///
  /// - Parameter match: What this classifier found, not another.
  /// - Complexity: O(1).
  public func summary(of match: ReplyMatch) -> ReplyMatch.Summary {
    let rule = match.ruleIndex.map(UInt32.init)
    let own = rule.map(image.advice)
    let info = categoryInfo(of: match)
    let transient = match.replyClass == 4
    let isLikeness = match.likeness != nil
    var action = (own?.action ?? info.action).forReply(transient: transient)
    // Nobody is to lose an address because of a likeness, or of a reply to something else.
    if isLikeness || !match.mayConcernRecipient, action == .suppress { action = .review }
    let bounce = info.bounce.forReply(transient: transient || isLikeness)
    return ReplyMatch.Summary(
      category: info.id, action: action,
      bounce: bounce == .hard && !match.mayConcernRecipient ? .block : bounce,
      retry: own?.retry ?? Retry(action: action, transient: transient),
      basis: isLikeness ? .likeness : rule.map(image.basis) ?? Basis.none,
      code: ReplyCode(rawValue: UInt16(match.code)),
      status: EnhancedStatusCode(packed: match.status),
      command: SMTPCommand(number: match.command))
  }

  /// The category of a match. Without any rule: the last one, which is undecided.
  func categoryInfo(of match: ReplyMatch) -> CategoryInfo {
    let index = match.likeness ?? match.ruleIndex.map { image.matching.rules[$0, .category] }
    return index.map { categories[Int($0)] } ?? categories[categories.count - 1]
  }
}
