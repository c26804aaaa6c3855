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
    var candidates: [Candidate] = []

    func reset() { (phrases, candidates) = ([], []) }
  }

  package let match: ReplyMatch
  package let phrases: [SaidPhrase]
  /// Every rule that fits, each in its most specific way, the winner first.
  package let candidates: [Candidate]

  init(_ match: ReplyMatch, _ phrases: [SaidPhrase], _ candidates: [Candidate]) {
    (self.match, self.phrases) = (match, phrases)
    var seen: Set<UInt32> = []
    self.candidates = candidates.sorted { $0.beats($1) }.filter { seen.insert($0.rule).inserted }
  }
}
