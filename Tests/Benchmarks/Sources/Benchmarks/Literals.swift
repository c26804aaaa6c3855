@_spi(Benchmarks) import BounceCatalogue

/// The phrases that are made of words alone, each once, as literals for other matchers:
/// ` user unknown `, to be found in normalised text.
struct Literals {
  let texts: [[UInt8]]
  /// For each rule, the literal of each of its phrases; `nil` for one with `*`, a placeholder, or a
  /// number that could be a reply code.
  private let numbers: [[Int?]]

  init(_ classifier: BounceClassifier, ruleLimit: Int = .max) {
    var known: [String: Int] = [:]
    var texts: [[UInt8]] = []
    let rules = classifier.rules
    // Spread over the catalogue, should only some be wanted.
    let step = max(1, rules.count / ruleLimit)
    numbers = rules.enumerated().map { place, rule in
      (rule.text + rule.all + rule.forbidden).map { phrase in
        guard place.isMultiple(of: step), place / step < ruleLimit,
          !phrase.contains("*"), !phrase.contains("{")
        else { return nil }
        let words = foldedWords(of: phrase)
        guard !words.contains(where: isReplyCode) else { return nil }
        let literal = " \(words.joined(separator: " ")) "
        if let number = known[literal] { return number }
        known[literal] = texts.count
        texts.append(Array(literal.utf8))
        return texts.count - 1
      }
    }
    self.texts = texts
  }

  /// The literals that our matcher finds in a text.
  func found(in text: UnsafeBufferPointer<UInt8>, by classifier: BounceClassifier) -> Set<Int> {
    Set(classifier.saidPhrases(in: Array(text)).compactMap { numbers[$0.rule][$0.phrase] })
  }

  func name(_ number: Int) -> String { String(decoding: texts[number], as: UTF8.self) }
}
