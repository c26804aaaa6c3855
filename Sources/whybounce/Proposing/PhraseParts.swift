import ReplyMatcher

/// A piece of a reply, as a phrase can say it.
struct PhrasePart {
  enum Kind: Equatable {
    case word
    case placeholder(Placeholder)
    /// What differs from reply to reply, and is told by no placeholder: ids, dates, versions.
    case varying
  }

  var kind: Kind
  var range: Range<Int>
  /// Whether a line of the reply begins with it.
  var beginsLine = false
}

/// Cuts a reply into words and what varies, without its codes.
struct PhraseParts {
  private let bytes: [UInt8]
  private(set) var parts: [PhrasePart] = []

  init(_ reply: [UInt8]) {
    bytes = reply
    reply.withUnsafeBufferPointer { read(ReplyLexer($0)) }
    joinIDs()
  }

  private mutating func read(_ lexer: ReplyLexer) {
    var lexer = lexer
    var (beginsLine, spanEnd) = (true, 0)
    while let token = lexer.next() {
      guard token.start >= spanEnd else { continue }
      if token.kind == .replyCode || token.kind == .statusCode {
        beginsLine = true
        continue
      }
      var part = PhrasePart(kind: .word, range: token.start..<token.end, beginsLine: beginsLine)
      if let spanClass = token.spanClass, isReal(spanClass, token.start..<token.spanEnd) {
        part.range = token.start..<token.spanEnd
        part.kind = .placeholder(placeholder(for: spanClass, part.range))
      } else if token.isCount {
        part.kind = .placeholder(.count)
      } else if token.kind == .ip {
        part.kind = .placeholder(.ip)
      } else if token.kind == .address {
        part.kind = .placeholder(.address)
      }
      parts.append(part)
      (beginsLine, spanEnd) = (false, part.range.upperBound)
    }
  }

  /// `full.Please` is no name: a space is missing there.
  private func isReal(_ spanClass: TokenClass, _ range: Range<Int>) -> Bool {
    guard spanClass == .name, let dot = bytes[range].lastIndex(of: UInt8(ascii: ".")) else {
      return true
    }
    let label = bytes[(dot + 1)..<range.upperBound]
    return !(label.first!.isUpper && label.dropFirst().contains { !$0.isUpper })
  }

  private func placeholder(for spanClass: TokenClass, _ range: Range<Int>) -> Placeholder {
    switch spanClass {
    case .address: .address
    case .ip: .ip
    case .url: .url
    case .count: .count
    case .duration: .duration
    case .size: .size
    case .name: bytes[range].count { $0 == UInt8(ascii: ".") } > 1 ? .host : .domain
    }
  }

  // MARK: - Ids

  /// Words and numbers without a space between them that make an id, a date or a version together.
  private mutating func joinIDs() {
    var joined: [PhrasePart] = []
    var index = 0
    while index < parts.count {
      var end = index + 1
      while end < parts.count, isJoined(parts[end - 1], parts[end]) { end += 1 }
      let group = parts[index..<end]
      let range = group.first!.range.lowerBound..<group.last!.range.upperBound
      if group.allSatisfy({ $0.canBeInID }) {
        if isID(range, group) || isNumbers(group) {
          joined.append(
            PhrasePart(kind: .varying, range: range, beginsLine: group.first!.beginsLine))
        } else {
          joined += group.map { part in spelled(part, aloneIn: group) }
        }
      } else {
        joined += group
      }
      index = end
    }
    parts = joined
  }

  private func isJoined(_ a: PhrasePart, _ b: PhrasePart) -> Bool {
    let (end, start) = (a.range.upperBound, b.range.lowerBound)
    let isBetweenDigits = bytes[end - 1].isDigit && bytes[start].isDigit
    return !b.beginsLine && start - end < 2
      && bytes[end..<start].allSatisfy { byte in
        "-_.+#~".utf8.contains(byte) || (isBetweenDigits && ":/".utf8.contains(byte))
      }
  }

  /// Whether letters and digits mix as nobody would say them: `4F2a91`, `mxgmx104`, `1aBcDe-00034x-Uk`;
  /// but not `IPv4`, `OU-001`, `SHA256`.
  private func isID(_ range: Range<Int>, _ group: ArraySlice<PhrasePart>) -> Bool {
    let text = bytes[range].filter(\.isAlphanumeric)
    guard group.count > 1 || group.first!.kind == .word, bytes[range].allSatisfy({ $0 < 0x80 }),
      text.contains(where: \.isDigit),
      text.contains(where: { !$0.isDigit })
    else { return false }
    let changes = zip(text, text.dropFirst()).count { $0.isDigit != $1.isDigit }
    return text.count >= 8 ? changes > 0 : text.count >= 5 && changes > 1
  }

  /// `1.2`, `2024-06-24`
  private func isNumbers(_ group: ArraySlice<PhrasePart>) -> Bool {
    group.count > 1 && group.allSatisfy { $0.kind == .placeholder(.count) }
  }

  /// A number that is tied to a word belongs to it: `OU-001`.
  private func spelled(_ part: PhrasePart, aloneIn group: ArraySlice<PhrasePart>) -> PhrasePart {
    guard part.kind == .placeholder(.count), group.count > 1 else { return part }
    return PhrasePart(kind: .word, range: part.range, beginsLine: part.beginsLine)
  }
}

extension PhrasePart {
  /// `1aBcDe-0003xY-2k` ends in what looks like a size.
  fileprivate var canBeInID: Bool {
    switch kind {
    case .word, .placeholder(.count), .placeholder(.size), .placeholder(.duration): true
    case .placeholder, .varying: false
    }
  }
}

extension UInt8 {
  fileprivate var isUpper: Bool { isLetter && self & 0x20 == 0 }
}
