/// Cuts a reply into words, codes and things with a form of their own (addresses, IP addresses,
/// names, URLs, numbers with units).
///
/// One pass forward. Looking ahead is bounded, or remembered (`chunkEnd`, `urlEnd`), so that the
/// whole is linear for any input.
package struct ReplyLexer {
  let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var position = 0

  /// The code of the reply that is being read (0: none yet).
  private var currentCode: UInt32 = 0
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

  /// Where a quoted reply is known to begin.
  private let replyStart: Int?

  /// - Parameter replyStart: Where an earlier walk found that a wrapper's words end, which only the
  ///   rules can tell.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, replyStart: Int? = nil) {
    (self.bytes, self.replyStart) = (bytes, replyStart)
  }

  /// Says that a quoted reply starts here: a wrapper's words have just ended.
  mutating func expectReply() { isAtHead = true }

  /// The next piece; `nil` at the end.
  @inline(__always)
  package mutating func next() -> Token? {
    let previousEnd = position
    skipSeparators()
    if let replyStart, (previousEnd...position).contains(replyStart) { expectReply() }
    guard position < bytes.count else { return nil }
    let token = lexPlainWord() ?? lexThing()
    position = token.end
    hasBegun = true
    return token
  }

  @inline(__always)
  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  @inline(__always)
  private mutating func skipSeparators() {
    lastMark = 0
    if byte(position) == UInt8(ascii: " ") { position &+= 1 }
    if position < bytes.count, !bytes[position].isAlphanumeric { skipMarks() }
  }

  private mutating func skipMarks() {
    while position < bytes.count, !bytes[position].isAlphanumeric {
      let unit = WordUnit(bytes, at: position)
      guard unit.kind == .separator else { return }
      switch bytes[position] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (isAtHead, lastMark) = (true, 0)
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: lastMark = bytes[position]
      }
      position += unit.length
    }
  }

  // MARK: - Words

  /// A word of letters and digits that stands alone, as nearly every one does.
  @inline(__always)
  private mutating func lexPlainWord() -> Token? {
    guard bytes[position].isLetter, position >= chunkEnd, position >= urlEnd else { return nil }
    var key = WordKey()
    var end = position
    while true {
      let group = LetterGroup(bytes, at: end)
      if group.length > 0 { key.append(group: group.folded) }
      end &+= group.length
      if group.length < 8 { break }
    }
    let next = byte(end)
    guard next == UInt8(ascii: " ") || !isJoined(at: end) else { return nil }
    key.finish()
    isAtHead = false
    var token = Token(kind: .word, start: position, end: end)
    (token.key, token.isLong) = (key.value, key.isLong)
    return token
  }

  /// A code, an address, an IP address, or a word.
  @inline(never)
  private mutating func lexThing() -> Token {
    if let code = lexHead() { return code }
    if position >= chunkEnd, let thing = lexChunk() { return thing }
    return finish(scanWord())
  }

  /// Whether a word that ends here may go on as an address, an IP address or a name.
  private func isJoined(at end: Int) -> Bool {
    switch byte(end) {
    case UInt8(ascii: "@"), 0x80...: true
    // An IP address, or a URL's scheme.
    case UInt8(ascii: ":"): end - position <= 5
    case let mark where mark.isAddressCharacter:
      byte(end + 1).isAlphanumeric || byte(end + 1).isAddressCharacter
        || byte(end + 1) == UInt8(ascii: "@") || byte(end + 1) >= 0x80
    default: false
    }
  }

  /// The letters and digits from here on, or one ideograph.
  private func scanWord() -> Token {
    var token = Token(kind: .word, start: position, end: position)
    var key = WordKey()
    var isNumber = true
    while true {
      let group = LetterGroup(bytes, at: token.end)
      if group.length > 0 {
        key.append(group: group.folded)
        isNumber = isNumber && group.isNumber
        token.end += group.length
      }
      if group.length < 8 { break }
    }
    if byte(token.end) >= 0x80 { return scanWordBeyondASCII() }
    key.finish()
    (token.key, token.isLong, token.isCount) = (key.value, key.isLong, isNumber)
    return token
  }

  private func scanWordBeyondASCII() -> Token {
    var token = Token(kind: .word, start: position, end: position)
    var key = WordKey()
    var isNumber = true
    while token.end < bytes.count {
      let unit = WordUnit(bytes, at: token.end)
      if unit.kind == .separator || (unit.kind == .ideograph && token.end > position) { break }
      key.append(unit.value)
      if !bytes[token.end].isDigit { isNumber = false }
      token.end += unit.length
      if unit.kind == .ideograph { break }
    }
    key.finish()
    (token.key, token.isLong, token.isCount) = (key.value, key.isLong, isNumber)
    return token
  }

  /// Notes what larger thing begins with the word.
  private mutating func finish(_ word: Token) -> Token {
    var token = word
    isAtHead = false
    if position == nameStart {
      // A name may begin with a digit, and is then no quantity.
      (token.spanClass, token.spanEnd) = (.name, nameEnd)
    } else if bytes[position].isDigit {
      (token.spanClass, token.spanEnd) = quantity(at: position)
    } else if position >= urlEnd, let end = urlEnding(from: token.end) {
      (token.spanClass, token.spanEnd) = (.url, end)
      urlEnd = end
    }
    return token
  }

  // MARK: - Addresses and names

  private var nameStart = -1
  private var nameEnd = 0

  /// Looks at the run of address characters that begins here, once: is it an address, an IP address?
  /// A dotted name is noted for `finish`.
  private mutating func lexChunk() -> Token? {
    var end = position
    while let length = addressCharacter(at: end) { end += length }
    chunkEnd = max(end, position + 1)
    if byte(end) == UInt8(ascii: "@"), let domainEnd = domainEnding(from: end + 1) {
      chunkEnd = domainEnd
      isAtHead = false
      return Token(kind: .address, start: position, end: domainEnd)
    }
    if let ipEnd = ipEnding(from: position) {
      isAtHead = false
      return Token(kind: .ip, start: position, end: ipEnd)
    }
    noteName(before: end)
    return nil
  }

  /// Notes a dotted name that begins here: its last label is made of letters.
  private mutating func noteName(before limit: Int) {
    var (end, label, hasDot) = (position, position, false)
    while end < limit, bytes[end].isNameCharacter || bytes[end] == UInt8(ascii: ".") {
      if bytes[end] == UInt8(ascii: "."), end + 1 < limit, bytes[end + 1].isAlphanumeric {
        (label, hasDot) = (end + 1, true)
      }
      end += 1
    }
    while end > position, !bytes[end - 1].isAlphanumeric { end -= 1 }
    guard hasDot, end - label >= 2, bytes[label..<end].allSatisfy(\.isLetter) else { return }
    (nameStart, nameEnd) = (position, end)
  }

  /// The length of the character, if it can stand in an address's local part: RFC 5322 atext less
  /// what replies put around addresses, and the letters of scripts that put spaces between words.
  private func addressCharacter(at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] < 0x80 { return bytes[index].isAddressCharacter ? 1 : nil }
    let unit = WordUnit(bytes, at: index)
    return unit.kind == .letter ? unit.length : nil
  }

  private func domainEnding(from start: Int) -> Int? {
    if byte(start) == UInt8(ascii: "[") {
      let limit = min(start + 64, bytes.count)
      return bytes[start..<limit].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
    }
    var end = start
    while end < bytes.count {
      if bytes[end].isNameCharacter || bytes[end] == UInt8(ascii: ".") {
        end += 1
      } else if bytes[end] >= 0x80, let length = addressCharacter(at: end) {
        end += length
      } else {
        break
      }
    }
    while end > start, bytes[end - 1] < 0x80, !bytes[end - 1].isAlphanumeric { end -= 1 }
    return end > start ? end : nil
  }

  private func ipEnding(from start: Int) -> Int? {
    guard start == 0 || !bytes[start - 1].isNameCharacter && bytes[start - 1] != UInt8(ascii: ".")
    else { return nil }
    return ip4Ending(from: start) ?? ip6Ending(from: start)
  }

  private func ip4Ending(from start: Int) -> Int? {
    var index = start
    for part in 0..<4 {
      if part > 0 {
        guard byte(index) == UInt8(ascii: ".") else { return nil }
        index += 1
      }
      let (value, digits) = number(at: index)
      guard (1...3).contains(digits), value <= 255 else { return nil }
      index += digits
    }
    // `192.0.2.1-pool.example.com` is a name, `192.0.2.1.` the end of a sentence.
    let isJoined = byte(index) == UInt8(ascii: ".") || byte(index) == UInt8(ascii: "-")
    guard !byte(index).isAlphanumeric, byte(index) != UInt8(ascii: "_"),
      !(isJoined && byte(index + 1).isAlphanumeric)
    else { return nil }
    return index
  }

  private func ip6Ending(from start: Int) -> Int? {
    var (index, groupStart, colons) = (start, start, 0)
    var isShortened = false
    while index < min(start + 40, bytes.count) {
      if bytes[index] == UInt8(ascii: ":") {
        if byte(index + 1) == UInt8(ascii: ":") {
          guard !isShortened else { return nil }
          isShortened = true
        }
        (groupStart, colons) = (index + 1, colons + 1)
      } else if !bytes[index].isHexDigit || index - groupStart == 4 {
        break
      }
      index += 1
    }
    // The last two groups may be written as an IPv4 address (RFC 4291, 2.2).
    if byte(index) == UInt8(ascii: "."), let end = ip4Ending(from: groupStart) {
      return isShortened ? (colons <= 6 ? end : nil) : (colons == 6 ? end : nil)
    }
    guard isShortened ? colons <= 7 : colons == 7 && index > groupStart,
      !byte(index).isNameCharacter
    else { return nil }
    return index
  }

  // MARK: - URLs and quantities

  /// The end of the URL whose scheme ends here, if it is one.
  private func urlEnding(from schemeEnd: Int) -> Int? {
    guard schemeEnd - position <= 5, byte(schemeEnd) == UInt8(ascii: ":"),
      byte(schemeEnd + 1) == UInt8(ascii: "/"), byte(schemeEnd + 2) == UInt8(ascii: "/")
    else { return nil }
    var end = schemeEnd + 3
    while end < bytes.count, bytes[end].isURLCharacter { end += 1 }
    while [".", ",", ";", ":", "!", "?"].contains(Unicode.Scalar(bytes[end - 1])) { end -= 1 }
    return end
  }

  /// A duration or a size that begins with the digits here.
  private func quantity(at start: Int) -> (TokenClass?, Int) {
    var index = start
    let limit = min(start + 24, bytes.count)
    while index < limit,
      bytes[index].isDigit
        || ((bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ","))
          && byte(index + 1).isDigit)
    { index += 1 }
    if let end = clockEnding(from: start) { return (.duration, end) }
    while byte(index) == UInt8(ascii: " "), index < limit { index += 1 }
    let unitStart = index
    while index < limit, bytes[index].isLetter { index += 1 }
    guard index > unitStart, !byte(index).isAlphanumeric else { return (nil, 0) }
    return (
      Quantity.tokenClass(ofUnit: UnsafeBufferPointer(rebasing: bytes[unitStart..<index])), index
    )
  }

  /// `hh:mm` or `hh:mm:ss`.
  private func clockEnding(from start: Int) -> Int? {
    var index = start + number(at: start).digits
    var parts = 1
    while parts < 3, byte(index) == UInt8(ascii: ":"), number(at: index + 1).digits == 2 {
      index += 3
      parts += 1
    }
    return parts > 1 && !byte(index).isAlphanumeric ? index : nil
  }

  private func number(at start: Int) -> (value: UInt32, digits: Int) {
    var (value, index): (UInt32, Int) = (0, start)
    while index < min(start + 6, bytes.count), bytes[index].isDigit {
      value = value * 10 + UInt32(bytes[index] - UInt8(ascii: "0"))
      index += 1
    }
    return (value, index - start)
  }

  // MARK: - Codes

  /// A reply code or enhanced status code, where it stands as such and not as a number in the text.
  private mutating func lexHead() -> Token? {
    guard bytes[position].isDigit, position >= chunkEnd, position >= urlEnd else { return nil }
    if let status = status(at: position), isAtHead || isStatusMark(lastMark) {
      return Token(kind: .statusCode, start: position, end: status.end, code: status.packed)
    }
    let (code, digits) = number(at: position)
    guard digits == 3, (200...599).contains(code) else { return nil }
    let after = byte(position + 3)
    guard !after.isNameCharacter || after == UInt8(ascii: "-"), after != UInt8(ascii: ".") else {
      return nil
    }
    let continues = code == currentCode && (after == UInt8(ascii: "-") || isContinued)
    // After other words, the first code on a line of its own begins what is quoted.
    let isQuoted =
      isAtHead ? currentCode == 0 : !continues && beginsQuotedReply(code, after: after)
    guard isAtHead || continues || isQuoted else { return nil }
    // `<<<` in a transcript: the next reply of the same session, quoted by none. So is a `503`: after
    // a failure the commands come in a bad sequence (RFC 5321, 4.3.2).
    let isNextReply = currentCode != 0 && (lastMark == UInt8(ascii: "<") || code == 503)
    let opensQuote = isQuoted && hasBegun && !isNextReply
    isContinued = after == UInt8(ascii: "-")
    currentCode = code
    isAtHead = true
    return Token(
      kind: .replyCode, start: position, end: position + 3, code: code, opensQuote: opensQuote)
  }

  /// Whether a code in the middle of a line begins a reply that is quoted there, as in
  /// `SMTP; 550 …`, `<<< 550 …`, `returned '550 …'`, or before an enhanced status code.
  private func beginsQuotedReply(_ code: UInt32, after: UInt8) -> Bool {
    guard code >= 400, code / 10 % 10 <= 5 else { return false }
    var index = position + 3
    while [" ", "-", "#", "("].contains(Unicode.Scalar(byte(index))), index < position + 6 {
      index += 1
    }
    if index > position + 3, let status = status(at: index), status.packed >> 20 == code / 100 {
      return true
    }
    switch lastMark {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): return true
    case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: "["):
      return currentCode == 0 || after == UInt8(ascii: "-")
    default: return false
    }
  }

  /// A mark before which a status code may stand in the middle of the text: `(#5.1.1)`, `dsn=5.1.1`.
  private func isStatusMark(_ mark: UInt8) -> Bool {
    mark == UInt8(ascii: "#") || mark == UInt8(ascii: "(") || mark == UInt8(ascii: "=")
  }

  private func status(at start: Int) -> (packed: UInt32, end: Int)? {
    let first = byte(start)
    guard [UInt8(ascii: "2"), UInt8(ascii: "4"), UInt8(ascii: "5")].contains(first),
      byte(start + 1) == UInt8(ascii: ".")
    else { return nil }
    let (subject, subjectDigits) = number(at: start + 2)
    let dot = start + 2 + subjectDigits
    guard (1...3).contains(subjectDigits), byte(dot) == UInt8(ascii: ".") else { return nil }
    let (detail, detailDigits) = number(at: dot + 1)
    let end = dot + 1 + detailDigits
    guard (1...3).contains(detailDigits), !byte(end).isAlphanumeric,
      !(byte(end) == UInt8(ascii: ".") && byte(end + 1).isDigit)
    else { return nil }
    let packed = StatusPattern(
      class: UInt32(first - UInt8(ascii: "0")), subject: subject, detail: detail
    ).packed
    return (packed, end)
  }
}

/// Some ASCII characters, a bit for each.
private struct ByteSet {
  private let low: UInt64
  private let high: UInt64

  /// RFC 5322 atext less what replies put around addresses, and the dot.
  static var address: ByteSet {
    // !#$%&*+-.0123456789 and A to Z ^_a to z{|}~
    ByteSet(low: 0x03FF_6C7A_0000_0000, high: 0x7FFF_FFFE_C7FF_FFFE)
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
  fileprivate var isLetter: Bool {
    UInt8(ascii: "a") <= self | 0x20 && self | 0x20 <= UInt8(ascii: "z")
  }
  fileprivate var isAlphanumeric: Bool { isDigit || isLetter }
  fileprivate var isHexDigit: Bool {
    isDigit || UInt8(ascii: "a") <= self | 0x20 && self | 0x20 <= UInt8(ascii: "f")
  }
  /// Part of a host name's label.
  fileprivate var isNameCharacter: Bool {
    isAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
  /// Part of an address's local part, or of a name; see `addressCharacter(at:)`.
  @inline(__always)
  fileprivate var isAddressCharacter: Bool { ByteSet.address.contains(self) }
  fileprivate var isURLCharacter: Bool {
    switch self {
    case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "'"):
      false
    default: true
    }
  }
}
