/// What a walk saw beside the winner: for people who ask why, and for the compiler's proofs.
package struct ReplyTrace: Sendable {
  /// A phrase of a rule that the reply says, whether or not the rule takes its codes.
  package struct SaidPhrase: Sendable {
    package let rule: UInt32
    /// Its place among the rule's phrases: `text`, then `all`, `unless`, and those of its guards. Of a rule
    /// on which nobody wanted to know more, the place of the first of its alternatives.
    package let index: UInt32
    /// How many literal words it has.
    package let wordCount: Int
    /// How many replies quote the one that says it.
    package let depth: UInt32
    /// Whether the rule takes the reply code and the enhanced status code that were read there.
    package let takesCodes: Bool
    fileprivate let end: Int
  }

  /// What takes note of it while the walk goes on.
  final class Recorder {
    /// A phrase as it is written; which of its alternatives was said, the tables do not tell.
    struct NotedPhrase: Hashable {
      let rule: UInt32
      let phrase: UInt32
      let wordCount: Int
      let depth: UInt32
      let takesCodes: Bool
    }

    typealias Place = (phrase: NotedPhrase, end: Int)

    /// A reply may say a phrase a million times, and as many pieces of names.
    private static let mostPlaces = 32
    private static let mostPieces = 1000

    private(set) var phrases: [Place] = []
    private(set) var pieces: [Place] = []
    private var counts: [NotedPhrase: Int] = [:]
    var candidates: [Candidate] = []

    func reset() { (phrases, pieces, counts, candidates) = ([], [], [:], []) }

    func add(_ phrase: NotedPhrase, end: Int) {
      guard counts[phrase, default: 0] < Self.mostPlaces else { return }
      counts[phrase, default: 0] += 1
      phrases.append((phrase, end))
    }

    func addPieces(_ image: MatchingTables, _ first: UInt32, _ count: UInt32, end: Int) {
      for output in first..<first + count
      where image.role(ofOutput: output) != CatalogueImage.Role.wrapper {
        guard pieces.count < Self.mostPieces else { return }
        let phrase = NotedPhrase(
          rule: image.outputs[output, .owner], phrase: image.outputs[output, .phrase],
          wordCount: image.wordCount(ofOutput: output), depth: 0, takesCodes: false)
        pieces.append((phrase, end))
      }
    }
  }

  package let match: ReplyMatch
  package let phrases: [SaidPhrase]
  /// Phrases that are a piece of a host's name, and so count as not said.
  let pieces: [SaidPhrase]
  /// Every rule that fits, each in its most specific way, the winner first.
  package let candidates: [Candidate]

  /// The place of a candidate's phrase among those of its rule; `nil` where codes alone fit.
  package func phraseIndex(of candidate: Candidate) -> Int? {
    guard candidate.phrase != nil else { return nil }
    let said = phrases.filter { $0.rule == candidate.rule && $0.end == candidate.end }
    return said.max { $0.wordCount < $1.wordCount }.map { Int($0.index) }
  }
}

/// Traces replies, one after the other, in memory that is used again.
package struct ReplyTracer {
  private let image: CatalogueImage
  private var locator: PhraseLocator
  private var tokens: ReplyTokens

  package init(_ classifier: BounceClassifier) {
    image = classifier.image
    (locator, tokens) = (PhraseLocator(image), ReplyTokens(image))
  }

  /// - Parameter wantsPhrases: Whether the phrases of a rule that were said are wanted with the very
  ///   alternatives; else it is enough to know that there are some.
  package mutating func trace(
    _ reply: [UInt8], remoteHost: String? = nil,
    wantsPhrases: (_ rule: UInt32) -> Bool = { _ in true }
  ) -> ReplyTrace {
    // An empty host is an unknown one.
    var remoteHost = remoteHost?.isEmpty == false ? remoteHost : nil
    return reply.withUnsafeBufferPointer { reply in
      remoteHost?.withUTF8 { trace(reply, remoteHost: $0, wantsPhrases) }
        ?? trace(reply, remoteHost: nil, wantsPhrases)
    }
  }

  private mutating func trace(
    _ reply: UnsafeBufferPointer<UInt8>, remoteHost: UnsafeBufferPointer<UInt8>?,
    _ wantsPhrases: (_ rule: UInt32) -> Bool
  ) -> ReplyTrace {
    let recorder = ReplyTrace.Recorder()
    let match = ReplyWalk.match(image.matchingTables, reply, remoteHost: remoteHost, recorder)
    tokens.begin(reply, replyStart: match.replyStart)
    var seen: Set<UInt32> = []
    return ReplyTrace(
      match: match, phrases: said(recorder.phrases, wantsPhrases),
      pieces: said(recorder.pieces, wantsPhrases),
      candidates: recorder.candidates.sorted { $0.beats($1) }.filter {
        seen.insert($0.rule).inserted
      })
  }

  /// Each alternative that was said.
  private mutating func said(
    _ places: [ReplyTrace.Recorder.Place], _ wantsPhrases: (_ rule: UInt32) -> Bool
  ) -> [ReplyTrace.SaidPhrase] {
    var all: [ReplyTrace.SaidPhrase] = []
    for (said, end) in places {
      func add(_ index: UInt32) {
        all.append(
          ReplyTrace.SaidPhrase(
            rule: said.rule, index: index, wordCount: said.wordCount, depth: said.depth,
            takesCodes: said.takesCodes, end: end))
      }
      let first = image.phrases[said.phrase, .firstIndex]
      guard wantsPhrases(said.rule) else {
        add(first)
        continue
      }
      // (Alternatives of other lengths that end here tell so themselves.)
      for (number, wordCount) in locator.alternatives(
        ofPhrase: said.phrase, endingAt: end, in: &tokens)
      where wordCount == said.wordCount {
        add(first + UInt32(number))
      }
    }
    return all
  }
}
