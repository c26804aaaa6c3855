/// Reads JSON about mails by the names of its fields: events as providers post them to a webhook, lines of
/// logs that are JSON, errors of mail libraries.
///
/// Keys, subjects and ids are not a server's words; so nothing counts but fields that the catalogue names.
/// It takes time linear in the length of the text, whatever that is: what has been read in vain is counted,
/// and strings of JSON lie in each other no deeper than so.
struct EventReader {
  private let names: EventFieldNames
  private var cursor = JSONCursor()
  /// The keys around the place, folded.
  private var path: [[UInt8]] = []
  private var depth = 0
  /// How many strings of JSON the place is in.
  private let nesting: Int
  /// How many objects of lists may still come.
  private var room = Self.mostElements
  /// How many bytes may still be read in vain: an opening brace may stand anywhere in a log's words.
  private var patience = 0

  private static let deepest = 64
  private static let deepestNesting = 4
  private static let mostElements = 10_000
  /// As many times as a text is long, so much of it may be read in vain.
  private static let patienceFactor = 8

  init(_ names: EventFieldNames) { self.init(names, nesting: 0) }

  private init(_ names: EventFieldNames, nesting: Int) {
    (self.names, self.nesting) = (names, nesting)
  }

  /// What the first JSON in a text says that says anything of a mail, and what stands behind it in the same
  /// way: a line each, or an object behind the other. JSON may be cut off at the end of the text.
  ///
  /// - Returns: What it says, and where in the text it begins; `nil` where there is none.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> (scope: EventScope, start: Int)? {
    if nesting == 0 { (room, patience) = (Self.mostElements, Self.patienceFactor * text.count) }
    var start = 0
    while patience > 0, let place = Self.beginning(in: text, from: start) {
      var scope = EventScope()
      let end = readValues(of: UnsafeBufferPointer(rebasing: text[place...]), into: &scope)
      if !scope.isEmpty { return (scope, place) }
      patience -= cursor.index
      // What has been passed as JSON has no other in it.
      start = place + max(end, 1)
    }
    return nil
  }

  /// Where an object may begin, or a list of them.
  static func beginning(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    text[start...].firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
  }

  /// - Returns: Where the last value ends that could be read.
  private mutating func readValues(
    of text: UnsafeBufferPointer<UInt8>, into scope: inout EventScope
  ) -> Int {
    cursor.begin(text)
    var (values, end) = ([EventScope](), 0)
    while let mark = cursor.peek, mark == UInt8(ascii: "{") || mark == UInt8(ascii: "[") {
      var value = EventScope()
      (path, depth) = ([], 0)
      let isWhole = readValue(into: &value)
      // Cut off, it says what it has said so far.
      if isWhole || cursor.isAtEnd, !value.isEmpty { values.append(value) }
      guard isWhole else { break }
      end = cursor.index
      _ = cursor.take(",")
    }
    if values.count == 1 {
      scope = values[0]
    } else {
      for value in values { scope.add(value) }
    }
    return end
  }

  // MARK: - Values

  private mutating func readValue(into scope: inout EventScope) -> Bool {
    switch cursor.peek {
    case UInt8(ascii: "{"):
      depth < Self.deepest ? readObject(into: &scope) : cursor.skipValue()
    case UInt8(ascii: "["): depth < Self.deepest ? readList(into: &scope) : cursor.skipValue()
    case UInt8(ascii: "\""): readString(into: &scope)
    default: readSimpleValue(into: &scope)
    }
  }

  private mutating func readObject(into scope: inout EventScope) -> Bool {
    if readStatus(into: &scope) { return true }
    depth += 1
    defer { depth -= 1 }
    _ = cursor.take("{")
    if cursor.takeEnd("}") { return true }
    var key: [UInt8] = []
    repeat {
      key.removeAll(keepingCapacity: true)
      guard cursor.takeKey(into: &key) else { return false }
      path.append(EventFieldNames.folded(key))
      let isRead = readValue(into: &scope)
      path.removeLast()
      guard isRead else { return false }
    } while cursor.take(",")
    return cursor.takeEnd("}")
  }

  private mutating func readList(into scope: inout EventScope) -> Bool {
    depth += 1
    defer { depth -= 1 }
    _ = cursor.take("[")
    if cursor.takeEnd("]") { return true }
    // A list of one string is that string; of several, nothing tells which is meant.
    var (onlyText, count) = (EventScope(), 0)
    repeat {
      count += 1
      let isRead: Bool
      switch cursor.peek {
      case UInt8(ascii: "{"):
        room -= 1
        var element = EventScope()
        isRead = room < 0 ? cursor.skipValue() : readValue(into: &element)
        if !element.isEmpty { scope.add(element) }
      case UInt8(ascii: "["): isRead = readValue(into: &scope)
      case UInt8(ascii: "\"") where count == 1: isRead = readString(into: &onlyText)
      default: isRead = cursor.skipValue()
      }
      guard isRead else { return false }
    } while cursor.take(",")
    if count == 1 { scope.add(onlyText, depth: 0) }
    return cursor.takeEnd("]")
  }

  private mutating func readString(into scope: inout EventScope) -> Bool {
    let uses = names.uses(at: path)
    if uses.isEmpty, !mayBeReply { return cursor.skipValue() }
    var text: [UInt8] = []
    let isWhole = cursor.takeString(into: &text)
    guard isWhole || cursor.isAtEnd else { return false }
    if uses.contains(where: { $0.role == .wrapped }), nesting < Self.deepestNesting,
      text.contains(UInt8(ascii: "{"))
    {
      var reader = EventReader(names, nesting: nesting + 1)
      (reader.room, reader.patience) = (room, patience)
      let inner = text.withUnsafeBufferPointer { reader.read($0) }
      (room, patience) = (reader.room, reader.patience)
      if let inner {
        scope.add(inner.scope, depth: depth)
        return isWhole
      }
    }
    for use in uses { scope.add(text, use, depth: depth) }
    if uses.isEmpty, Self.isReply(text) { scope.add(text, .unnamedReply, depth: depth) }
    return isWhole
  }

  /// Whether the string that is next may begin with a code.
  private var mayBeReply: Bool {
    names.wantsReplies && cursor.byte(at: 1).map { "45sS".utf8.contains($0) } ?? false
  }

  /// Whether a string is plainly a reply, whatever its name: with a code and a status code at its head, and
  /// perhaps the word with which reports begin (RFC 3464, 2.3.6). No subject or id looks so.
  private static func isReply(_ text: [UInt8]) -> Bool {
    let word = text.prefix(5).elementsEqual("smtp;".utf8) { $0 | 0x20 == $1 | 0x20 }
    return text.dropFirst(word ? 5 : 0).withContiguousStorageIfAvailable {
      ReplyLine($0)?.status != nil
    } ?? false
  }

  private mutating func readSimpleValue(into scope: inout EventScope) -> Bool {
    let start = cursor.index
    guard cursor.skipValue() else { return false }
    let text = Array(cursor[start..<cursor.index])
    guard text.first?.isDigit == true else { return true }
    for use in names.uses(at: path) where use.role == .code || use.role == .status {
      scope.add(text, use, depth: depth)
    }
    return true
  }

  /// An enhanced status code as an object of its three numbers: class, subject and detail (RFC 3463, 2).
  private mutating func readStatus(into scope: inout EventScope) -> Bool {
    guard let use = names.uses(at: path).first(where: { $0.role == .status }) else { return false }
    let start = cursor
    var numbers: [[UInt8]] = []
    _ = cursor.take("{")
    repeat {
      guard cursor.takeKey() != nil else { break }
      let first = cursor.index
      guard cursor.peek?.isDigit == true, cursor.skipValue() else { break }
      numbers.append(Array(cursor[first..<cursor.index]))
    } while numbers.count < 3 && cursor.take(",")
    guard numbers.count == 3, cursor.takeEnd("}") else {
      cursor = start
      return false
    }
    scope.add(Array(numbers.joined(separator: ".".utf8)), use, depth: depth)
    return true
  }
}
