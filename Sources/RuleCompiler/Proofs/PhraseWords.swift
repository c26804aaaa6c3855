import ReplyMatcher

/// Which phrases a text can say at most, judged by its words alone.
///
/// A phrase is said only where its words are, those of one run (without `*` or placeholder between
/// them) one after the other. To look them up costs a small part of a walk over the text, and the
/// answer is nearly always that nothing is there which could matter: then the proofs spare the walk.
/// Each phrase is filed under its rarest word, so that few are looked at.
///
/// A class, so that nobody copies its tables' references with each question.
final class PhraseWords: Sendable {
  /// A phrase of a rule: the rule's number, and the phrase's place in it.
  struct Place {
    let rule: Int
    let index: Int
  }

  /// Stands where one run of words ends and another begins.
  private static let gap = -1

  /// By phrase, all rules' phrases one after the other.
  private let places: [Place]
  private let forms: [Form]
  /// The number of each rule's first phrase.
  private let firstPhrases: [Int]
  /// The words of all phrases, as numbers, with gaps; and where those of each phrase begin.
  private let words: [Int]
  private let firstWords: [Int]
  /// The phrases by the words that they are filed under, those of rules to be proved first; and where
  /// those of each word begin, and where its others do.
  private let filed: [Int]
  private let firstFiled: [Int]
  private let firstProved: [Int]
  /// Whether what stands in gaps is a word of phrases too: there was nothing else left.
  private let isBlurred: Bool

  /// - Parameters:
  ///   - isProved: By rule, whether it was proved beside all others of which that is said.
  ///   - filling: What stands for placeholders and gaps.
  init(_ rules: [RuleDefinition], isProved: [Bool], _ filling: Filling) {
    var numbers: [String: Int] = [:]
    var counts: [Int] = []
    var (places, forms, firstPhrases): ([Place], [Form], [Int]) = ([], [], [])
    var (words, firstWords): ([Int], [Int]) = ([], [])
    var placeholders: [(phrase: Int, Set<Placeholder>)] = []
    for (rule, definition) in rules.enumerated() {
      firstPhrases.append(places.count)
      for (index, phrase) in definition.phrases.enumerated() {
        places.append(Place(rule: rule, index: index))
        firstWords.append(words.count)
        if phrase.placeholderCount > 0 { placeholders.append((forms.count, phrase.placeholders)) }
        forms.append(Form(phrase))
        for segment in phrase.segments {
          for piece in segment {
            guard case .word(let word) = piece else {
              words.append(Self.gap)
              continue
            }
            let number = numbers[word] ?? counts.count
            if number == counts.count {
              numbers[word] = number
              counts.append(0)
            }
            counts[number] += 1
            words.append(number)
          }
          words.append(Self.gap)
        }
      }
    }
    firstWords.append(words.count)
    isBlurred = foldedWords(of: filling.gap).contains { numbers[$0] != nil }
    let blurred = Placeholder.allCases.filter { placeholder in
      filling.words(for: placeholder.tokenClass).contains { numbers[$0] != nil }
    }
    for (phrase, placeholders) in placeholders where !placeholders.isDisjoint(with: blurred) {
      forms[phrase].isForeseeable = false
    }

    // Each phrase is filed under its rarest word.
    var rarest: [Int] = []
    var unprovedCounts = Array(repeating: 0, count: counts.count)
    var firstFiled = Array(repeating: 0, count: counts.count + 1)
    for phrase in places.indices {
      var best = Self.gap
      var place = firstWords[phrase]
      let end = firstWords[phrase + 1]
      while place < end {
        let word = words[place]
        if word != Self.gap, best == Self.gap || counts[word] < counts[best] { best = word }
        place += 1
      }
      rarest.append(best)
      firstFiled[best + 1] += 1
      if !isProved[places[phrase].rule] { unprovedCounts[best] += 1 }
    }
    for word in counts.indices { firstFiled[word + 1] += firstFiled[word] }
    var next = firstFiled
    let firstProved = counts.indices.map { firstFiled[$0] + unprovedCounts[$0] }
    var nextProved = firstProved
    var filed = Array(repeating: 0, count: places.count)
    for (phrase, word) in rarest.enumerated() {
      if isProved[places[phrase].rule] {
        filed[nextProved[word]] = phrase
        nextProved[word] += 1
      } else {
        filed[next[word]] = phrase
        next[word] += 1
      }
    }

    (self.places, self.forms, self.firstPhrases) = (places, forms, firstPhrases)
    (self.words, self.firstWords) = (words, firstWords)
    (self.filed, self.firstFiled, self.firstProved) = (filed, firstFiled, firstProved)
  }

  /// What a search remembers.
  struct Memory {
    /// By word: the last text that had it.
    fileprivate var seen: [Int]
    fileprivate var textCount = 0
    /// By phrase: what it says at most.
    fileprivate var known: [[Place]?]

    init(for words: PhraseWords) {
      seen = Array(repeating: 0, count: words.firstFiled.count - 1)
      known = Array(repeating: nil, count: words.places.count)
    }
  }

