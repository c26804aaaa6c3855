import ReplyMatcher

/// Changes of a reply that change nothing about its meaning: the verdict has to stay the same.
enum Perturbation: String, CaseIterable {
  case upperCase = "upper case"
  case lowerCase = "lower case"
  case spacing
  case punctuation
  case folding = "line folding"
  case wrapper
  case hosts = "host names"
  case addresses
  case numbers
  case ids

  /// The changed reply; `nil` where there is nothing to change.
  func apply(to reply: String) -> String? {
    let changed =
      switch self {
      case .upperCase: Self.mapped(reply, \.uppercaseMapping, back: \.lowercaseMapping)
      case .lowerCase: Self.mapped(reply, \.lowercaseMapping, back: \.uppercaseMapping)
      case .spacing: reply.replacing(" ", with: "  ")
      case .punctuation: Self.withCommas(reply)
      case .folding: Self.folded(reply)
      case .wrapper: Self.wrapped(reply)
      case .hosts, .addresses, .numbers, .ids: replacingTokens(of: reply)
      }
    return changed == reply ? nil : changed
  }

  /// Only letters that come back from the other case: `ß` does not.
  private static func mapped(
    _ reply: String, _ mapping: KeyPath<Unicode.Scalar.Properties, String>,
    back: KeyPath<Unicode.Scalar.Properties, String>
  ) -> String {
    reply.unicodeScalars.reduce(into: "") { result, scalar in
      let other = scalar.properties[keyPath: mapping].unicodeScalars
      let returns =
        other.count == 1 && other.first!.properties[keyPath: back] == String(scalar)
      result.unicodeScalars.append(returns ? other.first! : scalar)
    }
  }

  /// A comma behind every third word that a space follows.
  private static func withCommas(_ reply: String) -> String {
    let words = reply.split(separator: " ", omittingEmptySubsequences: false)
    return words.enumerated().map { index, word in
      let isPlain = !word.isEmpty && word.allSatisfy { $0.isASCII && $0.isLetter }
      return index % 3 == 2 && isPlain ? word + "," : String(word)
    }.joined(separator: " ")
  }

  /// As an SMTP reply of two lines (RFC 5321, 4.2.1), or with a line break in running text.
  private static func folded(_ reply: String) -> String {
    guard !reply.contains(where: \.isNewline) else { return reply }
    let words = reply.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 3 else { return reply }
    let middle = max(2, words.count / 2)
    let (first, second) = (words[..<middle], words[middle...])
    let isCode = words[0].count == 3 && ReplyCode(rawValue: UInt16(words[0]) ?? 0) != nil
    return isCode
      ? "\(words[0])-\(first.dropFirst().joined(separator: " "))\r\n"
        + "\(words[0]) \(second.joined(separator: " "))"
      : first.joined(separator: " ") + "\r\n " + second.joined(separator: " ")
  }

  private static func wrapped(_ reply: String) -> String {
    guard ReplyCode(rawValue: UInt16(reply.prefix(3)) ?? 0) != nil else { return reply }
    return "host relay.other.example[198.51.100.77] said: \(reply) (in reply to RCPT TO command)"
  }

  // MARK: - Names and numbers

  private func replacingTokens(of reply: String) -> String {
    var reply = reply
    var changed: [UInt8] = []
    reply.withUTF8 { bytes in
      var lexer = ReplyLexer(bytes)
      var position = 0
      var last: Token?
      while let token = lexer.next() {
        let end = max(token.end, token.spanEnd)
        if token.start >= position, let text = replacement(for: token, in: bytes, after: last) {
          changed += bytes[position..<token.start]
          changed += Array(text.utf8)
          position = self == .hosts ? end : token.end
        } else if token.spanClass != nil, token.start >= position, self != .hosts {
          // What stands inside a name or a link belongs to it.
          changed += bytes[position..<end]
          position = end
        }
        last = token
      }
      changed += bytes[position...]
    }
    return String(decoding: changed, as: UTF8.self)
  }

  private func replacement(
    for token: Token, in bytes: UnsafeBufferPointer<UInt8>, after last: Token?
  ) -> String? {
    let text = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
    switch self {
    case .addresses:
      switch token.kind {
      case .address: return "someone.else@other.example"
      case .ip: return "198.51.100.77"
      default: return nil
      }
    case .hosts:
      // Other names mean something: a blocklist, a provider's page.
      guard token.spanClass == .name else { return nil }
      let name = String(decoding: bytes[token.start..<token.spanEnd], as: UTF8.self)
      return name.contains("example") ? "mx7.other.example" : nil
    case .numbers:
      let isApart =
        (token.start == 0 || bytes[token.start - 1] == UInt8(ascii: " "))
        && (token.end == bytes.count || [0x20, 0x2C, 0x2E, 0x29].contains(bytes[token.end]))
      let isNamed = last.map { bytes[$0.start..<$0.end].elementsEqual("RFC".utf8) } ?? false
      return token.kind == .word && token.isCount && isApart && !isNamed ? Self.shifted(text) : nil
    case .ids:
      let isMixed = text.contains(where: \.isLetter) && text.contains(where: \.isNumber)
      return token.kind == .word && isMixed && text.count >= 8 ? Self.shifted(text) : nil
    default: return nil
    }
  }

  /// Every digit another digit.
  private static func shifted(_ text: String) -> String {
    String(text.map { $0.wholeNumberValue.map { Character(String($0 % 9 + 1)) } ?? $0 })
  }
}
