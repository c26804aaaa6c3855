// The forms of things in a reply, told from their bytes alone: words, names, URLs, numbers with units,
// codes; IP addresses in `IPForms.swift`. Each looks ahead a bounded number of bytes, or no further than the
// thing itself; none knows what came before. Nearly everywhere the first byte tells that nothing of the
// kind stands there: where that is a function of its own, it costs no call.

extension UnsafeBufferPointer<UInt8> {
  /// The byte at an index; 0 beyond the end.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < count ? self[index] : 0 }

  /// The length of a line break that stands here as programs write it in strings, `\n` or `\r\n`; 0 where
  /// none does.
  func escapedLineBreak(at index: Int) -> Int {
    guard byte(index) == UInt8(ascii: "\\") else { return 0 }
    if byte(index &+ 1) == UInt8(ascii: "n") { return 2 }
    let isLong = byte(index &+ 1) == UInt8(ascii: "r") && byte(index &+ 2) == UInt8(ascii: "\\")
    return isLong && byte(index &+ 3) == UInt8(ascii: "n") ? 4 : 0
  }

  // MARK: - Words

  struct Word {
    var key: UInt64
    var end: Int
    var isLong: Bool
    var isNumber: Bool
    var isASCII = true
  }

  /// The letters and digits from an index on, or one ideograph.
  @inline(__always)
  func word(at start: Int) -> Word {
    var key = WordKey()
    var end = start
    var isNumber = true
    while true {
      let group = LetterGroup(self, at: end)
      if group.length > 0 {
        key.append(group: group.folded)
        isNumber = isNumber && group.isNumber
        end &+= group.length
      }
      if group.length < 8 { break }
    }
    if byte(end) >= 0x80 { return wordBeyondASCII(at: start) }
    key.finish()
    return Word(key: key.value, end: end, isLong: key.isLong, isNumber: isNumber)
  }

  @inline(never)
  private func wordBeyondASCII(at start: Int) -> Word {
    let first = WordUnit(self, at: start)
    if first.kind == .ideograph {
      let bytes = EightBytes(padded: self, at: start).first(first.length)
      return Word(
        key: bytes, end: start &+ first.length, isLong: false, isNumber: false, isASCII: false)
    }
    var key = WordKey()
    var end = start
    var isNumber = true
    while end < count {
      let unit = WordUnit(self, at: end)
      if unit.kind == .separator || (unit.kind == .ideograph && end > start) { break }
      key.append(unit.value)
      if !self[end].isDigit { isNumber = false }
      end += unit.length
      if unit.kind == .ideograph { break }
    }
    key.finish()
    return Word(key: key.value, end: end, isLong: key.isLong, isNumber: isNumber, isASCII: false)
  }

  /// Whether a word with this end may go on as an address, an IP address, a name or a URL.
  @inline(__always)
  func isJoined(_ start: Int, at end: Int) -> Bool {
    let mark = byte(end)
    if mark == UInt8(ascii: " ") { return false }
    if mark == UInt8(ascii: ":") {
      // `http://`, `2001:db8::`, but not `said: 550`.
      let next = byte(end + 1)
      return end - start <= 5
        && (next == UInt8(ascii: "/") || next == UInt8(ascii: ":") || next.isHexDigit)
    }
    if mark == UInt8(ascii: "@") || mark >= 0x80 { return true }
    guard mark.isAddressCharacter else { return bracketedAddressEnding(from: start) != nil }
    let next = byte(end + 1)
    return next.isAddressCharacter || next == UInt8(ascii: "@") || next >= 0x80
  }

  // MARK: - Addresses and names

  /// The end of the characters here that can stand in a name.
  @inline(__always)
  private func nameRun(from start: Int) -> Int {
    var end = start
    while true {
      let length = EightBytes(padded: self, at: end).nameLength
      end &+= length
      if length < 8 { return end }
    }
  }

  /// The end of the run of address characters that begins here; and of those in front that can stand
  /// in a name.
  func addressRun(from start: Int) -> (end: Int, nameEnd: Int) {
    let nameEnd = nameRun(from: start)
    var end = nameEnd
    while end < count {
      let length = self[end] < 0x80 ? self[end].isAddressCharacter ? 1 : nil : letterLength(at: end)
      guard let length else { break }
      end &+= length
    }
    return (end, nameEnd)
  }

  /// The length of a letter beyond ASCII, if it can stand in an address: the letters of scripts that
  /// put spaces between words can.
  private func letterLength(at index: Int) -> Int? {
    let unit = WordUnit(self, at: index)
    return unit.kind == .letter ? unit.length : nil
  }

