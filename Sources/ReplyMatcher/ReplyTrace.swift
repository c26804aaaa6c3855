/// What a walk saw beside the winner: for people who ask why, and for the compiler's proofs.
package struct ReplyTrace: Sendable {
  /// A phrase of a rule that the reply says, whether or not the rule takes its codes.
  package struct SaidPhrase: Sendable {
    package let rule: UInt32
    /// Its place among the rule's phrases: `text`, then `all`, then `unless`.
    package let index: UInt32
    /// Whether the rule takes the reply code and the enhanced status code that were read there.
    package let takesCodes: Bool
  }

  package internal(set) var match = ReplyMatch()
  package internal(set) var phrases: [SaidPhrase] = []
  /// Every rule that fits, each in its most specific way, the winner first.
  package internal(set) var candidates: [Candidate] = []

  /// Keeps the best candidate of each rule, in order.
  mutating func settle() {
    candidates.sort { $0.beats($1) }
    var seen: Set<UInt32> = []
    candidates.removeAll { !seen.insert($0.rule).inserted }
  }
}
