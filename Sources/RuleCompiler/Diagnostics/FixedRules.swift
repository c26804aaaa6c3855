/// Rules with all certain fixes applied, in memory: nothing is written before it is known to be good.
package struct FixedRules {
  /// A fix that opens the way for others, such as quotes that let the file be read, takes a round.
  private static let mostRounds = 5

  /// The texts of the files that changed, by path, and what they were.
  package private(set) var texts: [String: (old: [UInt8], new: [UInt8])] = [:]
  /// The fixes, in the order in which they were made.
  package private(set) var fixes: [Fix] = []
  /// The rules as they are now, with what is left to report.
  package private(set) var compilation: RuleCompilation

  /// - Parameters:
  ///   - folder: A folder of rule files, or one file.
  ///   - shared: The standard catalogue, which is never changed.
  package init(folder: String, sharing shared: SharedRules? = nil) {
    compilation = RuleCompilation(folder: folder, sharing: shared)
    for _ in 0..<Self.mostRounds {
      let open = compilation.diagnostics.compactMap { $0.fixes.first { $0.isCertain } }
      let ours = open.filter { !$0.place.file.isStandard }
      let made = Dictionary(grouping: ours, by: \.place.file.path).values.flatMap { apply($0) }
      if made.isEmpty { return }
      fixes += made.sorted { $0.place.precedes($1.place) }
      compilation = RuleCompilation(
        folder: folder, sharing: shared, editing: texts.mapValues(\.new))
    }
  }

  /// Applies the fixes of one file; gives those that were made.
  private mutating func apply(_ fixes: [Fix]) -> [Fix] {
    let file = fixes[0].place.file
    var made: [Fix] = []
    for fix in fixes.sorted(by: { $0.place.precedes($1.place) }) {
      // What overlaps waits for the next round.
      if let last = made.last, fix.place.bytes.lowerBound < last.place.bytes.upperBound { continue }
      made.append(fix)
    }
    var bytes = file.bytes
    for fix in made.reversed() {
      bytes.replaceSubrange(fix.place.bytes, with: fix.replacement.utf8)
    }
    let fixed = file.withText(bytes)
    guard fixed.isReadable || !file.isReadable else { return [] }
    texts[file.path] = (texts[file.path]?.old ?? file.bytes, bytes)
    return made
  }
}

extension SourceLocation {
  fileprivate func precedes(_ other: SourceLocation) -> Bool {
    (file.path, bytes.lowerBound) < (other.file.path, other.bytes.lowerBound)
  }
}

extension SourceFile {
  /// Whether it is well-formed YAML: no fix may take that away.
  fileprivate var isReadable: Bool { YAMLNode.parse(self, DiagnosticCollector()) != nil }
}
