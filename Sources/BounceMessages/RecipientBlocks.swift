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
///
///     ann@example.com   5.1.1   User unknown                                  tables
///     bob@example.com   5.2.2   Mailbox full
///
/// Where nothing more is said of an address, it is one of a group, of which the text above or below
/// speaks:
///
///     These addresses do not exist:
///       ann@example.com
///     These mailboxes are full:
///       bob@example.com
struct RecipientBlocks {
  /// By address in lower case.
  private var blocks: [String: Block] = [:]
  /// Its keys, in the order in which they come.
  private var order: [String] = []
  /// What is said of no recipient alone: before the first group of addresses, between each two, and
  /// behind the last.
  private var gaps: [[UInt8]] = [[]]
  /// All of that.
  private(set) var common: [UInt8] = []
  /// Which gaps tell a reason, where it counts.
  private var sharedGaps = SharedGaps.all
  /// For each gap the nearest that tells one, itself or above; itself where none does.
  private var tellingGaps: [Int] = []

  private struct Block {
    var recipient: String
    /// Whether words stand before the address, or behind it in no table: then it may be any address.
    var isUncertain: Bool
    /// Whether a mark behind the address, which begins its line, says that what follows is about it.
    var isMarked = false
    /// The gap below it, where it stands alone on a line.
    var gap: Int?
    var text: [UInt8] = []
  }

  private enum SharedGaps { case above, below, all }

  private let tellsReason: ([UInt8]) -> Bool
  private let isSender: ([UInt8]) -> Bool
  /// Addresses that are no recipients, in lower case.
  private let others: Set<String>

  // MARK: While it is read

  /// The recipient of whom the lines speak that follow.
  private var current: Current?
  /// Lines that may speak of the next one.
  private var unclaimed: [UInt8] = []
  /// Whether they are all of an item in a list of recipients, which has yet to name one.
  private var isInItem = false
  /// Whether nothing has been said since an address that stood alone.
  private var isInGroup = false

  /// The last one behind whose address words stand.
  private var lastRow: (key: String, head: RecipientLine)?

  private struct Current {
    var key: String
    let head: RecipientLine
    let line: ArraySlice<UInt8>
    /// Where that stands in the recipient's text, in which he may have been named before.
    let start: Int
    /// Whether its first line tells a reason, where anybody has asked.
    var tells: Bool?
    /// Whether a line follows that is moved in deeper, or `nil` behind the first that is not.
    var hasIndentedLines: Bool? = false
  }

