/// A part of a phrase that means something in regular expressions alone, and what to write instead.
///
/// All such signs are punctuation, which does not count in phrases: nobody needs them there.
struct ExpressionMistake {
  let part: Substring
  private let advice: Advice

  private enum Advice {
    case write(String)
    case leaveOut(String)
  }

  var message: String {
    let instead =
      switch advice {
      case .write(let text): "for '\(part)' write \(text)"
      case .leaveOut(let reason): "leave out '\(part)': \(reason)"
      }
    return "a phrase is no regular expression: \(instead)"
  }

  /// After so many in one phrase its author has seen what is wrong.
  private static let mostReported = 20

  /// Those of a phrase in their order.
  static func all(in text: String) -> [ExpressionMistake] {
    let found = forms.flatMap { form, advice in
      text.ranges(of: form).map { ExpressionMistake(part: text[$0], advice: advice) }
    }
    var mistakes: [ExpressionMistake] = []
    for next in found.sorted(by: { $0.part.startIndex < $1.part.startIndex }) {
      if let last = mistakes.last, next.part.startIndex < last.part.endIndex { continue }
      mistakes.append(next)
      if mistakes.count == mostReported { break }
    }
    return mistakes
  }

  private static var forms: [(form: Regex<Substring>, advice: Advice)] {
    [
      (
        /(?:\\d|\[0-9\])(?:[+*?]|\{[0-9,]+\})*/,
        .write("'{count}', which takes a number")
      ),
      (
        /\\[wWDS](?![a-z])(?:[+*?]|\{[0-9,]+\})*/,
        .write("'*', which takes any words")
      ),
      (
        // (Without their limits, what is not closed would be tried in as many ways as its length, squared.)
        /(?:\.|\[\^?[\w.\-]{0,32}[a-zA-Z0-9]-[a-zA-Z0-9][\w.\-]{0,32}\])(?:[+*]\??|\{[0-9,]+\})/,
        .write("'*', which takes any words")
      ),
      (
        /\([^()|]*(?:\|[^()|]*)+\)\?/,
        .write("'(a | b | )': an empty alternative leaves it out")
      ),
      (
        /\([^()|]*(?:\|[^()|]*)+\)[+*]/,
        .write("'(a | b) *', which takes any words behind it")
      ),
      (/\(\?:/, .write("'('")),
      (
        /\\s(?:[+*?]|(?![a-zA-Z]))/,
        .write("a space: how many there are does not count")
      ),
      (/\\[bB](?![a-z])/, .leaveOut("a phrase begins and ends between words")),
      (/\A\^/, .leaveOut("a phrase may stand anywhere in a reply")),
      (/\$\z/, .leaveOut("a phrase may stand anywhere in a reply")),
      (/\\[.()\[\]{}+*?|^$\/\-]/, .leaveOut("punctuation does not count")),
    ]
  }
}
