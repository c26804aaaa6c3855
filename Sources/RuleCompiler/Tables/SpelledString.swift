/// A string as a key that tells spellings apart: to Swift, `é` and `e` with an accent are equal, to the
/// matcher they are not.
///
/// The hash is the string's own: that of an array of its bytes takes a debug build, which every edit of
/// a rule waits for, many times as long.
struct SpelledString: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: SpelledString, other: SpelledString) -> Bool {
    // Of two that are equal and equally long, ASCII is spelled in one way.
    one.text == other.text && one.text.utf8.count == other.text.utf8.count
      && (one.text.utf8.count == one.text.utf16.count || one.hasBytes(of: other))
  }

  private func hasBytes(of other: SpelledString) -> Bool {
    var (one, other) = (text, other.text)
    return one.withUTF8 { one in
      other.withUTF8 { other in
        var index = 0
        while index < one.count, one[index] == other[index] { index += 1 }
        return index == one.count
      }
    }
  }

  func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
}