  /// - Parameters:
  ///   - others: Addresses that are no recipients, such as the sender's, in lower case.
  ///   - tellsReason: Whether the words of a text tell what is wrong.
  ///   - isSender: Whether a line names the sender, as the command does that begins a transaction.
  init(
    in text: [UInt8], without others: Set<String>, tellsReason: @escaping ([UInt8]) -> Bool,
    isSender: @escaping ([UInt8]) -> Bool
  ) {
    (self.others, self.tellsReason, self.isSender) = (others, tellsReason, isSender)
    var rest = text[...]
    while !rest.isEmpty { add(rest.removeLine()) }
    endParagraph()
    endGaps()
  }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    guard !line.allSatisfy({ $0 <= 0x20 }) else { return endParagraph() }
    let head = RecipientLine(line)
    if let head, isHead(head, line) { return begin(head, line) }
    guard let block = current else {
      isInGroup = false
      unclaimed += line + [0x0A]
      return
    }
    if block.head.isBare, line.indentation < block.line.indentation {
      // What is moved in ends, and with it a group of addresses.
      (current, isInGroup, unclaimed) = (nil, false, line + [0x0A])
      return
    }
    if let wasIndented = block.hasIndentedLines {
      let isIndented = line.indentation > block.line.indentation
      current?.hasIndentedLines = isIndented || !wasIndented ? isIndented : nil
      if wasIndented, !isIndented,
        blocks[block.key].map({ tellsReason(Array($0.text[block.start...])) }) == true
      {
        // Of Exim's list, an item that begins with something else than an address.
        (current, isInItem, unclaimed) = (nil, true, line + [0x0A])
        return
      }
    }
    blocks[block.key]?.text += line + [0x0A]
    isInGroup = false
    // Behind the address inside the mail system, the one that the sender wrote may follow.
    if let head, head.isLabelled, head.ending == .nothing, head.recipient.hasDottedDomain,
      !block.head.recipient.hasDottedDomain
    {
      rename(block, to: head.recipient)
    }
  }

  private mutating func isHead(_ head: RecipientLine, _ line: ArraySlice<UInt8>) -> Bool {
    guard let current else {
      // (Who wrote to himself stands where recipients do.)
      let isRecipient =
        head.ending == .mark && !head.hasCode && line.first == UInt8(ascii: "<")
      guard isRecipient || !others.contains(head.recipient.lowercased()) else { return false }
      switch head.ending {
      case .nothing: return !head.isLabelled || !isSender(Array(line))
      case .mark: return true
      // A row of a table, or a sentence.
      case .words: return !head.isLabelled && !head.hasCode
      }
    }
    guard !others.contains(head.recipient.lowercased()) else { return false }
    // Inside what is said of one recipient, addresses behind other words, or behind codes on lines that
    // are moved in, are part of it.
    let isAlike = head.label == current.head.label
    switch head.ending {
    case .nothing where head.isLabelled, .mark where head.isLabelled: if isAlike { return true }
    case .nothing, .mark:
      return !(head.hasCode && line.first.map { $0 <= 0x20 } == true)
    case .words:
      if isAlike, !head.isLabelled, current.head.ending == .words, !current.head.isLabelled {
        return true
      }
    }
    // Each line may be a statement of its own.
    guard line.indentation == current.line.indentation, head.recipient.hasDottedDomain,
      tellsReason(Array(line))
    else { return false }
    let tells = current.tells ?? tellsReason(Array(current.line))
    self.current?.tells = tells
    return tells
  }

  private mutating func begin(_ head: RecipientLine, _ line: ArraySlice<UInt8>) {
    if head.hasCode || isInItem {
      addBlock(head, unclaimed)
    } else {
      gaps[gaps.count - 1] += unclaimed
      addBlock(head, [])
    }
    let key = head.recipient.lowercased()
    let start = blocks[key]?.text.count ?? 0
    blocks[key]?.text += line + [0x0A]
    if head.isBare {
      if !isInGroup { gaps.append([]) }
      blocks[key]?.gap = gaps.count - 1
    }
    if !head.isLabelled, head.ending != .words { blocks[key]?.isUncertain = false }
    if !head.isLabelled, !head.hasCode, head.ending == .mark { blocks[key]?.isMarked = true }
    if case .words = head.ending {
      // Rows of the same form make a table, and name recipients.
      if let row = lastRow, row.head.label == head.label,
        current != nil || row.head.nextWord == head.nextWord
      {
        for key in [row.key, key] { blocks[key]?.isUncertain = false }
      }
      lastRow = (key, head)
    }
    current = head.hasCode ? nil : Current(key: key, head: head, line: line, start: start)
    (unclaimed, isInItem, isInGroup) = ([], false, head.isBare)
  }

  private mutating func addBlock(_ head: RecipientLine, _ text: [UInt8]) {
    let key = head.recipient.lowercased()
    if blocks[key] == nil {
      order.append(key)
      blocks[key] = Block(recipient: head.recipient, isUncertain: true)
    }
    blocks[key]?.text += text
  }

  private mutating func rename(_ old: Current, to recipient: String) {
    let key = recipient.lowercased()
    guard blocks[key] == nil, order.last == old.key else { return }
    order[order.count - 1] = key
    blocks[key] = blocks.removeValue(forKey: old.key)
    blocks[key]?.recipient = recipient
    current?.key = key
  }

  private mutating func endParagraph() {
    gaps[gaps.count - 1] += unclaimed
    (current, unclaimed, isInItem) = (nil, [], false)
  }

  /// Of several groups of addresses, says whether the reason stands above or below each.
  private mutating func endGaps() {
    common = Array(gaps.joined())
    guard gaps.count > 2, let first = gaps.first, let last = gaps.last else { return }
    switch (tellsReason(first), tellsReason(last)) {
    case (true, false):
      sharedGaps = .above
      for (index, gap) in gaps.enumerated() {
        let above = index == 0 || tellsReason(gap) ? index : tellingGaps[index - 1]
        tellingGaps.append(above)
      }
    case (false, true): sharedGaps = .below
    default: break
    }
  }

  // MARK: - What it says

  /// The addresses of whom the report speaks. If a reason is told for some, addresses that stand alone
  /// are no recipients; and behind words an address is one only if there is a reason.
  var recipients: [String] {
    let all = order.compactMap { blocks[$0] }
    let telling = all.map { tellsReason($0.text) }
    let isAnyTold = telling.contains(true)
    return zip(all, telling).compactMap { block, tells in
      // (Names of malware have the form of addresses: `Sobig.F@mm`.)
      let mayCount = !block.isUncertain || block.recipient.hasDottedDomain
      let counts =
        mayCount && tells || !block.isUncertain && (!isAnyTold || block.text.hasMoreThanAddresses)
      return counts ? block.recipient : nil
    }
  }

  /// The reason that stands behind a mark at the first of these addresses of which anything is said
  /// (`<ann@example.com>:`): that of the recipient, whatever the report says in front of it in general.
  func ownReason(of addresses: [String]) -> [UInt8]? {
    guard let block = addresses.lazy.compactMap({ blocks[$0.lowercased()] }).first,
      block.isMarked, tellsReason(block.text)
    else { return nil }
    return block.text
  }

  /// Takes out what is said of a recipient, under any of these addresses: once, so that no text grows with
  /// the times that it is asked for.
  ///
  /// - Parameter mostShared: How many bytes to take of what is said of others too, where nothing is said
  ///   of the recipient alone.
  mutating func take(_ addresses: [String], mostShared: Int) -> [UInt8]? {
    for address in addresses {
      guard let block = blocks.removeValue(forKey: address.lowercased()) else { continue }
      guard let gap = block.gap, !block.text.hasMoreThanAddresses else { return block.text }
      let shared =
        switch sharedGaps {
        case .above: gaps[tellingGaps[gap - 1]]
        case .below: gaps[gap]
        case .all: common
        }
      return Array(shared.prefix(mostShared)) + block.text
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate var indentation: Int { prefix { $0 <= 0x20 }.count }
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