  /// The end of the address that stands here between angle brackets. There its local part may have the
  /// characters that replies put around addresses (RFC 5321, 4.1.2): `<o'brien@example.com>`.
  @inline(__always)
  func bracketedAddressEnding(from start: Int) -> Int? {
    start > 0 && self[start &- 1] == UInt8(ascii: "<") ? addressEnding(behindBracket: start) : nil
  }

  private func addressEnding(behindBracket start: Int) -> Int? {
    var end = start
    while end < count, self[end].isLocalPartCharacter { end &+= 1 }
    guard byte(end) == UInt8(ascii: "@"), let domainEnd = domainEnding(from: end &+ 1),
      byte(domainEnd) == UInt8(ascii: ">")
    else { return nil }
    return domainEnd
  }

  /// The end of the domain, or of the address literal, behind an `@`.
  func domainEnding(from start: Int) -> Int? {
    if byte(start) == UInt8(ascii: "[") {
      let limit = Swift.min(start + 64, count)
      return self[start..<limit].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
    }
    var end = nameRun(from: start)
    while byte(end) >= 0x80, let length = letterLength(at: end) {
      end = nameRun(from: end + length)
    }
    while end > start, self[end - 1] < 0x80, !self[end - 1].isAlphanumeric { end -= 1 }
    return end > start ? end : nil
  }

  /// The end of the dotted name that begins here, if its last label is made of letters.
  ///
  /// - Parameter limit: The end of the characters that can stand in a name.
  func nameEnding(from start: Int, before limit: Int) -> Int? {
    var end = limit
    while end > start, !self[end &- 1].isAlphanumeric { end &-= 1 }
    var label = end
    while label > start, self[label &- 1].isLetter { label &-= 1 }
    return end &- label >= 2 && label > start && self[label &- 1] == UInt8(ascii: ".") ? end : nil
  }

  /// Whether a dotted name has the form of a host's: three labels or more, the last of them short. Others
  /// have dots, too: errors (`javax.mail.AuthenticationFailedException`), malware (`Email.Trojan.Agent`), and
  /// sentences between which the space is missing (`Mailbox full.Please try later`).
  func isHost(_ name: Range<Int>) -> Bool {
    let (dot, mostLetters) = (UInt8(ascii: "."), 7)
    let end = self[
      Swift.max(name.lowerBound + 1, name.upperBound - mostLetters - 1)..<name.upperBound]
    guard let lastDot = end.lastIndex(of: dot) else { return false }
    let (before, after) = (self[lastDot - 1], self[lastDot + 1])
    let isCapitalized = before >= UInt8(ascii: "a") && after <= UInt8(ascii: "Z")
    return !isCapitalized && self[name.lowerBound..<lastDot].contains(dot)
  }

  /// How many words a name has: `mx-1.example.com` has four.
  func wordCount(in name: Range<Int>) -> Int {
    name.count {
      self[$0].isAlphanumeric && ($0 == name.lowerBound || !self[$0 - 1].isAlphanumeric)
    }
  }

  // MARK: - URLs and quantities

  /// The end of the URL whose scheme stands here, if it is one.
  @inline(__always)
  func urlEnding(from start: Int, schemeEnd: Int) -> Int? {
    byte(schemeEnd) == UInt8(ascii: ":") && schemeEnd &- start <= 5
      ? urlEnding(from: schemeEnd &+ 1) : nil
  }

  private func urlEnding(from slashes: Int) -> Int? {
    guard byte(slashes) == UInt8(ascii: "/"), byte(slashes + 1) == UInt8(ascii: "/") else {
      return nil
    }
    var end = slashes + 2
    while end < count, self[end].isURLCharacter { end += 1 }
    while self[end - 1].endsSentence { end -= 1 }
    return end
  }

