import BounceCatalogue
import ReplyMatcher

/// What the rules of a catalogue teach about likeness: each of their examples and phrases, and what
/// stands around replies, as the features of `LikenessFeatures`.
struct LikenessSamples {
  struct Sample {
    /// The places among `features`.
    let features: [Int]
    /// How much each of them counts: long texts say more, but not so much more.
    let share: Double
    /// The place among `categories`.
    let category: Int
  }

  let categories: [BounceCategory]
  /// In the spelling of rule files.
  private(set) var features: [String] = []
  private(set) var samples: [Sample] = []
  private var places: [String: Int] = [:]

  /// A feature of fewer samples tells more about them than about mail.
  private static let fewestSamples = 3

  init(_ classifier: BounceClassifier) {
    // What reports no failure is known by its form alone.
    categories = classifier.categories.filter { $0.bounce != .none }.map(\.id)
    let numbers = Dictionary(uniqueKeysWithValues: zip(categories, categories.indices))
    var seen: Set<String> = []
    for rule in classifier.rules {
      guard let category = numbers[rule.category] else { continue }
      for example in rule.examples where seen.insert(example).inserted {
        add([example], category) { classifier.match($0) }
      }
      for phrase in rule.text where seen.insert(phrase).inserted {
        // What is said on both sides of a gap makes no pair.
        add(Self.said(phrase).split(separator: "*").map(String.init), category) { _ in ReplyMatch()
        }
      }
    }
    // The words around a reply never say why a mail was refused: the last category is the undecided one.
    for wrapper in classifier.wrappers {
      let words = Self.said(wrapper.phrase).replacing(/{[a-z]+}/, with: "")
      add([words], categories.count - 1) { _ in ReplyMatch() }
    }
    dropRareFeatures()
  }

  private mutating func add(
    _ texts: [String], _ category: Int, _ match: (UnsafeBufferPointer<UInt8>) -> ReplyMatch
  ) {
    var found: [Int] = []
    var wordCount = 0
    for var text in texts {
      text.withUTF8 { bytes in
        LikenessFeatures.of(match(bytes), in: bytes) { features in
          while features.next() != nil { found.append(place(of: features.text)) }
          wordCount += features.wordCount
        }
      }
    }
    guard wordCount > 0 else { return }
    samples.append(
      Sample(features: found, share: 1 / Double(wordCount).squareRoot(), category: category))
  }

  private mutating func place(of feature: String) -> Int {
    if let place = places[feature] { return place }
    places[feature] = features.count
    features.append(feature)
    return features.count - 1
  }

  /// A phrase as a reply says it: with something for each placeholder.
  private static func said(_ phrase: String) -> String {
    Placeholder.allCases.reduce(phrase) { text, placeholder in
      text.replacing("{\(placeholder.rawValue)}", with: value(of: placeholder.tokenClass))
    }
  }

  private static func value(of tokenClass: TokenClass) -> String {
    switch tokenClass {
    case .address: "user@example.com"
    case .ip: "192.0.2.1"
    case .name: "mx.example.com"
    case .url: "https://example.com/help"
    case .count: "17"
    case .duration: "5 minutes"
    case .size: "10 MB"
    }
  }

  private mutating func dropRareFeatures() {
    var counts = [Int](repeating: 0, count: features.count)
    for sample in samples { for feature in Set(sample.features) { counts[feature] += 1 } }
    let kept = features.indices.filter { counts[$0] >= Self.fewestSamples }
    var places = [Int?](repeating: nil, count: features.count)
    for (place, feature) in kept.enumerated() { places[feature] = place }
    features = kept.map { features[$0] }
    samples = samples.map { sample in
      Sample(
        features: sample.features.compactMap { places[$0] }, share: sample.share,
        category: sample.category)
    }
  }
}
