/// One walk of the automaton over one reply.
///
/// The state is the longest suffix of the words read so far that begins a phrase (Aho and
/// Corasick, over words instead of letters). A name, URL or number can be read in two ways: as
/// words, and as one placeholder. The walk therefore keeps, beside the state for the words, a few
/// *readings*: states in which some such thing was taken as a placeholder. A reading ends as soon
/// as its suffix no longer holds a placeholder, because from then on the words alone say the same.
struct ReplyWalk {
  /// Those of an image that lives longer than the walk.
  let tables: UnsafePointer<MatchingTables>
  let bytes: UnsafeBufferPointer<UInt8>
  private var lexer: ReplyLexer
  let knownHost: UnsafeBufferPointer<UInt8>?

  var image: MatchingTables { @inline(__always) get { tables.pointee } }

  var state: UInt32 = 0
  private(set) var tokenCount: UInt32 = 0
  /// Of the last host's name: its first token, and where it ends.
  private var nameStart: UInt32 = 0
  private var nameEnd = 0
  /// Of the last URL: the first token behind its host, and where it ends.
  private var pathToken: UInt32 = 0
  private var urlEnd = 0
  /// Behind which word the last phrase ended that says nothing of the cause.
  var emptyWordEnd: UInt32 = 0
  var memory: WalkMemory

  /// A status code that came only after words of its reply, `User unknown (#5.1.1)`, when the walk is
  /// made a second time: the rules have to know it from the start.
  let foretold: LateStatus?
  var late: LateStatus?

  struct LateStatus {
    let depth: UInt32
    let status: UInt32
  }

  var match = ReplyMatch()
  /// How many replies around this one quote it.
  var depth: UInt32 = 0
  /// The same of the words being read: its wrapper may go on behind a quoted reply.
  var wordDepth: UInt32 = 0
  var hasOwnCode = false
  var hasOwnStatus = false
  var hasWords = false
  /// Whether nothing but codes was read of the reply whose text is wanted.
  var isAtHead = true
  /// The code in front of the line being read: it can differ from the reply's in a transcript.
  var lineCode: UInt32 = 0
  /// Whether the words in front of the quoted reply say which command it answers: of a probe of the
  /// sender's address, that is `MAIL FROM`, whatever `RCPT TO` it tried elsewhere.
  private var quoteNamesCommand = false
  /// The longest phrase of a wrapper that ended last.
  private var wrapperWords: (firstToken: UInt32, end: Int) = (0, 0)
  private var lastIP: Range<Int>?
  private var lastAddress: Range<Int>?
  /// The token with which the phrase began that ends here, or the part of one.
  private var phraseStart: UInt32 = 0
  /// The token with which a wrapper's words for the rest of the report began: nothing from there on
  /// counts.
  private(set) var restStart = UInt32.max
  /// `nil` unless somebody asks why: it costs time and memory.
  let trace: ReplyTrace.Recorder?

  /// Walks over a reply.
  static func match(
    _ tables: UnsafePointer<MatchingTables>, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?
  ) -> ReplyMatch {
    WalkMemory.with { memory in
      var walk = ReplyWalk(tables, bytes, remoteHost, memory, foretold: nil, trace: nil)
      walk.run()
      return walk.match
    }
  }

  /// The same; the recorder takes note of everything that was seen on the way.
  static func match(
    _ tables: UnsafePointer<MatchingTables>, _ bytes: UnsafeBufferPointer<UInt8>,
    remoteHost: UnsafeBufferPointer<UInt8>?, _ recorder: ReplyTrace.Recorder
  ) -> ReplyMatch {
    WalkMemory.with { memory in
      var walk = ReplyWalk(tables, bytes, remoteHost, memory, foretold: nil, trace: recorder)
      walk.run()
      return walk.match
    }
  }

