/// A rule file's text, and how it is named in messages.
public final class SourceFile: Sendable {
  public let path: String
  let bytes: [UInt8]
  private let lines: [Substring]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The text of a line, counted from 1.
  func line(_ number: Int) -> Substring? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }
}

/// A place in a rule file; line and column count from 1, the column in characters.
public struct SourceLocation: Sendable {
  public let file: SourceFile
  public let line: Int
  public let column: Int
  /// How many characters the caret underlines.
  var length = 1
}

/// Something wrong in the rules: what, where, and what to do.
///
/// Diagnostics are values; only the outermost layer (the tool, the command line) prints them.
public struct Diagnostic: Sendable {
  public enum Severity: String, Sendable { case error, warning, note }

  public let severity: Severity
  public let message: String
  public let location: SourceLocation?
  /// Other places that belong to it.
  public let notes: [Diagnostic]

  init(
    _ severity: Severity = .error, _ message: String, at location: SourceLocation?,
    notes: [Diagnostic] = []
  ) {
    (self.severity, self.message, self.location, self.notes) = (severity, message, location, notes)
  }

  /// `FILE:LINE:COLUMN: error: MESSAGE`, the source line with a caret, and the notes.
  public func rendered(colored: Bool = false) -> String {
    func paint(_ text: String, _ code: String) -> String {
      colored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
    let color = severity == .error ? "1;31" : severity == .warning ? "1;35" : "1;36"
    var place = ""
    var excerpt = ""
    if let location {
      place = "\(location.file.path):\(location.line):\(location.column): "
      if let line = location.file.line(location.line) {
        let number = String(location.line)
        let gutter = String(repeating: " ", count: number.count)
        // A tab before the caret stays a tab, so that the caret stands below its text.
        let indent = line.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        let room = max(1, line.count - location.column + 1)
        let caret = "^" + String(repeating: "~", count: max(0, min(location.length, room) - 1))
        excerpt = "\n \(number) | \(line.inert)\n \(gutter) | \(indent)\(paint(caret, color))"
      }
    }
    let head = "\(place)\(paint(severity.rawValue + ":", color)) \(message.inert)"
    return ([head + excerpt] + notes.map { $0.rendered(colored: colored) })
      .joined(separator: "\n")
  }
}

extension StringProtocol {
  /// The text with nothing in it that would act, on a terminal or a page, instead of showing.
  var inert: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.properties.generalCategory {
      case .control where scalar != "\t", .format: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

/// Collects what is found while rules are compiled, so that one run shows everything.
final class DiagnosticCollector {
  private(set) var diagnostics: [Diagnostic] = []

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  func error(_ message: String, at location: SourceLocation?, notes: [Diagnostic] = []) {
    diagnostics.append(Diagnostic(.error, message, at: location, notes: notes))
  }

  /// By file and place.
  var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { a, b in
      let (x, y) = (a.element.location, b.element.location)
      return (x?.file.path ?? "", x?.line ?? 0, x?.column ?? 0, a.offset)
        < (y?.file.path ?? "", y?.line ?? 0, y?.column ?? 0, b.offset)
    }.map(\.element)
  }
}

/// The nearest of some words, where one is near enough to be what was meant.
package func nearest(to word: String, in words: some Sequence<String>) -> String? {
  words.map { ($0, editDistance(word, $0)) }
    .filter { $0.1 <= max(1, word.count / 3) }
    .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
}

/// `; did you mean 'x'?`, or nothing.
func suggestion(for word: String, in words: some Sequence<String>) -> String {
  nearest(to: word, in: words).map { "; did you mean '\($0)'?" } ?? ""
}

/// `; did you mean 'x'?`, or where no word is near, all of them.
func suggestion(for word: String, orOneOf words: [String]) -> String {
  nearest(to: word, in: words).map { "; did you mean '\($0)'?" }
    ?? " (one of: \(words.joined(separator: ", ")))"
}

/// How many letters to insert, delete, change or swap (Damerau and Levenshtein, restricted).
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var older: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, older[j - 2] + 1)
      }
      row.append(best)
    }
    (older, last) = (last, row)
  }
  return last[b.count]
}
