/// What a walk saw beside the winner: for people who ask why, and for the compiler's proofs.
package struct ReplyTrace: Sendable {
  /// A phrase of a rule that the reply says, whether or not the rule takes its codes.
  package struct SaidPhrase: Sendable {
    package let rule: UInt32
    /// Its place among the rule's phrases: `text`, then `all`, then `unless`.
    package let index: UInt32
    /// How many replies quote the one that says it.
    package let depth: UInt32
    /// Whether the rule takes the reply code and the enhanced status code that were read there.
    package let takesCodes: Bool
  }

  /// What takes note of it while the walk goes on.
  final class Recorder {
    var phrases: [SaidPhrase] = []
    var pieces: [(rule: UInt32, index: UInt32)] = []
    var candidates: [Candidate] = []

    func reset() { (phrases, pieces, candidates) = ([], [], []) }

    func addPieces(_ image: MatchingTables, _ first: UInt32, _ count: UInt32) {
      for output in first..<first + count
      where image.role(ofOutput: output).role != CatalogueImage.Role.wrapper {
        let rule = image.outputs[output, .owner]
        pieces.append((rule, image.outputs[output, .phrase] - image.rules[rule, .firstPhrase]))
      }
    }
  }

  package let match: ReplyMatch
  package let phrases: [SaidPhrase]
  /// Phrases that are a piece of a host's name, and so count as not said.
  let pieces: [(rule: UInt32, index: UInt32)]
  /// Every rule that fits, each in its most specific way, the winner first.
  package let candidates: [Candidate]

  init(_ match: ReplyMatch, _ recorder: Recorder) {
    (self.match, phrases, pieces) = (match, recorder.phrases, recorder.pieces)
    var seen: Set<UInt32> = []
    candidates = recorder.candidates.sorted { $0.beats($1) }.filter {
      seen.insert($0.rule).inserted
    }
  }
}