  private init(
    _ tables: UnsafePointer<MatchingTables>, _ bytes: UnsafeBufferPointer<UInt8>,
    _ remoteHost: UnsafeBufferPointer<UInt8>?, _ memory: consuming WalkMemory,
    foretold: LateStatus?, trace: ReplyTrace.Recorder?
  ) {
    (self.tables, knownHost) = (tables, remoteHost)
    // The walk counts in 32 bits.
    self.bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Int(clamping: UInt32.max)))
    lexer = ReplyLexer(self.bytes)
    self.memory = memory
    (self.foretold, self.trace) = (foretold, trace)
    useForetoldStatus()
  }

  /// Walks; a second time where a status code came late.
  private mutating func run() {
    walk()
    guard let late else { return }
    memory.reset()
    trace?.reset()
    self = ReplyWalk(tables, bytes, knownHost, memory, foretold: late, trace: trace)
    walk()
  }

  private mutating func walk() {
    walkWords()
    wakeReadings(at: bytes.count)
    lineCode = match.code
    offerPendingRules()
    offerWordlessRules()
  }

  // MARK: - The walk

  /// Steps from word to word, and to whatever stands between the plain ones: what most of a reply is
  /// made of, this loop handles with variables of its own.
  private mutating func walkWords() {
    let image = self.image
    var words = lexer.plainWords(LetterBlock(memory.letters))
    var (state, tokenCount) = (self.state, self.tokenCount)
    var knownWordCount = 0
    defer { match.knownWordCount += knownWordCount }
    while true {
      guard let word = words.next() else {
        if words.position != lexer.position { didWalk(words, tokenCount) }
        self.state = state
        guard walkThing(), match.reportEnd == nil else { return }
        (state, tokenCount) = (self.state, self.tokenCount)
        words = lexer.plainWords(words.block)
        continue
      }
      let symbol = image.symbol(of: word, in: words.block)
      knownWordCount &+= symbol == Symbol.unknownWord ? 0 : 1
      state = image.next(state, symbol)
      wakeReadings(at: Int(word.start))
      tokenCount &+= 1
      let ending = image.states[state, .ending]
      guard ending != 0 || memory.readings.count > 0 else { continue }
      didWalk(words, tokenCount)
      report(ending, since: 0, skew: 0, end: Int(word.end), name: Offsets())
      if memory.readings.count > 0 { stepReadings(symbol, endingAt: Int(word.end)) }
      if match.reportEnd != nil { return }
    }
  }

  /// Whether a part of a phrase takes a piece out of a host's name, which says nothing: of
  /// `host relay.example.net`, that are `relay` and `host relay`.
  @inline(__always)
  private func isPieceOfName(from firstToken: UInt32, endingAt end: Int) -> Bool {
    end <= nameEnd && (firstToken == tokenCount || end < nameEnd && firstToken < nameStart)
  }

  /// Whether words stand in the path of a URL: no phrase begins there, because a page is called after
  /// other errors too, unless the words are a code. (With the host's name in front, it is known what
  /// the page tells.)
  @inline(__always)
  private func isInPath(from firstToken: UInt32, endingAt end: Int) -> Bool {
    end <= urlEnd && firstToken >= pathToken && !bytes.hasDigit(inWordBefore: end)
  }

  @inline(__always)
  private mutating func didWalk(_ words: PlainWords, _ tokenCount: UInt32) {
    lexer.didReadPlainWords(endingAt: words.position)
    (self.tokenCount, hasWords, isAtHead) = (tokenCount, true, false)
  }

  /// Reads whatever stands here; `false` at the end of the reply.
  private mutating func walkThing() -> Bool {
    guard let token = lexer.next() else { return false }
    wakeReadings(at: token.start)
    switch token.kind {
    case .replyCode: readCode(token)
    case .statusCode: readStatus(token)
    case .address:
      lastAddress = token.start..<token.end
      step(TokenClass.address.rawValue, token)
    case .ip:
      lastIP = token.start..<token.end
      step(TokenClass.ip.rawValue, token)
    case .word:
      let symbol = image.symbol(of: token, in: bytes)
      if symbol != Symbol.unknownWord, !token.isCount { match.knownWordCount += 1 }
      step(symbol, token)
    }
    return true
  }

  private mutating func step(_ symbol: UInt32, _ token: Token) {
    tokenCount += 1
    (hasWords, isAtHead) = (true, false)
    let older = memory.readings.count
    if token.isCount { fork(.count, token.start, token.end, older) }
    if let spanClass = token.spanClass {
      fork(spanClass, token.start, token.spanEnd, older)
      if spanClass == .url {
        // (`http`, and a host whose name has one label.)
        (pathToken, urlEnd) = (tokenCount + 2, token.spanEnd)
      } else if spanClass == .name, token.start < urlEnd, tokenCount + 1 == pathToken {
        pathToken = tokenCount + UInt32(bytes.wordCount(in: token.start..<token.spanEnd))
      } else if spanClass == .name, token.start >= urlEnd,
        bytes.isHost(token.start..<token.spanEnd)
      {
        (nameStart, nameEnd) = (tokenCount, token.spanEnd)
      }
    }

    state = image.next(state, symbol)
    report(
      image.states[state, .ending], since: 0, skew: 0, end: token.end, name: Offsets())
    if older > 0 { stepReadings(symbol, endingAt: token.end) }
  }

  /// Takes note of every phrase, or part of one, that ends here and is longer than `since` symbols.
  @inline(__always)
  mutating func report(
    _ ending: UInt32, since: UInt32, skew: UInt32, end: Int, name: Offsets
  ) {
    if ending != 0 { reportAll(ending, since: since, skew: skew, end: end, name: name) }
  }

  private mutating func reportAll(
    _ ending: UInt32, since: UInt32, skew: UInt32, end: Int, name: Offsets
  ) {
    // A wrapper's last words are its own, not the quoted reply's.
    let depth = wordDepth
    let endings = image.endings
    let counted = trace == nil ? CatalogueImage.EndingColumn.outputCount : .tracedCount
    let isInThing = end <= nameEnd || end <= urlEnd
    var ending = ending
    while ending != 0 {
      let length = endings[ending, .depth]
      guard length > since else { return }
      defer { ending = endings[ending, .next] }
      let firstToken = tokenCount &- skew &- (length &- 1)
      var count = endings[ending, counted]
      if isInThing, isPieceOfName(from: firstToken, endingAt: end) {
        trace?.addPieces(image, endings[ending, .firstOutput], count, end: end)
        continue
      }
      if isInThing, isInPath(from: firstToken, endingAt: end) {
        trace?.addPieces(image, endings[ending, .firstOutput], count, end: end)
        count = 0
      } else {
        let mark = endings[ending, .mark]
        if mark != 0 { memory.mark(mark, token: tokenCount, depth: depth, endDepth: depth) }
      }
      let mayGoOn = memory.marks.filter.mayHaveAny(of: endings[ending, .parents])
      phraseStart = firstToken
      if count > 0 {
        complete(
          endings[ending, .firstOutput], count, depth: depth, endDepth: depth, end: end, name: name)
      }
      if mayGoOn {
        reachLaterNodes(
          endings[ending, .continuation], from: firstToken, depth: depth, end: end, name: name)
      }
    }
  }

  /// Takes note of a phrase's part, if all parts before it came before. Taking each part where it
  /// first fits leaves the most room for the next, so nothing is missed.
  private mutating func reachLaterNodes(
    _ continuation: UInt32, from firstToken: UInt32, depth: UInt32, end: Int, name: Offsets
  ) {
    var node = image.continuations[continuation, .firstNode]
    let nodesEnd = node &+ image.continuations[continuation, .nodeCount]
    let (parents, reached) = (image.parents, memory.marks.filter)
    while node < nodesEnd {
      // (What is reached here ends with these very words: none of them stands behind it.)
      if reached.mayHave(parents[node, .mark]) {
        reachLaterNode(node, from: firstToken, depth: depth, end: end, name: name)
      }
      node &+= 1
    }
  }

  /// (Apart, so that the search for such nodes, of which there are many, stays a short loop.)
  @inline(never)
  private mutating func reachLaterNode(
    _ node: UInt32, from firstToken: UInt32, depth: UInt32, end: Int, name: Offsets
  ) {
    guard let before = memory.depth(of: image.parents[node, .mark], before: firstToken) else {
      return
    }
    // What begins outside a quoted reply, and ends inside, is not all said there.
    let (depth, endDepth) = (min(depth, before), depth)
    let mark = image.nodes[node, .mark]
    if mark != 0 { memory.mark(mark, token: tokenCount, depth: depth, endDepth: endDepth) }
    let count = image.nodes[node, trace == nil ? .outputCount : .tracedCount]
    if count > 0 {
      complete(
        image.nodes[node, .firstOutput], count, depth: depth, endDepth: endDepth, end: end,
        name: name)
    }
  }

  /// Whether there is anything to go by yet.
  private var hasFoundAnything: Bool {
    match.winner != nil || memory.pending.count > 0 || match.code != 0 || match.status != 0
  }

  mutating func unwrap(_ wrapper: UInt32, _ phrase: UInt32, end: Int, name: Offsets) {
    if image.wrappers[wrapper, .needsCode] == 1, hasOwnCode || !lexer.isCodeNext() { return }
    let quotesReply = image.wrappers[wrapper, .quotesReply] == 1
    // After a reply's code, its own words may name other hosts: the client, a blocklist.
    if quotesReply || !hasOwnCode {
      if image.wrappers[wrapper, .namesHost] == 1, name.end > 0 { match.remoteHost = name.range }
      if image.wrappers[wrapper, .namesIP] == 1 { match.remoteIP = lastIP }
    }
    // The longest phrase of those that end here knows best: `orig_to=<…>, relay`.
    let isLongest = end != wrapperWords.end || phraseStart < wrapperWords.firstToken
    if isLongest { wrapperWords = (phraseStart, end) }
    if isLongest, image.wrappers[wrapper, .namesRecipient] == 1 {
      match.recipient = lastAddress.flatMap { bytes.isSenderInQueue($0) ? nil : $0 }
    }
    let command = image.wrappers[wrapper, .command]
    // (The shorter phrases of a wrapper end where its longest does.)
    if quotesReply, command != 0 || end != match.replyStart { quoteNamesCommand = command != 0 }
    if command != 0, quotesReply || !quoteNamesCommand { match.command = command }
    if quotesReply {
      enterQuote(at: end)
      lexer.expectReply()
    } else {
      if isLongest { match.trailer = (phrase, end) }
      if image.wrappers[wrapper, .endsReport] == 1, hasFoundAnything {
        (match.reportEnd, restStart) = (end, phraseStart)
        match.restStart = bytes.start(ofWords: tokenCount &- phraseStart &+ 1, before: end)
      }
    }
  }
}
