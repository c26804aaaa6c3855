/// What a reply names, as byte ranges and numbers: what a verdict says beside its `RuleAnswer`.
package struct ReplyFacts {
  /// What the placeholders took, at the place of each among `Placeholder.allCases`.
  private var captures = [9 of Range<Int>?](repeating: nil)
  /// Where the wrapper names the server that replied.
  package fileprivate(set) var remoteHost: Range<Int>?
  package fileprivate(set) var remoteIP: Range<Int>?
  package fileprivate(set) var recipient: Range<Int>?
  /// The place among the sources of the blocklist that the reply names, where it has an entry.
  package fileprivate(set) var blocklist: UInt32?
  /// The place among the sources of the one whose words these are, or whose host replied.
  package fileprivate(set) var provider: UInt32?
  /// Where the text names one of the rule's error codes.
  package fileprivate(set) var errorCode: Range<Int>?
  /// Whether there is any detail beside the wrapper's.
  package fileprivate(set) var hasCaptures = false

  package fileprivate(set) subscript(placeholder: Placeholder) -> Range<Int>? {
    get { captures[placeholder.place] }
    set { captures[placeholder.place] = newValue }
  }

  /// A captured `{count}`.
  package func count(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    self[.count].flatMap { Int(String(readable: bytes[$0])) }
  }

  /// The seconds of a captured `{duration}`.
  package func retryAfter(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    self[.duration].flatMap { Quantity.value(of: String(readable: bytes[$0])) }
  }

  /// The bytes of a captured `{size}`.
  package func size(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    self[.size].flatMap { Quantity.value(of: String(readable: bytes[$0])) }
  }
}

extension Placeholder {
  /// The place among `allCases`.
  fileprivate var place: Int {
    switch self {
    case .address: 0
    case .ip: 1
    case .domain: 2
    case .host: 3
    case .blocklist: 4
    case .url: 5
    case .count: 6
    case .duration: 7
    case .size: 8
    }
  }
}

