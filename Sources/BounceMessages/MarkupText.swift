/// The text of HTML as far as a report needs it: without tags, styles and scripts.
struct MarkupText {
  private(set) var bytes: [UInt8] = []

  /// What reports have for characters that HTML would take for its own.
  private static let entities: [(name: StaticString, character: UInt8)] = [
    ("nbsp;", 0x20), ("lt;", 0x3C), ("gt;", 0x3E), ("amp;", 0x26), ("quot;", 0x22), ("#39;", 0x27),
  ]

  init(_ markup: [UInt8]) {
    var rest = markup[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "<"):
        skipTag(&rest)
        bytes.append(0x20)
      case UInt8(ascii: "&"): bytes.append(Self.character(takenFrom: &rest))
      default: bytes.append(byte)
      }
    }
  }

  /// Goes behind a tag; of a style or a script, behind its end.
  private func skipTag(_ rest: inout ArraySlice<UInt8>) {
    func begins(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
      text.prefix(name.utf8.count).elementsEqual(name.utf8) { $0 | 0x20 == $1 }
    }
    if let name = ["style", "script"].first(where: { begins(rest, $0) }) {
      // (Of `/`, the bit of small letters is set.)
      while let byte = rest.popFirst(), byte != UInt8(ascii: "<") || !begins(rest, "/" + name) {}
    }
    rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
  }

  private static func character(takenFrom rest: inout ArraySlice<UInt8>) -> UInt8 {
    for (name, character) in entities {
      let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
      guard rest.starts(with: name) else { continue }
      rest = rest.dropFirst(name.count)
      return character
    }
    return UInt8(ascii: "&")
  }
}
