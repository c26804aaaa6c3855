import CYAML

/// Builds nodes from libyaml's events. Aliases are refused: a few lines of them can stand for
/// billions of nodes, and a rule should say itself what it says.
struct YAMLReader: ~Copyable {
  /// Rules need five levels.
  private static let deepest = 16

  private let file: SourceFile
  private let diagnostics: DiagnosticCollector
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  /// Where lines begin like entries of a list, and to YAML go on with the one above.
  private var swallowedEntries: [SourceLocation] = []
  /// How far the places of events have been followed through the bytes.
  private var cursor: (line: Int, column: Int, offset: Int) = (1, 1, 0)

  init(
    _ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, _ diagnostics: DiagnosticCollector
  ) {
    (self.file, self.diagnostics) = (file, diagnostics)
    // It fails only when memory runs out.
    precondition(yaml_parser_initialize(parser) == 1, "libyaml could not start: out of memory")
    // It would read UTF-16 too, and count other bytes than those of the file.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    cursor.offset = file.textStart
    let text = UnsafeBufferPointer(rebasing: bytes[file.textStart...])
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func document() -> YAMLNode? {
    while true {
      guard var event = next() else { return nil }
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT: continue
      case YAML_STREAM_END_EVENT:
        diagnostics.error(
          .emptyFile, "the file is empty: it needs 'id', 'name', 'kind' and 'rules'",
          at: SourceLocation(startOf: file))
        return nil
      default:
        guard let node = node(from: event, depth: 0), isWhole() else { return nil }
        for mark in swallowedEntries {
          diagnostics.error(
            .badIndentation,
            "this line goes on with the text above: to begin an entry of its own, it needs a '-' right "
              + "below the other ones", at: mark)
        }
        return node
      }
    }
  }

