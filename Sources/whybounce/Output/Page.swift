/// How words stand out: the parameters of the terminal's SGR sequence.
enum Emphasis: String {
  case strong = "1"
  case faint = "2"
  case matched = "1;4"
  case party = "36"
  case hard = "1;31"
  case soft = "1;33"
  case block = "1;35"
  case passed = "32"
}

/// Text for a person to read: headings, wrapped paragraphs, lists.
///
/// Everything put on a page is made harmless for the terminal first.
struct Page {
  struct Run: ExpressibleByStringLiteral {
    let text: String
    let emphasis: Emphasis?

    init(_ text: String, _ emphasis: Emphasis? = nil) {
      (self.text, self.emphasis) = (text, emphasis)
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  let width: Int
  let isColored: Bool
  private(set) var lines: [String] = []

  init(width: Int, isColored: Bool) { (self.width, self.isColored) = (width, isColored) }

  /// A page for standard output.
  init(_ color: ColorChoice) {
    let terminal = Terminal(.standardOutput)
    self.init(width: terminal.pageWidth, isColored: color.isOn(for: terminal))
  }

  /// The page as text, with a line break at the end.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// A heading, after an empty line.
  mutating func heading(_ title: String, _ emphasis: Emphasis = .strong) {
    space()
    paragraph(Run(title, emphasis), lead: "")
  }

  /// An empty line, where something stands above it.
  mutating func space() {
    if !lines.isEmpty { lines.append("") }
  }

  /// Lines that are laid out already.
  mutating func append(_ lines: [String]) { self.lines += lines }

  /// A paragraph; its further lines are indented like the text behind `lead`.
  ///
  /// A word that is longer than the line (a link, mostly) stays whole, so that it can be copied.
  mutating func paragraph(_ runs: Run..., lead: String = "  ") {
    let indent = String(repeating: " ", count: lead.visibleWidth)
    var line: [Run] = []
    var column = indent.count
    var start = lead
    for run in runs {
      for word in run.text.visible.split(separator: " ") {
        let wordWidth = word.visibleWidth
        if !line.isEmpty, column + 1 + wordWidth > width {
          lines.append(start + joined(line))
          (line, column, start) = ([], indent.count, indent)
        }
        column += (line.isEmpty ? 0 : 1) + wordWidth
        line.append(Run(String(word), run.emphasis))
      }
    }
    if !line.isEmpty { lines.append(start + joined(line)) }
  }

  /// Joins words; those next to each other with the same emphasis share one sequence.
  private func joined(_ words: [Run]) -> String {
    var result = ""
    var index = 0
    while index < words.count {
      let emphasis = words[index].emphasis
      let end = words[index...].firstIndex { $0.emphasis != emphasis } ?? words.count
      let text = words[index..<end].map(\.text).joined(separator: " ")
      result += (result.isEmpty ? "" : " ") + styled(text, emphasis)
      index = end
    }
    return result
  }

  func styled(_ text: String, _ emphasis: Emphasis?) -> String {
    guard isColored, let emphasis else { return text }
    return "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
  }
}
