/// The canonical forms of rule files: `whybounce format`.
package struct Formatting: Sendable {
  /// By name; those with errors are missing.
  package let files: [FormattedFile]
  /// Why files are missing.
  package let diagnostics: [Diagnostic]
  /// Files that the formatter does not understand.
  package let unfaithful: [UnfaithfulForm]

  /// - Parameter paths: Rule files, and folders of them.
  package init(paths: [String]) {
    self.init { collector in
      paths.flatMap { RuleFolder.files(at: RulePlace(path: $0), namedBelow: $0, collector) }
    }
  }

  /// - Parameter name: What messages call the text.
  package init(text: [UInt8], name: String) {
    self.init { _ in [SourceFile(path: name, bytes: text)] }
  }

  private init(_ read: (DiagnosticCollector) -> [SourceFile]) {
    let collector = DiagnosticCollector()
    var files: [FormattedFile] = []
    var unfaithful: [UnfaithfulForm] = []
    for file in read(collector) {
      do throws(UnfaithfulForm) {
        if let formatted = try FormattedFile(file, collector) { files.append(formatted) }
      } catch {
        unfaithful.append(error)
      }
    }
    (self.files, self.unfaithful, diagnostics) = (files, unfaithful, collector.sorted)
  }
}
