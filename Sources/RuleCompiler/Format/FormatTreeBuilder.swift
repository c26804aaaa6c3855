/// Puts the values of a file into canonical order, and the comments to the values.
///
/// A comment on a line of its own belongs to what follows it; if it is indented deeper, to the end of
/// what it is indented like. A comment behind a value belongs to that value.
struct FormatTreeBuilder {
  private let file: SourceFile
  private let diagnostics: DiagnosticCollector
  private let flowEnds: [Int: Int]
  /// Those that no value has yet.
  private var comments: ArraySlice<Comment>

  init(_ source: SourceComments, _ file: SourceFile, _ diagnostics: DiagnosticCollector) {
    (self.file, self.diagnostics) = (file, diagnostics)
    (flowEnds, comments) = (source.flowEnds, source.comments[...])
  }

  /// The whole file.
  mutating func tree(of root: YAMLNode, _ form: ValueForm) -> FormatCollection {
    var tree = collection(root, form, limit: file.bytes.count, parentColumn: 0, isRoot: true)
    tree.closing += comments
    return tree
  }

  // MARK: - Collections

  /// - Parameters:
  ///   - limit: Where the value ends, or what follows it begins.
  ///   - parentColumn: The column of the key or dash that it belongs to.
  private mutating func collection(
    _ node: YAMLNode, _ form: ValueForm?, limit: Int, parentColumn: Int, isRoot: Bool = false
  ) -> FormatCollection {
    let children = children(of: node)
    let flowEnd = flowEnds[node.location.bytes.lowerBound]
    let limit = flowEnd ?? limit
    var collection = FormatCollection()
    for (index, child) in children.enumerated() {
      let next = index + 1 < children.count ? children[index + 1].start : limit
      collection.items.append(
        item(child, form?.form(of: child.key?.value), node.location.column, limit: next))
    }
    if let flowEnd {
      collection.closing = take { $0.offset < limit }
      let line = file.lineNumber(of: flowEnd)
      if line > node.location.line {
        collection.addToLast(take { !$0.isOwnLine && $0.line == line })
      }
    } else {
      let column = max(node.location.column, parentColumn + 1)
      collection.closing = take { $0.offset < limit && $0.isOwnLine && $0.column >= column }
    }
    collection.separateOpening(isRoot: isRoot)
    if case .mapping(let form) = form { collection.sort(by: form) }
    return collection
  }

  private typealias Child = (key: Located<String>?, value: YAMLNode, start: Int)

  private func children(of node: YAMLNode) -> [Child] {
    if case .sequence(let elements) = node.content {
      return elements.map { (nil, $0, $0.location.bytes.lowerBound) }
    }
    let pairs = mappingPairs(of: node, "a mapping", diagnostics) ?? []
    return pairs.map { ($0.key, $0.value, $0.key.location.bytes.lowerBound) }
  }

  // MARK: - Items

  private mutating func item(
    _ child: Child, _ form: ValueForm?, _ column: Int, limit: Int
  ) -> FormatItem {
    var item = FormatItem(key: child.key?.value)
    item.comments = take { $0.offset < child.start }
    item.isDetached =
      !item.comments.isEmpty && file.isBlank(lineBefore: file.lineNumber(of: child.start))
    var trailing: [Comment] = []
    let bytes = child.value.location.bytes
    if let key = child.key?.location {
      trailing = take { $0.offset < bytes.lowerBound && !$0.isOwnLine && $0.line == key.line }
    }
    var end: Int?
    switch child.value.content {
    case .scalar(let text):
      item.comments += take { $0.offset < bytes.lowerBound }
      trailing += take { $0.offset < bytes.upperBound }
      item.value = bytes.isEmpty ? .nothing : Self.value(text.trimmingSpaces, form)
      end = bytes.upperBound
    case .sequence:
      let list = collection(child.value, form, limit: limit, parentColumn: column)
      item.value = Self.value(list, form)
      end = flowEnds[bytes.lowerBound]
    case .mapping:
      let mapping = collection(child.value, form, limit: limit, parentColumn: column)
      item.value = .mapping(mapping, isSpaced: form?.isEntries ?? false)
      end = flowEnds[bytes.lowerBound]
    }
    if let line = end.map(file.lineNumber) {
      trailing += take { $0.offset < limit && !$0.isOwnLine && $0.line == line }
    }
    item.add(trailing: item.value.takeCommentsOfEmptyCollection() + trailing)
    return item
  }

