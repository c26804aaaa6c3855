/// Writes a tree in canonical form: two spaces a level, a blank line between rules, no line longer
/// than 100 characters where that can be helped.
struct FormatWriter {
  private struct Line {
    var text: String
    var comment: String?
  }

  static let width = 100

  private var lines: [Line] = []

  init(_ tree: FormatCollection) {
    write(tree, indent: "", isSpaced: false)
  }

  /// Comments at the ends of lines that follow each other stand in one column.
  var text: String {
    var text = ""
    var column = 0
    for (index, line) in lines.enumerated() {
      text += line.text
      if let comment = line.comment {
        if index == 0 || lines[index - 1].comment == nil {
          column = lines[index...].prefix { $0.comment != nil }.map(\.text.count).max() ?? 0
        }
        text += String(repeating: " ", count: column - line.text.count + 2) + comment
      }
      text += "\n"
    }
    return text
  }

  // MARK: - Collections

  private mutating func write(_ collection: FormatCollection, indent: String, isSpaced: Bool) {
    write(collection.opening, indent)
    let isParted =
      collection.isOpeningDetached || !(collection.items.first?.comments.isEmpty ?? true)
    if !collection.opening.isEmpty, isParted { addBlankLine() }
    for (index, item) in collection.items.enumerated() {
      let isParted = isSpaced || item.isSpaced || item.comments.first?.followsBlankLine ?? false
      if index > 0, isParted { addBlankLine() }
      write(item, indent)
    }
    if collection.closing.first?.followsBlankLine ?? false { addBlankLine() }
    write(collection.closing, indent)
  }

  private mutating func write(_ comments: [Comment], _ indent: String) {
    for (index, comment) in comments.enumerated() {
      if index > 0, comment.followsBlankLine { addBlankLine() }
      lines.append(Line(text: indent + comment.text))
    }
  }

  private mutating func addBlankLine() { lines.append(Line(text: "")) }

  // MARK: - Items

  private mutating func write(_ item: FormatItem, _ indent: String) {
    write(item.comments, indent)
    if item.isDetached { addBlankLine() }
    let head = indent + (item.key.map { TextStyle.key($0) + ":" } ?? "-")
    switch item.value {
    case .nothing: add(head, item)
    case .text(let text, let form):
      let room = Self.width - head.count - 1
      let style = TextStyle(of: text, form, room: room, width: Self.width - indent.count - 2)
      add("\(head) \(style.first)", item)
      lines += style.rest.map { Line(text: $0.isEmpty ? "" : "\(indent)  \($0)") }
    case .list(let list, let isFlow):
      let flow = isFlow || list.items.isEmpty ? "\(head) [\(Self.flow(list))]" : nil
      if let flow, list.items.isEmpty || flow.count <= Self.width {
        add(flow, item)
      } else {
        writeBlock(list, head, item, indent, isSpaced: false)
      }
    case .mapping(let mapping, let isSpaced):
      if mapping.items.isEmpty {
        add("\(head) {}", item)
      } else {
        writeBlock(mapping, head, item, indent, isSpaced: isSpaced)
      }
    }
  }

  private mutating func add(_ text: String, _ item: FormatItem) {
    lines.append(Line(text: text, comment: item.trailing?.text))
  }

  private mutating func writeBlock(
    _ collection: FormatCollection, _ head: String, _ item: FormatItem, _ indent: String,
    isSpaced: Bool
  ) {
    if item.key != nil { add(head, item) }
    let start = lines.count
    write(collection, indent: indent + "  ", isSpaced: isSpaced)
    // In a list, the dash stands on the first line of the element.
    if item.key == nil {
      lines[start].text = "\(head) " + lines[start].text.dropFirst(head.count + 1)
    }
  }

  private static func flow(_ list: FormatCollection) -> String {
    list.items.compactMap { item in
      if case .text(let text, let form) = item.value { TextStyle.oneLine(text, form) } else { nil }
    }.joined(separator: ", ")
  }
}

extension FormatItem {
  /// Whether its value is a section of the file.
  fileprivate var isSpaced: Bool {
    if case .mapping(_, isSpaced: true) = value { true } else { false }
  }
}
