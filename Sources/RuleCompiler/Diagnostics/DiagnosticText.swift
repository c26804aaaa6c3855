extension Diagnostic {
  /// `FILE:LINE:COLUMN: error: MESSAGE`, the source line with a caret, and the notes.
  public func rendered(colored: Bool = false) -> String {
    let ink = Ink(code: severity == .error ? "1;31" : "1;35", isOn: colored)
    let noteInk = Ink(code: "1;36", isOn: colored)
    return
      ([Self.text(severity.rawValue, message, at: location, help: help, ink)]
      + notes.map { Self.text("note", $0.message, at: $0.location, help: [], noteInk) })
      .joined(separator: "\n")
  }

  /// The fixes of which the message itself does not speak.
  private var help: [String] {
    fixes.filter { $0.replacement.isEmpty || !message.contains($0.replacement) }.map(\.title)
  }

  private static func text(
    _ label: String, _ message: String, at location: SourceLocation?, help: [String], _ ink: Ink
  ) -> String {
    let place = location.map { "\($0.file.path.inert):\($0.line):\($0.column): " } ?? ""
    var lines = ["\(place)\(ink.paint(label + ":")) \(message.inert)"]
    let gutter = String(repeating: " ", count: location.map { String($0.line).count } ?? 1)
    if let location, let excerpt = Excerpt(of: location) {
      lines.append(" \(location.line) | \(excerpt.line)")
      lines.append(" \(gutter) | \(excerpt.indent)\(ink.paint(excerpt.caret))")
    }
    lines += help.map { " \(gutter) = help: \($0.inert)" }
    return lines.joined(separator: "\n")
  }
}

/// A terminal colour, or none.
private struct Ink {
  let code: String
  let isOn: Bool

  func paint(_ text: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

/// The source line that a message is about, and what stands below it.
private struct Excerpt {
  /// The most bytes that are shown before a place and from it on; a line can have millions.
  private static let mostBytes = (before: 80, after: 120)

  let line: String
  let indent: String
  let caret: String

  /// `nil` where the line shows nothing.
  init?(of location: SourceLocation) {
    let file = location.file
    guard let whole = file.line(location.line),
      file.bytes[whole].contains(where: { !" \t".utf8.contains($0) })
    else { return nil }
    let start = min(max(location.bytes.lowerBound, whole.lowerBound), whole.upperBound)
    let isShort = whole.count <= Self.mostBytes.before + Self.mostBytes.after
    let shown =
      isShort
      ? whole
      : file.characterStart(
        max(whole.lowerBound, start - Self.mostBytes.before))..<file.characterStart(
          min(whole.upperBound, start + Self.mostBytes.after))
    let end = min(max(location.bytes.upperBound, start), shown.upperBound)
    let before =
      (shown.lowerBound > whole.lowerBound ? "…" : "")
      + file.text(shown.lowerBound..<start)
    let after = shown.upperBound < whole.upperBound ? "…" : ""
    line = (before + file.text(start..<shown.upperBound) + after).inert
    // A tab before the caret stays a tab, so that the caret stands below its text.
    indent = before.split(separator: "\t", omittingEmptySubsequences: false)
      .map { String(repeating: " ", count: $0.columnCount) }.joined(separator: "\t")
    let width = max(1, file.text(start..<end).columnCount)
    caret = "^" + String(repeating: "~", count: width - 1)
  }
}

extension SourceFile {
  /// The byte at which the character begins that has this byte.
  fileprivate func characterStart(_ offset: Int) -> Int {
    var start = offset
    while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}

extension StringProtocol {
  /// The text with nothing in it that would act, on a terminal or a page, instead of showing.
  var inert: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.properties.generalCategory {
      case _ where scalar == "\n": result += "↵"
      case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