/// Reads the facts and the text of replies, one after the other, in memory that is used again.
package struct ReplyFactReader {
  private let sources: SourceIndex
  private var locator: PhraseLocator
  private var tokens: ReplyTokens
  private var text: ReplyText
  private(set) var location = PhraseLocator.Location()

  package init(_ classifier: BounceClassifier) {
    sources = classifier.sources
    locator = PhraseLocator(classifier.image)
    tokens = ReplyTokens(classifier.image)
    text = ReplyText(classifier.image)
  }

  /// - Parameters:
  ///   - bytes: The reply, which has to stay where it is until its text has been read.
  ///   - errorCodes: Those that the phrases of the rule that won name.
  ///   - remoteHost: The server that gave the reply, where the caller knows it.
  ///   - wantsWords: Whether the place of the matched words is wanted too.
  package mutating func read(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>, errorCodes: ErrorCodes,
    remoteHost: UnsafeBufferPointer<UInt8>?, wantsWords: Bool = false
  ) -> ReplyFacts {
    // What the walk did not read says nothing here either.
    let bytes = UnsafeBufferPointer(rebasing: bytes[..<(match.reportEnd ?? bytes.count)])
    tokens.begin(bytes, replyStart: match.replyStart)
    var facts = ReplyFacts()
    location.removeAll()
    locator.locate(match, wantsWords: wantsWords, in: &tokens, into: &location)
    for capture in location.captures { facts[capture.placeholder] = capture.range }
    readNamed(match, in: bytes, into: &facts)
    facts.remoteHost = match.remoteHost
    facts.remoteIP = match.remoteIP
    facts.recipient = match.recipient
    facts.blocklist = facts[.blocklist].flatMap { name in
      sources.owner(ofHost: UnsafeBufferPointer(rebasing: bytes[name]), kind: .blocklist)
    }
    let rule = match.ruleIndex.map(UInt32.init)
    if facts.blocklist == nil, let list = rule.flatMap(sources.blocklist) {
      readListing(by: list, behind: match.replyStart, into: &facts)
    }
    facts.hasCaptures =
      !location.captures.isEmpty || facts.blocklist != nil
      || facts[.address] != nil || facts[.url] != nil || facts[.ip] != nil
    facts.provider = sources.provider(
      of: rule,
      remoteHost: remoteHost
        ?? match.remoteHost.map { UnsafeBufferPointer(rebasing: bytes[$0]) })
    text.read(match, in: &tokens)
    facts.errorCode = withText { errorCodes.first(in: $0) }
    return facts
  }

  /// What a reply names though no placeholder takes it: the address with which many servers begin
  /// because the reply is about it (`550 5.1.1 <x@example.com>: User unknown`), the first URL, and the IP
  /// address, if it is the only one.
  private mutating func readNamed(
    _ match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>, into facts: inout ReplyFacts
  ) {
    guard match.headEnd > 0 else { return }
    let end = max(match.headEnd, match.replyEnd ?? bytes.count)
    let reply = UnsafeBufferPointer(rebasing: bytes[match.headEnd..<end])
    let (mayHaveURL, mayHaveIP) = reply.mayHaveURLOrIP
    var lexer = ReplyLexer(reply)
    var (isFirst, urlEnd, ips) = (true, 0, [Range<Int>]())
    while let token = lexer.next() {
      let range = match.headEnd + token.start..<match.headEnd + token.end
      if isFirst, token.kind == .address, facts[.address] == nil { facts[.address] = range }
      isFirst = false
      guard mayHaveURL && facts[.url] == nil || mayHaveIP && ips.count < 2 else { break }
      if token.kind == .ip, token.start >= urlEnd {
        ips.append(range)
      } else if token.spanClass == .url {
        urlEnd = token.spanEnd
        let url = range.lowerBound..<match.headEnd + urlEnd
        if facts[.url] == nil { facts[.url] = url }
      }
    }
    if facts[.ip] == nil, ips.count == 1 { facts[.ip] = ips[0] }
  }

  /// What a reply names that only says the words of a blocklist's rule: the list's zone, and the IP
  /// address that stands on it.
  private mutating func readListing(
    by list: UInt32, behind start: Int, into facts: inout ReplyFacts
  ) {
    facts.blocklist = list
    _ = tokens.wordCount(before: tokens.bytes.count)
    for word in tokens.words where word.start >= start {
      if word.kind == .ip, facts[.ip] == nil { facts[.ip] = word.start..<word.end }
      guard facts[.blocklist] == nil, word.spanClass == .name else { continue }
      let name = word.start..<word.spanEnd
      let host = UnsafeBufferPointer(rebasing: tokens.bytes[name])
      if sources.owner(ofHost: host, kind: .blocklist) == list { facts[.blocklist] = name }
    }
  }

  /// The text of the reply that was read last: without codes, wrapper and line breaks.
  package func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let range = text.range { return body(UnsafeBufferPointer(rebasing: tokens.bytes[range])) }
    return text.folded.withUnsafeBufferPointer(body)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether there may be a URL or an IP address: most replies have neither, and need no second look.
  fileprivate var mayHaveURLOrIP: (url: Bool, ip: Bool) {
    var (index, dots, hasURL, hasIP) = (0, 0, false, false)
    while index < count {
      if index &+ 8 <= count {
        let group = EightBytes(self, at: index)
        if group.within(0x2E...0x2E) | group.within(0x3A...0x3A) == 0 {
          (index, dots) = (index &+ 8, 0)
          continue
        }
      }
      let next = byte(index &+ 1)
      switch self[index] {
      case UInt8(ascii: "."): dots += next.isDigit ? 1 : 0
      case UInt8(ascii: ":"):
        hasURL = hasURL || next == UInt8(ascii: "/")
        hasIP = hasIP || next == UInt8(ascii: ":")
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      default: dots = 0
      }
      hasIP = hasIP || dots == 3
      index &+= 1
    }
    return (hasURL, hasIP)
  }
}

// MARK: - What the facts stand for

extension BounceClassifier {
  /// What a verdict says by the rule that won and the reply's kind alone.
  package func answer(to match: ReplyMatch) -> RuleAnswer { RuleAnswer(to: match, by: self) }

  /// The heads of all rule files; `ReplyFacts` names them by their place.
  package var allSources: [Source] { (0..<UInt32(image.matching.sources.count)).map(image.source) }
}
