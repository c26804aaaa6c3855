/// What the input has in a field that goes into the record.
enum KeptValue {
  case missing
  /// A value of any kind as it stands in a line, which stays where it is for as long.
  case json(UnsafeBufferPointer<UInt8>)
  /// The text of a table's cell.
  case text([UInt8])
}

/// Finds the values of some fields in a line of JSON, so that a record can be joined with what it was
/// made of.
///
/// One walk through the line finds all of them; numbers keep every digit, because nobody decodes them.
struct KeptFields {
  /// A field that lies in the object the walk has come to: its place in the list, and the rest of its
  /// path from there.
  private typealias Search = (field: Int, path: ArraySlice<UInt8>)

  private let searches: [Search]
  /// In the order of the names. They hold as long as the line.
  private(set) var values: [KeptValue]
  /// In how many objects around it each value was found.
  private var depths: [Int]
  private var cursor = JSONCursor()
  private var key: [UInt8] = []

  /// - Parameter names: Dots lead into objects, unless the key itself has them.
  init(_ names: [String]) {
    searches = names.enumerated().map { ($0, Array($1.utf8)[...]) }
    values = names.map { _ in .missing }
    depths = names.map { _ in .max }
  }

  var isEmpty: Bool { searches.isEmpty }

  /// Looks for the values. A line that is no JSON object has none, however it begins: they may be cut.
  ///
  /// - Returns: Whether the line is one.
  mutating func find(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    clear()
    cursor.begin(line)
    if takeObject(searches, depth: 0), cursor.isAtEnd { return true }
    clear()
    return false
  }

  /// Forgets the values, when the line they stand in goes away.
  mutating func clear() {
    for field in values.indices { (values[field], depths[field]) = (.missing, .max) }
  }

  private mutating func takeObject(_ searches: [Search], depth: Int) -> Bool {
    guard cursor.take("{") else { return false }
    if cursor.take("}") { return true }
    repeat {
      key.removeAll(keepingCapacity: true)
      guard cursor.takeKey(into: &key) else { return false }
      let led: [Search] = searches.compactMap { search in
        search.path.starts(with: key) ? (search.field, search.path.dropFirst(key.count)) : nil
      }
      let inner: [Search] = led.compactMap { search in
        search.path.first == UInt8(ascii: ".") ? (search.field, search.path.dropFirst()) : nil
      }
      let start = cursor.index
      let isObject = !inner.isEmpty && cursor.peek == UInt8(ascii: "{")
      guard isObject ? takeObject(inner, depth: depth + 1) : cursor.skipValue() else {
        return false
      }
      let value = KeptValue.json(cursor[start..<cursor.index])
      // A key that has the dots itself is meant; of two alike the first, as for the reply.
      for (field, path) in led where path.isEmpty && depth < depths[field] {
        (values[field], depths[field]) = (value, depth)
      }
    } while cursor.take(",")
    return cursor.take("}")
  }
}
