import ReplyMatcher

// The checks that need all files: references, and ids that clash.
extension RuleModel {
  /// Reports what does not fit together, and puts everything into its final order.
  ///
  /// - Parameter others: Rules of the standard catalogue that are not among these, but have
  ///   constants in the same program.
  mutating func checkAndSort(
    beside others: [RuleDefinition] = [], _ diagnostics: DiagnosticCollector
  ) {
    checkCategories(diagnostics)
    let taken = checkUnique(sources.map(\.id), "file id", diagnostics)
    // Of a file whose id is taken, every rule's could be.
    checkUnique(
      rules.filter { !taken.contains($0.source.id.value) }.map(\.id), "rule id", diagnostics)
    checkSwiftNames(beside: others, diagnostics)
    sources.sort { $0.id.value < $1.id.value }
    rules.sort { $0.id.value < $1.id.value }

    takeGuards(diagnostics)
    checkCrowds(diagnostics)
    checkPeers(diagnostics)
    checkLikeness(diagnostics)
    let categoryIDs = Set(categories.map(\.id.value))
    let ruleIDs = Set(rules.map(\.id.value))
    let actions = Dictionary(
      categories.map { ($0.id.value, $0.action) }, uniquingKeysWith: { first, _ in first })
    for rule in rules {
      if let action = rule.action?.value ?? rule.category.flatMap({ actions[$0.value] }) {
        checkRetry(of: rule, action, diagnostics)
      }
      checkSuppress(of: rule, diagnostics)
      if let category = rule.category, !categoryIDs.contains(category.value), !categories.isEmpty {
        diagnostics.unknown(
          .unknownCategory, "there is no category '\(category.value)'", category.value,
          at: category.location, among: categories.map(\.id.value))
      }
      for other in rule.over where other.value == rule.id.value {
        diagnostics.error(
          .overItself, "the rule '\(rule.id.value)' cannot stand 'over:' itself",
          at: other.location)
      }
      for other in rule.over where !ruleIDs.contains(other.value) {
        report(other, asUnknownAmong: ruleIDs, in: rule.source, diagnostics)
      }
    }
  }

  /// Gives each rule the phrases of the guards that it names.
  private mutating func takeGuards(_ diagnostics: DiagnosticCollector) {
    checkUnique(guards.map(\.id), "guard id", diagnostics)
    guards.sort { $0.id.value < $1.id.value }
    let phrases = Dictionary(
      guards.map { ($0.id.value, $0.phrases) }, uniquingKeysWith: { first, _ in first })
    var used: Set<String> = []
    for number in rules.indices where !rules[number].guards.isEmpty {
      for name in rules[number].guards {
        guard let phrases = phrases[name.value] else {
          diagnostics.unknown(
            .unknownGuard, "there is no guard '\(name.value)'", name.value, at: name.location,
            among: guards.map(\.id.value), isOpen: guards.isEmpty)
          continue
        }
        used.insert(name.value)
        rules[number].guarded += phrases
      }
    }
    for guardList in guards where !guardList.id.location.file.isStandard {
      guard !used.contains(guardList.id.value) else { continue }
      diagnostics.warning(
        .idleGuard, "no rule names the guard '\(guardList.id.value)' under 'guards:'",
        at: guardList.id.location)
    }
  }

  /// Reports a rule that `over:` names and nobody knows. Where no id is near, the rules of the file that
  /// it names are listed.
  private func report(
    _ other: Located<String>, asUnknownAmong known: Set<String>, in source: SourceDefinition,
    _ diagnostics: DiagnosticCollector
  ) {
    let mostListed = 12
    let full = "\(source.id.value)/\(other.value)"
    var message = "'over:' names a rule that does not exist, '\(other.value)'"
    if known.contains(full) {
      return diagnostics.error(
        .unknownRule, "\(message); the full id is '\(full)'", at: other.location,
        fix: Fix(writing: full, for: other.location, isCertain: false))
    }
    let file = other.value.prefix { $0 != "/" }
    let siblings = known.filter { $0.hasPrefix("\(file)/") }
    if 1...mostListed ~= siblings.count, nearest(to: other.value, in: siblings) == nil {
      message += " ('\(file)' has: \(siblings.sorted().joined(separator: ", ")))"
    }
    if siblings.isEmpty { message += ": no rule file has the id '\(file)'" }
    diagnostics.unknown(
      .unknownRule, message, other.value, at: other.location,
      among: siblings.isEmpty ? known : siblings, isOpen: true)
  }

