/// The part of a walk that reads the codes at the head of a reply, and those of a reply that it quotes.
extension ReplyWalk {
  mutating func readCode(_ token: Token) {
    if token.opensQuote { enterQuote(at: token.start) }
    if token.closesQuote { (wordDepth, match.replyEnd) = (depth - 1, token.start) }
    lineCode = token.code
    if !isAtHead { match.hasInnerCodes = true }
    // Words around a quoted reply and words in it make no phrase together.
    if depth > 0, !hasOwnCode {
      state = 0
      memory.readings.removeAll()
    }
    // In a transcript the first failure counts, not the successes before it.
    guard !hasOwnCode || (match.code < 400 && token.code >= 400) else { return noteHead(token) }
    if hasOwnCode {
      (match.replyStart, match.hasInnerCodes, isAtHead) = (token.start, false, true)
    }
    noteHead(token)
    (match.code, hasOwnCode) = (token.code, true)
    if match.status >> 20 != token.code / 100, foretold?.depth != depth {
      (match.status, hasOwnStatus) = (0, false)
    }
  }

  private mutating func noteHead(_ token: Token) {
    if isAtHead { match.headEnd = token.end }
  }

  mutating func readStatus(_ token: Token) {
    noteHead(token)
    // Behind words, a number of another class than the code's is no status: `Postfix (2.11.0)`.
    // Nor is that of the next reply in a transcript this one's.
    let isForeign =
      hasOwnCode && (lineCode != match.code || hasWords && token.code >> 20 != match.code / 100)
    guard !hasOwnStatus, !isForeign else { return }
    (match.status, hasOwnStatus) = (token.code, true)
    if hasWords { late = LateStatus(depth: depth, status: token.code) }
  }

  mutating func useForetoldStatus() {
    guard let foretold, foretold.depth == depth else { return }
    (match.status, hasOwnStatus) = (foretold.status, true)
  }

  /// From here on a reply is quoted. Until it shows its own codes, those of the wrapper hold.
  mutating func enterQuote(at start: Int) {
    depth += 1
    wordDepth = depth
    (match.replyStart, match.headEnd, isAtHead) = (start, 0, true)
    (match.hasInnerCodes, match.emptyWordCount) = (false, 0)
    (match.trailer, match.replyEnd) = (nil, nil)
    (hasOwnCode, hasOwnStatus, hasWords) = (false, false, false)
    useForetoldStatus()
  }
}
