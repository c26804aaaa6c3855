import BounceCatalogue
import CMeasuring

/// The matchers side by side: the same phrases, the same replies.
struct Matchers {
  struct Contestant {
    let id: String
    let name: String
    /// The texts that it reads.
    let texts: Texts
    /// Reads them all, and counts what it found.
    let pass: () -> Int
  }

  struct Row {
    let id: String
    let name: String
    let nanosecondsPerReply: Double
    let bytesPerReply: Double
    let spread: Double
    var instructionsPerByte: Double?

    var megabytesPerSecond: Double { bytesPerReply / nanosecondsPerReply * 1000 }
  }

  static let verdict = "verdict"

  let literals: Literals
  let normalised: Texts
  private let classifier: BounceClassifier
  private let replies: Texts
  /// Those that have to find what Hyperscan finds.
  private let peers: [(id: String, peer: any Peer)]
  /// RE2 with as many rules as KumoMTA has, and those rules' phrases.
  private let fewRules: (peer: any Peer, literals: Literals)
  static let ruleCountOfKumoMTA = 135

  /// Compiles the phrases for the contestants that are wanted.
  init(_ classifier: BounceClassifier, _ replies: Replies, only id: String? = nil) throws {
    (self.classifier, self.replies) = (classifier, Texts(replies.bytes))
    let literals = Literals(classifier)
    (self.literals, normalised) = (literals, Texts(replies.normalised))
    func make(_ name: String, _ compile: () throws -> any Peer) rethrows -> [(String, any Peer)] {
      id == nil || id == name ? [(name, try compile())] : []
    }
    var peers = try make("hyperscan") { try Hyperscan(literals) }
    #if RUST_PEERS
      peers += try make("aho_corasick") { try RustPeer(literals) }
    #endif
    peers += try make("re2") { try RE2Set(literals) }
    self.peers = peers
    let few = Literals(classifier, ruleLimit: Self.ruleCountOfKumoMTA)
    fewRules = (
      try RE2Set(few, named: "RE2::Set, phrases of \(Self.ruleCountOfKumoMTA) rules"), few
    )
  }

  // MARK: - The same verdicts

  /// Whether every matcher finds the very same phrases in every reply.
  ///
  /// - Returns: How many were found in all.
  /// - Throws: `Failure` with the first reply in which they differ.
  func compare(_ texts: [String]) throws -> Int {
    var total = 0
    for (place, text) in normalised.all.enumerated() {
      let ours = literals.found(in: text, by: classifier)
      for (_, peer) in peers {
        let theirs = peer.literals(in: text)
        guard ours != theirs else { continue }
        func names(_ numbers: Set<Int>) -> String {
          numbers.isEmpty
            ? " nothing" : numbers.sorted().map { "\n    '\(literals.name($0))'" }.joined()
        }
        throw Failure(
          """
          different phrases in this reply:
            \(texts[place])
            normalised: \(String(decoding: text, as: UTF8.self))
            whybounce alone finds:\(names(ours.subtracting(theirs)))
            \(peer.name) alone finds:\(names(theirs.subtracting(ours)))
          """)
      }
      total += ours.count
    }
    return total
  }

  // MARK: - Times

  var contestants: [Contestant] {
    func verdicts(_ texts: Texts) -> () -> Int {
      {
        var sum = 0
        for text in texts.all { sum &+= classifier.match(text).ruleIndex ?? 0 }
        return sum
      }
    }
    func scans(_ peer: any Peer) -> () -> Int {
      {
        var sum = 0
        for text in normalised.all { sum &+= peer.scan(text) }
        return sum
      }
    }
    return [
      Contestant(
        id: Self.verdict, name: "whybounce, full verdict", texts: replies, pass: verdicts(replies)),
      Contestant(
        id: "verdict_normalised", name: "  the same, normalised text", texts: normalised,
        pass: verdicts(normalised)),
    ]
      + peers.map { id, peer in
        Contestant(id: id, name: peer.name, texts: normalised, pass: scans(peer))
      }
      + [
        Contestant(
          id: "re2_few_rules", name: fewRules.peer.name, texts: normalised,
          pass: scans(fewRules.peer))
      ]
  }

  func rows(_ options: Options) -> [Row] {
    let contestants = contestants
    let timings = Timing.sideBySide(
      rounds: options.rounds, milliseconds: options.isQuick ? 10 : 60,
      contestants.map { contestant in { use(contestant.pass()) } })
    return zip(contestants, timings).map { contestant, timing in
      let count = Double(contestant.texts.all.count)
      return Row(
        id: contestant.id, name: contestant.name, nanosecondsPerReply: timing.median / count,
        bytesPerReply: Double(contestant.texts.byteCount) / count, spread: timing.spread)
    }
  }

  // MARK: - Allocations

  /// How often `match` allocates for a reply.
  func allocationsPerReply() -> Double {
    let pass = contestants[0].pass
    use(pass())
    allocations_count(true)
    use(pass())
    allocations_count(false)
    return Double(allocations_counted()) / Double(replies.all.count)
  }
}
