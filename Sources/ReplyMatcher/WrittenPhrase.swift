/// A phrase as rule files write it, which may stand for several: `(user | mailbox) unknown`.
///
/// Alternatives stand in parentheses with a bar between them; an empty one leaves them out, as in
/// `mailbox (is | ) full` and `recipient(s | ) unknown`. Parentheses without a bar are punctuation, which
/// does not count in phrases.
package struct WrittenPhrase {
  /// What is wrong with one, and the part that it is about.
  package enum Mistake: Error {
    case barOutside(Substring)
    case unclosed(Substring)
    case nested(Substring)
    case tooMany
  }

  package static let mostPhrases = 1000

  /// What stands between the alternatives, and these, in turn.
  package private(set) var parts: [[Substring]] = []
  /// Whether one of them is empty: that leaves the spaces around it.
  private var hasEmpty = false

  package init(_ text: String) throws(Mistake) {
    var rest = text[...]
    var count = 1
    while let bar = rest.utf8.firstIndex(of: UInt8(ascii: "|")) {
      guard let opening = Self.opening(before: bar, in: rest) else {
        throw .barOutside(rest[bar...bar])
      }
      guard let closing = rest.utf8[bar...].firstIndex(where: { $0.isParenthesis }) else {
        throw .unclosed(rest[opening...opening])
      }
      if rest.utf8[closing] == UInt8(ascii: "(") { throw .nested(rest[closing...closing]) }
      if Self.opening(before: opening, in: rest) != nil { throw .nested(rest[opening...opening]) }
      let alternatives = rest.utf8[opening..<closing].dropFirst()
        .split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(\.trimmed)
      count *= alternatives.count
      if count > Self.mostPhrases { throw .tooMany }
      hasEmpty = hasEmpty || alternatives.contains { $0.utf8.isEmpty }
      parts += [[rest[..<opening]], alternatives]
      rest = rest[closing...].dropFirst()
    }
    parts.append([rest])
  }

  /// The parenthesis in which a place stands.
  private static func opening(before place: Substring.Index, in text: Substring)
    -> Substring.Index?
  {
    let last = text.utf8[..<place].lastIndex(where: { $0.isParenthesis })
    return last.flatMap { text.utf8[$0] == UInt8(ascii: "(") ? $0 : nil }
  }

  /// Whether each of the parts has words of its own: an alternative does not end in the middle of one, as
  /// in `recipient(s | ) unknown`, or of what stands in braces.
  package var hasWholeWords: Bool {
    let (space, last) = (UInt8(ascii: " "), parts.count - 1)
    return stride(from: 0, through: last, by: 2).allSatisfy { index in
      let text = parts[index][0].utf8
      let beginsApart = index == 0 || text.first == space || index == last && text.isEmpty
      let endsApart = index == last || text.last == space || index == 0 && text.isEmpty
      return beginsApart && endsApart
    }
  }

  /// Each phrase that it stands for, as it would be written alone.
  package var phrases: [String] {
    var texts = [""]
    for part in parts { texts = texts.flatMap { text in part.map { text + $0 } } }
    guard hasEmpty else { return texts }
    return texts.map { text in
      text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        .joined(separator: " ")
    }
  }
}

extension UInt8 {
  /// `(` or `)`.
  fileprivate var isParenthesis: Bool { self & 0xFE == 0x28 }
}

extension Substring.UTF8View {
  fileprivate var trimmed: Substring {
    let isText: (UInt8) -> Bool = { $0 != UInt8(ascii: " ") }
    guard let start = firstIndex(where: isText), let end = lastIndex(where: isText) else {
      return ""
    }
    return Substring(self[start...end])
  }
}
