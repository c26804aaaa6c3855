/// A rule file's text, and how it is named in messages.
public final class SourceFile: Sendable {
  /// As messages name it: the path at which it was read, or the name that stands for one.
  public let path: String
  /// Its path below the folder of the catalogue, as `Rule.file` gives it.
  let name: String
  /// Whether it belongs to the standard catalogue, while somebody else's rules are compiled.
  let isStandard: Bool
  let bytes: [UInt8]
  /// Where the text begins, behind a byte order mark.
  let textStart: Int
  /// The bytes of each line, without its line break.
  private let lines: [Range<Int>]

  init(path: String, name: String? = nil, isStandard: Bool = false, bytes: [UInt8]) {
    (self.path, self.name, self.isStandard, self.bytes) = (path, name ?? path, isStandard, bytes)
    textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lines: [Range<Int>] = []
    var start = textStart
    var index = start
    while index < bytes.count {
      let length = Self.lineBreakLength(in: bytes, at: index)
      if length > 0 { lines.append(start..<index) }
      index += max(1, length)
      if length > 0 { start = index }
    }
    self.lines = lines + [start..<bytes.count]
  }

  /// The same file with another text.
  func withText(_ bytes: [UInt8]) -> SourceFile {
    SourceFile(path: path, name: name, isStandard: isStandard, bytes: bytes)
  }

  /// The bytes of a line, counted from 1, without its line break.
  func line(_ number: Int) -> Range<Int>? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }

  /// The text of some bytes; what is no UTF-8 shows as U+FFFD.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// How many characters (Unicode scalars) stand in some bytes.
  func characterCount(_ range: Range<Int>) -> Int {
    bytes[range].count { $0 & 0xC0 != 0x80 }
  }

  /// The number of the line on which a byte stands.
  func lineNumber(of offset: Int) -> Int {
    var (low, high) = (0, lines.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle - 1 }
    }
    return low + 1
  }

  /// How many bytes make up the line break here: 0 where there is none. These are YAML's (1.1).
  private static func lineBreakLength(in bytes: [UInt8], at index: Int) -> Int {
    func next(_ offset: Int) -> UInt8 {
      index + offset < bytes.count ? bytes[index + offset] : 0
    }
    switch bytes[index] {
    case UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "\r"): return next(1) == UInt8(ascii: "\n") ? 2 : 1
    case 0xC2: return next(1) == 0x85 ? 2 : 0
    case 0xE2: return next(1) == 0x80 && (next(2) == 0xA8 || next(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}

/// Whether text begins with a byte order mark of UTF-16, as Windows writes it.
package func isUTF16(_ bytes: some Sequence<UInt8>) -> Bool {
  bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
}
