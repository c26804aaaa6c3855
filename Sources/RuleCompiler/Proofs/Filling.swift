import ReplyMatcher

/// What stands for the placeholders and gaps of a phrase where it is said alone.
///
/// The words are *fresh*: they stand in no phrase. What a sample made of them shows holds for every
/// other value, too.
struct Filling {
  /// For a gap (`*`), and between phrases that may be said in any order.
  let gap: String
  private let values: [TokenClass: String]

  /// - Parameter taken: The words of all phrases; those chosen here are added.
  init(avoiding taken: inout Set<String>) {
    /// The first option with no taken word; else a numbered one.
    func fresh(_ options: [String], _ numbered: (Int) -> String) -> String {
      let choices = options + (1...100).map(numbered)
      let choice =
        choices.first { taken.isDisjoint(with: foldedWords(of: $0)) } ?? choices[choices.count - 1]
      taken.formUnion(foldedWords(of: choice))
      return choice
    }
    gap = fresh(["and", "then", "also", "therefore"]) { "etc\($0)" }
    values = [
      // Mail and IP addresses have no words.
      .address: "user@example.com",
      .ip: "192.0.2.1",
      .name: fresh(["mx.example.com", "relay.test", "host.invalid"]) { "mx\($0).q\($0)" },
      // One ends in a name, which can be read by itself; the other does not.
      .url: fresh(["https://example.org", "http://www.example.net/help"]) {
        "https://u\($0).v\($0)"
      },
      .count: fresh(["17", "23", "42"]) { String(1000 + $0) },
      .duration: fresh(["5 minutes", "2 hours", "30 seconds", "3 days"]) { "\(60 + $0)min" },
      .size: fresh(["10 MB", "20 KB", "3 GB"]) { "\($0)mb" },
    ]
  }

  /// The words that stand for a placeholder, which has none of its own.
  func words(for placeholder: TokenClass) -> [String] {
    placeholder == .address || placeholder == .ip ? [] : foldedWords(of: values[placeholder] ?? "")
  }

  /// A phrase as a reply would say it.
  func text(of phrase: Phrase) -> String {
    var text = ""
    var rest = phrase.source[...]
    while let special = rest.firstIndex(where: { $0 == "*" || $0 == "{" }) {
      text += rest[..<special]
      if rest[special] == "*" {
        text += " \(gap) "
        rest = rest[special...].dropFirst()
      } else {
        let name = rest[special...].dropFirst().prefix { $0 != "}" }
        text += Placeholder(rawValue: String(name)).flatMap { values[$0.tokenClass] } ?? ""
        rest = rest[name.endIndex...].dropFirst()
      }
    }
    return text + rest
  }
}
