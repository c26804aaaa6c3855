/// The value that begins on a line, behind its key or `-`.
struct LineValue {
  let file: SourceFile
  let start: Int
  private let line: Range<Int>

  /// - Parameter place: Any place on the line.
  init?(on place: SourceLocation) {
    file = place.file
    guard let line = file.line(place.line) else { return nil }
    self.line = line
    let bytes = file.bytes[line]
    var index = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? line.upperBound
    while index + 1 < line.upperBound, bytes[index] == UInt8(ascii: "-"),
      bytes[index + 1] == UInt8(ascii: " ")
    {
      index = bytes[(index + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? line.upperBound
    }
    let isKey: (UInt8) -> Bool = { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
    let keyEnd = bytes[index...].firstIndex { !isKey($0) } ?? line.upperBound
    if keyEnd > index, keyEnd + 1 < line.upperBound, bytes[keyEnd] == UInt8(ascii: ":"),
      bytes[keyEnd + 1] == UInt8(ascii: " ")
    {
      index = bytes[(keyEnd + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? line.upperBound
    }
    guard index < line.upperBound else { return nil }
    start = index
  }

  /// The value that begins at a place.
  init?(from place: SourceLocation) {
    guard let line = place.file.line(place.line) else { return nil }
    (file, start, self.line) = (place.file, place.bytes.lowerBound, line)
  }

  /// Whether a key or `-` stands before it; else the line can go on with the text of another one.
  var isBehindKey: Bool { file.bytes[line.lowerBound..<start].contains { $0 != UInt8(ascii: " ") } }

  var location: SourceLocation { SourceLocation(file: file, bytes: start..<line.upperBound) }

  /// Quotes around the value, where it ends on this line and no comment follows.
  func quoting(isCertain: Bool) -> Fix? {
    let indentation: (Range<Int>) -> Int? = { line in
      file.bytes[line].firstIndex { $0 != UInt8(ascii: " ") }.map { $0 - line.lowerBound }
    }
    let next = file.line(location.line + 1)
    guard next.flatMap(indentation) ?? 0 <= indentation(line) ?? 0,
      !file.text(start..<line.upperBound).contains(" #")
    else { return nil }
    return Fix(quotingUpTo: location, from: location, isCertain: isCertain)
  }
}
