import ReplyMatcher

extension String {
  /// The mail addresses that stand in it.
  var addresses: [String] {
    var text = self
    return text.withUTF8 { bytes in
      var lexer = ReplyLexer(bytes)
      var addresses: [String] = []
      while let token = lexer.next() {
        guard token.kind == .address else { continue }
        let address = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
        addresses.append(String(address.withoutWordsAround))
      }
      return addresses
    }
  }

  /// The addresses of a field's value, which stand between commas.
  var listedAddresses: [String] {
    split(separator: ",").flatMap { item in
      Mailbox(beginning: Array(item.utf8)[...]).map { [$0.address] } ?? String(item).addresses
    }
  }

  /// Of an address, what belongs to it where a script without spaces stands right beside it: of
  /// `无法发送到ann@example.com的邮件，`, `ann@example.com`.
  var withoutWordsAround: Substring {
    guard contains(where: \.isEastAsian), let sign = lastIndex(of: "@") else { return self[...] }
    var start = startIndex
    var end = self[sign...].firstIndex(where: \.isEastAsianMark) ?? endIndex
    // No name of a top-level domain mixes scripts.
    let dot = self[sign..<end].lastIndex(of: ".") ?? sign
    let name = self[index(after: dot)..<end]
    if name.first?.isASCII == true { end = name.firstIndex(where: \.isEastAsian) ?? end }
    // Whoever has letters of such a script before the sign, has some behind it.
    let isForeign = self[sign..<end].contains(where: \.isEastAsian)
    let word = self[..<sign].lastIndex { $0.isEastAsianMark || !isForeign && $0.isEastAsian }
    if let word, index(after: word) < sign { start = index(after: word) }
    return self[start..<end]
  }

  /// Whether an address's domain can be one of the Internet.
  var hasDottedDomain: Bool {
    split(separator: "@").last?.contains(".") == true
  }
}

extension [String] {
  /// The address, where there is just one, be it several times: `"ann@example.com" <ann@example.com>`.
  var onlyAddress: String? { Set(map { $0.lowercased() }).count == 1 ? self[0] : nil }
}

extension Character {
  /// Whether it is Chinese or Japanese, which are written without spaces, or a mark in such a text.
  fileprivate var isEastAsian: Bool {
    unicodeScalars.contains { 0x3000...0x9FFF ~= $0.value || 0xFF00...0xFFEF ~= $0.value }
  }

  fileprivate var isEastAsianMark: Bool { isEastAsian && !isLetter && !isNumber }
}

/// A mail address at the beginning of a text, with or without angle brackets (RFC 5321, 4.1.2): also one
/// that the words of a reply would be cut out of, `"Ann B"@example.com` or `a/b=c@example.com`.
struct Mailbox {
  let address: String
  /// What stands behind it.
  let rest: ArraySlice<UInt8>

  /// - Parameter isWhole: Whether the text is an address and nothing else, so that marks in front are
  ///   part of it.
  init?(beginning text: ArraySlice<UInt8>, isWhole: Bool = false) {
    var rest = text.drop { $0 <= 0x20 }
    let isBracketed = rest.first == UInt8(ascii: "<")
    if isBracketed { rest.removeFirst() }
    let start = rest
    if rest.first == UInt8(ascii: "\"") {
      rest.removeFirst()
      while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
        if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
      }
    } else {
      // (Without brackets, marks in front stand around it.)
      guard isBracketed || isWhole || rest.first.map({ !"'/=?`".utf8.contains($0) }) == true else {
        return nil
      }
      rest = rest.drop(while: \.isLocalPartCharacter)
    }
    guard rest.startIndex > start.startIndex, rest.first == UInt8(ascii: "@") else { return nil }
    var domain = rest.dropFirst().prefix(while: \.isDomainCharacter)
    // Dots behind it are the sentence's.
    while domain.last == UInt8(ascii: ".") { domain.removeLast() }
    rest = rest.dropFirst(1 + domain.count)
    guard !domain.isEmpty, isBracketed ? rest.first == UInt8(ascii: ">") : Self.isEnd(rest) else {
      return nil
    }
    address = String(decoding: start[..<rest.startIndex], as: UTF8.self)
    guard isBracketed || isWhole || address.withoutWordsAround == address else { return nil }
    self.rest = isBracketed ? rest.dropFirst() : rest
  }

  private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first.map { $0 <= 0x20 || ":;).".utf8.contains($0) } ?? true
  }
}

extension UInt8 {
  /// Of a domain, or of an address literal.
  fileprivate var isDomainCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), 0x80...:
      true
    default: false
    }
  }
}
