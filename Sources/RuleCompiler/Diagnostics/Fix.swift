/// A change of a rule file that mends what a diagnostic complains about.
public struct Fix: Sendable {
  /// What it does, as an imperative: `write 'category'`.
  public let title: String
  /// The text that is replaced.
  public let place: SourceLocation
  public let replacement: String
  /// Whether nothing else can have been meant. `whybounce check --fix` applies only such fixes: they
  /// change how a rule is spelled, and never what it says.
  public let isCertain: Bool

  /// Writes something else for a value on one line; `nil` where the value takes several lines, whose
  /// line breaks have to stay.
  init?(writing text: String, for place: SourceLocation, isCertain: Bool = true) {
    guard place.isOnOneLine, !place.bytes.isEmpty else { return nil }
    (title, self.place, replacement) = ("write '\(text)'", place, text)
    self.isCertain = isCertain
  }
}

extension DiagnosticCollector {
  /// Reports a word that is not known, and offers the known one that was probably meant.
  ///
  /// The fix is certain where just one known word is near.
  ///
  /// - Parameters:
  ///   - known: The words that could stand here. They are listed where none is near, unless `isOpen`.
  ///   - isOpen: Whether the known words are names that authors give.
  ///   - spelling: How a known word is written in its place.
  func unknown(
    _ kind: DiagnosticKind, _ message: String, _ word: String, at place: SourceLocation,
    among known: some Sequence<String>, isOpen: Bool = false,
    spelling: (String) -> String = { $0 }
  ) {
    let near = nearOnes(to: word, in: known)
    guard let nearest = near.first.map(spelling) else {
      let list = isOpen ? "" : " (one of: \(known.map(spelling).joined(separator: ", ")))"
      return error(kind, message + list, at: place)
    }
    error(
      kind, "\(message); did you mean '\(nearest)'?", at: place,
      fix: Fix(writing: nearest, for: place, isCertain: near.count == 1))
  }
}
