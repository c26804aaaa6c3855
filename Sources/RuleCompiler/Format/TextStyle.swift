/// A reply, or words of one, as a rule file has it behind a key or a `-`.
///
/// - Parameter key: What stands before it on its first line.
package func canonicalYAML(_ text: String, after key: String) -> String {
  let indent = String(repeating: " ", count: key.prefix { $0 == " " }.count + 2)
  let style = TextStyle(
    of: text, .reply, room: FormatWriter.width - key.count,
    width: FormatWriter.width - indent.count)
  return ([key + style.first] + style.rest.map { indent + $0 }).joined(separator: "\n")
}

/// How a text is written in YAML: what stands on the line of its key, and on the lines below.
struct TextStyle {
  let first: String
  let rest: [String]

  /// - Parameters:
  ///   - text: Without blanks at its ends.
  ///   - room: How many characters fit behind the key.
  ///   - width: How many fit on a line below.
  init(of text: String, _ form: TextForm, room: Int, width: Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isPrintable = lines.allSatisfy(\.isPrintable)
    if lines.count > 1 {
      let isWide = lines.contains { $0.count > width }
      if isPrintable, isWide, form.isProse, let folded = Self.fold(lines, width: width) {
        (first, rest) = (">-", folded)
      } else if lines.allSatisfy(\.isLiteral) {
        (first, rest) = ("|-", lines.map(String.init))
      } else {
        (first, rest) = (text.doubleQuoted, [])
      }
      return
    }
    let line = Self.oneLine(text, form)
    if isPrintable, line.count > room, let folded = Self.fold(lines, width: width),
      folded.count > 1 || line.count > text.count || text.count <= width
    {
      (first, rest) = (">-", folded)
    } else {
      (first, rest) = (line, [])
    }
  }

  /// A text on the line of its key.
  static func oneLine(_ text: String, _ form: TextForm) -> String {
    if !text.isPrintable { return text.doubleQuoted }
    let isPlain =
      text.canBePlain && !text.looksLikeNothing
      && (form.isToken || form.isName || !text.looksLikeOtherType)
    if isPlain { return text }
    let needsDouble = text.contains("'") && !text.contains("\"") && !text.contains("\\")
    return needsDouble ? text.doubleQuoted : "'\(text.replacing("'", with: "''"))'"
  }

  /// A key of a mapping.
  static func key(_ text: String) -> String { oneLine(text, .id) }

  /// Breaks lines at single spaces, which is where YAML puts them together again with a space. A
  /// line break of the text becomes a blank line.
  ///
  /// - Returns: `nil` where lines begin or end with a blank: YAML would not fold those.
  private static func fold(_ lines: [Substring], width: Int) -> [String]? {
    var folded: [String] = []
    for line in lines {
      guard line.first != " ", line.last != " " else { return nil }
      if !folded.isEmpty { folded.append("") }
      var row = ""
      for word in words(of: line) {
        if row.isEmpty {
          row = word
        } else if row.count + 1 + word.count <= width {
          row += " \(word)"
        } else {
          folded.append(row)
          row = word
        }
      }
      if !row.isEmpty { folded.append(row) }
    }
    return folded
  }

  /// What stands between single spaces.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var glues = false
    for piece in line.split(separator: " ", omittingEmptySubsequences: false) {
      if glues || piece.isEmpty, !words.isEmpty {
        words[words.count - 1] += " \(piece)"
      } else {
        words.append(String(piece))
      }
      glues = piece.isEmpty
    }
    return words
  }
}

extension TextForm {
  /// A short word, of which a list stands on one line.
  var isToken: Bool {
    switch self {
    case .code, .status, .host, .weight, .id: true
    default: false
    }
  }

  /// A word that the grammar knows; nobody takes it for a number.
  fileprivate var isName: Bool {
    switch self {
    case .id, .ruleID, .categoryID, .link, .oneOf: true
    default: false
    }
  }

  /// Words for people, of which the line breaks are no matter.
  fileprivate var isProse: Bool { if case .words = self { true } else { false } }
}

extension StringProtocol {
  /// Whether all of it can stand in a file as it is: no tabs, line breaks or control characters.
  fileprivate var isPrintable: Bool { unicodeScalars.allSatisfy(\.isPrintable) }

  /// Whether it can be a line of a text that keeps its lines.
  fileprivate var isLiteral: Bool {
    last != " " && last != "\t"
      && unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\t" }
  }

  fileprivate var doubleQuoted: String {
    let inner = unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.isPrintable: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (sign, length) = scalar.value <= 0xFF ? ("x", 2) : ("u", 4)
        result += "\\\(sign)" + String(repeating: "0", count: length - digits.count) + digits
      }
    }
    return "\"\(inner)\""
  }
}

extension String {
  /// Whether YAML takes it as it is, without quotes.
  fileprivate var canBePlain: Bool {
    guard let first, !",[]{}#&*!|>'\"%@`-?:".contains(first) else { return false }
    return !contains(": ") && !contains(" #") && last != ":"
  }

  /// Whether YAML would take it for no value.
  fileprivate var looksLikeNothing: Bool { self == "~" || lowercased() == "null" }

  /// Whether YAML would take it for a number or a truth value.
  fileprivate var looksLikeOtherType: Bool {
    if ["true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"]
      .contains(lowercased())
    {
      return true
    }
    guard let first, first.isASCII, first.isNumber || "+.".contains(first) else { return false }
    return allSatisfy { $0.isHexDigit || "+-._:oxOX".contains($0) }
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    case 0x10000...: true
    default: false
    }
  }
}
