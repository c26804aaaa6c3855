extension SourceFile {
  static let foreignSpaceMessage =
    "no-break spaces, or others of that kind, stand where YAML wants plain spaces"

  /// What is a space to Unicode and none to YAML, such as a no-break space, in front of a line's text.
  func foreignSpace(onLine number: Int) -> SourceLocation? {
    guard let line = line(number) else { return nil }
    // Nothing is indented so deep; a line can have millions of bytes, and be asked about often.
    let beginning = line.prefix(256)
    let blanks = text(beginning).unicodeScalars.prefix { $0.properties.isWhitespace }
    guard let first = blanks.firstIndex(where: { !$0.isASCII }) else { return nil }
    let end = line.lowerBound + String(blanks).utf8.count
    let length = String(blanks[first...]).utf8.count
    return SourceLocation(file: self, bytes: end - length..<end)
  }

  /// Two spaces for each tab in front of a line's text, from a place on; `nil` where it is not clear
  /// how deep each line stands, or what belongs to a text.
  func spacesForTabs(from place: SourceLocation) -> Fix? {
    guard let first = line(place.line), areLevelsClear else { return nil }
    var text: [UInt8] = []
    var written = first.lowerBound
    for number in place.line... {
      guard let line = line(number) else { break }
      let blanks = indentation(of: line)
      guard blanks.contains(UInt8(ascii: "\t")) else { continue }
      text += bytes[written..<blanks.startIndex]
      for blank in blanks { text += blank == UInt8(ascii: "\t") ? Array("  ".utf8) : [blank] }
      written = blanks.endIndex
    }
    let start = place.bytes.lowerBound
    let end = indentation(of: first).endIndex
    // A byte that is no UTF-8 would get lost.
    guard start < end, let replacement = String(validating: text, as: UTF8.self) else {
      return nil
    }
    return Fix(
      indenting: SourceLocation(file: self, bytes: start..<end),
      at: SourceLocation(file: self, bytes: first.lowerBound..<written), as: replacement)
  }

  /// Whether each line stands as deep as one before it, or deeper than the last, however wide tabs
  /// are.
  private var areLevelsClear: Bool {
    var levels: [ArraySlice<UInt8>] = [[]]
    var above: ContentLine?
    for number in 1... {
      guard let line = line(number) else { break }
      guard let content = ContentLine(number, of: self) else { continue }
      let blanks = indentation(of: line)
      if let level = levels.firstIndex(where: { $0.elementsEqual(blanks) }) {
        levels.removeSubrange((level + 1)...)
      } else if blanks.starts(with: levels[levels.count - 1]), above?.canHold(content) ?? false {
        levels.append(blanks)
      } else {
        return false
      }
      above = content
    }
    return true
  }

  private func indentation(of line: Range<Int>) -> ArraySlice<UInt8> {
    bytes[line].prefix { " \t".utf8.contains($0) }
  }
}

extension ContentLine {
  /// Whether a deeper line below it belongs to it. In a block of text (`|`) tabs can be a part of it.
  fileprivate func canHold(_ line: ContentLine) -> Bool {
    let text = file.text(bytes)
    guard text.firstMatch(of: /[|>][-+]?$/) == nil else { return false }
    let isEntryOfList = isListEntry || text.trimmingSpaces.hasPrefix("- ")
    return text.hasSuffix(":") || isEntryOfList || !line.isEntry
  }
}

extension Fix {
  /// As many plain spaces as stand there of others.
  init?(plainSpacesFor place: SourceLocation) {
    let old = place.file.text(place.bytes)
    guard !old.contains("\t") else { return nil }
    self.init(
      indenting: place, at: place,
      as: String(repeating: " ", count: old.unicodeScalars.count))
  }
}
