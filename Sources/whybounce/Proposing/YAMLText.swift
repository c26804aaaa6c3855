/// Text as YAML.
enum YAMLText {
  private static let width = 100

  /// A scalar that reads back as the very same text, as plain as can be. Long text is folded.
  ///
  /// - Parameters:
  ///   - text: Words with single spaces between them, on one or more lines.
  ///   - key: What stands before it on the first line.
  static func scalar(_ text: String, after key: String) -> String {
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.allSatisfy(isPrintable) else { return key + doubleQuoted(text) }
    let indent = String(repeating: " ", count: key.prefix { $0 == " " }.count + 2)
    func block(_ mark: String, _ lines: [String]) -> String {
      ([key + mark] + lines.map { indent + $0 }).joined(separator: "\n")
    }
    if lines.count > 1 { return block("|-", lines) }
    if key.count + text.count > width, text.contains(" ") {
      return block(">-", wrapped(text, width: width - indent.count))
    }
    return key + (isPlain(text) ? text : singleQuoted(text))
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// A comment on as many lines as it needs.
  static func comment(_ text: String, indent: String) -> String {
    wrapped(text.visible, width: width - indent.count - 2).map { "\(indent)# \($0)\n" }.joined()
  }

  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
        .surrogate:
        false
      default: scalar != "\u{FEFF}"
      }
    }
  }

  /// Whether YAML takes the text for nothing but text. Single words can mean more: `no`, `550`.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first.isNumber else { return false }
    if text.allSatisfy(\.isLetter) { return !isKeyword(text) }
    // Bytes and not characters: to Swift, an accent on a colon makes another character of it.
    let bytes = text.utf8
    // `2024-06-24 10:00` is a time.
    let isTime = !text.contains(where: \.isLetter) && bytes.contains { ":-".utf8.contains($0) }
    return text.contains(" ") && !isTime && !bytes.contains(": ".utf8)
      && !bytes.contains(" #".utf8) && bytes.last != UInt8(ascii: ":")
  }

  /// What some YAML readers take for a truth value or for nothing.
  private static func isKeyword(_ text: String) -> Bool {
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null"].contains(text.lowercased())
  }

  private static func singleQuoted(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }

  private static func doubleQuoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": return "\\\(scalar)"
      case "\n": return "\\n"
      case _ where isPrintable(String(scalar)): return String(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (mark, length) = digits.count > 4 ? ("\\U", 8) : ("\\u", 4)
        return mark + String(repeating: "0", count: length - digits.count) + digits
      }
    }
    return "\"\(escaped.joined())\""
  }
}
