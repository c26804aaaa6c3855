/// Finds a string in a line of JSON without making values of all that stands beside it.
///
/// It knows the JSON that programs write. Of anything else, and of anything wrong, it only says that
/// it did not find the string: what then holds is for a decoder to say.
struct JSONFieldScanner {
  private let path: [UInt8]
  /// The string that was found last.
  private(set) var text: [UInt8] = []
  /// Where in the line the object stands of which it is a field.
  private(set) var object = 0..<0

  private var cursor = JSONCursor()

  /// - Parameter field: The key of the string in the object that the line holds. Dots lead into
  ///   objects in it: see `JSONReplyDecoder`.
  init(field: String) { path = Array(field.utf8) }

  /// Looks for the string, in a line that stays where it is for as long.
  mutating func find(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    cursor.begin(line)
    guard takeObject(path[...]), cursor.isAtEnd else { return false }
    // A decoder replaces what is no UTF-8.
    return line.allSatisfy { $0 < 0x80 } || (try? UTF8Span(validating: line.span)) != nil
  }

  private mutating func takeObject(_ path: ArraySlice<UInt8>) -> Bool {
    var isFound = false
    let start = cursor.index
    var isInnermost = false
    guard cursor.take("{") else { return false }
    repeat {
      // A key that is spelled with escapes might be it.
      guard let key = cursor.takeKey(), !key.contains(UInt8(ascii: "\\")) else { return false }
      let rest = path.starts(with: key) ? path.dropFirst(key.count) : nil
      guard let rest, rest.isEmpty || rest.first == UInt8(ascii: ".") else {
        guard cursor.skipValue() else { return false }
        continue
      }
      // Of two, a decoder takes one.
      guard !isFound, rest.isEmpty ? takeText() : takeObject(rest.dropFirst()) else { return false }
      (isFound, isInnermost) = (true, rest.isEmpty)
    } while cursor.take(",")
    guard cursor.takeEnd("}"), isFound else { return false }
    if isInnermost { object = start..<cursor.index }
    cursor.skipSpace()
    return true
  }

  private mutating func takeText() -> Bool {
    text.removeAll(keepingCapacity: true)
    return cursor.takeString(into: &text)
  }
}
