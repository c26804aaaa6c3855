/// A line of a rule file that holds more than a comment, and how it stands among the others.
struct ContentLine {
  let file: SourceFile
  let number: Int
  /// Its text, behind the indentation and the `-` of a list.
  let bytes: Range<Int>
  /// Where its text begins on the line, counted from 0.
  let indentation: Int
  let isListEntry: Bool

  /// `nil` where the line is empty, a comment, or none of the file's.
  init?(_ number: Int, of file: SourceFile) {
    guard let line = file.line(number) else { return nil }
    let isText: (UInt8) -> Bool = { $0 != UInt8(ascii: " ") }
    guard let first = file.bytes[line].firstIndex(where: isText),
      let last = file.bytes[line].lastIndex(where: isText),
      file.bytes[first] != UInt8(ascii: "#")
    else { return nil }
    var start = first
    while start < last, file.bytes[start] == UInt8(ascii: "-"), !isText(file.bytes[start + 1]) {
      start = file.bytes[(start + 1)...last].firstIndex(where: isText) ?? last
    }
    (self.file, self.number, self.bytes) = (file, number, start..<last + 1)
    (self.indentation, self.isListEntry) = (start - line.lowerBound, start > first)
  }

  /// The line above, of those with content.
  var above: ContentLine? { Self.above(number, of: file) }

  static func above(_ number: Int, of file: SourceFile) -> ContentLine? {
    var number = number - 1
    while number > 0 {
      if let line = ContentLine(number, of: file) { return line }
      number -= 1
    }
    return nil
  }

  var below: ContentLine? {
    var number = number + 1
    while file.line(number) != nil {
      if let line = ContentLine(number, of: file) { return line }
      number += 1
    }
    return nil
  }

  /// What stands first on it, up to a space.
  var firstWord: SourceLocation {
    let end = file.bytes[bytes].firstIndex(of: UInt8(ascii: " ")) ?? bytes.upperBound
    return SourceLocation(file: file, bytes: bytes.lowerBound..<end)
  }

  /// A key of the rule language that stands first, with its `:` or without.
  var key: String? {
    let word = file.text(bytes).prefix { $0.isLetter || $0 == "-" }
    return MappingForm.everyKey.contains(String(word)) ? String(word) : nil
  }

  /// Whether it is `key: value`, as far as YAML is concerned.
  var isEntry: Bool { file.text(bytes).contains(/:( |$)/) }

  /// Whether it is such an entry with a key of the rule language.
  var isKnownEntry: Bool {
    guard let key else { return false }
    let rest = file.text(bytes).dropFirst(key.count)
    return rest == ":" || rest.hasPrefix(": ")
  }

  /// Whether it can be the first entry of a mapping; lines that are no entries do not count.
  var beginsMapping: Bool {
    var line = self
    while !line.isListEntry, let above = line.above {
      if above.indentation < indentation { return file.text(above.bytes).hasSuffix(":") }
      guard above.indentation == indentation, !above.isEntry else { return false }
      line = above
    }
    return true
  }
}
