/// The text of the innermost quoted reply, as its server meant it to be read.
struct ReplyText {
  /// Where the text stands in the reply as it is to be read; `nil` where `folded` holds it.
  private(set) var range: Range<Int>? = 0..<0
  private(set) var folded: [UInt8] = []
  private let locator: PhraseLocator
  private var trailer = PhraseLocator.Location()

  init(_ image: CatalogueImage) { locator = PhraseLocator(image) }

  /// Leaves out the reply codes before each line, the status codes behind them and the wrapper's
  /// words after the reply; folds white space.
  mutating func read(_ match: ReplyMatch, in tokens: inout ReplyTokens) {
    let bytes = tokens.bytes
    let end = trailerStart(match, &tokens) ?? bytes.count
    range = nil
    folded.removeAll(keepingCapacity: true)
    var start = match.replyStart
    var (isHead, hasWords) = (true, false)
    var index = 0
    while let token = tokens.token(at: index), token.start < end {
      index += 1
      guard token.start >= match.replyStart else { continue }
      isHead = token.kind == .replyCode || (token.kind == .statusCode && isHead)
      if isHead {
        // What stands before the first code are the wrapper's marks.
        if hasWords { append(start..<token.start, of: bytes) }
        // `550-text`, `(#5.1.1) text`: the mark behind it belongs to the code.
        let isJoined = token.end < end && "-)]".utf8.contains(bytes[token.end])
        start = isJoined ? token.end + 1 : token.end
      } else if !hasWords {
        if start == match.replyStart, start > 0 { start = skipMarks(bytes, from: start) }
        hasWords = true
        let rest = start..<max(start, end)
        if !bytes.mayHoldReplyCode(in: rest) {
          let trimmed = bytes.withoutSpaces(around: rest)
          if bytes.isFolded(in: trimmed) {
            range = trimmed
            return
          }
          break
        }
      }
    }
    append(start..<max(start, end), of: bytes)
    if folded.last == 0x20 { folded.removeLast() }
  }

  /// The bytes of the innermost quoted reply: with its codes and line breaks, without the wrapper.
  mutating func wholeReply(_ match: ReplyMatch, in tokens: inout ReplyTokens) -> Range<Int> {
    let bytes = tokens.bytes
    let start = match.replyStart == 0 ? 0 : skipMarks(bytes, from: match.replyStart)
    return start..<max(start, trailerStart(match, &tokens) ?? bytes.count)
  }

  private mutating func append(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
    let trimmed = bytes.withoutSpaces(around: range)
    if trimmed.lowerBound > range.lowerBound { appendSpace() }
    if bytes.isFolded(in: trimmed) {
      folded.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[trimmed]))
    } else {
      for byte in bytes[trimmed] {
        if byte == 0x20 || (0x09...0x0D).contains(byte) {
          appendSpace()
        } else {
          folded.append(byte)
        }
      }
    }
    if trimmed.upperBound < range.upperBound { appendSpace() }
  }

  /// Adds a space, unless there is one or nothing before it.
  private mutating func appendSpace() {
    if let last = folded.last, last != 0x20 { folded.append(0x20) }
  }

  /// Where the wrapper's words after the reply begin: in brackets, or on a line of their own.
  private mutating func trailerStart(_ match: ReplyMatch, _ tokens: inout ReplyTokens) -> Int? {
    guard let (phrase, end) = match.trailer else { return nil }
    trailer.removeAll()
    guard locator.locate(phrase, end: end, before: end, in: &tokens, into: &trailer),
      let start = trailer.start, start > match.replyStart
    else { return nil }
    switch tokens.bytes[start - 1] {
    case UInt8(ascii: "("): return start - 1
    case UInt8(ascii: "\n"): return start
    default: return nil
    }
  }

  /// The spaces, colon or closing bracket that a wrapper leaves before a reply without a code.
  private func skipMarks(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, " :;])>".utf8.contains(bytes[index]) { index += 1 }
    return index
  }
}

// Most replies are one line with single spaces: behind the codes at its head, their text is what
// stands there, and nothing has to be folded or searched for more codes.
extension UnsafeBufferPointer<UInt8> {
  fileprivate func withoutSpaces(around range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start] == 0x20 { start += 1 }
    while end > start, self[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  /// Whether a range has no white space but single spaces. `false` says that it may have.
  fileprivate func isFolded(in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    // A step looks at eight bytes, and for each at the one behind it.
    while index + 9 <= range.upperBound {
      let first = EightBytes(self, at: index)
      let second = EightBytes(self, at: index + 1)
      if first.within(0x09...0x0D) | first.spaces(followedBy: second) != 0 { return false }
      index += 8
    }
    while index < range.upperBound {
      let isDoubled =
        self[index] == 0x20 && index + 1 < range.upperBound && self[index + 1] == 0x20
      if isDoubled || (0x09...0x0D).contains(self[index]) { return false }
      index += 1
    }
    return true
  }

  /// Whether there may be a reply code in a range; the lexer knows whether there is.
  fileprivate func mayHoldReplyCode(in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index + 10 <= range.upperBound {
      let (second, third) = (EightBytes(self, at: index + 1), EightBytes(self, at: index + 2))
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      let codes =
        EightBytes(self, at: index).within(UInt8(ascii: "2")...UInt8(ascii: "5"))
        & second.within(digits) & third.within(digits)
      if codes != 0, (index..<index + 8).contains(where: mayBeReplyCode) { return true }
      index += 8
    }
    return range.upperBound - index >= 3
      && (index...range.upperBound - 3).contains(where: mayBeReplyCode)
  }

  /// Whether three digits stand here that are not part of a longer word or number.
  private func mayBeReplyCode(at index: Int) -> Bool {
    (UInt8(ascii: "2")...UInt8(ascii: "5")).contains(self[index]) && self[index + 1].isDigit
      && self[index + 2].isDigit && (index == 0 || !self[index - 1].isAlphanumeric)
      && !byte(index + 3).isAlphanumeric && byte(index + 3) != UInt8(ascii: ".")
  }
}
