/// A change of a rule file that mends what a diagnostic complains about.
public struct Fix: Sendable {
  /// What it does, as an imperative: `write 'category'`.
  public let title: String
  /// The text that is replaced.
  public let place: SourceLocation
  public let replacement: String
  /// Whether nothing else can have been meant. `whybounce check --fix` applies only such fixes: they
  /// change how a rule is spelled, and never what it says.
  public let isCertain: Bool

  private init(
    _ title: String, at place: SourceLocation, replacement: String, isCertain: Bool = true
  ) {
    (self.title, self.place) = (title, place)
    (self.replacement, self.isCertain) = (replacement, isCertain)
  }

  /// Writes something else for a value on one line; `nil` where the value takes several lines, whose
  /// line breaks have to stay.
  init?(writing text: String, for place: SourceLocation, isCertain: Bool = true) {
    guard place.isOnOneLine, !place.bytes.isEmpty else { return nil }
    self.init("write '\(text)'", at: place, replacement: text, isCertain: isCertain)
  }

  /// Puts a value in quotes that reaches from one place up to the end of the line of another.
  init?(quotingUpTo end: SourceLocation, from start: SourceLocation, isCertain: Bool = true) {
    guard start.line == end.line, let line = start.file.line(end.line) else { return nil }
    let bytes = start.file.bytes[start.bytes.lowerBound..<line.upperBound]
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    let place = SourceLocation(file: start.file, bytes: start.bytes.lowerBound..<last + 1)
    // Inside single quotes only the quote itself is special: it stands twice.
    let quoted = "'\(place.file.text(place.bytes).replacing("'", with: "''"))'"
    self.init("write \(quoted)", at: place, replacement: quoted, isCertain: isCertain)
  }

  /// Takes a value out of a list, with its line or its comma; `nil` where a comment would go too.
  init?(removing value: SourceLocation) {
    let file = value.file
    guard value.isOnOneLine, let line = file.line(value.line) else { return nil }
    let isBlank: (UInt8) -> Bool = { " \t\r\n".utf8.contains($0) }
    guard let mark = file.bytes[..<value.bytes.lowerBound].lastIndex(where: { !isBlank($0) }) else {
      return nil
    }
    guard mark >= line.lowerBound else { return nil }
    let removed: Range<Int>
    if file.bytes[mark] == UInt8(ascii: ",") {
      removed = mark..<value.bytes.upperBound
    } else if file.bytes[mark] == UInt8(ascii: "[") {
      let behind = file.bytes[value.bytes.upperBound..<line.upperBound]
      guard let comma = behind.firstIndex(where: { !isBlank($0) }),
        file.bytes[comma] == UInt8(ascii: ","),
        let next = behind[(comma + 1)...].firstIndex(where: { !isBlank($0) })
      else { return nil }
      removed = value.bytes.lowerBound..<next
    } else {
      // The line break before it goes, because behind the last line there may be none.
      guard file.bytes[mark] == UInt8(ascii: "-"), let previous = file.line(value.line - 1),
        file.bytes[line.lowerBound..<mark].allSatisfy(isBlank),
        file.bytes[value.bytes.upperBound..<line.upperBound].allSatisfy(isBlank)
      else { return nil }
      removed = previous.upperBound..<line.upperBound
    }
    self.init("remove it", at: SourceLocation(file: file, bytes: removed), replacement: "")
  }
}

extension DiagnosticCollector {
  /// Reports a word that is not known, and offers the known one that was probably meant.
  ///
  /// The fix is certain where just one known word is near.
  ///
  /// - Parameters:
  ///   - known: The words that could stand here. They are listed where none is near, unless `isOpen`.
  ///   - isOpen: Whether the known words are names that authors give.
  ///   - spelling: How a known word is written in its place.
  func unknown(
    _ kind: DiagnosticKind, _ message: String, _ word: String, at place: SourceLocation,
    among known: some Sequence<String>, isOpen: Bool = false,
    spelling: (String) -> String = { $0 }
  ) {
    let near = nearOnes(to: word, in: known)
    guard let nearest = near.first.map(spelling) else {
      let list = isOpen ? "" : " (one of: \(known.map(spelling).joined(separator: ", ")))"
      return error(kind, message + list, at: place)
    }
    error(
      kind, "\(message); did you mean '\(nearest)'?", at: place,
      fix: Fix(writing: nearest, for: place, isCertain: near.count == 1))
  }
}
