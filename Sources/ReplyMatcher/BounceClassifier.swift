/// Tells why a mail was refused, by the rules of one catalogue.
///
/// ```swift
/// import BounceCatalogue
///
/// let verdict = BounceClassifier.standard.classify("554 Bad DNS PTR resource record")
/// verdict.category   // .hostIdentity
/// verdict.action     // .fix
/// ```
///
/// A classifier is a value that never changes: share it between tasks as you like; a copy shares its
/// tables. Any input is legal, takes time linear in its length, and gets a verdict. Only the first
/// 4 GiB of a reply count.
///
/// Whoever uses a generated catalogue first, such as `standard`, waits some milliseconds for its tables
/// to be unpacked; others who come meanwhile wait too.
public struct BounceClassifier: Sendable {
  let image: CatalogueImage
  let sources: SourceIndex
  /// All categories, in rank order: the undecided one is the last. They are at hand: reading costs
  /// nothing.
  public let categories: [CategoryInfo]

  package init(image: CatalogueImage) {
    (self.image, sources) = (image, SourceIndex(image))
    categories = (0..<UInt32(image.matching.categories.count)).map(image.categoryInfo)
  }

  /// For the code that the `CompileRules` plugin generates, not for you: the arguments are its tables,
  /// and others stop the program.
  public init(numbers: StaticString, text: StaticString) {
    self.init(image: CatalogueImage(numbers: numbers, text: text))
  }

  // MARK: - Classifying

  /// Classifies a reply: bare (`550 5.1.1 User unknown`), of several lines, or wrapped in the words
  /// of the server that sent the mail (`host mx.example said: 550 …`).
  ///
  /// - Parameters:
  ///   - reply: One reply. Line breaks may be folded to spaces.
  ///   - remoteHost: The server that gave the reply, if you know it and the text does not say:
  ///     among equal rules, those of its provider win.
  /// - Complexity: O(*n*) in the length of the reply.
  public func classify(_ reply: some StringProtocol, remoteHost: String? = nil) -> Verdict {
    var reply = String(reply)
    return reply.withUTF8 { classify($0, remoteHost: remoteHost) }
  }

  /// Classifies the bytes of a reply, which need not be valid UTF-8.
  public func classify(_ reply: some Collection<UInt8>, remoteHost: String? = nil) -> Verdict {
    reply.withContiguousStorageIfAvailable { classify($0, remoteHost: remoteHost) }
      ?? Array(reply).withUnsafeBufferPointer { classify($0, remoteHost: remoteHost) }
  }

  /// Classifies the bytes of a reply, which need not be valid UTF-8.
  public func classify(_ reply: UnsafeBufferPointer<UInt8>, remoteHost: String? = nil) -> Verdict {
    verdict(of: match(reply, remoteHost: remoteHost), for: reply, remoteHost: remoteHost)
  }

  /// Classifies without turning the answer into words: numbers and offsets, nothing allocated.
  ///
  /// For logs of millions of replies of which only some are looked at: `summary(of:)` says what a
  /// program wants to know of each, and `verdict(of:for:)` gives some their words.
  public func match(
    _ reply: UnsafeBufferPointer<UInt8>, remoteHost: String? = nil
  ) -> ReplyMatch {
    guard var remoteHost else { return walk(reply, remoteHost: nil) }
    return remoteHost.withUTF8 { match(reply, remoteHost: $0) }
  }

  /// The same, for a host that is in memory.
  public func match(
    _ reply: UnsafeBufferPointer<UInt8>, remoteHost: UnsafeBufferPointer<UInt8>
  ) -> ReplyMatch {
    walk(reply, remoteHost: remoteHost.isEmpty ? nil : remoteHost)
  }

  private func walk(
    _ reply: UnsafeBufferPointer<UInt8>, remoteHost: UnsafeBufferPointer<UInt8>?
  ) -> ReplyMatch {
    let reply = countable(reply)
    var match = ReplyWalk.match(image.matchingTables, reply, remoteHost: remoteHost)
    match.likeness = image.likeness(of: match, in: reply)
    return match
  }

  /// The words for what `match(_:remoteHost:)` found.
  ///
  /// - Parameters:
  ///   - match: What this classifier found, not another.
  ///   - reply: The very bytes in which it was found.
  ///   - remoteHost: The server that was named then; without it, `provider` and
  ///     `details.remoteHost` say only what stands in the reply.
  public func verdict(
    of match: ReplyMatch, for reply: UnsafeBufferPointer<UInt8>, remoteHost: String? = nil
  ) -> Verdict {
    // An empty host is an unknown one.
    Verdict(
      match, of: countable(reply), by: self,
      remoteHost: remoteHost?.isEmpty == true ? nil : remoteHost)
  }

