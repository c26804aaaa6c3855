/// A phrase as rule files write it, which may stand for several: `(user | mailbox) unknown`.
///
/// Alternatives stand in parentheses with a bar between them; an empty one leaves them out, as in
/// `mailbox (is | ) full` and `recipient(s | ) unknown`. Parentheses without a bar are punctuation, which
/// does not count in phrases.
package struct WrittenPhrase {
  /// What is wrong with one, and the part that it is about.
  package enum Mistake: Error {
    case barOutside(Substring)
    case nested(Substring)
    case tooMany
  }

  package static let mostPhrases = 1000

  /// What stands between the alternatives, and these, in turn.
  private let parts: [[Substring]]

  package init(_ text: String) throws(Mistake) {
    var parts: [[Substring]] = []
    var rest = text[...]
    while let bar = rest.firstIndex(of: "|") {
      guard let opening = Self.opening(before: bar, in: rest),
        let closing = rest[bar...].firstIndex(where: { $0 == "(" || $0 == ")" })
      else { throw .barOutside(rest[bar...bar]) }
      if rest[closing] == "(" { throw .nested(rest[closing...closing]) }
      if Self.opening(before: opening, in: rest) != nil { throw .nested(rest[opening...opening]) }
      parts.append([rest[..<opening]])
      let inside = rest[opening..<closing].dropFirst()
      parts.append(inside.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed))
      rest = rest[closing...].dropFirst()
    }
    self.parts = parts + [[rest]]
    var count = 1
    for part in parts {
      count *= part.count
      if count > Self.mostPhrases { throw .tooMany }
    }
  }

  /// The parenthesis in which a place stands.
  private static func opening(before place: Substring.Index, in text: Substring)
    -> Substring.Index?
  {
    let last = text[..<place].lastIndex { $0 == "(" || $0 == ")" }
    return last.flatMap { text[$0] == "(" ? $0 : nil }
  }

  /// Each phrase that it stands for, as it would be written alone.
  package var phrases: [String] {
    if parts.count == 1 { return [String(parts[0][0])] }
    let texts = parts.reduce([""]) { texts, part in texts.flatMap { text in part.map { text + $0 } }
    }
    // An alternative left out leaves the spaces around it.
    return texts.map { $0.split(separator: " ").joined(separator: " ") }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    Substring(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
