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
    var lexer = ReplyLexer(bytes)
    var (isHead, hasWords) = (true, false)
    while true {
      // The walk told its lexer where a wrapper's words end; this one has to be told too.
      if lexer.position == match.replyStart { lexer.expectReply() }
      guard let token = lexer.next(), token.start < end else { break }
      guard token.start >= match.replyStart else { continue }
      isHead = token.kind == .replyCode || (token.kind == .statusCode && isHead)
      if isHead {
        // What stands before the first code are the wrapper's marks.
        if hasWords { append(start..<token.start) }
        // `550-text`: the hyphen belongs to the code.
        let isJoined = token.end < end && bytes[token.end] == UInt8(ascii: "-")
        start = isJoined ? token.end + 1 : token.end
      } else {
        if !hasWords, start == match.replyStart, start > 0 { start = skipMarks(bytes, from: start) }
        hasWords = true
      }
    }
    append(start..<max(start, end))
    if text.last == 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// Where the wrapper's words after the reply begin: in brackets, or on a line of their own.
  private static func trailerStart(
    _ match: ReplyMatch, _ bytes: UnsafeBufferPointer<UInt8>, _ image: CatalogueImage
  ) -> Int? {
    guard let trailer = match.trailer,
      let start = PhraseLocator(image, bytes, end: trailer.end)
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
