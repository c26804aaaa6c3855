/// One item of input to classify.
struct InputReply {
  /// The line on which it begins.
  let line: Int
  var bytes: [UInt8] = []
  /// Whether the reply went on behind these bytes.
  var isTruncated = false
  /// Why there is no reply on this line.
  var error: String?
  /// The categories that a person accepts for it, where the input is labelled.
  var accept: [String] = []
}

/// Reads replies, one a line; the lines of one SMTP reply (RFC 5321, 4.2.1: `550-…`, `550-…`,
/// `550 …`) stay together.
struct ReplyReader {
  private var lines: LineReader
  private let limit: Int
  /// Read already, but part of the next reply.
  private var pendingLine: Line?
  /// Met inside a reply that is given out first.
  private var pendingError: (any Error)?

  /// - Parameter limit: How many bytes of a reply to keep.
  init(_ lines: LineReader, limit: Int) {
    (self.lines, self.limit) = (lines, limit)
  }

  /// The next reply; `nil` at the end. Blank lines are no replies.
  mutating func next() throws -> InputReply? {
    var first = try nextLine()
    while let line = first, line.isBlank, !line.isTruncated { first = try nextLine() }
    guard let first else { return nil }
    var reply = InputReply(line: first.number, bytes: first.bytes, isTruncated: first.isTruncated)
    guard let code = ReplyLine(first.bytes), code.isContinued, !code.isFolded else { return reply }

    while let line = nextLineOrPendingError() {
      guard let next = ReplyLine(line.bytes), next.code == code.code else {
        pendingLine = line
        break
      }
      reply.append(line, limit: limit)
      if !next.isContinued { break }
    }
    return reply
  }

  private mutating func nextLine() throws -> Line? {
    if let pendingError {
      self.pendingError = nil
      throw pendingError
    }
    if let line = pendingLine {
      pendingLine = nil
      return line
    }
    return try lines.next()
  }

  private mutating func nextLineOrPendingError() -> Line? {
    do {
      return try lines.next()
    } catch {
      pendingError = error
      return nil
    }
  }
}

extension InputReply {
  fileprivate mutating func append(_ line: Line, limit: Int) {
    let addition = [0x0A] + line.bytes
    let room = max(0, limit - bytes.count)
    bytes += addition.prefix(room)
    if line.isTruncated || addition.count > room { isTruncated = true }
  }
}

/// The head of a line that begins with a reply code.
private struct ReplyLine {
  let code: ArraySlice<UInt8>
  /// Whether a hyphen says that more lines follow.
  let isContinued: Bool
  /// Whether the reply's last line stands on this very line: `550-… 550 …`, with the line breaks
  /// folded to spaces, as logs have it.
  let isFolded: Bool

  init?(_ line: [UInt8]) {
    guard line.count >= 3, (0x32...0x35).contains(line[0]), Self.isDigit(line[1]),
      Self.isDigit(line[2])
    else { return nil }
    let mark = line.count > 3 ? line[3] : 0x20
    guard mark == UInt8(ascii: "-") || mark == 0x20 else { return nil }
    code = line[..<3]
    isContinued = mark == UInt8(ascii: "-")
    isFolded = isContinued && Self.isLastLine(of: code, in: line)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether the code stands in the line again, between spaces.
  private static func isLastLine(of code: ArraySlice<UInt8>, in line: [UInt8]) -> Bool {
    var start = 4
    while let space = line[start...].firstIndex(of: 0x20) {
      let rest = line[(space + 1)...]
      if rest.starts(with: code), rest.count == 3 || rest[rest.startIndex + 3] == 0x20 {
        return true
      }
      start = space + 1
    }
    return false
  }
}
