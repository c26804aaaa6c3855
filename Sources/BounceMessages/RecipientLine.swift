import ReplyMatcher

/// A line that names a recipient, behind whom something is said, or nothing.
struct RecipientLine {
  let recipient: String
  /// Whether a code stands in front of the address.
  let hasCode: Bool
  /// What stands before the address: words, a mark of a list, white space. Lines of one list have the
  /// same, but for numbers.
  let label: [UInt8]
  /// Whether that has words.
  let isLabelled: Bool
  let ending: Ending
  /// The first word behind the address.
  let nextWord: [UInt8]

  enum Ending {
    /// Nothing follows: the line names the recipient and no more.
    case nothing
    /// A mark that sets the address off from what is said of it, as in `ann@example.com: …`.
    case mark
    /// Words, as in a row of a table; or in any sentence.
    case words
  }

  /// Whether the address stands alone.
  var isBare: Bool { !isLabelled && !hasCode && ending == .nothing }

  private static let mostLabelWords = 8

  init?(_ line: ArraySlice<UInt8>) {
    let item = line.withoutListMark
    if let mailbox = Mailbox(beginning: item) {
      let label = line[..<item.startIndex] + item.prefix { $0 <= 0x20 }
      self.init(
        recipient: mailbox.address, hasCode: false, label: label, wordCount: 0, rest: mailbox.rest)
      return
    }
    let found: Self? = item.withUnsafeBufferPointer { bytes in
      var lexer = ReplyLexer(bytes)
      var (hasCode, wordCount) = (false, 0)
      while let token = lexer.next(), wordCount <= Self.mostLabelWords {
        switch token.kind {
        case .replyCode, .statusCode: hasCode = true
        case .word: wordCount += 1
        case .ip: return nil
        case .address:
          let run = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
          let recipient = run.withoutWordsAround
          let words = run.utf8.distance(from: run.startIndex, to: recipient.startIndex)
          let start = token.start + words
          return Self(
            recipient: String(recipient), hasCode: hasCode,
            label: line[..<(item.startIndex + start)],
            wordCount: words > 0 ? wordCount + 1 : wordCount,
            rest: bytes[(start + recipient.utf8.count)...])
        }
      }
      return nil
    }
    guard let found else { return nil }
    self = found
  }

  private init(
    recipient: String, hasCode: Bool, label: ArraySlice<UInt8>, wordCount: Int,
    rest: some Collection<UInt8>
  ) {
    (self.recipient, self.hasCode) = (recipient, hasCode)
    self.label = label.map { $0.isDigit ? UInt8(ascii: "0") : $0 }
    isLabelled = wordCount > 0
    let behind = rest.drop(while: \.closesAddress)
    nextWord = Array(behind.drop { $0 <= 0x20 }.prefix(32).prefix { $0 > 0x20 })
    let isMarked =
      behind.first == UInt8(ascii: ":")
      || ["...", " ...", " (", " on "].contains { behind.starts(with: $0.utf8) }
    // (A list may have marks between its items.)
    ending =
      behind.allSatisfy { $0 <= 0x20 || "),;".utf8.contains($0) }
      ? .nothing : isMarked && wordCount == 0 ? .mark : .words
  }
}

extension UInt8 {
  fileprivate var closesAddress: Bool { ">'\"]".utf8.contains(self) }
}

extension ArraySlice<UInt8> {
  /// Without the mark of a list's item, or of a table's first column: `-`, `*`, `•`, `|`, `12.`, `3)`.
  fileprivate var withoutListMark: ArraySlice<UInt8> {
    let text = drop { $0 <= 0x20 }
    let number = text.prefix(4).prefix(while: \.isDigit)
    let behind: ArraySlice<UInt8>
    if !number.isEmpty, let mark = text.dropFirst(number.count).first, ".)".utf8.contains(mark) {
      behind = text.dropFirst(number.count + 1)
    } else if let mark = ["-", "*", "+", "|", "•", "·"].first(where: { text.starts(with: $0.utf8) })
    {
      behind = text.dropFirst(mark.utf8.count)
    } else {
      return self
    }
    return behind.first == 0x20 || behind.first == 0x09 ? behind : self
  }
}
