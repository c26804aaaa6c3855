import RealRules

/// Rule files as nobody would write them: any keys in any order, any style of YAML, comments wherever
/// they may stand.
struct RandomRuleFile {
  indirect enum Value {
    case text(String)
    case list([Value])
    case mapping([(key: String, value: Value)], isOrdered: Bool)
  }

  /// What the file says.
  private(set) var values = Value.text("")
  private var random: SplitMix64
  private var comments: [String] = []
  private var lines: [String] = []

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A file, and the comments in it, each of which occurs once.
  mutating func text() -> (text: String, comments: [String]) {
    values = file()
    lines = []
    comment(at: 0, percent: 50)
    if random.chance(10) { lines.append("---" + trailing(percent: 50)) }
    write(values, indent: 0)
    comment(at: 0, percent: 30)
    let lineBreak = random.pick(["\n", "\n", "\r\n"])
    return (lines.joined(separator: lineBreak) + random.pick(["", lineBreak]), comments)
  }

  // MARK: - Values

  private mutating func file() -> Value {
    switch random.int(0...5) {
    case 0:
      let ids = (0...random.int(0...3)).map { "category-\($0)" }
      return shuffled([
        ("kind", .text("categories")),
        (
          "categories",
          entries(ids) { file in
            file.some(["name", "meaning", "bounce", "action", "undecided"], of: 60) { $0.text() }
              + file.some(["remedy"], of: 30) { $0.remedy() }
          }
        ),
      ])
    case 1:
      return shuffled([
        ("kind", .text("wrappers")),
        (
          "wrappers",
          entries(["a", "b", "c"]) { file in
            file.some(["text", "command"], of: 70) { $0.texts() }
          }
        ),
      ])
    default:
      let ids = (0..<random.int(0...4)).map { "rule-\($0)" }
      return shuffled(
        [("kind", .text("provider")), ("rules", entries(ids) { $0.rule() })]
          + some(["id", "name", "unknown"], of: 80) { $0.text() }
          + some(["hosts", "links"], of: 50) { $0.texts() })
    }
  }

  private typealias Pairs = [(key: String, value: Value)]

  private mutating func rule() -> Pairs {
    some(["code", "status", "text", "all", "unless", "over", "links", "examples"], of: 50) {
      $0.texts()
    }
      + some(["category", "meaning", "cause", "tip", "action", "retry", "other"], of: 40) {
        $0.text()
      }
      + some(["remedy"], of: 40) { $0.remedy() }
      + some(["causes"], of: 30) { file in
        .list(
          (0...file.random.int(0...2)).map { _ in
            file.shuffled(
              [("cause", file.text())] + file.some(["remedy"], of: 50) { $0.remedy() })
          })
      }
      + some(["nested"], of: 10) { .list([.list([$0.text(), $0.text()]), $0.text()]) }
  }

  private mutating func remedy() -> Value {
    shuffled(
      some(["sender", "sending-admin", "recipient", "receiving-admin"], of: 60) { $0.text() })
  }

  private mutating func some(
    _ keys: [String], of percent: Int, _ value: (inout Self) -> Value
  ) -> Pairs {
    keys.compactMap { random.chance(percent) ? (key: $0, value: value(&self)) : nil }
  }

  private mutating func entries(_ ids: [String], _ pairs: (inout Self) -> Pairs) -> Value {
    .mapping(
      ids.map { id in
        let pairs = pairs(&self)
        return (key: id, value: shuffled(pairs))
      }, isOrdered: true)
  }

  private mutating func shuffled(_ pairs: Pairs) -> Value {
    .mapping(pairs.shuffled(using: &random), isOrdered: false)
  }

  private mutating func texts() -> Value {
    random.chance(30) ? text() : .list((0..<random.int(0...4)).map { _ in text() })
  }

  private mutating func text() -> Value {
    let count = random.pick([1, 1, 2, 3, 8, 30])
    let pieces = (0..<count).map { _ in
      random.pick([
        "550", "5.1.1", "user", "mailbox", "{ip}", "'", "\"", "\\", ":", "#", "-", "a:", "#b",
        "- c",
        "null", "true", "~", "*", "&a", "[x]", "{", "}", ",", "%", "@", "|", ">", "!", "?", "ü",
        "😀",
        "a\u{A0}b", "a\tb", "a\u{85}b", "a\u{2028}b", "a\u{7}b", "\u{FEFF}", "a  b", "4xx", "1e5",
        "https://a.example/b#c", "said: 550", "(in reply to RCPT TO command)", "\u{10FFFF}", "...",
      ])
    }
    let text = pieces.reduce(into: "") { text, piece in
      if !text.isEmpty { text += random.pick([" ", " ", " ", " ", "\n", "\n\n", "\n  ", " \n"]) }
      text += piece
    }
    return .text(random.chance(80) ? text.replacing("\n", with: " ") : text)
  }

