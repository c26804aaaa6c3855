/// What a file says: its values and its comments.
struct FileContent {
  let root: YAMLNode
  let form: ValueForm
  let source: SourceComments

  /// `nil` where it cannot be read, which is reported.
  init?(_ file: SourceFile, _ diagnostics: DiagnosticCollector) {
    guard let root = YAMLNode.parse(file, diagnostics),
      mappingPairs(of: root, "a rule file", diagnostics) != nil
    else { return nil }
    self.root = root
    form = .mapping(.file(of: OtherKind(of: root)))
    source = SourceComments(of: root)
  }

  func says(theSameAs other: FileContent) -> Bool {
    Self.same(root, other.root, form)
      && source.comments.map(\.text).sorted() == other.source.comments.map(\.text).sorted()
  }

  /// The order of keys matters where the author chooses them. A single text may stand in a list.
  private static func same(_ a: YAMLNode, _ b: YAMLNode, _ form: ValueForm?) -> Bool {
    switch (a.content, b.content) {
    case (.scalar(let a), .scalar(let b)): return a.trimmingSpaces == b.trimmingSpaces
    case (.sequence(let elements), .scalar):
      return elements.count == 1 && same(elements[0], b, form)
    case (.scalar, .sequence(let elements)):
      return elements.count == 1 && same(a, elements[0], form)
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy { same($0, $1, form?.form(of: nil)) }
    case (.mapping(let a), .mapping(let b)):
      let (a, b) = (entries(a, form), entries(b, form))
      return a.map(\.key) == b.map(\.key)
        && zip(a, b).allSatisfy { same($0.value, $1.value, form?.form(of: $0.key)) }
    default: return false
    }
  }

  private static func entries(
    _ pairs: [(key: YAMLNode, value: YAMLNode)], _ form: ValueForm?
  ) -> [(key: String, value: YAMLNode)] {
    let entries = pairs.map { key, value -> (key: String, value: YAMLNode) in
      if case .scalar(let text) = key.content { (text, value) } else { ("", value) }
    }
    guard case .mapping = form else { return entries }
    return entries.sorted { $0.key < $1.key }
  }
}
