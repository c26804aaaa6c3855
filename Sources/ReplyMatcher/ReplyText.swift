/// The text of the innermost quoted reply, as its server meant it to be read.
struct ReplyText {
  /// Where the text stands in the reply as it is to be read; `nil` where `folded` holds it.
  private(set) var range: Range<Int>? = 0..<0
  private(set) var folded: [UInt8] = []
  /// Whether an underscore stands for each space, as in qmail's log.
  private var isUnderscored = false
  /// The reply's status code.
  private var status: UInt32 = 0
  private var locator: PhraseLocator
  private var trailer = PhraseLocator.Location()
  private var trailerTokens: ReplyTokens

  init(_ image: CatalogueImage) {
    (locator, trailerTokens) = (PhraseLocator(image), ReplyTokens(image))
  }

  /// Leaves out the reply codes before each line, the status codes behind them and the wrapper's
  /// words after the reply; folds white space.
  mutating func read(_ match: ReplyMatch, in tokens: inout ReplyTokens) {
    let bytes = tokens.bytes
    let replyEnd = replyEnd(match, of: bytes)
    var start =
      match.headEnd > 0
      ? behindCode(at: match.headEnd, before: replyEnd, bytes)
      : behindMarks(match.replyStart, bytes)
    let text = bytes.insideMarks(
      start..<max(start, replyEnd), ofReplyAt: replyHead(match, of: bytes))
    let rest = bytes.withoutSpaces(
      around: bytes.withoutEscapedLineBreak(at: bytes.withoutMark(before: text)))
    folded.removeAll(keepingCapacity: true)
    isUnderscored = bytes.byte(rest.lowerBound) == UInt8(ascii: "_")
    if !match.hasInnerCodes, !isUnderscored, bytes.isFolded(in: rest) {
      range = rest
      return
    }
    range = nil
    status = match.status
    let (headEnd, end) = (rest.lowerBound, rest.upperBound)
    start = headEnd
    var (isHead, index) = (false, 0)
    while match.hasInnerCodes, let token = tokens.token(at: index), token.start < end {
      index += 1
      guard token.start >= headEnd else { continue }
      isHead = token.kind == .replyCode || (token.kind == .statusCode && isHead)
      guard isHead else { continue }
      append(start..<token.start, of: bytes)
      start = behindCode(at: token.end, before: end, bytes)
    }
    append(start..<max(start, end), of: bytes)
    if folded.last == 0x20 { folded.removeLast() }
  }

  /// `550-text`, `(#5.1.1) text`: the mark behind it belongs to the code.
  private func behindCode(
    at codeEnd: Int, before end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    codeEnd < end && bytes[codeEnd].isOne(of: "-", ")", "]") ? codeEnd + 1 : codeEnd
  }

  /// The bytes of the innermost quoted reply: with its codes and line breaks, without the wrapper.
  mutating func wholeReply(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    let start = behindMarks(match.replyStart, bytes)
    return start..<max(start, replyEnd(match, of: bytes))
  }

  private mutating func append(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
    let trimmed = bytes.withoutSpaces(around: bytes.withoutEscapedLineBreak(at: range))
    if trimmed.lowerBound > range.lowerBound { appendSpace() }
    if !isUnderscored, bytes.isFolded(in: trimmed) {
      folded.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[trimmed]))
    } else {
      var index = trimmed.lowerBound
      while index < trimmed.upperBound {
        let byte = bytes[index]
        let lineBreak = byte == 0x0A ? 1 : bytes.escapedLineBreak(at: index)
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        if isSpace || lineBreak > 0 || isUnderscored && byte == UInt8(ascii: "_") {
          appendSpace()
          index += max(lineBreak, 1)
        } else {
          folded.append(byte)
          index += 1
        }
        // Each line may begin with the status code.
        if lineBreak > 0, let code = bytes.status(at: index), code.packed == status {
          index = min(code.end, trimmed.upperBound)
        }
      }
    }
    if trimmed.upperBound < range.upperBound { appendSpace() }
  }

  /// Adds a space, unless there is one or nothing before it.
  private mutating func appendSpace() {
    if let last = folded.last, last != 0x20 { folded.append(0x20) }
  }

  /// Where the first code of the reply stands, or its text.
  private func replyHead(_ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if match.headEnd == 0 { return behindMarks(match.replyStart, bytes) }
    var index = match.replyStart
    while index < match.headEnd, !bytes[index].isAlphanumeric { index += 1 }
    return index
  }

  private mutating func replyEnd(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    match.replyEnd ?? trailerStart(match, of: bytes) ?? match.reportEnd ?? bytes.count
  }

  /// Where the wrapper's words after the reply begin: in brackets, behind a semicolon or a slash (which
  /// stands for a line break in qmail's log), or on a line of their own. They are few, so they are looked
  /// for near their end.
  private mutating func trailerStart(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard let (phrase, end) = match.trailer, let marks = match.trailerReach else { return nil }
    // (What tells the reason is none of the wrapper's.)
    let reasonEnd = match.winner.flatMap { $0.phrase == nil ? nil : $0.end } ?? 0
    let openings = marks.reversed().lazy.filter {
      bytes[$0].isOne(of: "(", ";", "/", "\n") && $0 >= reasonEnd
    }
    return openings.first { opening in
      trailerTokens.begin(UnsafeBufferPointer(rebasing: bytes[opening..<end]))
      trailer.removeAll()
      let length = end - opening
      return locator.locate(
        phrase, end: length, in: &trailerTokens, into: &trailer)
        && !bytes[opening..<opening + (trailer.start ?? 0)].contains {
          $0.isAlphanumeric || $0 >= 0x80
        }
    }.map { bytes[$0] == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  /// Behind the spaces, colon or closing bracket that a wrapper leaves before a reply without a code.
  private func behindMarks(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = start
    while start > 0, index < bytes.count,
      bytes[index].isOne(of: " ", ":", "=", ";", "]", ")", ">")
    { index += 1 }
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

  /// `550: text`, `550 - text`: without the mark behind the codes.
  fileprivate func withoutMark(before text: Range<Int>) -> Range<Int> {
    let start = text.first { self[$0] != 0x20 } ?? text.upperBound
    guard start + 1 < text.upperBound, self[start].isOne(of: ":", "-", ",", ";"),
      self[start + 1] == 0x20
    else { return text }
    return start + 2..<text.upperBound
  }

  fileprivate func withoutEscapedLineBreak(at range: Range<Int>) -> Range<Int> {
    let length = [4, 2].first { length in
      range.count >= length && escapedLineBreak(at: range.upperBound - length) == length
    }
    return range.lowerBound..<range.upperBound - (length ?? 0)
  }

  /// Whether a range has no white space but single spaces, and no backslash, which may begin a line
  /// break. `false` says that it may have.
  fileprivate func isFolded(in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    // A step looks at eight bytes, and for each at the one behind it.
    while index + 9 <= range.upperBound {
      let first = EightBytes(self, at: index)
      let second = EightBytes(self, at: index + 1)
      let others = first.within(0x09...0x0D) | first.within(0x5C...0x5C)
      if others | first.spaces(followedBy: second) != 0 { return false }
      index += 8
    }
    while index < range.upperBound {
      let isDoubled =
        self[index] == 0x20 && index + 1 < range.upperBound && self[index + 1] == 0x20
      if isDoubled || (0x09...0x0D).contains(self[index]) || self[index] == 0x5C { return false }
      index += 1
    }
    return true
  }
}
