import BounceCatalogue

/// Rules that look like real ones and mean nothing, for catalogues of any size: the same in every run.
///
/// Their phrases begin like real phrases, or are made of the catalogue's own words as often as it
/// uses them; so replies lead the matcher far into them. Each phrase also holds a made-up word, so that
/// none comes true in a reply: real catalogues grow by what is said rarely, too.
struct SyntheticRules {
  private var numbers = SeededNumbers(seed: 1)
  /// The words of the catalogue's phrases, each as often as it stands there.
  private let words: [String]
  private let phrases: [[String]]
  private let categories: [String]
  /// Words that many made-up phrases share.
  private let sharedNames: [String]
  private var nameCount = 0
  private var known: Set<[String]> = []
  private var partCounts: [[String]: Int] = [:]
  private(set) var phraseCount = 0

  private static let rulesInAFile = 200
  /// How many phrases with a `*` may share a part, besides those of the catalogue.
  private static let mostSharingAPart = 20

  init(like classifier: BounceClassifier) {
    phrases = classifier.rules.flatMap(\.text).filter { !$0.contains("*") && !$0.contains("{") }
      .map { phrase in
        foldedWords(of: phrase).filter { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
      }
      .filter { !$0.isEmpty }
    words = phrases.flatMap(\.self)
    categories = classifier.categories.filter { !$0.isUndecided }.map(\.id.rawValue)
    sharedNames = (0..<5000).map { Self.name($0) + "um" }
  }

  /// The rule files, by name, of so many rules.
  mutating func files(ruleCount: Int) -> [(name: String, text: String)] {
    stride(from: 0, to: ruleCount, by: Self.rulesInAFile).map { first in
      let id = "synthetic-\(first / Self.rulesInAFile)"
      let rules = (first..<min(first + Self.rulesInAFile, ruleCount)).map { rule($0) }
      let head = """
        id: \(id)
        name: Synthetic rules from \(first)
        kind: provider
        hosts: [mx.\(id).example]
        links: ["https://\(id).example/postmaster"]

        rules:

        """
      return ("\(id).yaml", head + rules.joined())
    }
  }

  // MARK: - Rules

  private mutating func rule(_ number: Int) -> String {
    var lines = ["  rule-\(number):"]
    var code = "550 "
    switch Int.random(in: 0..<20, using: &numbers) {
    case 0: lines.append("code: 550")
    case 1: (code, _) = ("450 ", lines.append("code: 4xx"))
    case 2: (code, _) = ("550 5.7.1 ", lines.append("status: 5.7.1"))
    case 3: (code, _) = ("421 4.7.0 ", lines.append("status: x.7.x"))
    default: break
    }
    let phrases = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in phrase() }
    phraseCount += phrases.count
    let example = phrases[0].map { $0.hasPrefix("{") ? Self.filling(of: $0) : $0 }
      .filter { $0 != "*" }.joined(separator: " ")
    lines.append("text:")
    lines += phrases.map { "  - \"\($0.joined(separator: " "))\"" }
    lines += [
      "category: \(categories.randomElement(using: &numbers)!)",
      "cause: \"The cause number \(number).\"",
      "remedy:", "  sending-admin: \"Do what is said under number \(number).\"",
      "examples:", "  - \"\(code)\(example)\"",
    ]
    return lines[0] + "\n" + lines.dropFirst().map { "    \($0)\n" }.joined()
  }

  /// A detail whose words, as far as any can be read, begin no phrase of the catalogue.
  private static func filling(of placeholder: String) -> String {
    switch placeholder {
    case "{ip}": "192.0.2.7"
    case "{address}": "someone@example.com"
    case "{domain}": "vodumik.example"
    case "{url}": "https://example.com/help"
    case "{duration}": "5 minutes"
    default: "17"
    }
  }

  // MARK: - Phrases

  /// A phrase that no rule has yet: words, placeholders and `*`.
  private mutating func phrase() -> [String] {
    while true {
      let words = plainPhrase()
      guard known.insert(words).inserted else { continue }
      guard words.count > 2 else { return words }
      let place = Int.random(in: 1..<words.count, using: &numbers)
      switch Int.random(in: 0..<100, using: &numbers) {
      case 0..<7:
        let parts = [Array(words[..<place]), Array(words[place...])]
        guard parts.allSatisfy({ partCounts[$0, default: 0] < Self.mostSharingAPart }) else {
          return words
        }
        for part in parts { partCounts[part, default: 0] += 1 }
        return parts[0] + ["*"] + parts[1]
      case 7..<12:
        let placeholders = ["{ip}", "{address}", "{domain}", "{url}", "{duration}", "{count}"]
        return words[..<place] + [placeholders.randomElement(using: &numbers)!] + words[place...]
      default: return words
      }
    }
  }

  /// Two to six words, one of them made up.
  private mutating func plainPhrase() -> [String] {
    let name = madeUpWord()
    if Bool.random(using: &numbers) {
      // The beginning of a real phrase, and then something else.
      let real = phrases.randomElement(using: &numbers)!
      let length = Int.random(in: 1...max(1, min(real.count - 1, 5)), using: &numbers)
      return real.prefix(length) + [name]
    }
    let length = Int.random(in: 2...6, using: &numbers)
    var words = (0..<length).map { _ in self.words.randomElement(using: &numbers)! }
    // Mostly not at the beginning: there it would keep the matcher out of the phrase.
    let place = max(
      Int.random(in: 0..<length, using: &numbers), Int.random(in: 0..<length, using: &numbers))
    words[place] = name
    return words
  }

  /// A name that stands in this phrase alone, or one of those that many share.
  private mutating func madeUpWord() -> String {
    guard Int.random(in: 0..<5, using: &numbers) < 3 else {
      return sharedNames.randomElement(using: &numbers)!
    }
    nameCount += 1
    return Self.name(nameCount) + "ix"
  }

  /// Syllables for a number.
  private static func name(_ number: Int) -> String {
    let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
    var (rest, name) = (number + 196, "")
    while rest > 0 {
      name.append(consonants[rest % 14])
      name.append(vowels[rest / 14 % 5])
      rest /= 70
    }
    return name
  }
}
