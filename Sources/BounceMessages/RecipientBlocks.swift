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
///
///     Failed to deliver to 'ann@example.com'                                  CommuniGate Pro
///     account is full
struct RecipientBlocks {
  /// By address in lower case.
  private var blocks: [String: Block] = [:]
  /// Its keys, in the order in which they come.
  private var order: [String] = []
  /// What is said of none of them, or of all.
  private(set) var common: [UInt8] = []

  private struct Block {
    let recipient: String
    /// Whether words stand before the address: then it may be any address.
    var isLabelled: Bool
    var text: [UInt8] = []
  }

  /// - Parameter others: Addresses that are no recipients, such as the sender's, in lower case.
  init(in text: [UInt8], without others: Set<String>) {
    var rest = text[...]
    /// The recipient of whom the lines speak that follow; lines that may speak of the next one.
    var (current, unclaimed): (String?, [UInt8]) = (nil, [])
    /// The words before that recipient.
    var label: [UInt8] = []
    while !rest.isEmpty {
      let line = rest.removeLine()
      if let head = Head(of: line), !others.contains(head.recipient.lowercased()),
        // Inside what is said of one recipient, addresses behind other words, or behind codes on lines
        // that are moved in, are part of it.
        current == nil || head.isLabelled && head.label == label
          || !head.isLabelled && !(head.hasCode && line.first.map { $0 <= 0x20 } == true)
      {
        let key = head.recipient.lowercased()
        if blocks[key] == nil {
          order.append(key)
          blocks[key] = Block(recipient: head.recipient, isLabelled: true)
        }
        if !head.isLabelled { blocks[key]?.isLabelled = false }
        if head.hasCode { blocks[key]?.text += unclaimed } else { common += unclaimed }
        blocks[key]?.text += line + [0x0A]
        (current, unclaimed, label) = (head.hasCode ? nil : key, [], head.label)
      } else if line.allSatisfy({ $0 <= 0x20 }) {
        common += unclaimed
        (current, unclaimed) = (nil, [])
      } else if let current {
        blocks[current]?.text += line + [0x0A]
      } else {
        unclaimed += line + [0x0A]
      }
    }
    common += unclaimed
  }

  /// The addresses of whom the report speaks.
  ///
  /// - Parameter tellsReason: Whether a text does. If one is told for some, addresses that stand alone
  ///   are no recipients; and behind words an address is one only if there is a reason.
  func recipients(_ tellsReason: ([UInt8]) -> Bool) -> [String] {
    let all = order.compactMap { blocks[$0] }
    let telling = all.map { tellsReason($0.text) }
    let isAnyTold = telling.contains(true)
    return zip(all, telling).compactMap { block, tells in
      // (Names of malware have the form of addresses: `Sobig.F@mm`.)
      let mayCount = !block.isLabelled || block.recipient.hasDottedDomain
      let counts =
        mayCount && tells || !block.isLabelled && (!isAnyTold || block.text.hasMoreThanAddresses)
      return counts ? block.recipient : nil
    }
  }

  /// Takes out what is said of a recipient, under any of these addresses: once, so that no text grows with
  /// the times that it is asked for.
  mutating func take(_ addresses: [String]) -> [UInt8]? {
    for address in addresses {
      if let block = blocks.removeValue(forKey: address.lowercased()) { return block.text }
    }
    return nil
  }
}

/// The beginning of a line that names a recipient, behind whom something is said, or nothing.
private struct Head {
  let recipient: String
  let hasCode: Bool
  /// What stands before the address.
  let label: [UInt8]
  /// Whether that has words.
  let isLabelled: Bool

  private static let mostLabelWords = 8

  init?(of line: ArraySlice<UInt8>) {
    if let mailbox = Mailbox(beginning: line) {
      guard Self.isHead(mailbox.rest, wordCount: 0) else { return nil }
      self.init(recipient: mailbox.address, hasCode: false, label: [], isLabelled: false)
      return
    }
    let found: Head? = line.withUnsafeBufferPointer { line in
      var lexer = ReplyLexer(line)
      var (hasCode, wordCount) = (false, 0)
      while let token = lexer.next(), wordCount <= Self.mostLabelWords {
        switch token.kind {
        case .replyCode, .statusCode: hasCode = true
        case .word: wordCount += 1
        case .ip: return nil
        case .address:
          guard Self.isHead(line[token.end...], wordCount: wordCount) else { return nil }
          return Head(
            recipient: String(decoding: line[token.start..<token.end], as: UTF8.self),
            hasCode: hasCode, label: Array(line[..<token.start]), isLabelled: wordCount > 0)
        }
      }
      return nil
    }
    guard let found else { return nil }
    self = found
  }

  /// Whether a line goes on behind an address as one that names a recipient.
  private static func isHead(_ rest: some Collection<UInt8>, wordCount: Int) -> Bool {
    let behind = rest.drop { $0.closesAddress }
    let isAtEnd = behind.allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: ")") }
    let goesOn =
      behind.first == UInt8(ascii: ":")
      || ["...", " (", " on "].contains { behind.starts(with: $0.utf8) }
    return isAtEnd || goesOn && wordCount == 0
  }

  private init(recipient: String, hasCode: Bool, label: [UInt8], isLabelled: Bool) {
    (self.recipient, self.hasCode) = (recipient, hasCode)
    (self.label, self.isLabelled) = (label, isLabelled)
  }
}

extension UInt8 {
  fileprivate var closesAddress: Bool {
    [UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(self)
  }
}

extension [UInt8] {
  fileprivate var hasMoreThanAddresses: Bool {
    withUnsafeBufferPointer { bytes in
      var lexer = ReplyLexer(bytes)
      while let token = lexer.next() { if token.kind != .address { return true } }
      return false
    }
  }
}
