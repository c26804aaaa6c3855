/// A place in a line of JSON, and the ways to go on from there without making values of what is passed.
///
/// It is as strict as RFC 8259; what it passed is JSON. It never recurses, so that no line, however deep
/// its lists, needs more of the stack than another.
struct JSONCursor {
  private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private(set) var index = 0
  /// Of each list or object that is open around the place: whether it is an object.
  private var open: [Bool] = []

  /// As deep as a decoder goes.
  private static let deepest = 512

  /// Goes to the beginning of a line, which stays where it is for as long.
  mutating func begin(_ line: UnsafeBufferPointer<UInt8>) { (self.line, index) = (line, 0) }

  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: line[range])
  }

  /// (Where a string is cut off, the place is behind the end.)
  var isAtEnd: Bool { index >= line.count }

  // MARK: - Marks

  var peek: UInt8? { index < line.count ? line[index] : nil }

  /// The byte so many behind the place.
  func byte(at offset: Int) -> UInt8? {
    index + offset < line.count ? line[index + offset] : nil
  }

  /// Goes behind a mark and the white space around it, if it is next.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: mark) else { return false }
    index += 1
    skipSpace()
    return true
  }

  /// Goes behind the mark that closes a list or an object, if it is next. The white space behind it is
  /// left, because something else may follow there.
  mutating func takeEnd(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      index += 1
    }
  }

  /// The next byte, if there is one; goes behind it.
  mutating func next() -> UInt8? {
    defer { index += 1 }
    return peek
  }

  // MARK: - Strings

  /// Goes behind a key and its colon.
  ///
  /// - Returns: What stands between its quotation marks, as it is written there; `nil` where no key is
  ///   next.
  mutating func takeKey() -> UnsafeBufferPointer<UInt8>? {
    skipSpace()
    let start = index + 1
    guard skipString() else { return nil }
    let key = self[start..<index - 1]
    return take(":") ? key : nil
  }

  /// Goes behind a key and its colon, and adds its characters to a text.
  mutating func takeKey(into text: inout [UInt8]) -> Bool {
    skipSpace()
    return takeString(into: &text) && take(":")
  }

  /// Goes behind a string, and adds its characters to a text. Half of a surrogate pair becomes U+FFFD.
  mutating func takeString(into text: inout [UInt8]) -> Bool {
    guard next() == UInt8(ascii: "\"") else { return false }
    while true {
      let start = index
      skipPlainText()
      text.append(contentsOf: self[start..<index])
      switch next() {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard let scalar = takeEscaped() else { return false }
        text.append(contentsOf: UTF8.encode(scalar)!)
      default: return false
      }
    }
  }

  private mutating func skipString() -> Bool {
    guard next() == UInt8(ascii: "\"") else { return false }
    while true {
      skipPlainText()
      switch next() {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): if takeEscaped() == nil { return false }
      default: return false
      }
    }
  }

  /// What a backslash was put before.
  private mutating func takeEscaped() -> Unicode.Scalar? {
    switch next() {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return takeCodeUnit().map { scalar(beginningWith: $0) }
    case let mark? where "\"\\/".utf8.contains(mark): return Unicode.Scalar(mark)
    default: return nil
    }
  }

  private mutating func scalar(beginningWith unit: UInt16) -> Unicode.Scalar {
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let place = index
    if UTF16.isLeadSurrogate(unit), next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u"),
      let trail = takeCodeUnit(), UTF16.isTrailSurrogate(trail)
    {
      return Unicode.Scalar(0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(trail - 0xDC00))!
    }
    index = place
    return "\u{FFFD}"
  }

  private mutating func takeCodeUnit() -> UInt16? {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        return nil
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  /// Goes to the next quotation mark, backslash or control character.
  private mutating func skipPlainText() {
    while true {
      let rest = UnsafeBufferPointer(rebasing: line[index...])
      index += PlainASCII.prefix(of: rest, without: "\"", and: "\\")
      guard let byte = peek, byte >= 0x7F else { return }
      index += 1
    }
  }

  // MARK: - Values

  /// Goes behind a value of any kind.
  mutating func skipValue() -> Bool {
    open.removeAll(keepingCapacity: true)
    while true {
      skipSpace()
      switch peek {
      case UInt8(ascii: "{"):
        if openIsEmpty("{", "}") { break }
        guard open.count < Self.deepest, takeKey() != nil else { return false }
        open.append(true)
        continue
      case UInt8(ascii: "["):
        if openIsEmpty("[", "]") { break }
        guard open.count < Self.deepest else { return false }
        open.append(false)
        continue
      default: guard skipSimpleValue() else { return false }
      }
      guard let isAtEnd = closeLists() else { return false }
      if isAtEnd { return true }
    }
  }

  /// Goes into a list, or behind it where it is empty.
  private mutating func openIsEmpty(_ start: Unicode.Scalar, _ end: Unicode.Scalar) -> Bool {
    _ = take(start)
    guard peek == UInt8(ascii: end) else { return false }
    index += 1
    return true
  }

  /// Goes from the end of a value to the next one in the same list, or out of the list.
  ///
  /// - Returns: Whether no list is open any more; `nil` where this is no JSON.
  private mutating func closeLists() -> Bool? {
    while let isObject = open.last {
      if take(",") { return !isObject || takeKey() != nil ? false : nil }
      guard peek == UInt8(ascii: isObject ? "}" : "]") else { return nil }
      index += 1
      open.removeLast()
    }
    return true
  }

  /// A value that is neither list nor object.
  private mutating func skipSimpleValue() -> Bool {
    switch peek {
    case UInt8(ascii: "\""): skipString()
    case UInt8(ascii: "t"): skip("true")
    case UInt8(ascii: "f"): skip("false")
    case UInt8(ascii: "n"): skip("null")
    default: skipNumber()
    }
  }

  private mutating func skipNumber() -> Bool {
    if peek == UInt8(ascii: "-") { index += 1 }
    let start = index
    guard skipDigits(), line[start] != UInt8(ascii: "0") || index == start + 1 else { return false }
    if peek == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() else { return false }
    }
    if peek.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() else { return false }
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = index
    while let byte = peek, 0x30...0x39 ~= byte { index += 1 }
    return index > start
  }

  private mutating func skip(_ word: String) -> Bool {
    guard line[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }
}
