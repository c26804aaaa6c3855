/// A line of input, without its line break.
struct Line {
  /// Counted from 1.
  let number: Int
  var bytes: [UInt8]
  /// Whether the line went on behind these bytes.
  var isTruncated = false

  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

/// Cuts input into lines, keeping no more of any line than a limit.
struct LineReader {
  private let limit: Int
  private let read: () throws -> [UInt8]
  private var buffer: ArraySlice<UInt8> = []
  private var lineNumber = 0

  /// - Parameters:
  ///   - limit: How many bytes of a line to keep.
  ///   - read: Gives the next bytes of the input, none at its end.
  init(limit: Int, read: @escaping () throws -> [UInt8]) {
    (self.limit, self.read) = (limit, read)
  }

  /// The next line; `nil` at the end.
  mutating func next() throws -> Line? {
    var bytes: [UInt8] = []
    var length = 0
    var hasBegun = false
    while true {
      if buffer.isEmpty {
        buffer = try read()[...]
        if buffer.isEmpty { return hasBegun ? line(bytes, length: length) : nil }
      }
      hasBegun = true
      let end = buffer.firstIndex(of: 0x0A)
      let part = buffer[..<(end ?? buffer.endIndex)]
      // One byte more than the limit: it may be the CR of a CRLF.
      bytes += part.prefix(limit + 1 - bytes.count)
      length += part.count
      if let end {
        buffer = buffer[(end + 1)...]
        return line(bytes, length: length)
      }
      buffer = []
    }
  }

  private mutating func line(_ bytes: [UInt8], length: Int) -> Line {
    lineNumber += 1
    var line = Line(number: lineNumber, bytes: bytes)
    line.isTruncated = length > bytes.count
    if line.bytes.last == 0x0D && !line.isTruncated { line.bytes.removeLast() }
    // The byte order mark that editors on Windows put before UTF-8 text.
    if lineNumber == 1 && line.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      line.bytes.removeFirst(3)
    }
    if line.bytes.count > limit {
      line.bytes.removeLast()
      line.isTruncated = true
    }
    return line
  }
}
