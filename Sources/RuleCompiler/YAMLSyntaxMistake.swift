/// A syntax error as libyaml reports it, and what it means to somebody who writes rules.
///
/// libyaml speaks of scalars and block mappings, and often at the place where it gave up instead of
/// the one where the mistake is.
struct YAMLSyntaxMistake {
  let problem: String
  let context: String?
  /// Where libyaml gave up.
  let place: SourceLocation
  /// Where the thing begins that it was reading.
  let start: SourceLocation?

  func report(to diagnostics: DiagnosticCollector) {
    let bytes = place.file.bytes
    if place.bytes.lowerBound < bytes.count, bytes[place.bytes.lowerBound] == UInt8(ascii: "\t") {
      diagnostics.error(
        .tab, "a tab stands where YAML wants spaces: indent with two spaces a level", at: place)
      return
    }
    let notes = start.map { [Diagnostic.Note("\(context ?? ""), which began here", at: $0)] }
    diagnostics.error(.yamlSyntax, "YAML syntax: \(problem)", at: place, notes: notes ?? [])
  }
}
