import BounceMessages

/// Leaves a file that is one mail message in one piece, and cuts a mailbox of many (RFC 4155, mbox)
/// before each line such as `From ann@example.com Thu Nov 26 10:00:00 2026` behind a blank one.
struct MessageCutter: BlockCutter {
  private let limit: Int
  private var block = InputBlock()
  /// Whether the file is a mailbox; `nil` until its first line that is not blank has come.
  private var isMailbox: Bool?
  private(set) var isFull = false

  /// Where the message that is being read begins: in the block, and on which line.
  private var start = 0
  private var startLine = 1
  private var isTruncated = false

  private var lineNumber = 1
  private var isBehindBlankLine = true
  /// The beginning of the line that is being read, and where it begins in the block.
  private var line: [UInt8] = []
  private var lineStart = 0

  /// The longest line that may stand between messages.
  private static let longestSeparator = 512

  /// - Parameter limit: How many bytes to keep of a message.
  init(limit: Int) { self.limit = limit }

  var byteCount: Int { block.bytes.count }
  var hasPieces: Bool { !block.pieces.isEmpty }

  mutating func add(_ chunk: UnsafeRawBufferPointer) {
    var rest = chunk[...]
    while !rest.isEmpty, !isFull {
      guard isMailbox != false else { return keep(rest) }
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 }
      let piece = rest[..<(end ?? rest.endIndex)]
      line += piece.prefix(Self.longestSeparator - line.count)
      keep(piece)
      if end != nil { endLine() }
      rest = rest[piece.endIndex...]
    }
  }

  private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
    let room = limit - (byteCount - start)
    block.bytes += bytes.prefix(room)
    if bytes.count > room { (isTruncated, isFull) = (true, isMailbox != true) }
  }

  private mutating func endLine() {
    if lineNumber == 1, line.starts(with: [UInt8].byteOrderMark) {
      line.removeFirst([UInt8].byteOrderMark.count)
    }
    let isBlank = line.allSatisfy(\.isLineBreak)
    let isSeparator = isBehindBlankLine && line.isMailboxSeparator
    if isMailbox == nil {
      if !isBlank { isMailbox = isSeparator }
    } else if isSeparator {
      block.bytes.removeSubrange(lineStart...)
      endMessage()
      startLine = lineNumber
      block.bytes += line
    }
    isBehindBlankLine = isBlank
    lineNumber += 1
    line.removeAll(keepingCapacity: true)
    lineStart = byteCount
  }

  private mutating func endMessage() {
    let hasMark = startLine == 1 && block.bytes[start...].starts(with: [UInt8].byteOrderMark)
    let textStart = hasMark ? start + [UInt8].byteOrderMark.count : start
    block.pieces.append(
      InputBlock.Piece(
        line: startLine, range: textStart..<byteCount, isTruncated: isTruncated))
    (start, isTruncated) = (byteCount, false)
  }

  mutating func finish() { endMessage() }

  mutating func abandonLine() {}

  mutating func take(into taken: inout InputBlock) {
    taken.removeAll()
    taken.bytes += block.bytes[start...]
    block.bytes.removeSubrange(start...)
    swap(&block, &taken)
    lineStart -= start
    start = 0
  }
}

extension [UInt8] {
  /// Whether a line stands between the messages of a mailbox: `From`, an address, and a date, behind
  /// which programs write the time zone and other things.
  fileprivate var isMailboxSeparator: Bool {
    guard starts(with: "From ".utf8) else { return false }
    let words = split { $0 <= 0x20 }.dropFirst()
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let isDay = { (word: ArraySlice<UInt8>) in days.contains { word.elementsEqual($0.utf8) } }
    guard let day = words.firstIndex(where: isDay) else { return false }
    // `Nov 26 10:00`
    let date = words[day...].dropFirst().prefix(3)
    return date.count == 3 && date.last?.contains(UInt8(ascii: ":")) == true
  }
}
