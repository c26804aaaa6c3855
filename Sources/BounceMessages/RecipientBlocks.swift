import ReplyMatcher

/// What a report for people says of each recipient: the lines that begin with an address, and those
/// that go on behind them; where a code stands in front of the address, those before it, in which the
/// session is told.
///
///     <ann@example.com>: host mx.example.com said: 550 5.1.1 User unknown     Postfix
///
///     <ann@example.com>:                                                      qmail
///     Sorry, no mailbox here by that name.
///
///       ann@example.com                                                       Exim
///         Unrouteable address
///
///     <<< 550 5.1.1 <ann@example.com>... User unknown                         Sendmail
///     550 5.1.1 <ann@example.com>... User unknown
struct RecipientBlocks {
  /// The addresses, in the order in which they come.
  private(set) var recipients: [String] = []
  /// By address in lower case.
  private var blocks: [String: [UInt8]] = [:]
  /// What is said of none of them, or of all.
  private(set) var common: [UInt8] = []

  /// - Parameter others: Addresses that are no recipients, such as the sender's.
  init(in text: [UInt8], without others: [String]) {
    let others = Set(others.map { $0.lowercased() })
    var rest = text[...]
    /// The recipient of whom the lines speak that follow; lines that may speak of the next one.
    var (current, unclaimed): (String?, [UInt8]) = (nil, [])
    while !rest.isEmpty {
      let line = rest.removeLine()
      if let (recipient, hasCode) = Self.recipient(atHeadOf: line),
        !others.contains(recipient.lowercased())
      {
        let key = recipient.lowercased()
        if blocks[key] == nil { recipients.append(recipient) }
        if hasCode { blocks[key, default: []] += unclaimed } else { common += unclaimed }
        blocks[key, default: []] += line + [0x0A]
        (current, unclaimed) = (hasCode ? nil : key, [])
      } else if line.allSatisfy({ $0 <= 0x20 }) {
        common += unclaimed
        (current, unclaimed) = (nil, [])
      } else if let current {
        blocks[current, default: []] += line + [0x0A]
      } else {
        unclaimed += line + [0x0A]
      }
    }
    common += unclaimed
  }

  /// Takes out what is said of a recipient, under any of these addresses: once, so that no text grows with
  /// the times that it is asked for.
  mutating func take(_ addresses: [String]) -> [UInt8]? {
    for address in addresses {
      if let block = blocks.removeValue(forKey: address.lowercased()) { return block }
    }
    return nil
  }

  /// The address with which a line begins, but for codes in front of it, and behind which something
  /// is said of it, or nothing.
  private static func recipient(
    atHeadOf line: ArraySlice<UInt8>
  ) -> (address: String, hasCode: Bool)? {
    line.withUnsafeBufferPointer { line in
      var lexer = ReplyLexer(line)
      var hasCode = false
      while let token = lexer.next() {
        switch token.kind {
        case .replyCode, .statusCode: hasCode = true
        case .address:
          let behind = line[token.end...].prefix {
            $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "'")
          }
          let next = line[behind.endIndex...]
          let isHead =
            next.allSatisfy { $0 <= 0x20 } || next.first == UInt8(ascii: ":")
            || next.starts(with: "...".utf8) || next.starts(with: " (".utf8)
            || next.starts(with: " on ".utf8)
          guard isHead else { return nil }
          return (String(decoding: line[token.start..<token.end], as: UTF8.self), hasCode)
        default: return nil
        }
      }
      return nil
    }
  }
}

extension String {
  /// The mail addresses that stand in it.
  var addresses: [String] {
    var text = self
    return text.withUTF8 { bytes in
      var lexer = ReplyLexer(bytes)
      var addresses: [String] = []
      while let token = lexer.next() {
        guard token.kind == .address else { continue }
        addresses.append(String(decoding: bytes[token.start..<token.end], as: UTF8.self))
      }
      return addresses
    }
  }
}
