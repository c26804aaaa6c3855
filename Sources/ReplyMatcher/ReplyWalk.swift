/// One walk of the automaton over one reply.
///
/// The state is the longest suffix of the words read so far that begins a phrase (Aho and
/// Corasick, over words instead of letters). A name, URL or number can be read in two ways: as
/// words, and as one placeholder. The walk therefore keeps, beside the state for the words, a few
/// *readings*: states in which some such thing was taken as a placeholder. A reading ends as soon
/// as its suffix no longer holds a placeholder, because from then on the words alone say the same.
struct ReplyWalk {
  /// A state in which the last `since` symbols and the placeholder before them belong together.
  private struct Reading {
    var state: UInt32 = 0
    /// It sleeps until the thing read as a placeholder has passed.
    var resumeAt = 0
    var isAwake = false
    var since: UInt32 = 0
    /// The token at which it was made, and by how many tokens its symbols are fewer.
    var token: UInt32 = 0
    var skew: UInt32 = 0
    /// The last name taken as a placeholder.
    var nameStart = 0
    var nameEnd = 0
  }

  private let image: CatalogueImage
  private let bytes: UnsafeBufferPointer<UInt8>
  private var lexer: ReplyLexer
  private var knownHost: UnsafeBufferPointer<UInt8>?

  private var state: UInt32 = 0
  private var tokenCount: UInt32 = 0
  /// No two are alike, and each needs a phrase of its own that has come as far as it: four would be
  /// many. Beyond the limit the newest is dropped.
  private var readings = [16 of Reading](repeating: Reading())
  private var readingCount = 0
  private var progress = Progress()

  /// A status code that came only after words of its reply, `User unknown (#5.1.1)`, when the walk is
  /// made a second time: the rules have to know it from the start.
  private let foretold: LateStatus?
  private var late: LateStatus?

  private struct LateStatus {
    let depth: UInt32
    let status: UInt32
  }

  private var match = ReplyMatch()
  /// How many replies around this one quote it.
  private var depth: UInt32 = 0
  private var hasOwnCode = false
  private var hasOwnStatus = false
  private var hasWords = false
  /// The code in front of the line being read: it can differ from the reply's in a transcript.
  private var lineCode: UInt32 = 0
  private var lastIP: Range<Int>?
  /// `nil` unless somebody asks why: it costs time and memory.
  private var trace: ReplyTrace?

  /// Walks over a reply; a second time where its status code came late.
  static func match(
    _ image: CatalogueImage, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?
  ) -> ReplyMatch {
    lastWalk(image, bytes, remoteHost: remoteHost, trace: nil).match
  }

  /// The same, with everything that was seen on the way.
  static func trace(
    _ image: CatalogueImage, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?
  ) -> ReplyTrace {
    let walk = lastWalk(image, bytes, remoteHost: remoteHost, trace: ReplyTrace())
    var trace = walk.trace!
    trace.match = walk.match
    trace.settle()
    return trace
  }

  private static func lastWalk(
    _ image: CatalogueImage, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?, trace: ReplyTrace?
  ) -> ReplyWalk {
    var walk = ReplyWalk(image, bytes, remoteHost: remoteHost, foretold: nil, trace)
    walk.run()
    guard let late = walk.late else { return walk }
    var again = ReplyWalk(image, bytes, remoteHost: remoteHost, foretold: late, trace)
    again.run()
    return again
  }

  private init(
    _ image: CatalogueImage, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?, foretold: LateStatus?, _ trace: ReplyTrace?
  ) {
    (self.image, self.bytes, knownHost, self.foretold) = (image, bytes, remoteHost, foretold)
    (lexer, self.trace) = (ReplyLexer(bytes), trace)
    useForetoldStatus()
  }

