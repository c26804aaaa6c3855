/// Cuts a phrase without alternatives into words, gaps (`*`) and what stands in braces.
package struct PhraseScanner: Sequence, IteratorProtocol {
  package enum Piece {
    case words(Substring)
    case gap
    /// With its braces: `{ip}`.
    case braces(Substring)
    /// A brace without its other one, and all that follows.
    case unclosed(Substring)
  }

  /// What has not been cut yet.
  package private(set) var rest: Substring

  package init(_ phrase: String) { rest = phrase[...] }

  package mutating func next() -> Piece? {
    guard let first = rest.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "*"):
      rest = rest.dropFirst()
      return .gap
    case UInt8(ascii: "{"):
      guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "}")) else {
        defer { rest = "" }
        return .unclosed(rest)
      }
      defer { rest = rest[end...].dropFirst() }
      return .braces(rest[...end])
    default:
      let (gap, brace) = (UInt8(ascii: "*"), UInt8(ascii: "{"))
      let end = rest.utf8.firstIndex { $0 == gap || $0 == brace } ?? rest.endIndex
      defer { rest = rest[end...] }
      return .words(rest[..<end])
    }
  }
}