  private static func value(_ text: String, _ form: ValueForm?) -> FormatValue {
    guard case .list(let form, _) = form, !text.isEmpty else {
      return .text(text, form?.text ?? .words)
    }
    let list = FormatCollection(items: [FormatItem(key: nil, value: .text(text, form))])
    return .list(list, isFlow: list.canBeFlow)
  }

  private static func value(_ list: FormatCollection, _ form: ValueForm?) -> FormatValue {
    if case .oneOrMore = form, list.items.count == 1, !list.hasComments,
      case .text = list.items[0].value
    {
      return list.items[0].value
    }
    return .list(list, isFlow: list.canBeFlow)
  }

  private mutating func take(while belongs: (Comment) -> Bool) -> [Comment] {
    let taken = comments.prefix(while: belongs)
    comments = comments[taken.endIndex...]
    return Array(taken)
  }
}

extension FormatCollection {
  /// The last item of `[…]` over several lines has a line of its own, and the comment behind it.
  fileprivate mutating func addToLast(_ comments: [Comment]) {
    guard let last = items.indices.last, closing.isEmpty, case .text = items[last].value,
      items[last].trailing == nil
    else {
      closing += comments
      return
    }
    items[last].comments += comments.dropLast()
    items[last].trailing = comments.last
  }

  /// Comments at the top are about the whole where a blank line parts them from the first item. At
  /// the top of a file all are.
  fileprivate mutating func separateOpening(isRoot: Bool) {
    guard let first = items.first, !first.comments.isEmpty else { return }
    let blank = first.comments.dropFirst().lastIndex(where: \.followsBlankLine)
    let end = isRoot || first.isDetached ? first.comments.count : blank ?? 0
    opening = Array(first.comments[..<end])
    items[0].comments.removeSubrange(..<end)
    isOpeningDetached = isRoot ? first.isDetached : !opening.isEmpty
    items[0].isDetached = false
  }

  /// Keys that the grammar does not know come last.
  fileprivate mutating func sort(by form: MappingForm) {
    items = items.enumerated().map { (form.position(of: $1.key ?? ""), $0, $1) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }
}

extension FormatValue {
  /// `{}` and `[]` have no line of their own for comments.
  fileprivate mutating func takeCommentsOfEmptyCollection() -> [Comment] {
    switch self {
    case .list(let collection, _) where collection.items.isEmpty:
      self = .list(FormatCollection(), isFlow: true)
      return collection.closing
    case .mapping(let collection, let isSpaced) where collection.items.isEmpty:
      self = .mapping(FormatCollection(), isSpaced: isSpaced)
      return collection.closing
    default: return []
    }
  }
}

extension FormatItem {
  /// One comment can stand behind the item; others, and those of a list's element that goes over
  /// several lines, come to stand before it.
  fileprivate mutating func add(trailing: [Comment]) {
    comments += trailing.dropLast()
    self.trailing = trailing.last
    guard key == nil else { return }
    switch value {
    case .list(var list, _) where !list.items.isEmpty:
      hoistComments(of: &list)
      value = .list(list, isFlow: false)
    case .mapping(var mapping, let isSpaced) where !mapping.items.isEmpty:
      hoistComments(of: &mapping)
      value = .mapping(mapping, isSpaced: isSpaced)
    default: break
    }
  }

  /// The first line of a collection in a list begins with the dash: its comments stand above.
  private mutating func hoistComments(of collection: inout FormatCollection) {
    comments += [trailing].compactMap(\.self) + collection.opening + collection.items[0].comments
    trailing = nil
    if !collection.items[0].comments.isEmpty { isDetached = collection.items[0].isDetached }
    collection.opening = []
    collection.isOpeningDetached = false
    collection.items[0].comments = []
    collection.items[0].isDetached = false
  }
}

extension ValueForm {
  fileprivate var isEntries: Bool { if case .entries = self { true } else { false } }

  /// What each single text of it says.
  fileprivate var text: TextForm? {
    switch self {
    case .text(let form), .oneOrMore(let form), .list(let form, _): form
    case .texts(_, let form): form
    case .mapping, .listOfMappings, .entries: nil
    }
  }
}
