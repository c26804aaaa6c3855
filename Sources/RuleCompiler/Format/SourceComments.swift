/// A comment of a rule file, from its `#` to the end of the line.
struct Comment {
  let text: String
  let offset: Int
  let line: Int
  let column: Int
  /// Whether nothing else stands on its line.
  let isOwnLine: Bool
  /// Whether a blank line stands before it.
  let followsBlankLine: Bool
}

/// What libyaml passes over: the comments of a file, and where its `[…]` and `{…}` end.
///
/// libyaml tells exactly where each text stands. Between the texts nothing can stand but blanks, the
/// signs of YAML's structure and comments, so that a `#` there begins a comment.
struct SourceComments {
  /// In the order of the file.
  private(set) var comments: [Comment] = []
  /// The offset of each closing bracket, by that of the opening one.
  private(set) var flowEnds: [Int: Int] = [:]
  private var openBrackets: [Int] = []
  private let file: SourceFile

  init(of root: YAMLNode) {
    file = root.location.file
    var texts: [Range<Int>] = []
    Self.collectTexts(of: root, into: &texts)
    var offset = file.textStart
    for text in texts {
      scan(offset..<max(offset, text.lowerBound))
      if isBlockText(at: text) { scanHeader(of: text) }
      offset = text.upperBound
    }
    scan(offset..<file.bytes.count)
  }

  private static func collectTexts(of node: YAMLNode, into texts: inout [Range<Int>]) {
    switch node.content {
    case .scalar: texts.append(node.location.bytes)
    case .sequence(let elements):
      for element in elements { collectTexts(of: element, into: &texts) }
    case .mapping(let pairs):
      for (key, value) in pairs {
        collectTexts(of: key, into: &texts)
        collectTexts(of: value, into: &texts)
      }
    }
  }

  private mutating func scan(_ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      switch file.bytes[offset] {
      case UInt8(ascii: "#"): offset = addComment(at: offset)
      case UInt8(ascii: "["), UInt8(ascii: "{"): openBrackets.append(offset)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let start = openBrackets.popLast() { flowEnds[start] = offset }
      default: break
      }
      offset += 1
    }
  }

  /// Whether a text is written with `|` or `>`.
  private func isBlockText(at text: Range<Int>) -> Bool {
    guard let first = file.bytes[text].first else { return false }
    return first == UInt8(ascii: "|") || first == UInt8(ascii: ">")
  }

  /// A comment can follow the sign that begins the text: `|-  # as Postfix logs it`.
  private mutating func scanHeader(of text: Range<Int>) {
    let end = file.line(file.lineNumber(of: text.lowerBound))?.upperBound ?? text.lowerBound
    scan(text.lowerBound..<min(end, text.upperBound))
  }

  /// - Returns: The end of the line.
  private mutating func addComment(at offset: Int) -> Int {
    let number = file.lineNumber(of: offset)
    guard let line = file.line(number) else { return offset }
    comments.append(
      Comment(
        text: file.text(offset..<line.upperBound).trimmingSpaces, offset: offset, line: number,
        column: offset - line.lowerBound + 1,
        isOwnLine: file.isBlank(line.lowerBound..<offset),
        followsBlankLine: file.isBlank(lineBefore: number)))
    return line.upperBound
  }
}

extension SourceFile {
  func isBlank(lineBefore number: Int) -> Bool { line(number - 1).map(isBlank) ?? false }

  fileprivate func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
