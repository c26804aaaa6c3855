extension DiagnosticCollector {
  /// Reports a word that is not known, and offers the known one that was probably meant.
  ///
  /// The fix is certain where just one known word is near, by one slip of the fingers, and no others can
  /// come.
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
    let isWorthwhile = !isOpen || openSearches < Self.mostOpenSearches
    if isOpen { openSearches += 1 }
    let near = isWorthwhile ? nearOnes(to: word, in: known) : []
    guard let nearest = near.first.map(spelling) else {
      let list = isOpen ? "" : " (one of: \(known.map(spelling).joined(separator: ", ")))"
      return error(kind, message + list, at: place)
    }
    let isCertain = near.count == 1 && !isOpen && isSlip(word, near[0])
    error(
      kind, "\(message); did you mean '\(nearest)'?", at: place,
      fix: Fix(writing: nearest, for: place, isCertain: isCertain))
  }
}
