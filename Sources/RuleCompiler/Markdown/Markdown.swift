/// Markdown (GitHub's dialect) around text that may hold anything.
///
/// Rule files quote what servers say, and anybody can propose one. Nothing that stands in them may
/// act as markup, so every string from a rule passes through one of these functions.
package enum Markdown {
  // MARK: - Text

  /// Text on one line, in a paragraph, a heading, a table cell or a link.
  package static func text(_ string: String) -> String { guardingStart(escaped(onOneLine(string))) }

  /// The same with its web addresses as links. Not for link labels: links do not nest.
  static func prose(_ string: String) -> String {
    let line = onOneLine(string)
    // (Most texts have none, and a regular expression takes long to be made.)
    guard line.utf8.contains(UInt8(ascii: "/")) else { return guardingStart(escaped(line)) }
    var result = ""
    var rest = line[...]
    while let address = rest.firstMatch(of: /https?:\/\/[^\s<>"]+/) {
      let url = withoutClosingPunctuation(rest[address.range])
      result += escaped(rest[..<url.startIndex]) + link(escaped(url), to: String(url))
      rest = rest[url.endIndex...]
    }
    return guardingStart(result + escaped(rest))
  }

  /// What ends the sentence around a web address is not part of it.
  private static func withoutClosingPunctuation(_ address: Substring) -> Substring {
    var url = address
    let marks = ".,;:!?'*_]" + (address.contains("(") ? "" : ")")
    while let last = url.last, marks.contains(last) {
      // (Not `dropLast`, which counts the characters.)
      url.removeLast()
    }
    return url
  }

  /// Backslashes before what marks up anywhere in a line; entities for what HTML would take.
  private static func escaped(_ line: some StringProtocol) -> String {
    line.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // Between two of them, GitHub sets a formula; its documentation names this way out.
      case "$": result += "<span>$</span>"
      case "\\", "`", "*", "_", "[", "]", "!", "|", "~", "#": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// At the start of a line, `-` and `1.` would begin a list.
  private static func guardingStart(_ line: String) -> String {
    if line.hasPrefix("-") || line.hasPrefix("+") { return "\\" + line }
    let number = line.prefix { $0.isNumber }
    let rest = line[number.endIndex...]
    return !number.isEmpty && (rest.hasPrefix(".") || rest.hasPrefix(")"))
      ? "\(number)\\\(rest)" : line
  }

  private static func onOneLine(_ string: String) -> String {
    string.unicodeScalars.split { $0.properties.isWhitespace }
      .map { Substring($0).inert }.joined(separator: " ")
  }

  // MARK: - Code

  /// Text as it stands, within a line. Not for table cells unless it holds no `|`.
  package static func code(_ string: String) -> String {
    let line = onOneLine(string)
    let fence = fence(around: line, atLeast: 1)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return fence + pad + line + pad + fence
  }

  /// Text as it stands, with its line breaks.
  static func codeBlock(_ string: String) -> String {
    let lines = string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let text = lines.map(\.inert).joined(separator: "\n")
    let fence = fence(around: text, atLeast: 3)
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// More backticks than stand in a row in the text.
  private static func fence(around text: String, atLeast least: Int) -> String {
    let runs = text.unicodeScalars.split { $0 != "`" }.map(\.count)
    return String(repeating: "`", count: max(least, 1 + (runs.max() ?? 0)))
  }

  // MARK: - Links, lists and tables

  /// A link to a web address.
  static func link(_ label: String, to url: String) -> String {
    let target = percentEncoded(url, keeping: "/:?#[]@!$&'*+,;=%")
    return "[\(label)](\(target.replacing("&", with: "&amp;")))"
  }

  /// A link that shows its address.
  static func link(_ url: String) -> String {
    let scheme = ["https://", "http://"].first { url.hasPrefix($0) } ?? ""
    return link(text(String(url.dropFirst(scheme.count))), to: url)
  }

  /// RFC 3986: letters, digits and `-._~` stand for themselves, and here what is to be kept.
  static func percentEncoded(_ string: String, keeping kept: String) -> String {
    string.utf8.reduce(into: "") { result, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where kept.utf8.contains(byte): result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
  }

  /// A list of items that are Markdown already.
  static func list(_ items: [String]) -> String {
    items.map { item("-", $0) }.joined(separator: "\n")
  }

  /// A list's item. All its lines stand as far right as its first.
  static func item(_ bullet: String, _ text: String) -> String {
    // (Nearly all items are of one line.)
    if !text.utf8.contains(0x0A) { return bullet + " " + text }
    let indent = String(repeating: " ", count: bullet.count + 1)
    return bullet + " " + text.replacing(/\n(?!\n)/, with: "\n" + indent)
  }

  /// A table of cells that are Markdown already.
  package static func table(_ header: [String], _ rows: [[String]]) -> String {
    ([header, header.map { _ in "---" }] + rows)
      .map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}
