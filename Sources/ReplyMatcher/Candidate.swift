/// A rule that fits a reply, and how specifically: the total order that decides which rule wins.
///
/// Compared from the first to the last, more is better:
/// 1. a rule that says what is wrong over one whose category is undecided;
/// 2. a rule matched by its words over one matched by codes alone;
/// 3. words of a reply quoted inside over the wrapper's words around it;
/// 4. more literal words;
/// 5. more parts of the enhanced status code given; 6. more digits of the reply code given;
/// 7. a rule that is said to stand `over` others;
/// 8. hosts that fit the remote host, over unknown ones, over others;
/// 9. the category's rank; 10. the earlier place in the reply; 11. the id.
package struct Candidate: Sendable {
  package var rule: UInt32
  /// The phrase that was matched last; `nil` where no words were needed.
  package var phrase: UInt32?
  /// Where the matched words end.
  package var end: Int
  /// 1 to 9, packed.
  private var specificity: UInt64
  /// 10 and 11, packed.
  private var place: UInt64

  enum HostFit: UInt64 { case other, unknown, fits }

  init(
    rule: UInt32, phrase: UInt32?, end: Int, isDecided: Bool, depth: UInt32, words: UInt32,
    statusParts: UInt32, codeDigits: UInt32, over: UInt32, hostFit: HostFit, category: UInt32
  ) {
    (self.rule, self.phrase, self.end) = (rule, phrase, end)
    let isText: UInt64 = phrase == nil ? 0 : 1
    let byWords =
      (isDecided ? 1 : 0) << 63 | isText << 62 | UInt64(min(depth, 255)) << 54
      | UInt64(min(words, 65_535)) << 38
    let byCodes = UInt64(statusParts) << 36 | UInt64(codeDigits) << 34
    let byTies =
      UInt64(min(over, 255)) << 26 | hostFit.rawValue << 24 | UInt64(65_535 - min(category, 65_535))
    specificity = byWords | byCodes | byTies
    place = UInt64(UInt32.max - UInt32(clamping: end)) << 32 | UInt64(UInt32.max - rule)
  }

  func beats(_ other: Candidate?) -> Bool {
    guard let other else { return true }
    return (specificity, place) > (other.specificity, other.place)
  }
}
