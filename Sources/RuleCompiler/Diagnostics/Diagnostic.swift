/// Something wrong in the rules: what, where, and what to do.
///
/// Diagnostics are values; only the outermost layer (the tool, the command line) prints them.
public struct Diagnostic: Sendable {
  /// Whether the rules can be used all the same. The raw value stands in messages.
  public enum Severity: String, Sendable {
    /// With it there is no classifier.
    case error
    /// The rules are compiled all the same.
    case warning
  }

  /// A second place that belongs to a diagnostic.
  public struct Note: Sendable {
    /// What it adds, for people, without a full stop.
    public let message: String
    /// `nil` for a remark that is about no place.
    public let location: SourceLocation?

    init(_ message: String, at location: SourceLocation?) {
      (self.message, self.location) = (message, location)
    }
  }

  /// Whether it keeps the rules from being compiled.
  public let severity: Severity
  /// What kind of mistake it is, for tools.
  public let kind: DiagnosticKind
  /// What is wrong and mostly what to do, for people, without a full stop.
  public let message: String
  /// Where it is wrong; `nil` where that is no place in a file, such as a folder without rules.
  public let location: SourceLocation?
  /// What else belongs to it, in the order in which it is to be read.
  public let notes: [Note]
  /// Ways to mend it, the best first.
  public let fixes: [Fix]

  init(
    _ severity: Severity, _ kind: DiagnosticKind, _ message: String,
    at location: SourceLocation?, notes: [Note] = [], fixes: [Fix] = []
  ) {
    (self.severity, self.kind, self.message, self.location) = (severity, kind, message, location)
    (self.notes, self.fixes) = (notes, fixes)
  }
}

/// Collects what is found while rules are compiled, so that one run shows everything.
final class DiagnosticCollector {
  private(set) var diagnostics: [Diagnostic] = []
  /// Names that authors give can be thousands, and so can be those that are unknown once a file is
  /// renamed: after some of them everybody has seen what is wrong.
  static let mostOpenSearches = 20
  var openSearches = 0

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func error(
    _ kind: DiagnosticKind, _ message: String, at location: SourceLocation?,
    notes: [Diagnostic.Note] = [], fix: Fix? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        .error, kind, message, at: location, notes: notes, fixes: [fix].compactMap(\.self)))
  }

  func warning(
    _ kind: DiagnosticKind, _ message: String, at location: SourceLocation?,
    notes: [Diagnostic.Note] = []
  ) {
    diagnostics.append(Diagnostic(.warning, kind, message, at: location, notes: notes))
  }

  /// Takes over what another one has found.
  func add(_ others: [Diagnostic]) { diagnostics += others }

  /// By file and place.
  var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { a, b in
      let (x, y) = (a.element.location, b.element.location)
      return (x?.file.path ?? "", x?.line ?? 0, x?.column ?? 0, a.offset)
        < (y?.file.path ?? "", y?.line ?? 0, y?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
