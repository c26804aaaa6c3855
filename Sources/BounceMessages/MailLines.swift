// How messages are cut into lines, paragraphs and MIME parts.

extension UInt8 {
  package var isLineBreak: Bool { self == 0x0A || self == 0x0D }

  /// A letter as field names have them: printable ASCII without the colon (RFC 5322, 2.2).
  var isFieldNameLetter: Bool { 0x21...0x7E ~= self && self != UInt8(ascii: ":") }
}

extension ArraySlice<UInt8> {
  /// Takes the first line off, and gives it without its line break.
  mutating func removeLine() -> ArraySlice<UInt8> {
    let line = prefix { $0 != 0x0A }
    self = dropFirst(line.count + 1)
    return line.last == 0x0D ? line.dropLast() : line
  }

  /// Takes the lines up to the next blank one off.
  mutating func removeParagraph() -> ArraySlice<UInt8> {
    let all = self
    while !isEmpty {
      let end = startIndex
      if removeLine().isEmpty { return all[..<end] }
    }
    return all
  }

  /// Takes the lines up to the next blank one off, or up to a rule across the page.
  mutating func removeTextBlock() {
    while !isEmpty {
      let line = removeLine()
      if line.isEmpty || line.isRule { return }
    }
  }

  /// Whether the line is, or begins with, a rule across the page; or stands between parts.
  var isRule: Bool { starts(with: "--".utf8) }

  /// The parts of a body that stand between lines with a boundary (RFC 2046, 5.1).
  func parts(between boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    let marker = Array("--".utf8) + boundary
    var parts: [ArraySlice<UInt8>] = []
    var partStart: Int?
    var rest = self
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      let line = rest.removeLine()
      guard line.starts(with: marker) else { continue }
      // Another boundary may begin alike.
      let ending = line.dropFirst(marker.count).prefix { $0 > 0x20 }
      guard ending.isEmpty || ending.elementsEqual("--".utf8) else { continue }
      if let partStart { parts.append(self[partStart..<lineStart]) }
      partStart = ending.isEmpty ? rest.startIndex : nil
    }
    if let partStart { parts.append(self[partStart...]) }
    return parts
  }
}
