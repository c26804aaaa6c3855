/// The text of the innermost quoted reply, as its server meant it to be read.
enum ReplyText {
  /// Leaves out the reply codes before each line, the status codes behind them and the wrapper's
  /// words after the reply; folds white space.
  static func read(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>, by image: CatalogueImage
  ) -> String {
    var text: [UInt8] = []
    func append(_ range: Range<Int>) {
      for byte in bytes[range] {
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        if isSpace {
          if let last = text.last, last != 0x20 { text.append(0x20) }
        } else {
          text.append(byte)
        }
      }
    }

    let end = trailerStart(match, bytes, image) ?? bytes.count
    var start = match.replyStart
    var lexer = ReplyLexer(bytes, replyStart: match.replyStart)
    var (isHead, hasWords) = (true, false)
    while let token = lexer.next(), token.start < end {
      guard token.start >= match.replyStart else { continue }
      isHead = token.kind == .replyCode || (token.kind == .statusCode && isHead)
      if isHead {
        // What stands before the first code are the wrapper's marks.
        if hasWords { append(start..<token.start) }
        // `550-text`, `(#5.1.1) text`: the mark behind it belongs to the code.
        let isJoined = token.end < end && "-)]".utf8.contains(bytes[token.end])
        start = isJoined ? token.end + 1 : token.end
      } else {
        if !hasWords, start == match.replyStart, start > 0 { start = skipMarks(bytes, from: start) }
        hasWords = true
      }
    }
    append(start..<max(start, end))
    if text.last == 0x20 { text.removeLast() }
    return String(readable: text)
  }

  /// The bytes of the innermost quoted reply: with its codes and line breaks, without the wrapper.
  static func range(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>, by image: CatalogueImage
  ) -> Range<Int> {
    let start = match.replyStart == 0 ? 0 : skipMarks(bytes, from: match.replyStart)
    return start..<max(start, trailerStart(match, bytes, image) ?? bytes.count)
  }

  /// Where the wrapper's words after the reply begin: in brackets, or on a line of their own.
  private static func trailerStart(
    _ match: ReplyMatch, _ bytes: UnsafeBufferPointer<UInt8>, _ image: CatalogueImage
  ) -> Int? {
    guard let trailer = match.trailer,
      let start = PhraseLocator(image, bytes, match, end: trailer.end)
        .locate(trailer.phrase, end: trailer.end)?.start,
      start > match.replyStart
    else { return nil }
    switch bytes[start - 1] {
    case UInt8(ascii: "("): return start - 1
    case UInt8(ascii: "\n"): return start
    default: return nil
    }
  }

  /// The spaces, colon or closing bracket that a wrapper leaves before a reply without a code.
  private static func skipMarks(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, " :;])>".utf8.contains(bytes[index]) { index += 1 }
    return index
  }
}
