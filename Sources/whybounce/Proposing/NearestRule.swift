import BounceCatalogue

/// The rule whose words are most like those of a phrase.
struct NearestRule {
  let rule: Rule
  let phrase: String
  /// How many different words of `phrase` the other says too.
  let sharedCount: Int
  let wordCount: Int
  /// Dice's coefficient: 1 for the same words.
  private let likeness: Double

  /// `nil` where no rule shares two words, or all of its own.
  init?(to phrase: String, among rules: [Rule]) {
    let words = Self.words(of: phrase)
    var nearest: NearestRule?
    for rule in rules {
      for other in rule.text + rule.all {
        let others = Self.words(of: other)
        let shared = words.intersection(others).count
        guard shared > 1 || (shared == 1 && others.count == 1) else { continue }
        let likeness = 2 * Double(shared) / Double(words.count + others.count)
        if likeness > nearest?.likeness ?? 0 {
          nearest = NearestRule(
            rule: rule, phrase: other, sharedCount: shared, wordCount: others.count,
            likeness: likeness)
        }
      }
    }
    guard let nearest else { return nil }
    self = nearest
  }

  private init(rule: Rule, phrase: String, sharedCount: Int, wordCount: Int, likeness: Double) {
    (self.rule, self.phrase) = (rule, phrase)
    (self.sharedCount, self.wordCount, self.likeness) = (sharedCount, wordCount, likeness)
  }

  /// Whether most words are shared, so that it may well mean the same.
  var isClose: Bool { likeness > 0.5 }

  private static func words(of phrase: String) -> Set<String> {
    // (Of each phrase of all rules: a regular expression would take most of the time of 'new rule'.)
    PhraseScanner(phrase).reduce(into: []) { words, piece in
      if case .words(let text) = piece { words.formUnion(foldedWords(of: String(text))) }
    }
  }
}
