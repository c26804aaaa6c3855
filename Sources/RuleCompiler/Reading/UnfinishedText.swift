extension DiagnosticCollector {
  /// Reports a text for readers in which its author has left a note to himself, as drafts have: it
  /// would be shown to everybody who asks why mail was refused.
  ///
  /// Only in capitals, because `todo` is a word of Spanish and Portuguese.
  func warnWhereUnfinished(_ text: Located<String>, of key: String) {
    let words = text.value.split { !$0.isLetter }
    guard let note = words.first(where: { $0 == "TODO" || $0 == "FIXME" }) else { return }
    warning(
      .unfinishedText, "'\(key):' still says \(note), and readers would see it: write the text",
      at: text.location.part(String(note)) ?? text.location)
  }
}