  // MARK: - YAML

  private mutating func comment() -> String {
    let comment = "#\(random.pick(["", " ", "#"]))c\(comments.count);"
    comments.append(comment)
    return comment + random.pick(["", " ", " 'a: [b", " \"", " # d"])
  }

  /// Comments on lines of their own.
  private mutating func comment(at column: Int, percent: Int) {
    while random.chance(percent) {
      if random.chance(30) { lines.append(random.pick(["", "   "])) }
      lines.append(String(repeating: " ", count: column) + comment())
      if random.chance(30) { lines.append("") }
    }
  }

  /// A comment at the end of a line.
  private mutating func trailing(percent: Int = 15) -> String {
    random.chance(percent) ? random.pick([" ", "   "]) + comment() : ""
  }

  private mutating func write(_ value: Value, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .text: break
    case .list(let elements):
      for element in elements {
        comment(at: indent, percent: 15)
        write(element, after: margin + "-", indent: indent, isElement: true)
      }
    case .mapping(let pairs, _):
      for (key, value) in pairs {
        comment(at: indent, percent: 15)
        let key = random.pick([key, key, "'\(key)'", "\"\(key)\"", "\(key) "])
        write(value, after: margin + key + ":", indent: indent, isElement: false)
      }
      comment(at: indent, percent: 10)
    }
  }

  private mutating func write(_ value: Value, after head: String, indent: Int, isElement: Bool) {
    let isEmpty =
      switch value {
      case .text: false
      case .list(let elements): elements.isEmpty
      case .mapping(let pairs, _): pairs.isEmpty
      }
    if case .text(let text) = value {
      writeText(text, after: head, indent: indent)
    } else if isEmpty || random.chance(15) {
      let margin = "\n" + String(repeating: " ", count: indent + 2)
      lines.append("\(head) \(flow(value, margin))\(trailing())")
    } else {
      lines.append(head + trailing())
      let isList = if case .list = value { true } else { false }
      write(
        value,
        indent: indent + (isList && !isElement ? random.pick([0, 2, 4]) : random.pick([2, 4])))
    }
  }

  private mutating func writeText(_ text: String, after head: String, indent: Int) {
    let margin = String(repeating: " ", count: indent + random.int(1...4))
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isPrintable = text.unicodeScalars.allSatisfy {
      $0 == "\n"
        || $0.value >= 0x20 && !"\u{7F}\u{85}\u{2028}\u{2029}\u{FEFF}".unicodeScalars.contains($0)
    }
    let isLiteral = isPrintable && rows[0].first != " " && rows.last != ""
    if isLiteral, random.chance(30) {
      lines.append("\(head) |-\(trailing())")
      lines += rows.map { $0.isEmpty ? "" : margin + $0 }
    } else if isLiteral, rows.count == 1, !text.contains("  "), random.chance(40) {
      lines.append("\(head) >-\(trailing())")
      lines += text.split(separator: " ").map { margin + $0 }
    } else if random.chance(10) {
      lines.append(head + trailing())
      comment(at: indent + 1, percent: 20)
      lines.append(margin + quoted(text) + trailing())
    } else {
      lines.append("\(head) \(quoted(text))\(trailing())")
    }
  }

  private mutating func flow(_ value: Value, _ margin: String) -> String {
    func lineBreak() -> String {
      random.chance(20) ? trailing(percent: 50) + margin : random.pick(["", " "])
    }
    switch value {
    case .text(let text): return quoted(text)
    case .list(let elements):
      let texts = elements.map { flow($0, margin) + lineBreak() }
      return "[" + lineBreak() + texts.joined(separator: ", ") + "]"
    case .mapping(let pairs, _):
      let texts = pairs.map { "\($0.key): \(flow($0.value, margin))" + lineBreak() }
      return "{" + lineBreak() + texts.joined(separator: ", ") + "}"
    }
  }

  /// On one line: plain where that is certainly right, or between quotes.
  private mutating func quoted(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy { $0 == 0x20 || (0x61...0x7A).contains($0) }
    if isWord, text != "null", text.first != " ", text.last != " ", random.chance(60) {
      return text
    }
    let isSimple = text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    if isSimple, random.chance(50) { return "'\(text.replacing("'", with: "''"))'" }
    return "\""
      + text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\n": "\\n"
        case _ where scalar.value < 0x7F && scalar.value >= 0x20: "\(scalar)"
        default:
          "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
            + String(scalar.value, radix: 16)
        }
      }.joined() + "\""
  }
}