  private mutating func run() {
    while let token = lexer.next() {
      wakeReadings(at: token.start)
      switch token.kind {
      case .replyCode: readCode(token)
      case .statusCode: readStatus(token)
      case .address: step(TokenClass.address.rawValue, token)
      case .ip:
        lastIP = token.start..<token.end
        step(TokenClass.ip.rawValue, token)
      case .word: step(image.symbol(of: token, in: bytes), token)
      }
    }
    wakeReadings(at: bytes.count)
    lineCode = match.code
    offerRulesOfSeveralPhrases()
    offerWordlessRules()
  }

  // MARK: - The reply's head

  private mutating func readCode(_ token: Token) {
    if token.opensQuote { enterQuote(at: token.start) }
    lineCode = token.code
    // In a transcript the first failure counts, not the successes before it.
    guard !hasOwnCode || (match.code < 400 && token.code >= 400) else { return }
    if hasOwnCode { match.replyStart = token.start }
    (match.code, hasOwnCode) = (token.code, true)
    if match.status >> 20 != token.code / 100, foretold?.depth != depth {
      (match.status, hasOwnStatus) = (0, false)
    }
  }

  private mutating func readStatus(_ token: Token) {
    // Behind words, a number of another class than the code's is no status: `Postfix (2.11.0)`.
    // Nor is that of the next reply in a transcript this one's.
    let isForeign =
      hasOwnCode && (lineCode != match.code || hasWords && token.code >> 20 != match.code / 100)
    guard !hasOwnStatus, !isForeign else { return }
    (match.status, hasOwnStatus) = (token.code, true)
    if hasWords { late = LateStatus(depth: depth, status: token.code) }
  }

  private mutating func useForetoldStatus() {
    guard let foretold, foretold.depth == depth else { return }
    (match.status, hasOwnStatus) = (foretold.status, true)
  }

  /// From here on a reply is quoted. Until it shows its own codes, those of the wrapper hold.
  private mutating func enterQuote(at start: Int) {
    depth += 1
    match.replyStart = start
    match.trailer = nil
    (hasOwnCode, hasOwnStatus, hasWords) = (false, false, false)
    useForetoldStatus()
  }

  // MARK: - The walk

  private mutating func step(_ symbol: UInt32, _ token: Token) {
    tokenCount += 1
    hasWords = true
    let older = readingCount
    if token.isCount { fork(.count, token.start, token.end, older) }
    if let spanClass = token.spanClass { fork(spanClass, token.start, token.spanEnd, older) }

    state = image.next(state, symbol)
    if state != 0 { report(state, since: 0, skew: 0, end: token.end, name: nil) }

    var index = 0
    while index < readingCount {
      guard readings[index].isAwake else {
        index += 1
        continue
      }
      readings[index].state = image.next(readings[index].state, symbol)
      readings[index].since += 1
      let reading = readings[index]
      if image.states[reading.state, .depth] <= reading.since {
        readingCount -= 1
        readings[index] = readings[readingCount]
        continue
      }
      report(
        reading.state, since: reading.since, skew: reading.skew, end: token.end,
        name: reading.nameStart..<reading.nameEnd)
      index += 1
    }
  }

  /// Adds a reading that takes a thing as one placeholder, from each state that has such an edge.
  private mutating func fork(_ tokenClass: TokenClass, _ start: Int, _ end: Int, _ older: Int) {
    func forked(_ origin: Reading) -> Reading? {
      let target = image.next(origin.state, tokenClass.rawValue)
      guard target != 0 else { return nil }
      var reading = origin
      (reading.state, reading.resumeAt, reading.isAwake) = (target, end, false)
      (reading.since, reading.token) = (0, tokenCount)
      if tokenClass == .name { (reading.nameStart, reading.nameEnd) = (start, end) }
      return reading
    }
    add(forked(Reading(state: state)))
    for index in 0..<older where readings[index].isAwake { add(forked(readings[index])) }
  }

