import CYAML

/// A YAML value with its place.
struct YAMLNode {
  enum Content {
    case scalar(String)
    case sequence([YAMLNode])
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  let content: Content
  let location: SourceLocation

  /// What it is, in a message.
  var kind: String {
    switch content {
    case .scalar(let text): text.isEmpty ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether it is written as `{…}`.
  var beginsWithBrace: Bool {
    location.file.line(location.line)?.dropFirst(location.column - 1).first == "{"
  }

  /// Reads the one document of a file. Reports what is wrong and gives `nil` then: after a syntax
  /// error nothing that follows can be trusted.
  static func parse(_ file: SourceFile, _ diagnostics: DiagnosticCollector) -> YAMLNode? {
    file.bytes.withUnsafeBufferPointer { bytes in
      var parser = YAMLEventReader(file, bytes, diagnostics)
      return parser.document()
    }
  }
}

/// Builds nodes from libyaml's events. Aliases are refused: a few lines of them can stand for
/// billions of nodes, and a rule should say itself what it says.
private struct YAMLEventReader: ~Copyable {
  /// Rules need five levels.
  private static let deepest = 16

  private let file: SourceFile
  private let diagnostics: DiagnosticCollector
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

  init(
    _ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, _ diagnostics: DiagnosticCollector
  ) {
    (self.file, self.diagnostics) = (file, diagnostics)
    // It fails only when memory runs out.
    precondition(yaml_parser_initialize(parser) == 1, "libyaml could not start: out of memory")
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
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
        diagnostics.error("the file is empty: it needs 'id', 'name', 'kind' and 'rules'", at: start)
        return nil
      default:
        guard let node = node(from: event, depth: 0) else { return nil }
        return isWhole() ? node : nil
      }
    }
  }

  private var start: SourceLocation { SourceLocation(file: file, line: 1, column: 1) }

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
          "a second YAML document begins here: a rule file holds one; put it into a file of its own",
          at: location(of: event))
        return false
      }
    }
  }

  private mutating func node(from event: yaml_event_t, depth: Int) -> YAMLNode? {
    let location = location(of: event)
    guard depth < Self.deepest else {
      diagnostics.error("nested too deeply: rules need no more than five levels", at: location)
      return nil
    }
    switch event.type {
    case YAML_SCALAR_EVENT:
      guard event.data.scalar.anchor == nil else { return refuseAnchor(at: location) }
      let bytes = UnsafeBufferPointer(
        start: event.data.scalar.value, count: event.data.scalar.length)
      let text = String(decoding: bytes, as: UTF8.self)
      let isPlain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      let isNull = isPlain && (text == "~" || text == "null")
      return YAMLNode(content: .scalar(isNull ? "" : text), location: location)
    case YAML_SEQUENCE_START_EVENT:
      guard event.data.sequence_start.anchor == nil else { return refuseAnchor(at: location) }
      var elements: [YAMLNode] = []
      while true {
        guard var event = next() else { return nil }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_SEQUENCE_END_EVENT { break }
        guard let element = node(from: event, depth: depth + 1) else { return nil }
        elements.append(element)
      }
      return YAMLNode(content: .sequence(elements), location: location)
    case YAML_MAPPING_START_EVENT:
      guard event.data.mapping_start.anchor == nil else { return refuseAnchor(at: location) }
      var pairs: [(key: YAMLNode, value: YAMLNode)] = []
      var key: YAMLNode?
      while true {
        guard var event = next() else { return nil }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_MAPPING_END_EVENT { break }
        guard let node = node(from: event, depth: depth + 1) else { return nil }
        if let complete = key {
          pairs.append((complete, node))
          key = nil
        } else {
          key = node
        }
      }
      return YAMLNode(content: .mapping(pairs), location: location)
    default:  // an alias
      return refuseAnchor(at: location)
    }
  }

  private func refuseAnchor(at location: SourceLocation) -> YAMLNode? {
    diagnostics.error(
      "anchors ('&') and aliases ('*') are not part of the rule language: write the value out, or "
        + "quote it if it is a phrase that begins with that character",
      at: location)
    return nil
  }

  /// The next event, or `nil` after a syntax error.
  private mutating func next() -> yaml_event_t? {
    var event = yaml_event_t()
    if yaml_parser_parse(parser, &event) == 1 { return event }
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "unreadable YAML"
    if state.error == YAML_READER_ERROR {
      diagnostics.error(
        "the file is not valid UTF-8 text (\(problem)): save it as UTF-8", at: place(of: state))
      return nil
    }
    let mark = location(of: state.problem_mark)
    if let line = file.line(mark.line), line.dropFirst(mark.column - 1).first == "\t" {
      diagnostics.error(
        "a tab stands where YAML wants spaces: indent with two spaces a level", at: mark)
      return nil
    }
    let context = state.context.map { String(cString: $0) }
    let notes = context.map {
      [Diagnostic(.note, $0 + ", which began here", at: location(of: state.context_mark))]
    }
    diagnostics.error("YAML syntax: \(problem)", at: mark, notes: notes ?? [])
    return nil
  }

  private func location(of event: yaml_event_t) -> SourceLocation {
    let (start, end) = (event.start_mark, event.end_mark)
    var location = location(of: start)
    if event.type == YAML_SCALAR_EVENT {
      // Longer text is underlined to the end of its first line.
      location.length = start.line == end.line ? max(1, end.column - start.column) : Int.max
    }
    return location
  }

  private func location(of mark: yaml_mark_t) -> SourceLocation {
    SourceLocation(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  /// The place of a byte that is no text.
  private func place(of state: yaml_parser_t) -> SourceLocation {
    let before = file.bytes.prefix(state.problem_offset)
    let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    return SourceLocation(
      file: file, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: String(decoding: before[lineStart...], as: UTF8.self).count + 1)
  }
}
