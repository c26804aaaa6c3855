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

  /// Codes that the rule takes.
  var example: CodeContext {
    func digit(_ digit: UInt32, else other: UInt32) -> UInt32 { digit == 15 ? other : digit }
    func number(_ number: UInt32) -> UInt32 { number == StatusPattern.anyNumber ? 1 : number }
    let code = codes.first.map { pattern in
      let digits = pattern.digits
      return digits[0] * 100 + digit(digits[1], else: 5) * 10 + digit(digits[2], else: 0)
    }
    let status = statuses.first.map { pattern in
      StatusPattern(
        class: digit(pattern.class, else: 5), subject: number(pattern.subject),
        detail: number(pattern.detail))
    }
    return CodeContext(code: code ?? 550, status: status?.packed ?? 0)
  }

  /// One context for each way in which the codes of the rules can fit, of those that this rule takes.
  ///
  /// Codes that the same patterns take are the same to all rules, so one of them stands for all:
  /// nothing that holds in these contexts fails in another.
  func contexts(apartFrom rivals: [RuleCodes]) -> [CodeContext] {
    let all = [self] + rivals
    let replyCodes = [0] + Self.representatives(of: Set(all.flatMap(\.codes)))
    let statuses = [0] + Self.representatives(of: Set(all.flatMap(\.statuses)))
    let contexts = replyCodes.flatMap { code in
      statuses.map { CodeContext(code: code, status: $0) }
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

  /// A reply code for each set of patterns that some code fits, the common codes first.
  private static func representatives(of patterns: Set<CodePattern>) -> [UInt32] {
    let patterns = Array(patterns)
    let common: [UInt32] = [550, 450, 554, 451]
    var seen: Set<[Bool]> = []
    return (common + Array(200...599)).filter { code in
      let isFailure = code >= 400
      let fits = patterns.map { $0.matches(code: code, class: code / 100) } + [isFailure]
      return seen.insert(fits).inserted
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
