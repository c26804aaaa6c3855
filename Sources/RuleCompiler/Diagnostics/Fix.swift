/// A change of a rule file that mends what a diagnostic complains about.
public struct Fix: Sendable {
  /// The value that it is about.
  package let value: SourceLocation
  /// The text that is replaced: the value, with its comma or line where it is taken out.
  public let place: SourceLocation
  /// Empty where the text is only taken out.
  public let replacement: String
  /// Whether nothing else can have been meant. `whybounce check --fix` applies only such fixes: they
  /// change how a rule is spelled, and never what it says.
  public let isCertain: Bool
  /// Whether it changes nothing but indentation, which nobody sees in a message.
  private var isIndentation = false

  /// What it does, as an imperative: `write 'category'`.
  public var title: String {
    if isIndentation { return "indent with spaces" }
    return replacement.isEmpty ? "remove it" : "write \(Self.quoted(replacement))"
  }

  /// What it has done: `wrote 'category' for 'categroy'`.
  package var result: String {
    if isIndentation { return "indented with spaces" }
    let old = Self.quoted(value.file.text(value.bytes))
    if replacement.isEmpty { return "removed \(old)".inert }
    let new = Self.quoted(replacement)
    return (new == replacement ? "put \(old) in quotes" : "wrote \(new) for \(old)").inert
  }

  private static func quoted(_ text: String) -> String {
    text.hasPrefix("'") && text.hasSuffix("'") ? text : "'\(text)'"
  }

  private init(
    _ value: SourceLocation, at place: SourceLocation, replacement: String, isCertain: Bool = true
  ) {
    (self.value, self.place) = (value, place)
    (self.replacement, self.isCertain) = (replacement, isCertain)
  }

  /// Writes something else for a value on one line; `nil` where the value takes several lines, whose
  /// line breaks have to stay.
  init?(writing text: String, for place: SourceLocation, isCertain: Bool = true) {
    guard place.isOnOneLine, !place.bytes.isEmpty else { return nil }
    self.init(place, at: place, replacement: text, isCertain: isCertain)
  }

  /// Puts a value in quotes that reaches from one place up to the end of the line of another.
  init?(quotingUpTo end: SourceLocation, from start: SourceLocation, isCertain: Bool = true) {
    guard start.line == end.line, let line = start.file.line(end.line) else { return nil }
    let bytes = start.file.bytes[start.bytes.lowerBound..<line.upperBound]
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    let place = SourceLocation(file: start.file, bytes: start.bytes.lowerBound..<last + 1)
    // Inside single quotes only the quote itself is special: it stands twice.
    let quoted = "'\(place.file.text(place.bytes).replacing("'", with: "''"))'"
    self.init(place, at: place, replacement: quoted, isCertain: isCertain)
  }

  /// Indents lines otherwise, from the one on which the value stands.
  init(indenting value: SourceLocation, at place: SourceLocation, as text: String) {
    self.init(value, at: place, replacement: text)
    isIndentation = true
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
    self.init(value, at: SourceLocation(file: file, bytes: removed), replacement: "")
  }
}