  /// Adds a reading unless it says the same as another: then the one that begins later stays, which
  /// leaves the parts of a phrase before it the most room.
  private mutating func add(_ reading: Reading?) {
    guard let reading else { return }
    for index in 0..<readingCount
    where readings[index].state == reading.state && readings[index].resumeAt == reading.resumeAt
      && readings[index].since == reading.since
    {
      if reading.skew + readings[index].token < readings[index].skew + reading.token {
        readings[index] = reading
      }
      return
    }
    guard readingCount < readings.count else { return }
    readings[readingCount] = reading
    readingCount += 1
  }

  private mutating func wakeReadings(at position: Int) {
    for index in 0..<readingCount
    where !readings[index].isAwake && readings[index].resumeAt <= position {
      readings[index].isAwake = true
      readings[index].skew += tokenCount - readings[index].token
      let reading = readings[index]
      report(
        reading.state, since: 0, skew: reading.skew, end: reading.resumeAt,
        name: reading.nameStart..<reading.nameEnd)
    }
  }

  /// Takes note of every phrase, or part of one, that ends here and is longer than `since` symbols.
  private mutating func report(
    _ state: UInt32, since: UInt32, skew: UInt32, end: Int, name: Range<Int>?
  ) {
    var state = state
    while state != 0 {
      let length = image.states[state, .depth]
      guard length > since else { return }
      for output in image.states[state, .outputs]..<image.states[state + 1, .outputs] {
        let phrase = image.outputs[output, .phrase]
        let firstToken = tokenCount - skew - (length - 1)
        if image.phrases[phrase, .segmentCount] == 1
          || completes(phrase, image.outputs[output, .segment], firstToken)
        {
          complete(phrase, end: end, name: name)
        }
      }
      state = image.states[state, .outputLink]
    }
  }

  /// Whether this part is the last of its phrase and all others came before it, in order. Taking
  /// each part where it first fits leaves the most room for the next, so nothing is missed.
  private mutating func completes(_ phrase: UInt32, _ segment: UInt32, _ firstToken: UInt32) -> Bool
  {
    let isLast = segment + 1 == image.phrases[phrase, .segmentCount]
    var isComplete = false
    let token = tokenCount
    progress.update(Progress.key(phrase: phrase)) { entry in
      guard segment == entry.state, segment == 0 || firstToken > entry.mark else { return }
      if isLast {
        isComplete = true
      } else {
        (entry.state, entry.mark) = (segment + 1, token)
      }
    }
    return isComplete
  }

  private mutating func complete(_ phrase: UInt32, end: Int, name: Range<Int>?) {
    let owner = image.phrases[phrase, .owner]
    let role = image.phrases[phrase, .role]
    if role == CatalogueImage.Role.wrapper { return unwrap(owner, phrase, end: end, name: name) }

    let isUnless = role == CatalogueImage.Role.unless
    let codeFit = codeFit(owner)
    trace?.phrases.append(
      .init(
        rule: owner, index: phrase - image.rules[owner, .firstPhrase], takesCodes: codeFit != nil))
    guard let fit = codeFit ?? (isUnless ? (0, 0) : nil) else { return }
    let words = image.phrases[phrase, .words]
    if image.rules[owner, .required] == 0 {
      offer(owner, phrase, end: end, depth: depth, words: words, fit)
      return
    }
    let (depth, isText) = (depth, role == CatalogueImage.Role.text)
    progress.update(Progress.key(rule: owner)) { entry in
      let isNew = entry.state & 1 << role == 0
      entry.state |= 1 << role
      guard !isUnless, isNew || (isText && words > entry.mark) else { return }
      if isText { entry.mark = words }
      (entry.phrase, entry.end, entry.depth) = (phrase, end, depth)
      (entry.statusParts, entry.codeDigits) = fit
    }
  }

  private mutating func unwrap(_ wrapper: UInt32, _ phrase: UInt32, end: Int, name: Range<Int>?) {
    let quotesReply = image.wrappers[wrapper, .quotesReply] == 1
    // After a reply's code, its own words may name other hosts: the client, a blocklist.
    if quotesReply || !hasOwnCode {
      if image.wrappers[wrapper, .namesHost] == 1, let name { match.remoteHost = name }
      if image.wrappers[wrapper, .namesIP] == 1 { match.remoteIP = lastIP }
    }
    if image.wrappers[wrapper, .commandLength] > 0 { match.commandWrapper = wrapper }
    if quotesReply {
      enterQuote(at: end)
      lexer.expectReply()
    } else {
      match.trailer = (phrase, end)
    }
  }