  /// The part of a reply that counts: offsets have 32 bits.
  private func countable(_ reply: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: reply.prefix(Int(clamping: UInt32.max)))
  }

  /// Every phrase of a rule that a reply says, also as a piece of a host's name, as often as it ends there:
  /// the rule's place among `rules`, and the phrase's among its `text`, `all` and `unless`. To compare with
  /// other matchers.
  @_spi(Benchmarks) public func saidPhrases(in reply: [UInt8]) -> [(rule: Int, phrase: Int)] {
    let trace = trace(reply)
    return (trace.phrases + trace.pieces).map { (Int($0.rule), Int($0.index)) }
  }

  /// How many bytes of a reply are read: all, unless a wrapper says that the rest tells no reason.
  @_spi(Benchmarks) public func readLength(of reply: [UInt8]) -> Int {
    match(reply.span).reportEnd ?? reply.count
  }

  /// The walk with every rule that fits, for those who ask why one of them won.
  package func trace(_ reply: [UInt8], remoteHost: String? = nil) -> ReplyTrace {
    var tracer = ReplyTracer(self)
    return tracer.trace(reply, remoteHost: remoteHost)
  }

  /// What speaks for the category that a reply is like, the strongest first; empty where a rule knows
  /// its words.
  package func likenessEvidence(in reply: [UInt8]) -> [(feature: String, weight: Int)] {
    reply.withUnsafeBufferPointer { reply in
      let match = match(reply)
      guard let category = match.likeness else { return [] }
      var evidence: [String: Int] = [:]
      LikenessFeatures.of(match, in: reply, limit: CatalogueImage.mostLikenessWords) { features in
        while let key = features.next() {
          image.forEachWeight(of: key) { if $0 == category { evidence[features.text] = $1 } }
        }
      }
      return evidence.filter { $0.value > 0 }.map { (feature: $0.key, weight: $0.value) }
        .sorted { ($1.weight, $0.feature) < ($0.weight, $1.feature) }
    }
  }

  /// The rule of which a reply says some words, where all its words together are far more like those of
  /// another category.
  package func outvotedRule(in reply: [UInt8]) -> Rule? {
    reply.withUnsafeBufferPointer { reply in
      let match = match(reply)
      guard match.likeness != nil, let winner = match.winner, winner.phrase != nil else {
        return nil
      }
      return rule(at: winner.rule)
    }
  }

  /// The innermost quoted reply, for those who want to quote it themselves.
  package func innermostReply(of reply: [UInt8]) -> String {
    reply.withUnsafeBufferPointer { reply in
      let match = match(reply)
      var text = ReplyText(image)
      return String(readable: reply[text.wholeReply(match, of: reply)])
    }
  }

  // MARK: - The catalogue

  /// The category with this id, if the catalogue has it.
  ///
  /// - Complexity: O(*c*) in the number of categories, which are few; nothing is allocated.
  public func category(_ id: BounceCategory) -> CategoryInfo? {
    categories.first { $0.id == id }
  }

  /// All rules, in the order of their ids.
  ///
  /// - Complexity: O(*r*) in the number of rules: each is read and built anew, some milliseconds for
  ///   the standard catalogue. Keep the list, or ask for one rule by `rule(_:)` or `rule(at:)`.
  public var rules: [Rule] {
    (0..<UInt32(ruleCount)).map(image.rule)
  }

  /// How many rules there are, without reading them.
  public var ruleCount: Int { image.matching.rules.count }

  /// The rule with this id, if the catalogue has it.
  ///
  /// - Complexity: O(log *r*) in the number of rules.
  public func rule(_ id: RuleID) -> Rule? { ruleIndex(of: id).map { rule(at: $0) } }

  /// The rule at a place among `rules`, such as `ReplyMatch.ruleIndex`. It is built alone.
  ///
  /// - Complexity: O(1).
  public func rule(at index: Int) -> Rule {
    precondition((0..<ruleCount).contains(index), "there is no rule at \(index)")
    return image.rule(UInt32(index))
  }

  /// The place of a rule among `rules`, to be compared with `ReplyMatch.ruleIndex`; `nil` where the
  /// catalogue does not have it.
  ///
  /// - Complexity: O(log *r*) in the number of rules.
  public func ruleIndex(of id: RuleID) -> Int? {
    var (low, high) = (0, ruleCount)
    while low < high {
      let middle = (low + high) / 2
      let found = image.ruleID(UInt32(middle))
      if found == id { return middle }
      if found.rawValue < id.rawValue { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Whether a host is some source's.
  package func isKnown(host: String) -> Bool {
    var host = host
    return host.withUTF8 { sources.owner(ofHost: $0) != nil }
  }

  /// The head of the rule file with this id, if it has rules.
  package func source(_ id: String) -> Source? {
    let index = (0..<UInt32(image.matching.sources.count)).first { index in
      var reader = InfoReader(image, at: image.matching.sources[index, .info])
      return reader.string() == id
    }
    guard let index,
      (0..<image.matching.rules.count).contains(where: {
        image.matching.rules[$0, .source] == index
      })
    else { return nil }
    return image.source(index)
  }

  /// The phrases that many rules forbid, by the id under which they name them.
  public var guards: [Guard] {
    (0..<UInt32(image.guards.count)).map(image.guardList)
  }

  /// Other systems, and what they call the categories. They are built anew each time: keep them.
  public var peers: [Peer] {
    (0..<UInt32(image.peers.count)).map(image.peer)
  }

  /// What speaks for or against the categories in a reply whose words no rule knows, by the keys of
  /// `LikenessFeatures`.
  package var likenessWeights: [(category: BounceCategory, weights: [(key: UInt32, weight: Int)])] {
    image.likenessWeights.sorted { $0.key < $1.key }.map {
      (image.categoryInfo($0.key).id, $0.value)
    }
  }

  /// The wrappers' phrases, as they stand in the rule files, and the command that each names.
  package var wrappers: [(phrase: String, command: SMTPCommand?)] {
    (0..<UInt32(image.matching.wrappers.count)).map { wrapper in
      let phrase = image.string(
        start: image.matching.wrappers[wrapper, .phraseStart],
        length: image.matching.wrappers[wrapper, .phraseLength]
      )
      return (phrase, SMTPCommand(number: image.matching.wrappers[wrapper, .command]))
    }
  }

  /// The rule at a candidate's index, for the compiler's messages.
  package func rule(at index: UInt32) -> Rule { image.rule(index) }

  /// The place of a candidate's phrase among those of its rule, or of the first of its alternatives; `nil`
  /// where codes alone fit.
  package func firstPhraseIndex(of candidate: Candidate) -> Int? {
    candidate.phrase.map { Int(image.phrases[$0, .firstIndex]) }
  }
}
