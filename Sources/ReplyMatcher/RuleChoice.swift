/// The part of a walk that chooses among rules: each phrase that was said offers its rule, and the
/// better candidate stays.
///
/// All of this is `mutating` so that the walk is not copied for each call.
extension ReplyWalk {
  /// Takes note of the phrases that end here.
  ///
  /// - Parameters:
  ///   - depth: How far inside all of them is said.
  ///   - endDepth: How far inside they end.
  mutating func complete(
    _ first: UInt32, _ count: UInt32, depth: UInt32, endDepth: UInt32, end: Int, name: Offsets
  ) {
    for output in first..<first + count {
      let reachesIn = depth != endDepth && mayReachIn(output)
      complete(output, depth: reachesIn ? endDepth : depth, end: end, name: name)
    }
  }

  /// Whether a phrase that begins outside a quoted reply counts as words of that: programs know what they
  /// quote (`Sender address rejected: undeliverable address: host … said: 550 user unknown`), and so do
  /// those who forbid it. Common words may meet there by chance, and give no address up.
  private func mayReachIn(_ output: UInt32) -> Bool {
    let role = image.role(ofOutput: output)
    if role == CatalogueImage.Role.wrapper { return false }
    if role == CatalogueImage.Role.unless { return true }
    let rule = image.outputs[output, .owner]
    return image.sources[image.rules[rule, .source], .isShared] == 0
      || image.categories[image.rules[rule, .category], .suppresses] == 0
  }

  private mutating func complete(_ output: UInt32, depth: UInt32, end: Int, name: Offsets) {
    let (role, rankAndRole) = (image.role(ofOutput: output), image.outputs[output, .rankAndRole])
    let rank = rankAndRole &>> CatalogueImage.roleBitsWidth
    let captures = rankAndRole & CatalogueImage.Role.captures != 0
    let isOnlyText = role == CatalogueImage.Role.onlyText
    if isOnlyText, !Candidate.isDecided(rank: rank) { noteEmptyWords(rank & 0xFFFF) }
    if isOnlyText, trace == nil, let winner = match.winner,
      !winner.couldLose(toRank: rank, depth: depth)
    {
      return
    }
    let owner = image.outputs[output, .owner]
    let phrase = image.outputs[output, .phrase]
    if role == CatalogueImage.Role.wrapper { return unwrap(owner, phrase, end: end, name: name) }

    let namesCodes = rankAndRole & CatalogueImage.Role.namesCodes != 0
    let fit = namesCodes ? codeFit(owner) : isSuccess ? nil : Candidate.CodeFit()
    trace?.add(
      .init(
        rule: owner, phrase: phrase, wordCount: Int(rank & 0xFFFF), depth: depth,
        takesCodes: fit != nil), end: end)
    guard let fit, role != CatalogueImage.Role.unless else { return }
    if isOnlyText {
      return offer(owner, phrase, end: end, depth: depth, rank: rank, fit, captures: captures)
    }
    let isText = role == CatalogueImage.Role.text
    let words = rank & 0xFFFF
    let token = tokenCount
    memory.update(rule: owner) { entry in
      if captures { entry.captures = true }
      let isNew = entry.roles & 1 << role == 0
      entry.roles |= 1 << role
      // Somebody may have quoted the reply before, in words of his own around it.
      entry.depth = max(entry.depth, depth)
      guard isNew || (isText && entry.isBehind(words: words, depth: depth)) else { return }
      if isText { (entry.words, entry.textDepth) = (words, depth) }
      (entry.phrase, entry.end, entry.token, entry.fit) = (phrase, UInt32(end), token, fit)
    }
  }

  /// Counts the words of phrases that say nothing of the cause, each word once.
  private mutating func noteEmptyWords(_ count: UInt32) {
    match.emptyWordCount += Int(min(count, tokenCount &- emptyWordEnd))
    emptyWordEnd = tokenCount
  }

  /// The first digit of the code in front of the line being read.
  private var lineClass: UInt32 { lineCode != 0 ? lineCode / 100 : match.status >> 20 }

  /// Whether the line tells of no failure: a rule that names no reply code speaks of failures.
  private var isSuccess: Bool { lineClass &>> 1 == 1 }