  /// Whether nothing but the document's end follows.
  private mutating func isWhole() -> Bool {
    while true {
      guard var event = next() else { return false }
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_DOCUMENT_END_EVENT: continue
      case YAML_STREAM_END_EVENT: return true
      default:
        diagnostics.error(
          .secondDocument,
          "a second YAML document begins here: a rule file holds one; put it into a file of its own",
          at: location(of: event))
        return false
      }
    }
  }

  private mutating func node(from event: yaml_event_t, depth: Int) -> YAMLNode? {
    let location = location(of: event)
    guard depth < Self.deepest else {
      diagnostics.error(
        .nestedTooDeeply, "nested too deeply: rules need no more than five levels", at: location)
      return nil
    }
    guard isSelfContained(event, at: location) else { return nil }
    switch event.type {
    case YAML_SEQUENCE_START_EVENT:
      return elements(depth: depth, until: YAML_SEQUENCE_END_EVENT).map {
        YAMLNode(content: .sequence($0), location: location)
      }
    case YAML_MAPPING_START_EVENT:
      return elements(depth: depth, until: YAML_MAPPING_END_EVENT).map { nodes in
        let pairs = stride(from: 0, to: nodes.count - 1, by: 2).map {
          (key: nodes[$0], value: nodes[$0 + 1])
        }
        return YAMLNode(content: .mapping(pairs), location: location)
      }
    default:
      let bytes = UnsafeBufferPointer(
        start: event.data.scalar.value, count: event.data.scalar.length)
      let text = String(decoding: bytes, as: UTF8.self)
      let isPlain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      let isNull = isPlain && (text == "~" || text == "null")
      if isPlain, let mark = swallowedEntry(in: location) { swallowedEntries.append(mark) }
      return YAMLNode(content: .scalar(isNull ? "" : text), location: location)
    }
  }

  /// The mark of a list at the beginning of a line that goes on with a text.
  private func swallowedEntry(in text: SourceLocation) -> SourceLocation? {
    var number = text.line + 1
    while let line = file.line(number), line.lowerBound < text.bytes.upperBound {
      let words = file.text(line).drop { $0 == " " }
      if let mark = ["- ", "• ", "– "].first(where: words.hasPrefix) {
        let start = line.upperBound - words.utf8.count
        return SourceLocation(file: file, bytes: start..<start + mark.utf8.count - 1)
      }
      number += 1
    }
    return nil
  }

  /// The nodes up to the end of a list or mapping.
  private mutating func elements(depth: Int, until end: yaml_event_type_t) -> [YAMLNode]? {
    var elements: [YAMLNode] = []
    while true {
      guard var event = next() else { return nil }
      defer { yaml_event_delete(&event) }
      if event.type == end { return elements }
      guard let element = node(from: event, depth: depth + 1) else { return nil }
      elements.append(element)
    }
  }

  /// Refuses what would make a value say more, or less, than the words that stand there.
  private func isSelfContained(_ event: yaml_event_t, at location: SourceLocation) -> Bool {
    let (anchor, tag) =
      switch event.type {
      case YAML_SCALAR_EVENT: (event.data.scalar.anchor, event.data.scalar.tag)
      case YAML_SEQUENCE_START_EVENT:
        (event.data.sequence_start.anchor, event.data.sequence_start.tag)
      case YAML_MAPPING_START_EVENT:
        (event.data.mapping_start.anchor, event.data.mapping_start.tag)
      default: (event.data.alias.anchor, nil)
      }
    if event.type == YAML_ALIAS_EVENT, let value = LineValue(on: location),
      value.start == location.bytes.lowerBound, value.location.bytes != location.bytes
    {
      diagnostics.error(
        .unquotedSign, "a value that begins with '*' has to stand in quotes", at: value.location,
        fix: value.quoting(isCertain: true))
    } else if anchor != nil {
      diagnostics.error(
        .alias,
        "anchors ('&') and aliases ('*') are not part of the rule language: write the value out, or "
          + "quote it if it is a phrase that begins with that character",
        at: location)
    } else if tag != nil {
      diagnostics.error(
        .tag,
        "tags ('!') are not part of the rule language: leave it out, or quote the value if it is a "
          + "phrase that begins with that character",
        at: location)
    }
    return anchor == nil && tag == nil
  }

  /// The next event, or `nil` after a syntax error.
  private mutating func next() -> yaml_event_t? {
    var event = yaml_event_t()
    if yaml_parser_parse(parser, &event) == 1 { return event }
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "unreadable YAML"
    if state.error == YAML_READER_ERROR {
      reportUnreadable(problem, at: state.problem_offset)
    } else {
      let context = state.context.map { String(cString: $0) }
      let mistake = YAMLSyntaxMistake(
        problem: problem, context: context, place: location(of: state.problem_mark),
        start: context.map { _ in location(of: state.context_mark) })
      mistake.report(to: diagnostics)
    }
    return nil
  }

  /// A byte that is no text.
  private func reportUnreadable(_ problem: String, at problemOffset: Int) {
    var offset = min(file.textStart + problemOffset, file.bytes.count - 1)
    // A letter with an accent, as Latin-1 has it, announces bytes that do not follow.
    if !problem.contains("leading") && !problem.hasPrefix("control") {
      while offset > 0, file.bytes[offset] < 0xC0 { offset -= 1 }
    }
    let byte = file.bytes[offset]
    let digits = String(byte, radix: 16, uppercase: true)
    let place = SourceLocation(file: file, bytes: offset..<offset + 1)
    if isUTF16(file.bytes) {
      // To show a line of it would help nobody.
      let unshown = SourceFile(path: file.path, bytes: [])
      diagnostics.error(
        .notUTF8, "the file is UTF-16 text: save it as UTF-8",
        at: SourceLocation(startOf: unshown))
    } else if problem.hasPrefix("control") {
      diagnostics.error(
        .controlCharacter,
        "a control character stands here (byte \(byte < 16 ? "0" : "")\(digits)): delete it",
        at: place)
    } else {
      let isLatin1 =
        byte >= 0xA0 && (offset + 1 == file.bytes.count || file.bytes[offset + 1] < 0x80)
      let guess = !isLatin1 ? "" : " (in Latin-1 it would be '\(Unicode.Scalar(byte))')"
      diagnostics.error(
        .notUTF8, "the byte \(digits) is no UTF-8\(guess): save the file as UTF-8", at: place)
    }
  }

  // MARK: - Places

  private mutating func location(of event: yaml_event_t) -> SourceLocation {
    cursor = position(of: event.start_mark, from: cursor)
    let end = position(of: event.end_mark, from: cursor)
    return SourceLocation(
      file: file, line: cursor.line, column: cursor.column,
      bytes: cursor.offset..<max(cursor.offset, end.offset))
  }

  private func location(of mark: yaml_mark_t) -> SourceLocation {
    let place = position(of: mark, from: (0, 0, 0))
    return SourceLocation(
      file: file, line: place.line, column: place.column, bytes: place.offset..<place.offset)
  }

  /// Where a mark stands in the bytes. Events come in the order of the text, so that going on from
  /// the last one takes time linear in the file, however long its lines are.
  private func position(
    of mark: yaml_mark_t, from known: (line: Int, column: Int, offset: Int)
  ) -> (line: Int, column: Int, offset: Int) {
    let (line, column) = (mark.line + 1, mark.column + 1)
    var place = (line: line, column: 1, offset: file.line(line)?.lowerBound ?? file.bytes.count)
    if known.line == line, known.column <= column { place = known }
    while place.column < column, place.offset < file.bytes.count {
      place.offset += 1
      while place.offset < file.bytes.count, file.bytes[place.offset] & 0xC0 == 0x80 {
        place.offset += 1
      }
      place.column += 1
    }
    return place
  }
}
