/// Rules with all certain fixes applied, in memory: nothing is written before it is known to be good.
package struct FixedRules {
  /// Fixes can open the way for others: a key that is known has a value that can be wrong.
  private static let mostRounds = 5
  /// YAML's parser stops at the first error of a file, so that each is fixed in a round of its own.
  private static let mostSyntaxErrors = 100

  /// The texts of the files that changed, by path, and what they were.
  package private(set) var texts: [String: (old: [UInt8], new: [UInt8])] = [:]
  /// The fixes, in the order in which they were made.
  package private(set) var fixes: [Fix] = []
  /// The rules as they are now, with what is left to report.
  package private(set) var compilation: RuleCompilation

  /// - Parameters:
  ///   - folder: What is compiled, as `RuleCompilation` takes it. No other files are changed.
  ///   - shared: The standard catalogue.
  package init(folder: String, sharing shared: SharedRules? = nil) {
    func sources(editing texts: [String: [UInt8]]) -> (RuleSources, DiagnosticCollector) {
      let collector = DiagnosticCollector()
      var sources = RuleSources(at: folder, collector)
      sources.edit(texts)
      return (sources, collector)
    }
    let files = sources(editing: [:]).0.files
    var edits: [String: [UInt8]] = [:]
    var fixes: [Fix] = []
    for file in files {
      let (readable, made) = Self.readable(file)
      if !made.isEmpty { edits[file.path] = readable.bytes }
      fixes += made
    }
    var (current, collector) = sources(editing: edits)
    compilation = RuleCompilation(current, sharing: shared, collector)
    for _ in 0..<Self.mostRounds {
      let certain = compilation.diagnostics.compactMap { $0.fixes.first { $0.isCertain } }
      let byFile = Dictionary(grouping: certain, by: \.place.file.path)
      var made: [Fix] = []
      for file in current.files {
        guard let open = byFile[file.path] else { continue }
        let (fixed, applied) = file.applying(open)
        // Whatever a fix does, the file is still YAML.
        guard YAMLNode.parse(fixed, DiagnosticCollector()) != nil else { continue }
        edits[file.path] = fixed.bytes
        made += applied
      }
      if made.isEmpty { break }
      fixes += made
      (current, collector) = sources(editing: edits)
      compilation = RuleCompilation(current, sharing: shared, collector)
    }
    self.fixes = fixes
    for file in files { texts[file.path] = edits[file.path].map { (file.bytes, $0) } }
  }

  /// Fixes syntax errors, one after the other, as far as they are certain.
  private static func readable(_ file: SourceFile) -> (SourceFile, [Fix]) {
    var file = file
    var fixes: [Fix] = []
    while fixes.count < mostSyntaxErrors {
      let collector = DiagnosticCollector()
      guard YAMLNode.parse(file, collector) == nil,
        let fix = collector.diagnostics.first?.fixes.first(where: \.isCertain)
      else { break }
      file = file.applying([fix]).0
      fixes.append(fix)
    }
    return (file, fixes)
  }
}

extension SourceFile {
  /// The file after some fixes, and those of them that were made: where two overlap, the first.
  fileprivate func applying(_ fixes: [Fix]) -> (SourceFile, [Fix]) {
    var text: [UInt8] = []
    var end = 0
    var made: [Fix] = []
    for fix in fixes.sorted(by: { $0.place.bytes.lowerBound < $1.place.bytes.lowerBound }) {
      guard fix.place.bytes.lowerBound >= end else { continue }
      text += bytes[end..<fix.place.bytes.lowerBound] + Array(fix.replacement.utf8)
      end = fix.place.bytes.upperBound
      made.append(fix)
    }
    text += bytes[end...]
    return (withText(text), made)
  }
}