  /// A duration or a size that begins with the digits here.
  func quantity(at start: Int) -> (tokenClass: TokenClass?, end: Int) {
    var index = start
    let limit = Swift.min(start + 24, count)
    while index < limit,
      self[index].isDigit
        || ((self[index] == UInt8(ascii: ".") || self[index] == UInt8(ascii: ","))
          && byte(index + 1).isDigit)
    { index += 1 }
    if let end = clockEnding(from: start) { return (.duration, end) }
    while byte(index) == UInt8(ascii: " "), index < limit { index += 1 }
    let unitStart = index
    while index < limit, self[index].isLetter { index += 1 }
    guard index > unitStart, !byte(index).isAlphanumeric else { return (nil, 0) }
    let unit = UnsafeBufferPointer(rebasing: self[unitStart..<index])
    return (Quantity.tokenClass(ofUnit: unit), index)
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

  /// The number that begins here, as far as its sixth digit.
  func number(at start: Int) -> (value: UInt32, digits: Int) {
    var (value, index): (UInt32, Int) = (0, start)
    while index < Swift.min(start &+ 6, count), self[index].isDigit {
      value = value &* 10 &+ UInt32(self[index] &- UInt8(ascii: "0"))
      index &+= 1
    }
    return (value, index - start)
  }

  // MARK: - Status codes

  /// The enhanced status code that begins here.
  func status(at start: Int) -> (packed: UInt32, end: Int)? {
    let first = byte(start)
    guard byte(start + 1) == UInt8(ascii: "."),
      first == UInt8(ascii: "2") || first == UInt8(ascii: "4") || first == UInt8(ascii: "5")
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

extension UInt8 {
  /// Whether it is one of these ASCII characters. (A string would be walked for each byte.)
  @inline(__always)
  func isOne(of marks: Unicode.Scalar...) -> Bool { marks.contains { self == UInt8(ascii: $0) } }

  @inlinable package var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
  @inlinable package var isLetter: Bool {
    UInt8(ascii: "a") <= self | 0x20 && self | 0x20 <= UInt8(ascii: "z")
  }
  @inlinable package var isAlphanumeric: Bool { isDigit || isLetter }
  var isHexDigit: Bool {
    isDigit || UInt8(ascii: "a") <= self | 0x20 && self | 0x20 <= UInt8(ascii: "f")
  }
  /// Part of a host name's label.
  var isNameCharacter: Bool {
    isAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }

  /// What can stand in an address, an IP address, a name or a URL between its words, also only between
  /// angle brackets; and whatever is no ASCII.
  @inline(__always)
  var mayJoin: Bool {
    // The bits of local parts' characters, and of : and @. Chosen without a branch, which would go either
    // way.
    let (low, high): (UInt64, UInt64) = (0xA7FF_ECFA_0000_0000, 0x7FFF_FFFF_C7FF_FFFF)
    let bits = low ^ (low ^ high) & (0 &- UInt64(self >> 6 & 1))
    return (bits &>> UInt64(self & 63) | UInt64(self >> 7)) & 1 == 1
  }

  /// Whether it can stand in a local part without quotation marks (RFC 5322, 3.2.3; RFC 6531, 3.3).
  package var isLocalPartCharacter: Bool {
    isAddressCharacter || isOne(of: "'", "/", "=", "?", "`") || self >= 0x80
  }

  /// Part of an address's local part, or of a name: RFC 5322 atext less what replies put around
  /// addresses, and the dot.
  @inline(__always)
  var isAddressCharacter: Bool {
    // A bit for each of !#$%&*+-.0123456789 and of A to Z ^_a to z{|}~
    let bits: UInt64 = self < 64 ? 0x03FF_6C7A_0000_0000 : 0x7FFF_FFFE_C7FF_FFFE
    return self < 0x80 && bits >> UInt64(self & 63) & 1 == 1
  }

  fileprivate var isURLCharacter: Bool {
    // A bit for each control, space and "')<>, and for ] and delete.
    let others: UInt64 = self < 64 ? 0x5000_0285_FFFF_FFFF : 0x8000_0000_2000_0000
    return self >= 0x80 || others >> UInt64(self & 63) & 1 == 0
  }

  /// A mark that belongs to the sentence in which a URL stands.
  fileprivate var endsSentence: Bool {
    switch self {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"):
      true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the word that ends here has a digit.
  func hasDigit(inWordBefore end: Int) -> Bool {
    self[..<end].reversed().lazy.prefix { $0.isAlphanumeric }.contains { $0.isDigit }
  }

  /// Where so many words begin that end at a place. Addresses and names are one word each.
  func start(ofWords count: UInt32, before end: Int) -> Int {
    func isOfWord(_ index: Int) -> Bool { self[index].isAlphanumeric || self[index] >= 0x80 }
    func joins(_ index: Int) -> Bool {
      guard index > 0, index + 1 < end else { return false }
      switch self[index] {
      case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "@"):
        return isOfWord(index - 1) && isOfWord(index + 1)
      default: return false
      }
    }
    var start = end
    for _ in 0..<count {
      while start > 0, !isOfWord(start - 1) { start -= 1 }
      while start > 0, isOfWord(start - 1) || joins(start - 1) { start -= 1 }
    }
    return start
  }
}
