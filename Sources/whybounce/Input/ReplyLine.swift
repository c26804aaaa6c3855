import BounceCatalogue

/// The head of a line that begins with a reply code, perhaps behind marks of quotation: `> 550-…`,
/// `<<< 550 …`.
struct ReplyLine {
  let code: Int
  /// The enhanced status code behind it, if one stands there.
  let status: EnhancedStatusCode?
  /// Whether a hyphen says that more lines follow.
  let isContinued: Bool
  /// Whether the reply's last line stands on this very line: `550-… 550 …`, with the line breaks
  /// folded to spaces, as logs have it.
  let isFolded: Bool

  private static let mostMarks = 16

  init?(_ wholeLine: UnsafeBufferPointer<UInt8>) {
    let marks = wholeLine.prefix(Self.mostMarks).prefix { " \t<>|".utf8.contains($0) }
    let line = UnsafeBufferPointer(rebasing: wholeLine[marks.endIndex...])
    guard line.count >= 3, (0x32...0x35).contains(line[0]), line[1].isDigit, line[2].isDigit else {
      return nil
    }
    let mark = line.count > 3 ? line[3] : 0x20
    guard mark == UInt8(ascii: "-") || mark == 0x20 else { return nil }
    code = line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    isContinued = mark == UInt8(ascii: "-")
    status = Self.status(in: line)
    isFolded = isContinued && Self.isCodeRepeated(in: line)
  }

  private static func status(in line: UnsafeBufferPointer<UInt8>) -> EnhancedStatusCode? {
    let word = line.dropFirst(4).prefix(12).prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
    return EnhancedStatusCode(String(decoding: word, as: UTF8.self))
  }

  /// Whether the code stands in the line again, between spaces.
  private static func isCodeRepeated(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = line.dropFirst(4)
    while let space = rest.firstIndex(of: 0x20) {
      rest = line[(space + 1)...]
      if rest.starts(with: line.prefix(3)), rest.count == 3 || rest[rest.startIndex + 3] == 0x20 {
        return true
      }
    }
    return false
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
}