  // MARK: - Candidates

  /// How many parts of the status code and digits of the reply code the rule names; `nil` where it
  /// wants other codes than those read.
  private func codeFit(_ rule: UInt32) -> (statusParts: UInt32, codeDigits: UInt32)? {
    let replyClass = lineCode != 0 ? lineCode / 100 : match.status >> 20
    let codes = image.rules[rule, .codeCount]
    // A rule that names no code speaks of failures.
    if codes == 0, replyClass == 2 || replyClass == 3 { return nil }
    let codeDigits = closestPattern(image.rules[rule, .firstCode], codes) { packed in
      let pattern = CodePattern(packed: packed)
      return pattern.matches(code: lineCode, class: replyClass) ? pattern.fixedDigits : 0
    }
    let statusParts = closestPattern(
      image.rules[rule, .firstStatus], image.rules[rule, .statusCount]
    ) { packed in
      let pattern = StatusPattern(packed: packed)
      return pattern.matches(status: match.status) ? pattern.fixedParts : 0
    }
    guard let codeDigits, let statusParts else { return nil }
    return (statusParts, codeDigits)
  }

  /// How much the closest of some patterns gives; 0 where there are none, `nil` where none fits.
  private func closestPattern(
    _ first: UInt32, _ count: UInt32, _ fit: (_ packed: UInt32) -> UInt32
  ) -> UInt32? {
    if count == 0 { return 0 }
    var closest: UInt32 = 0
    for index in first..<first + count {
      closest = max(closest, fit(image.patterns[index, .packed]))
    }
    return closest == 0 ? nil : closest
  }

  private mutating func offer(
    _ rule: UInt32, _ phrase: UInt32?, end: Int, depth: UInt32, words: UInt32,
    _ fit: (statusParts: UInt32, codeDigits: UInt32)
  ) {
    let category = image.rules[rule, .category]
    let candidate = Candidate(
      rule: rule, phrase: phrase, end: end,
      isDecided: image.categories[category, .isUndecided] == 0,
      isFirm: image.rules[rule, .yields] == 0, depth: depth, words: words,
      statusParts: fit.statusParts, codeDigits: fit.codeDigits,
      hostFit: hostFit(image.rules[rule, .dialect]), over: image.rules[rule, .over],
      category: category)
    trace?.candidates.append(candidate)
    if candidate.beats(match.winner) { match.winner = candidate }
  }

  private func hostFit(_ source: UInt32) -> Candidate.HostFit {
    guard image.sources[source, .hostCount] > 0 else { return .unknown }
    if let host = knownHost { return image.isHost(host, ofSource: source) ? .fits : .other }
    guard let range = match.remoteHost else { return .unknown }
    return image.isHost(UnsafeBufferPointer(rebasing: bytes[range]), ofSource: source)
      ? .fits : .other
  }

  private mutating func offerRulesOfSeveralPhrases() {
    let seen = progress
    seen.forEachRule { rule, entry in
      let required = image.rules[rule, .required]
      guard entry.state & required == required, entry.state >> CatalogueImage.Role.unless == 0
      else { return }
      offer(
        rule, entry.phrase, end: entry.end, depth: entry.depth,
        words: entry.mark + image.rules[rule, .allWords], (entry.statusParts, entry.codeDigits))
    }
  }

  private mutating func offerWordlessRules() {
    image.forEachWordlessRule(code: match.code, class: match.replyClass, status: match.status) {
      rule in
      guard let fit = codeFit(rule) else { return }
      offer(rule, nil, end: 0, depth: 0, words: 0, fit)
    }
  }
}