  /// The phrases that can be said, at most, by a text made of some phrases of a rule.
  ///
  /// - Parameter unprovedOnly: Whether those of rules to be proved are enough.
  /// - Returns: `nil` where the text may have other words than its phrases.
  func phrases(
    saidBy rule: Int, at indices: [Int], unprovedOnly: Bool, _ memory: inout Memory
  ) -> [Place]? {
    if isBlurred { return nil }
    // Both kinds of proofs ask for the phrases alone.
    let single = indices.count == 1 && !unprovedOnly ? firstPhrases[rule] + indices[0] : nil
    if let single, let known = memory.known[single] { return known }
    for index in indices where !forms[firstPhrases[rule] + index].isForeseeable { return nil }
    memory.textCount += 1
    let textCount = memory.textCount
    let found = memory.seen.withUnsafeMutableBufferPointer { seen in
      words.withUnsafeBufferPointer { words in
        firstWords.withUnsafeBufferPointer { firstWords in
          let search = Search(
            words: words, firstWords: firstWords, seen: seen, textCount: textCount)
          return phrases(saidBy: rule, at: indices, unprovedOnly: unprovedOnly, search)
        }
      }
    }
    if let single { memory.known[single] = found }
    return found
  }

  private func phrases(
    saidBy rule: Int, at indices: [Int], unprovedOnly: Bool, _ search: Search
  ) -> [Place] {
    var (text, distinct): ([Int], [Int]) = ([], [])
    var mayHoldCode = false
    for index in indices {
      let phrase = firstPhrases[rule] + index
      mayHoldCode = mayHoldCode || forms[phrase].hasDigit
      var place = search.firstWords[phrase]
      let end = search.firstWords[phrase + 1]
      while place < end {
        let word = search.words[place]
        text.append(word)
        if word != Self.gap, search.seen[word] != search.textCount {
          search.seen[word] = search.textCount
          distinct.append(word)
        }
        place += 1
      }
    }
    var found: [Place] = []
    for word in distinct {
      var place = firstFiled[word]
      let end = unprovedOnly ? firstProved[word] : firstFiled[word + 1]
      while place < end {
        let phrase = filed[place]
        // A code has no place among the words: those before and behind it become neighbours.
        if search.hasWords(of: phrase), mayHoldCode || search.hasRuns(of: phrase, text) {
          found.append(places[phrase])
        }
        place += 1
      }
    }
    return found
  }

  /// The tables that most time is spent with. Pointers and plain loops: a build runs them unoptimised,
  /// where each look into an array counts its references.
  private struct Search {
    let words: UnsafeBufferPointer<Int>
    let firstWords: UnsafeBufferPointer<Int>
    let seen: UnsafeMutableBufferPointer<Int>
    let textCount: Int

    /// Whether all words of a phrase are in the text.
    func hasWords(of phrase: Int) -> Bool {
      var place = firstWords[phrase]
      let end = firstWords[phrase + 1]
      while place < end {
        let word = words[place]
        if word != PhraseWords.gap, seen[word] != textCount { return false }
        place += 1
      }
      return true
    }

    /// Whether each run of a phrase's words is in the text.
    func hasRuns(of phrase: Int, _ text: [Int]) -> Bool {
      var start = firstWords[phrase]
      let end = firstWords[phrase + 1]
      while start < end {
        var next = start
        while words[next] != PhraseWords.gap { next += 1 }
        if next > start, !holds(text, start, next - start) { return false }
        start = next + 1
      }
      return true
    }

    /// Whether a run of words stands somewhere in the text.
    private func holds(_ text: [Int], _ first: Int, _ count: Int) -> Bool {
      var start = 0
      while start + count <= text.count {
        var length = 0
        while length < count, text[start + length] == words[first + length] { length += 1 }
        if length == count { return true }
        start += 1
      }
      return false
    }
  }
}

/// What the spelling of a phrase tells of the words that a text has which says it.
private struct Form {
  /// Whether they are the phrase's words. What fills a placeholder may have words of phrases too, if
  /// all others were taken, such as the 'https' of a URL. And may touch a placeholder that
  /// becomes a part of the same word, name or address, as in `{host}s`.
  fileprivate(set) var isForeseeable = true
  /// Whether something in it may be read as a code.
  private(set) var hasDigit = false

  init(_ phrase: Phrase) {
    var source = phrase.source
    let hasBraces = phrase.placeholderCount > 0
    source.withUTF8 { bytes in
      var (index, previous) = (0, UInt8(ascii: " "))
      while index < bytes.count {
        let byte = bytes[index]
        if byte &- 0x30 < 10 { hasDigit = true }
        if hasBraces,
          byte == UInt8(ascii: "{") && !previous.setsApart
            || previous == UInt8(ascii: "}") && !byte.setsApart
        {
          isForeseeable = false
        }
        (index, previous) = (index + 1, byte)
      }
    }
  }
}

extension UInt8 {
  fileprivate var setsApart: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "*"):
      true
    default: false
    }
  }
}
