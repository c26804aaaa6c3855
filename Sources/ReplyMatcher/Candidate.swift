/// A rule that fits a reply, and how specifically: the total order that decides which rule wins.
///
/// `Measure` lists what is compared, from the first to the last; more is better.
package struct Candidate: Sendable {
  package enum Measure: CaseIterable, Sendable {
    /// A rule that says what is wrong over one whose category is undecided.
    case decided
    /// A rule matched by its words over one matched by codes alone.
    case text
    /// A rule that stands firm over one that yields.
    case firm
    /// Words of a reply quoted inside over the wrapper's words around it.
    case depth
    /// More literal words; naming the SMTP command counts as `commandWords`.
    case words
    /// More parts of the enhanced status code given.
    case status
    /// More digits of the reply code given.
    case code
    /// Hosts that fit the remote host, over unknown ones, over others.
    case hosts
    /// A rule that is said to stand `over` others.
    case over
    /// The category's rank.
    case category
    /// The earlier place in the reply.
    case place
    /// The id that comes first in the alphabet.
    case id
  }

  /// How many literal words a rule's `command` stands for.
  package static let commandWords = 3

  package var rule: UInt32
  /// The phrase that was matched last; `nil` where no words were needed.
  package var phrase: UInt32?
  /// Where the matched words end.
  package var end: Int
  /// Whether phrases of the rule with placeholders were said.
  let captures: Bool
  /// The measures up to the category, packed.
  private var upper: UInt64
  /// The place and the id, packed.
  private var lower: UInt64

  /// How many parts of the status code and digits of the reply code a rule names.
  struct CodeFit {
    var statusParts: UInt32 = 0
    var codeDigits: UInt32 = 0
  }

  package enum HostFit: UInt64, Sendable { case other, unknown, fits }

  init(
    rule: UInt32, phrase: UInt32?, end: Int, rank: UInt32, depth: UInt32, fit: CodeFit,
    hostFit: HostFit, over: UInt32, category: UInt32, captures: Bool
  ) {
    (self.rule, self.phrase, self.end, self.captures) = (rule, phrase, end, captures)
    let byCodes = UInt64(fit.statusParts) << 36 | UInt64(fit.codeDigits) << 34
    let byTies =
      hostFit.rawValue << 32 | UInt64(min(over, 65_535)) << 16
      | UInt64(65_535 - min(category, 65_535))
    upper = Self.wordMeasures(rank, depth: depth, isText: phrase != nil) | byCodes | byTies
    lower = UInt64(UInt32.max - UInt32(clamping: end)) << 32 | UInt64(UInt32.max - rule)
  }

  /// The measures that the tables tell: `decided`, `firm` and the number of words.
  package static func rank(isDecided: Bool, isFirm: Bool, words: Int) -> UInt32 {
    (isDecided ? 1 : 0) << 17 | (isFirm ? 1 : 0) << 16 | UInt32(min(words, 65_535))
  }

  static func isDecided(rank: UInt32) -> Bool { rank >> 17 != 0 }

  /// The measures down to the words, each in its place.
  @inline(__always)
  private static func wordMeasures(_ rank: UInt32, depth: UInt32, isText: Bool) -> UInt64 {
    let rank = UInt64(rank)
    return (rank >> 17) << 63 | (isText ? 1 : 0) << 62 | (rank >> 16 & 1) << 61
      | UInt64(min(depth, 127)) << 54 | (rank & 0xFFFF) << 38
  }

  /// Whether a text rule of this rank could beat the candidate, if its codes and its host fit well.
  @inline(__always)
  func couldLose(toRank rank: UInt32, depth: UInt32) -> Bool {
    Self.wordMeasures(rank, depth: depth, isText: true) >= (upper >> 38) << 38
  }

  /// Whether no rule without words can beat it.
  var beatsAllCodes: Bool { upper >> 62 == 3 }

  package func beats(_ other: Candidate?) -> Bool {
    guard let other else { return true }
    return (upper, lower) > (other.upper, other.lower)
  }

  /// A measure's value; more is better.
  package subscript(measure: Measure) -> Int {
    func field(_ value: UInt64, at shift: UInt64, bits: UInt64) -> Int {
      Int(truncatingIfNeeded: value >> shift & (1 << bits - 1))
    }
    return switch measure {
    case .decided: field(upper, at: 63, bits: 1)
    case .text: field(upper, at: 62, bits: 1)
    case .firm: field(upper, at: 61, bits: 1)
    case .depth: field(upper, at: 54, bits: 7)
    case .words: field(upper, at: 38, bits: 16)
    case .status: field(upper, at: 36, bits: 2)
    case .code: field(upper, at: 34, bits: 2)
    case .hosts: field(upper, at: 32, bits: 2)
    case .over: field(upper, at: 16, bits: 16)
    case .category: field(upper, at: 0, bits: 16)
    case .place: field(lower, at: 32, bits: 32)
    case .id: field(lower, at: 0, bits: 32)
    }
  }

  /// The first measure in which two rules differ: it decides between them.
  package func decidingMeasure(against other: Candidate) -> Measure {
    Measure.allCases.first { self[$0] != other[$0] } ?? .id
  }

  /// Whether nothing but tie-breaks tells them apart.
  package func isAsSpecific(as other: Candidate) -> Bool { specificity == other.specificity }

  package func isMoreSpecific(than other: Candidate) -> Bool { specificity > other.specificity }

  /// What it names of the reply: the measures from `decided` to `code`. The others break ties.
  private var specificity: UInt64 { upper >> 34 }
}