  /// How many parts of the status code and digits of the reply code the rule names; `nil` where it
  /// wants other codes than those read.
  private mutating func codeFit(_ rule: UInt32) -> Candidate.CodeFit? {
    let (rules, patterns, code, status) = (image.rules, image.patterns, lineCode, match.status)
    let replyClass = lineClass
    let codes = rules[rule, .codeCount]
    if codes == 0, isSuccess { return nil }
    var fit = Candidate.CodeFit()
    if codes > 0 {
      let first = rules[rule, .firstCode]
      for index in first..<first &+ codes {
        let pattern = CodePattern(packed: patterns[index, .packed])
        if pattern.matches(code: code, class: replyClass) {
          fit.codeDigits = max(fit.codeDigits, pattern.fixedDigits)
        }
      }
      if fit.codeDigits == 0 { return nil }
    }
    let statuses = rules[rule, .statusCount]
    if statuses > 0 {
      let first = rules[rule, .firstStatus]
      for index in first..<first &+ statuses {
        let pattern = StatusPattern(packed: patterns[index, .packed])
        if pattern.matches(status: status) {
          fit.statusParts = max(fit.statusParts, pattern.fixedParts)
        }
      }
      if fit.statusParts == 0 { return nil }
    }
    return fit
  }

  private mutating func offer(
    _ rule: UInt32, _ phrase: UInt32?, end: Int, depth: UInt32, rank: UInt32,
    _ fit: Candidate.CodeFit, captures: Bool
  ) {
    let candidate = Candidate(
      rule: rule, phrase: phrase, end: end, rank: rank, depth: depth, fit: fit,
      hostFit: hostFit(image.rules[rule, .dialect]), over: image.rules[rule, .over],
      category: image.rules[rule, .category], captures: captures)
    trace?.candidates.append(candidate)
    if candidate.beats(match.winner) { match.winner = candidate }
  }

  private mutating func hostFit(_ source: UInt32) -> Candidate.HostFit {
    guard image.sources[source, .hostCount] > 0 else { return .unknown }
    let named = match.remoteHost.map { UnsafeBufferPointer(rebasing: bytes[$0]) }
    guard let host = knownHost ?? named else { return .unknown }
    if image.isHost(host, ofSource: source) { return .fits }
    return image.sources[source, .staysHome] == 1 ? .other : .unknown
  }

  /// Whether the rule is about the SMTP command that was answered, if it is about one at all.
  private mutating func takesCommand(_ rule: UInt32) -> Bool {
    let commands = image.rules[rule, .commands]
    return commands == 0 || commands & 1 << match.command != 0
  }

  /// What the tables tell of a rule, with this many literal words of its `text` said.
  private mutating func rank(_ rule: UInt32, words: UInt32) -> UInt32 {
    Candidate.rank(
      isDecided: image.categories[image.rules[rule, .category], .isUndecided] == 0,
      isFirm: image.rules[rule, .yields] == 0,
      words: Int(words + image.rules[rule, .moreWords]))
  }

  mutating func offerPendingRules() {
    for index in 0..<memory.pending.count { offer(memory.pending[index]) }
    guard let overflow = memory.overflow else { return }
    for entry in overflow.pending.values { offer(entry) }
  }

  private mutating func offer(_ entry: WalkMemory.PendingRule) {
    let required = image.rules[entry.rule, .required]
    // (Words may end with the one with which the rest of the report begins.)
    guard entry.roles & required == required, entry.token <= restStart, takesCommand(entry.rule)
    else { return }
    let rank = rank(entry.rule, words: entry.words)
    if trace == nil, let winner = match.winner, !winner.couldLose(toRank: rank, depth: entry.depth)
    {
      return
    }
    if isForbidden(entry) { return }
    offer(
      entry.rule, entry.phrase, end: Int(entry.end), depth: entry.depth, rank: rank, entry.fit,
      captures: entry.captures)
  }

  /// Whether words were said that the rule forbids.
  private mutating func isForbidden(_ entry: WalkMemory.PendingRule) -> Bool {
    let slots = image.rules[entry.rule, .forbiddenSlots]
    guard slots > 0 else { return false }
    let first = image.rules[entry.rule, .firstForbidden]
    // What a wrapper says around the reply forbids nothing in it.
    func counts(_ mark: Marks.Slot) -> Bool {
      mark.endDepth >= entry.depth && mark.token < restStart
    }
    // Far fewer such nodes were reached than a rule may forbid, unless the reply is hostile.
    if memory.marks.containsForbidding(where: {
      image.isForbidden($0.mark, first: first, slots: slots) && counts($0)
    }) {
      return true
    }
    guard let overflow = memory.overflow else { return false }
    return (first..<first + slots).contains {
      // (The last one stands furthest inside, but for those behind the reply.)
      overflow.marks[image.forbidden[$0, .mark]]?.last { $0.token < restStart }.map(counts) == true
    }
  }

  mutating func offerWordlessRules() {
    if trace == nil, let winner = match.winner, winner.beatsAllCodes { return }
    image.forEachWordlessRule(code: match.code, class: match.replyClass, status: match.status) {
      rule in
      guard let fit = codeFit(rule), takesCommand(rule) else { return }
      offer(rule, nil, end: 0, depth: 0, rank: rank(rule, words: 0), fit, captures: false)
    }
  }
}