  /// Advice that contradicts itself: nobody sends again to an address that gets no more mail.
  private func checkRetry(
    of rule: RuleDefinition, _ action: Action, _ diagnostics: DiagnosticCollector
  ) {
    guard let retry = rule.retry else { return }
    let isConflict =
      switch action.forReply(transient: rule.isTransient) {
      case .suppress, .nothing: retry.value != .never
      case .retry, .slowDown: retry.value == .never
      case .fix, .review: false
      }
    guard isConflict else { return }
    let origin = rule.action == nil ? ", which the category brings" : ""
    diagnostics.error(
      .retryConflict,
      "'retry: \(retry.value.rawValue)' contradicts 'action: \(action.rawValue)'\(origin)",
      at: retry.location)
  }

  /// An action that would never be taken, where the rule itself asks for it. (What the category brings
  /// is meant for other rules.)
  private func checkSuppress(of rule: RuleDefinition, _ diagnostics: DiagnosticCollector) {
    guard let action = rule.action, action.value == .suppress else { return }
    let commands = rule.commands.map(\.value)
    let reason: String
    if rule.isTransient {
      reason =
        "a reply that begins with 4 never suppresses an address: write 'retry' or 'slow-down'"
    } else if !rule.codes.isEmpty, rule.codes.allSatisfy({ $0.value.hasPrefix("53") }) {
      reason = "a reply that begins with 53 is about a login, and never suppresses an address"
    } else if !commands.isEmpty, commands.allSatisfy(\.isBeforeRecipients) {
      reason =
        "before RCPT TO no recipient is named, so a reply to "
        + commands.map(\.rawValue).joined(separator: " or ") + " never suppresses an address"
    } else {
      return
    }
    diagnostics.error(
      .idleSuppress, "'action: suppress' does nothing here: \(reason)", at: action.location)
  }

  /// All rules with the same words are looked at whenever those are said, in each reply.
  private func checkCrowds(_ diagnostics: DiagnosticCollector) {
    let mostAlike = 256
    // Where few begin and end alike, few have all words in between: it takes long to compare those.
    var ends: [Int: Int] = [:]
    for rule in rules {
      for phrase in rule.ownPhrases {
        for segment in phrase.segments { ends[Self.ends(of: segment), default: 0] += 1 }
      }
    }
    ends = ends.filter { $0.value > mostAlike }
    if ends.isEmpty { return }
    // The alternatives of a written phrase follow each other, and are one to the matcher.
    var counts: [[Phrase.Piece]: (count: Int, written: Int)] = [:]
    var number = 0
    for rule in rules {
      var written = ""
      for phrase in rule.ownPhrases {
        if phrase.written != written { (number, written) = (number + 1, phrase.written) }
        for segment in phrase.segments where ends[Self.ends(of: segment)] != nil {
          let known = counts[segment] ?? (0, 0)
          guard known.written != number else { continue }
          counts[segment] = (known.count + 1, number)
          if known.count == mostAlike {
            diagnostics.error(
              .crowdedPhrase,
              "this is phrase \(mostAlike + 1) with the same words: give such rules words of their own",
              at: phrase.location)
          }
        }
      }
    }
  }

  /// A number that is the same for segments that are equally long, begin alike and end alike.
  private static func ends(of segment: [Phrase.Piece]) -> Int {
    var hasher = Hasher()
    hasher.combine(segment.count)
    if case .word(let word)? = segment.first { word.hash(into: &hasher) }
    if case .word(let word)? = segment.last { word.hash(into: &hasher) }
    return hasher.finalize()
  }

