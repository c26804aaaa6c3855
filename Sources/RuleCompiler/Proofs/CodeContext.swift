import ReplyMatcher

/// The codes that a sample reply begins with.
struct CodeContext: Hashable {
  /// 0: none.
  let code: UInt32
  /// In the packed form of `StatusPattern`; 0: none.
  let status: UInt32

  /// How far it is from what servers really send: those come first.
  fileprivate var oddity: Int {
    let isMixed = code != 0 && status != 0 && status >> 20 != code / 100
    return (code == 0 ? 4 : 0) + (isMixed ? 2 : 0) + (status == 0 ? 0 : 1)
  }

  /// `550 5.1.1 `, or as much of it as there is.
  var text: String {
    let pattern = StatusPattern(packed: status)
    return (code == 0 ? "" : "\(code) ")
      + (status == 0 ? "" : "\(pattern.class).\(pattern.subject).\(pattern.detail) ")
  }
}

/// The codes that a rule takes, and which of them have to be told apart.
struct RuleCodes {
  let codes: [CodePattern]
  let statuses: [StatusPattern]

  init(_ rule: RuleDefinition) {
    codes = rule.codes.compactMap { CodePattern($0.value) }
    statuses = rule.statuses.compactMap { StatusPattern($0.value) }
  }

  /// Whether the rule takes a reply with these codes, as `ReplyWalk` judges it.
  func takes(_ context: CodeContext) -> Bool {
    let replyClass = context.code != 0 ? context.code / 100 : context.status >> 20
    // A rule that names no code speaks of failures.
    let takesCode =
      codes.isEmpty
      ? replyClass != 2 && replyClass != 3
      : codes.contains { $0.matches(code: context.code, class: replyClass) }
    return takesCode
      && (statuses.isEmpty || statuses.contains { $0.matches(status: context.status) })
  }

  /// One context for each way in which the codes of the rules can fit, of those that this rule takes.
  ///
  /// Codes that the same patterns take are the same to all rules, so one of them stands for all:
  /// nothing that holds in these contexts fails in another.
  func contexts(
    apartFrom rivals: [RuleCodes], _ representatives: CodeRepresentatives
  ) -> [CodeContext] {
    var (codes, statuses) = (Set(codes), Set(statuses))
    for rival in rivals {
      codes.formUnion(rival.codes)
      statuses.formUnion(rival.statuses)
    }
    let replyCodes = [0] + representatives.codes(for: codes)
    let statusCodes = [0] + representatives.statuses(for: statuses)
    let contexts = replyCodes.flatMap { code in
      statusCodes.map { CodeContext(code: code, status: $0) }
    }
    return contexts.filter(takes).sorted { $0.oddity < $1.oddity }
  }

  /// Whether both may take the codes of some reply.
  func overlaps(_ other: RuleCodes) -> Bool {
    (codes.isEmpty || other.codes.isEmpty
      || codes.contains { code in other.codes.contains(where: code.overlaps) })
      && (statuses.isEmpty || other.statuses.isEmpty
        || statuses.contains { status in other.statuses.contains(where: status.overlaps) })
  }

  /// Whether some reply can have codes that both take, and that both name equally exactly.
  func canTie(with other: RuleCodes) -> Bool {
    func tie<Pattern>(_ mine: [Pattern], _ theirs: [Pattern], _ test: (Pattern, Pattern) -> Bool)
      -> Bool
    {
      mine.isEmpty && theirs.isEmpty
        || mine.contains { pattern in theirs.contains { test(pattern, $0) } }
    }
    return tie(codes, other.codes) { $0 == $1 }
      && tie(statuses, other.statuses) { $0.fixedParts == $1.fixedParts && $0.overlaps($1) }
  }
}

/// Codes that stand for all others. They are remembered: few rules name patterns that no other does.
final class CodeRepresentatives {
  private var knownCodes: [Set<CodePattern>: [UInt32]] = [:]
  private var knownStatuses: [Set<StatusPattern>: [UInt32]] = [:]

  func codes(for patterns: Set<CodePattern>) -> [UInt32] {
    if let known = knownCodes[patterns] { return known }
    let found = Self.representatives(of: patterns)
    knownCodes[patterns] = found
    return found
  }

  func statuses(for patterns: Set<StatusPattern>) -> [UInt32] {
    if let known = knownStatuses[patterns] { return known }
    let found = Self.representatives(of: patterns)
    knownStatuses[patterns] = found
    return found
  }

  /// A reply code for each set of patterns that some code fits, the common codes first.
  ///
  /// Patterns are nested or apart, never half in each other: so it is enough to find in each a code
  /// that no narrower one takes.
  private static func representatives(of patterns: Set<CodePattern>) -> [UInt32] {
    let classes = ["5xx", "4xx"].compactMap { CodePattern($0) }
    let common: [UInt32] = [550, 450, 554, 451]
    let all = patterns.union(classes)
    let found = all.compactMap { pattern in
      let narrower = all.filter { $0.fixedDigits > pattern.fixedDigits }
      return (common + pattern.codes).first { code in
        pattern.matches(code: code) && !narrower.contains { $0.matches(code: code) }
      }
    }
    return found.sorted { a, b in
      (common.firstIndex(of: a) ?? common.count, a) < (common.firstIndex(of: b) ?? common.count, b)
    }
  }

  /// An enhanced status code for each set of patterns that some status code fits.
  private static func representatives(of patterns: Set<StatusPattern>) -> [UInt32] {
    guard !patterns.isEmpty else { return [] }
    let patterns = Array(patterns)
    /// The numbers that some pattern names, and one that none does.
    func numbers(_ part: (StatusPattern) -> UInt32) -> [UInt32] {
      let named = Set(patterns.map(part)).subtracting([StatusPattern.anyNumber])
      return named.sorted() + [(1...998).first { !named.contains($0) } ?? 999]
    }
    var seen: Set<[Bool]> = []
    var representatives: [UInt32] = []
    for `class`: UInt32 in [5, 4, 2] {
      for subject in numbers(\.subject) {
        for detail in numbers(\.detail) {
          let status = StatusPattern(class: `class`, subject: subject, detail: detail).packed
          // Where a reply has no code, the class is known from here: so each class counts.
          let fits =
            patterns.map { $0.matches(status: status) } + [`class` == 5, `class` == 4]
          if seen.insert(fits).inserted { representatives.append(status) }
        }
      }
    }
    return representatives
  }
}

extension CodePattern {
  /// All codes that it takes.
  fileprivate var codes: some Sequence<UInt32> {
    let first = digits.reduce(0) { $0 * 10 + ($1 == 15 ? 0 : $1) }
    return first...(first + [99, 9, 0][Int(fixedDigits) - 1])
  }

  fileprivate func matches(code: UInt32) -> Bool { matches(code: code, class: code / 100) }
}
