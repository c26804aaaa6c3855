import ReplyMatcher
import RuleCompiler

// Replies come from strangers. A terminal obeys control characters, escape sequences and the
// overrides of writing direction: here they become characters that only show.

/// A character of foreign text, and how a terminal may show it.
struct VisibleScalar {
  /// U+FFFD for bytes that are no UTF-8.
  let scalar: Unicode.Scalar
  /// Where it stands in the bytes.
  let bytes: Range<Int>

  /// What is printed: the picture of a control character (`␛`), the number of an invisible one
  /// (`<U+202E>`), a space for white space, else the character itself.
  var text: String {
    switch scalar.value {
    case 0x09, 0x0A: return " "
    case 0x20..<0x7F: return String(scalar)
    case 0x00..<0x20: return Unicode.Scalar(scalar.value + 0x2400).map(String.init) ?? " "
    case 0x7F: return "\u{2421}"
    default: return isInvisible ? "<U+\(number)>" : String(scalar)
    }
  }

  /// How many columns `text` takes.
  var width: Int {
    if scalar.value < 0x300 && !isInvisible { return 1 }
    if isInvisible { return number.count + 4 }
    return scalar.columnCount
  }

  private var isInvisible: Bool { scalar.value >= 0x80 && scalar.isInvisible }

  private var number: String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// The characters of some bytes, which need not be valid UTF-8.
struct VisibleScalars<Bytes: Sequence<UInt8>>: Sequence, IteratorProtocol {
  private var parser = Unicode.UTF8.ForwardParser()
  private var iterator: Bytes.Iterator
  private var offset: Int
  /// How many combining marks came before.
  private var markCount = 0
  /// No writing puts more on one letter; thousands of them would cover the page.
  private let mostMarks = 8

  /// - Parameter offset: Where the bytes stand in the whole.
  init(_ bytes: Bytes, offset: Int = 0) {
    iterator = bytes.makeIterator()
    self.offset = offset
  }

  mutating func next() -> VisibleScalar? {
    let (scalar, length): (Unicode.Scalar, Int)
    switch parser.parseScalar(from: &iterator) {
    case .valid(let encoded): (scalar, length) = (Unicode.UTF8.decode(encoded), encoded.count)
    case .error(let count): (scalar, length) = ("\u{FFFD}", count)
    case .emptyInput: return nil
    }
    defer { offset += length }
    let shown = VisibleScalar(scalar: scalar, bytes: offset..<offset + length)
    markCount = !scalar.isFrequentLetter && shown.width == 0 ? markCount + 1 : 0
    return markCount <= mostMarks ? shown : VisibleScalar(scalar: "\u{FFFD}", bytes: shown.bytes)
  }
}

extension StringProtocol {
  /// The text on one line, with nothing in it that could act on a terminal.
  var visible: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(self) }
    return VisibleScalars(utf8).reduce(into: "") { $0 += $1.text }
  }

  /// How many columns the visible text takes.
  var visibleWidth: Int {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
    return VisibleScalars(utf8).reduce(0) { $0 + $1.width }
  }

  /// The visible text, cut to so many columns.
  func shortened(to width: Int) -> String {
    var text = ""
    var column = 0
    // Where the text would have to be cut, if it turns out to be too long.
    var cut = text.endIndex
    for scalar in VisibleScalars(utf8) {
      if column + scalar.width > width { return text[..<cut] + "…" }
      column += scalar.width
      text += scalar.text
      if column < width { cut = text.endIndex }
    }
    return text
  }

  /// The visible text, cut or filled with spaces to exactly so many columns.
  func column(_ width: Int) -> String {
    let text = shortened(to: width)
    return text + String(repeating: " ", count: Swift.max(0, width - text.visibleWidth))
  }

  /// The text behind so many spaces that it ends at this column.
  func rightColumn(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - visibleWidth)) + self
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these are UTF-8 of frequent letters only. `false` says that they may not be.
  var showAsTheyStand: Bool {
    var index = 0
    while true {
      let rest = UnsafeBufferPointer(rebasing: self[index...])
      index += PlainASCII.prefix(of: rest, without: "\u{7F}", and: "\u{7F}")
      guard index < count else { return true }
      let (scalar, length) = readableScalar(in: self, at: index)
      guard length > 1, scalar.isFrequentLetter else { return false }
      index += length
    }
  }
}

extension OutputBytes {
  /// Adds bytes from a reply as visible text, cut to so many columns, at least one; `nil`: not cut.
  mutating func append(visible bytes: UnsafeBufferPointer<UInt8>, width: Int?) {
    // No frequent letter takes more columns than bytes.
    if bytes.count <= width ?? .max, bytes.showAsTheyStand { return append(bytes) }
    if let width, bytes.count > width {
      let start = UnsafeBufferPointer(rebasing: bytes[...width])
      if PlainASCII.prefix(of: start, without: "\u{7F}", and: "\u{7F}") > width {
        append(UnsafeBufferPointer(rebasing: start[..<(width - 1)]))
        return append("…")
      }
    }
    let text = readableText(of: bytes)
    append(width.map(text.shortened) ?? text.visible)
  }
}