  private func checkPeers(_ diagnostics: DiagnosticCollector) {
    checkUnique(peers.map(\.id), "peer id", diagnostics)
    let categoryIDs = categories.map(\.id.value)
    let sourceIDs = sources.map(\.id.value)
    for peer in peers {
      for (category, _) in peer.classes + peer.temporary where !categoryIDs.contains(category.value)
      {
        diagnostics.unknown(
          .unknownCategory, "there is no category '\(category.value)'", category.value,
          at: category.location, among: categoryIDs)
      }
      // Rules that only borrow the standard peers have none of the sources that those name.
      let isBorrowed = peer.id.location.file.isStandard
      for (source, _) in peer.sources where !isBorrowed && !sourceIDs.contains(source.value) {
        diagnostics.unknown(
          .unknownSource, "no rule file has the id '\(source.value)'", source.value,
          at: source.location, among: sourceIDs, isOpen: true)
      }
      // Categories that other files add to the standard ones have no names elsewhere.
      let named = Set(peer.classes.map(\.key.value))
      let unnamed = categories.filter {
        !named.contains($0.id.value)
          && $0.id.location.file.isStandard == isBorrowed
      }
      if let first = unnamed.first {
        diagnostics.error(
          .unnamedCategory,
          "the peer '\(peer.id.value)' has no name for the category '\(first.id.value)'"
            + (unnamed.count > 1 ? " and \(unnamed.count - 1) more" : ""),
          at: peer.id.location, notes: [.init("the category stands here", at: first.id.location)])
      }
    }
  }

  private func checkLikeness(_ diagnostics: DiagnosticCollector) {
    checkUnique(likeness.map(\.category), "likeness of", diagnostics)
    let categoryIDs = categories.map(\.id.value)
    for category in likeness.map(\.category) where !categoryIDs.contains(category.value) {
      diagnostics.unknown(
        .unknownCategory, "there is no category '\(category.value)'", category.value,
        at: category.location, among: categoryIDs)
    }
  }

  private func checkCategories(_ diagnostics: DiagnosticCollector) {
    checkUnique(categories.map(\.id), "category id", diagnostics)
    guard let last = categories.last else {
      diagnostics.error(
        .noCategories,
        "no categories are defined: a rules folder needs a file of 'kind: categories'", at: nil)
      return
    }
    for category in categories.dropLast() where category.isUndecided {
      diagnostics.error(
        .undecidedNotLast,
        last.id.location.file.isStandard
          ? "'\(last.id.value)' of the standard catalogue is its undecided category, and there is "
            + "one only: leave 'undecided:' out, or write 'catalogue: alone'"
          : "only the last category may be 'undecided': it is the last resort",
        at: category.id.location)
    }
    if !last.isUndecided {
      diagnostics.error(
        .undecidedMissing,
        "the last category says that the reply does not tell: mark it 'undecided: true'",
        at: last.id.location)
    }
  }

  /// `a/b-c` and `a-b/c` would get the same constant.
  private func checkSwiftNames(
    beside others: [RuleDefinition], _ diagnostics: DiagnosticCollector
  ) {
    var seen: [String: Located<String>] = [:]
    for id in standardFirst((others + rules).map(\.id)) {
      let name = swiftName(id.value)
      if let first = seen[name], first.value != id.value {
        diagnostics.error(
          .takenSwiftName,
          "the rule '\(id.value)' would get the same Swift name as '\(first.value)': rename one",
          at: id.location, notes: [.init("it stands here", at: first.location)])
      }
      seen[name] = id
    }
  }

  /// Of two that clash, an author is told about the second, which has to be his own.
  private func standardFirst(_ ids: [Located<String>]) -> [Located<String>] {
    ids.filter(\.location.file.isStandard) + ids.filter { !$0.location.file.isStandard }
  }

  /// - Returns: The ids that stand twice.
  @discardableResult
  private func checkUnique(
    _ ids: [Located<String>], _ name: String, _ diagnostics: DiagnosticCollector
  ) -> Set<String> {
    var seen: [String: SourceLocation] = [:]
    var taken: Set<String> = []
    for id in standardFirst(ids) {
      if let first = seen[id.value] {
        taken.insert(id.value)
        diagnostics.error(
          .takenID, "the \(name) '\(id.value)' is taken", at: id.location,
          notes: [
            .init(first.file.isStandard ? "by the standard catalogue" : "by this one", at: first)
          ])
      } else {
        seen[id.value] = id.location
      }
    }
    return taken
  }
}
