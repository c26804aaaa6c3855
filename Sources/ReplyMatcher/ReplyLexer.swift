/// Cuts a reply into words, codes and things with a form of their own (addresses, IP addresses,
/// names, URLs, numbers with units).
///
/// One pass forward. Looking ahead is bounded, or remembered (`chunkEnd`, `urlEnd`), so that the
/// whole is linear for any input. `ByteForms.swift` knows the forms; this knows what came before.
package struct ReplyLexer {
  let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var position = 0

  /// The code of the reply that is being read (0: none yet).
  private var currentCode: UInt32 = 0
  /// Whether that is a failure that a transcript shows (`<<< 550 …`).
  private var isInTranscript = false
  /// Whether that reply's last line began with `550-`, so that more lines follow.
  private var isContinued = false
  /// Whether only codes have been seen since the reply, the line or the quote began.
  private var isAtHead = true
  /// Whether any token came before.
  private var hasBegun = false
  /// The last separator before `position` other than a space; 0 where there was none.
  private var lastMark: UInt8 = 0
  /// The end of the run of address characters whose form is already known.
  private var chunkEnd = 0
  private var urlEnd = 0
  /// The last dotted name.
  private var nameStart = -1
  private var nameEnd = 0

  /// Where a quoted reply is known to begin.
  private let replyStart: Int?

  /// - Parameter replyStart: Where an earlier walk found that a wrapper's words end, which only the
  ///   rules can tell.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, replyStart: Int? = nil) {
    (self.bytes, self.replyStart) = (bytes, replyStart)
  }

  /// Says that a quoted reply starts here: a wrapper's words have just ended.
  mutating func expectReply() { isAtHead = true }

  /// Whether the next piece would be the code of a failure, if a reply were expected here.
  func isCodeNext() -> Bool {
    var ahead = self
    ahead.skipSeparators()
    ahead.expectReply()
    guard bytes.byte(ahead.position).isDigit, bytes.quantity(at: ahead.position).tokenClass == nil
    else { return false }
    return ahead.lexCode().map { $0.kind == .statusCode || $0.code >= 400 } ?? false
  }

  /// The next piece; `nil` at the end.
  @inline(__always)
  package mutating func next() -> Token? {
    let previousEnd = position
    skipSeparators()
    if let replyStart, previousEnd <= replyStart, replyStart <= position { expectReply() }
    guard position < bytes.count else { return nil }
    let code = bytes[position].isDigit ? lexCode() : nil
    let token = code ?? lexThing()
    (position, hasBegun) = (token.end, true)
    return token
  }

  /// The plain words from here on, which most of a reply is made of, until something else stands
  /// there that `next` reads.
  ///
  /// - Parameter block: Where the last ones ended.
  @inline(__always)
  func plainWords(_ block: LetterBlock) -> PlainWords {
    PlainWords(bytes: bytes, block: block, position: position, formsEnd: chunkEnd)
  }

  /// Goes behind plain words that were read.
  @inline(__always)
  mutating func didReadPlainWords(endingAt end: Int) {
    (position, isAtHead, hasBegun) = (end, false, true)
  }

  private mutating func skipSeparators() {
    lastMark = 0
    if bytes.byte(position) == UInt8(ascii: " ") { position &+= 1 }
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isAlphanumeric { return }
      if byte >= 0x80 {
        let unit = WordUnit(bytes, at: position)
        guard unit.kind == .separator else { return }
        lastMark = byte
        position &+= unit.length
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (isAtHead, lastMark) = (true, 0)
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      case UInt8(ascii: "\\"):
        let length = bytes.escapedLineBreak(at: position)
        if length > 0 {
          (isAtHead, lastMark) = (true, 0)
          position &+= length
          continue
        }
        lastMark = byte
      default: lastMark = byte
      }
      position &+= 1
    }
  }

  // MARK: - Words and things

  /// An address, an IP address, or a word.
  private mutating func lexThing() -> Token {
    isAtHead = false
    let word = bytes.word(at: position)
    if position >= chunkEnd {
      if !bytes.isJoined(position, at: word.end) {
        chunkEnd = word.end
      } else if let thing = lexChunk(word.isASCII ? word.end : position) {
        return thing
      }
    }
    var token = Token(start: position, word)
    if position == nameStart {
      // A name may begin with a digit, and is then no quantity.
      token.begin(.name, endingAt: nameEnd)
    } else if bytes[position].isDigit {
      let quantity = bytes.quantity(at: position)
      token.begin(quantity.tokenClass, endingAt: quantity.end)
    } else if position >= urlEnd,
      let end = bytes.urlEnding(from: position, schemeEnd: word.end)
    {
      token.begin(.url, endingAt: end)
      urlEnd = end
    }
    return token
  }

  /// Looks at the run of address characters that begins here, once: is it an address, an IP address?
  /// A dotted name is noted for `lexThing`.
  private mutating func lexChunk(_ asciiEnd: Int) -> Token? {
    if let end = bytes.bracketedAddressEnding(from: position) {
      chunkEnd = end
      return Token(kind: .address, start: position, end: end)
    }
    let ip4End = bytes.ip4Ending(from: position)
    if let ip4End, !bytes.byte(ip4End).mayJoin {
      chunkEnd = ip4End
      return Token(kind: .ip, start: position, end: ip4End)
    }
    let run = bytes.addressRun(from: asciiEnd)
    chunkEnd = max(run.end, position &+ 1)
    let mark = bytes.byte(run.end)
    if mark == UInt8(ascii: "@"), let domainEnd = bytes.domainEnding(from: run.end + 1) {
      chunkEnd = domainEnd
      return Token(kind: .address, start: position, end: domainEnd)
    }
    if bytes[position].isDigit || mark == UInt8(ascii: ":"),
      let ipEnd = ip4End ?? bytes.ip6Ending(from: position)
    {
      return Token(kind: .ip, start: position, end: ipEnd)
    }
    if let nameEnd = bytes.nameEnding(from: position, before: run.nameEnd) {
      (nameStart, self.nameEnd) = (position, nameEnd)
    }
    return nil
  }

  // MARK: - Codes

  /// A reply code or enhanced status code, where it stands as such and not as a number in the text.
  private mutating func lexCode() -> Token? {
    guard position >= chunkEnd, position >= urlEnd else { return nil }
    let (second, third) = (bytes.byte(position &+ 1), bytes.byte(position &+ 2))
    guard second.isDigit, third.isDigit else {
      return second == UInt8(ascii: ".") ? lexStatus() : nil
    }
    let code =
      UInt32(bytes[position] & 15) &* 100 &+ UInt32(second & 15) &* 10 &+ UInt32(third & 15)
    guard 200 <= code, code <= 599 else { return nil }
    let after = bytes.byte(position &+ 3)
    // Some logs write `_` for a space.
    let underscore = UInt8(ascii: "_")
    let isBetweenUnderscores = after == underscore && lastMark == underscore
    guard !after.isNameCharacter || after == UInt8(ascii: "-") || isBetweenUnderscores,
      after != UInt8(ascii: ".")
    else { return nil }
    let continues = code == currentCode && (after == UInt8(ascii: "-") || isContinued)
    // After other words, the first code on a line of its own begins what is quoted.
    let isQuoted =
      isAtHead ? currentCode == 0 : !continues && beginsQuotedReply(code, after: after)
    guard isAtHead || continues || isQuoted else { return nil }
    // `<<<` in a transcript: the next reply of the same session, quoted by none. So is a `503`: after
    // a failure the commands come in a bad sequence (RFC 5321, 4.3.2).
    let isMarked = lastMark == UInt8(ascii: "<")
    let isNextReply = currentCode != 0 && (isMarked || code == 503)
    let opensQuote = isQuoted && (hasBegun || isMarked) && !isNextReply
    // What stands unmarked below `<<< 550 …` is the word of the server that shows the transcript.
    let closesQuote = isInTranscript && !continues && !isQuoteMark(lastMark)
    isInTranscript = opensQuote ? isMarked && code >= 400 : isInTranscript && !closesQuote
    isContinued = after == UInt8(ascii: "-")
    currentCode = code
    isAtHead = true
    var token = Token(kind: .replyCode, start: position, end: position + 3, key: UInt64(code))
    (token.opensQuote, token.closesQuote) = (opensQuote && !closesQuote, closesQuote)
    return token
  }

  private func lexStatus() -> Token? {
    guard let status = bytes.status(at: position) else { return nil }
    // `Status: 5.1.1`: where there is no code, a failure's may also stand behind a word.
    let isNamed = lastMark == UInt8(ascii: ":") && currentCode == 0 && status.packed >> 20 >= 4
    guard isAtHead || isStatusMark(lastMark) || isNamed else { return nil }
    return Token(kind: .statusCode, start: position, end: status.end, key: UInt64(status.packed))
  }

  /// Whether a code in the middle of a line begins a reply that is quoted there, as in
  /// `SMTP; 550 …`, `<<< 550 …`, `returned '550 …'`, or before an enhanced status code.
  private func beginsQuotedReply(_ code: UInt32, after: UInt8) -> Bool {
    guard code >= 400, code / 10 % 10 <= 5 else { return false }
    var index = position + 3
    while index < position + 6, bytes.byte(index).isBeforeStatus { index += 1 }
    if index > position + 3, let status = bytes.status(at: index),
      status.packed >> 20 == code / 100
    {
      return true
    }
    let isSure =
      lastMark.isOne(of: "'", "\"", "<", ">") || currentCode == 0 || after == UInt8(ascii: "-")
    return isQuoteMark(lastMark) && isSure && !isOtherNumber(before: after)
  }

  /// Whether a number with the form of a code is a process id (`smtp[550]: …`), a port (`[192.0.2.1]:587`),
  /// a user's id (`(500/500)`) or a quantity (`retry in: 500 seconds`).
  private func isOtherNumber(before after: UInt8) -> Bool {
    let before = bytes[..<position].suffix(2)
    let isProcessID = before.last == UInt8(ascii: "[") && after == UInt8(ascii: "]")
    let isPort = before.elementsEqual("]:".utf8)
    let isUserID = after == UInt8(ascii: "/") && bytes.byte(position &+ 4).isDigit
    return isProcessID || isPort || isUserID || bytes.quantity(at: position).tokenClass != nil
  }

  /// A mark behind which a reply may be quoted.
  private func isQuoteMark(_ mark: UInt8) -> Bool {
    mark.isOne(of: "'", "\"", "<", ">", ":", ";", "(", "[")
  }

  /// A mark before which a status code may stand in the middle of the text: `(#5.1.1)`, `dsn=5.1.1`,
  /// `b'5.1.1 …'`.
  private func isStatusMark(_ mark: UInt8) -> Bool { mark.isOne(of: "#", "(", "=", "'", "\"") }
}

extension UInt8 {
  /// What may stand between a reply code and the status code behind it.
  fileprivate var isBeforeStatus: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "#"), UInt8(ascii: "("),
      UInt8(ascii: "]"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension Token {
  @inline(__always)
  fileprivate init(start: Int, _ word: UnsafeBufferPointer<UInt8>.Word) {
    self.init(kind: .word, start: start, end: word.end, key: word.key)
    (isLong, isCount) = (word.isLong, word.isNumber)
  }
}
