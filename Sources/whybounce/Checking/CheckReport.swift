import RuleCompiler

/// What `check` found, as the JSON document that its help describes.
struct CheckReport: Encodable {
  let rules: Int
  let files: Int
  let errors: Int
  let warnings: Int
  let diagnostics: [Entry]

  init(_ compilation: RuleCompilation) {
    (rules, files) = (compilation.ruleCount, compilation.fileCount)
    errors = compilation.diagnostics.count { $0.severity == .error }
    warnings = compilation.diagnostics.count { $0.severity == .warning }
    diagnostics = compilation.diagnostics.map(Entry.init)
  }

  struct Entry: Encodable {
    let severity: String
    let kind: String
    let message: String
    @OrNull var file: String?
    @OrNull var line: Int?
    @OrNull var column: Int?
    @OrNull var endColumn: Int?
    let notes: [Note]
    let fixes: [Correction]

    init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity.rawValue
      kind = diagnostic.kind.rawValue
      message = diagnostic.message
      file = diagnostic.location?.file.path
      line = diagnostic.location?.line
      column = diagnostic.location?.column
      endColumn = diagnostic.location?.endColumn
      notes = diagnostic.notes.map(Note.init)
      fixes = diagnostic.fixes.map(Correction.init)
    }
  }

  struct Note: Encodable {
    let message: String
    @OrNull var file: String?
    @OrNull var line: Int?
    @OrNull var column: Int?
    @OrNull var endColumn: Int?

    init(_ note: Diagnostic.Note) {
      message = note.message
      file = note.location?.file.path
      line = note.location?.line
      column = note.location?.column
      endColumn = note.location?.endColumn
    }
  }

  /// From `line` and `column` up to `endLine` and `endColumn` the text becomes `replacement`.
  struct Correction: Encodable {
    let title: String
    let certain: Bool
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    let replacement: String

    init(_ fix: Fix) {
      (title, certain, replacement) = (fix.title, fix.isCertain, fix.replacement)
      (line, column) = (fix.place.line, fix.place.column)
      (endLine, endColumn) = fix.place.end
    }
  }
}
