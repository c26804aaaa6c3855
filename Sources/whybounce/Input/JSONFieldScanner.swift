/// Finds a string in a line of JSON without making values of all that stands beside it.
///
/// It knows the JSON that programs write. Of anything else, and of anything wrong, it only says that
/// it did not find the string: what then holds is for a decoder to say.
struct JSONFieldScanner {
  private let path: [UInt8]
  /// The string that was found last.
  private(set) var text: [UInt8] = []

  private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var index = 0

  private static let deepest = 32

  /// - Parameter field: The key of the string in the object that the line holds. Dots lead into
  ///   objects in it: see `JSONReplyDecoder`.
  init(field: String) { path = Array(field.utf8) }

  /// Looks for the string, in a line that stays where it is for as long.
  mutating func find(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    (self.line, index) = (line, 0)
    guard takeObject(path[...], depth: 0), index == line.count else { return false }
    // A decoder replaces what is no UTF-8.
    return line.allSatisfy { $0 < 0x80 } || (try? UTF8Span(validating: line.span)) != nil
  }

  private mutating func takeObject(_ path: ArraySlice<UInt8>, depth: Int) -> Bool {
    var isFound = false
    guard depth < Self.deepest, take("{") else { return false }
    repeat {
      guard let key = takeKey() else { return false }
      let rest = path.starts(with: key) ? path.dropFirst(key.count) : nil
      guard let rest, rest.isEmpty || rest.first == UInt8(ascii: ".") else {
        guard skipValue(depth: depth) else { return false }
        continue
      }
      // Of two, a decoder takes one.
      guard !isFound, rest.isEmpty ? takeText() : takeObject(rest.dropFirst(), depth: depth + 1)
      else { return false }
      isFound = true
    } while take(",")
    return take("}") && isFound
  }

  /// The next key; `nil` where there is none.
  private mutating func takeKey() -> Slice<UnsafeBufferPointer<UInt8>>? {
    skipSpace()
    let start = index + 1
    guard skipString() else { return nil }
    let found = line[start..<index - 1]
    // One that is spelled with escapes might be it.
    return !found.contains(UInt8(ascii: "\\")) && take(":") ? found : nil
  }

  private mutating func takeText() -> Bool {
    text.removeAll(keepingCapacity: true)
    guard take("\"") else { return false }
    while true {
      let start = index
      skipPlainText()
      text.append(contentsOf: UnsafeBufferPointer(rebasing: line[start..<index]))
      switch next() {
      case UInt8(ascii: "\""):
        skipSpace()
        return true
      case UInt8(ascii: "\\"):
        guard let scalar = takeEscaped() else { return false }
        text.append(contentsOf: UTF8.encode(scalar)!)
      default: return false
      }
    }
  }

  /// What a backslash was put before. Halves of pairs are left to the decoder.
  private mutating func takeEscaped() -> Unicode.Scalar? {
    switch next() {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      var value: UInt32 = 0
      for _ in 0..<4 {
        guard let digit = next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
          return nil
        }
        value = value << 4 | UInt32(digit)
      }
      return Unicode.Scalar(value)
    case let mark? where "\"\\/".utf8.contains(mark): return Unicode.Scalar(mark)
    default: return nil
    }
  }

  // MARK: - What is not looked for

  private mutating func skipValue(depth: Int) -> Bool {
    skipSpace()
    guard index < line.count, depth < Self.deepest else { return false }
    let isSkipped =
      switch line[index] {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"):
        skipList(from: "{", to: "}") { $0.takeKey() != nil && $0.skipValue(depth: depth + 1) }
      case UInt8(ascii: "["): skipList(from: "[", to: "]") { $0.skipValue(depth: depth + 1) }
      case UInt8(ascii: "t"): skip("true")
      case UInt8(ascii: "f"): skip("false")
      case UInt8(ascii: "n"): skip("null")
      default: skipNumber()
      }
    skipSpace()
    return isSkipped
  }

  private mutating func skipList(
    from start: Unicode.Scalar, to end: Unicode.Scalar, _ skipElement: (inout Self) -> Bool
  ) -> Bool {
    guard take(start) else { return false }
    if take(end) { return true }
    repeat {
      guard skipElement(&self) else { return false }
    } while take(",")
    return take(end)
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

  private mutating func skipNumber() -> Bool {
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { 0x30 <= $0 && $0 <= 0x39 } ?? false }
    func skipDigits() -> Bool {
      let start = index
      while isDigit(peek) { index += 1 }
      return index > start
    }
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

  private mutating func skip(_ word: String) -> Bool {
    guard line[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  // MARK: - Bytes

  private var peek: UInt8? { index < line.count ? line[index] : nil }

  private mutating func next() -> UInt8? {
    defer { index += 1 }
    return peek
  }

  /// Goes behind a mark and the white space around it, if it is next.
  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: mark) else { return false }
    index += 1
    if mark != "\"" { skipSpace() }
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      index += 1
    }
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
}
