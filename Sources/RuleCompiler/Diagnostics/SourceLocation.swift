/// A piece of a rule file: where it begins, and the bytes that it takes.
///
/// Line and column count from 1; the column counts characters (Unicode scalars), as libyaml, SARIF
/// and most editors do.
public struct SourceLocation: Sendable {
  /// The file in which the piece stands.
  public let file: SourceFile
  /// The line on which it begins, from 1.
  public let line: Int
  /// The column in which it begins, in characters from 1.
  public let column: Int
  /// Empty where a place is meant and not a piece of text.
  let bytes: Range<Int>

  init(file: SourceFile, line: Int, column: Int, bytes: Range<Int>) {
    (self.file, self.line, self.column, self.bytes) = (file, line, column, bytes)
  }

  /// The place of some bytes.
  init(file: SourceFile, bytes: Range<Int>) {
    let line = file.lineNumber(of: bytes.lowerBound)
    let start = file.line(line)?.lowerBound ?? 0
    let before = min(start, bytes.lowerBound)..<bytes.lowerBound
    self.init(
      file: file, line: line, column: file.characterCount(before) + 1, bytes: bytes)
  }

  /// The beginning of a file.
  init(startOf file: SourceFile) { self.init(file: file, line: 1, column: 1, bytes: 0..<0) }

  /// The column behind what is underlined: a message points into one line.
  public var endColumn: Int {
    let end = min(bytes.upperBound, file.line(line)?.upperBound ?? bytes.upperBound)
    return column + max(1, file.characterCount(bytes.lowerBound..<max(end, bytes.lowerBound)))
  }

  /// Where the bytes end.
  package var end: (line: Int, column: Int) {
    let end = SourceLocation(file: file, bytes: bytes.upperBound..<bytes.upperBound)
    return (end.line, end.column)
  }

  /// Whether the text stands on one line.
  var isOnOneLine: Bool {
    file.line(line).map { bytes.upperBound <= $0.upperBound } ?? false
  }

  /// The words of a text block, without the `|` or `>` in front of them.
  var words: SourceLocation {
    guard let sign = file.bytes[bytes].first, "|>".utf8.contains(sign) else { return self }
    let isBlank: (UInt8) -> Bool = { " \t\r\n".utf8.contains($0) }
    guard let head = file.line(line), head.upperBound < bytes.upperBound,
      let start = file.bytes[head.upperBound..<bytes.upperBound].firstIndex(where: { !isBlank($0) }
      ),
      let end = file.bytes[start..<bytes.upperBound].lastIndex(where: { !isBlank($0) })
    else { return self }
    return SourceLocation(file: file, bytes: start..<end + 1)
  }

  /// The place of a part of this text, where it is spelled in the file as it is meant.
  ///
  /// - Parameter count: How often it is spelled before.
  func part(_ text: some StringProtocol, after count: Int = 0) -> SourceLocation? {
    let spelling = Array(text.utf8)
    var searched = file.bytes[bytes]
    for _ in 0..<count {
      guard let range = searched.firstRange(of: spelling) else { return nil }
      searched = searched[range.upperBound...]
    }
    return searched.firstRange(of: spelling).map { SourceLocation(file: file, bytes: $0) }
  }
}
