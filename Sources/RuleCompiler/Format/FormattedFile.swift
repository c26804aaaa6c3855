/// A rule file and its canonical form.
///
/// What a file says never changes: its canonical form is read again, and must have the same values
/// and the same comments as the file.
package struct FormattedFile: Sendable {
  package let path: String
  /// As it was read.
  package let bytes: [UInt8]
  package let text: String
  /// The first line that is not as it should be; `nil` where the file is canonical already.
  package let firstChange: Int?

  /// - Returns: `nil` where the file has errors, which are reported.
  /// - Throws: `UnfaithfulForm`.
  init?(_ file: SourceFile, _ diagnostics: DiagnosticCollector) throws(UnfaithfulForm) {
    let errors = DiagnosticCollector()
    guard let content = FileContent(file, errors) else {
      diagnostics.add(errors.diagnostics)
      return nil
    }
    var builder = FormatTreeBuilder(content.source, file, errors)
    text = FormatWriter(builder.tree(of: content.root, content.form)).text
    guard !errors.hasErrors else {
      diagnostics.add(errors.diagnostics)
      return nil
    }
    let result = SourceFile(path: file.path, bytes: Array(text.utf8))
    guard FileContent(result, errors)?.says(theSameAs: content) ?? false else {
      throw UnfaithfulForm(path: file.path)
    }
    (path, bytes) = (file.path, file.bytes)
    firstChange = result.bytes == file.bytes ? nil : Self.firstDifference(file, result)
  }

  private static func firstDifference(_ old: SourceFile, _ new: SourceFile) -> Int {
    var number = 1
    while let line = old.line(number), let other = new.line(number),
      old.bytes[line] == new.bytes[other]
    {
      number += 1
    }
    return number
  }
}

/// A canonical form that would not say the same as the file: a fault of the formatter, which is
/// noticed before it does harm.
package struct UnfaithfulForm: Error, CustomStringConvertible {
  package let path: String

  package var description: String {
    "'\(path)' is left as it is, because its canonical form would not say the same: please report it"
  }
}
