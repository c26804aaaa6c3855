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
        if hasWords { append(bytes[start..<token.start]) }
        // `550-text`, `(#5.1.1) text`: the mark behind it belongs to the code.
        let isJoined = token.end < end && "-)]".utf8.contains(bytes[token.end])
        start = isJoined ? token.end + 1 : token.end
      } else if !hasWords {
        if start == match.replyStart, start > 0 { start = skipMarks(bytes, from: start) }
        hasWords = true
        range = PlainText.trimmed(start..<max(start, end), of: bytes)
        if range != nil { return }
      }
    }
    append(bytes[start..<max(start, end)])
    if folded.last == 0x20 { folded.removeLast() }
  }

  /// The bytes of the innermost quoted reply: with its codes and line breaks, without the wrapper.
  mutating func wholeReply(_ match: ReplyMatch, in tokens: inout ReplyTokens) -> Range<Int> {
    let bytes = tokens.bytes
    let start = match.replyStart == 0 ? 0 : skipMarks(bytes, from: match.replyStart)
    return start..<max(start, trailerStart(match, &tokens) ?? bytes.count)
  }

  private mutating func append(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    for byte in bytes {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isSpace {
        if let last = folded.last, last != 0x20 { folded.append(0x20) }
      } else {
        folded.append(byte)
      }
    }
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

/// Most replies are one line of ASCII with single spaces: behind the codes at its head, their text is
/// what stands there, and nothing has to be folded or searched for more codes.
private enum PlainText {
  /// The range without the spaces around it; `nil` where the text may be anything but plain: it has
  /// other bytes than printable ASCII, two spaces in a row, or digits that might be a reply code.
  static func trimmed(
    _ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
  ) -> Range<Int>? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    guard isPlain(UnsafeBufferPointer(rebasing: bytes[start..<end])) else { return nil }
    return start..<end
  }

  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // A step looks at eight bytes, and for each at the two behind it; the last step looks again at
    // bytes of the one before. No space is the last byte.
    let last = bytes.count - 10
    guard last >= 0 else { return isShortAndPlain(bytes) }
    var (index, special): (Int, UInt64) = (0, 0)
    while true {
      let first = EightBytes(bytes, at: index)
      let (second, third) = (EightBytes(bytes, at: index + 1), EightBytes(bytes, at: index + 2))
      special |= first.unprintable | third.unprintable | first.spaces(followedBy: second)
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      special |=
        first.within(UInt8(ascii: "2")...UInt8(ascii: "5")) & second.within(digits)
        & third.within(digits)
      if index == last { return special == 0 }
      index = min(index + 8, last)
    }
  }

  private static func isShortAndPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.allSatisfy { index in
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      return 0x20 <= bytes[index] && bytes[index] < 0x7F
        && !(bytes[index] == 0x20 && next == 0x20)
    }
      && !bytes.indices.dropLast(2).contains { index in
        bytes[index...(index + 2)].allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
