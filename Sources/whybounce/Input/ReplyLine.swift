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
  private static let longestStatus = 12

  // (Plain loops: every line of the input is looked at, and every reply of an event.)

  init?(_ wholeLine: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < min(wholeLine.count, Self.mostMarks), wholeLine[start].isMark { start += 1 }
    let line = UnsafeBufferPointer(rebasing: wholeLine[start...])
    guard line.count >= 3, line[0] &- 0x32 < 4, line[1].isDigit, line[2].isDigit else {
      return nil
    }
    let mark = line.count > 3 ? line[3] : 0x20
    guard mark == UInt8(ascii: "-") || mark == 0x20 else { return nil }
    code = 100 * Int(line[0] - 0x30) + 10 * Int(line[1] - 0x30) + Int(line[2] - 0x30)
    isContinued = mark == UInt8(ascii: "-")
    status = Self.status(in: line)
    isFolded = isContinued && Self.isCodeRepeated(in: line)
  }

  /// The three numbers behind the code.
  private static func status(in line: UnsafeBufferPointer<UInt8>) -> EnhancedStatusCode? {
    var (first, second, number, digitCount, dotCount) = (0, 0, 0, 0, 0)
    var index = 4
    while index < min(line.count, 4 + longestStatus) {
      let byte = line[index]
      if byte.isDigit {
        number = 10 * number + Int(byte - 0x30)
        digitCount += 1
      } else if byte == UInt8(ascii: ".") {
        if digitCount == 0 || dotCount == 2 { return nil }
        (first, second) = dotCount == 0 ? (number, second) : (first, number)
        (number, digitCount) = (0, 0)
        dotCount += 1
      } else {
        break
      }
      index += 1
    }
    guard dotCount == 2, digitCount > 0, first < 10, second < 1000, number < 1000 else {
      return nil
    }
    return EnhancedStatusCode(
      class: UInt8(first), subject: UInt16(second), detail: UInt16(number))
  }

  /// Whether the code stands in the line again, between spaces.
  private static func isCodeRepeated(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 4
    while index + 3 < line.count {
      if line[index] == 0x20, line[index + 1] == line[0], line[index + 2] == line[1],
        line[index + 3] == line[2], index + 4 == line.count || line[index + 4] == 0x20
      {
        return true
      }
      index += 1
    }
    return false
  }
}

extension UInt8 {
  /// A mark of quotation, or white space between those.
  fileprivate var isMark: Bool {
    switch self {
    case 0x20, 0x09, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"): true
    default: false
    }
  }
}
