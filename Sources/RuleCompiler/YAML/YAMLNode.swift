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

  /// Whether it is written as `{word}`: a phrase that lacks its quotes.
  var isUnquotedPlaceholder: Bool {
    guard case .mapping(let pairs) = content,
      location.file.text(location.bytes) == "{", pairs.count == 1,
      case .scalar("") = pairs[0].value.content
    else { return false }
    return true
  }

  /// Reads the one document of a file. Reports what is wrong and gives `nil` then: after a syntax
  /// error nothing that follows can be trusted.
  static func parse(_ file: SourceFile, _ diagnostics: DiagnosticCollector) -> YAMLNode? {
    file.bytes.withUnsafeBufferPointer { bytes in
      var reader = YAMLReader(file, bytes, diagnostics)
      return reader.document()
    }
  }
}
