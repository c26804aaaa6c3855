/// What a reply means, who has to act and whether to try again.
///
/// Its `Codable` form is the object that `whybounce classify --format ndjson` prints, without the fields
/// that tell where the reply stood (`line`, `file`, `truncated`, `error`) and `as`; the README
/// documents it field by field. Records of later versions can be read too: fields that are not known
/// are passed over, an unknown command is none, and an unknown basis is `none`.
///
/// Verdicts are equal where they say the same, whatever places of the reply they point at: so one that
/// was encoded and decoded again is equal to the first.
public struct Verdict: Hashable, Sendable, Codable {
  /// What is wrong.
  public let category: BounceCategory
  /// What a program should do: the rule's own action, else its category's; a 4xx reply never
  /// suppresses an address.
  public let action: Action
  /// Hard, soft or block, from the category; a 4xx reply is never hard.
  public let bounce: BounceType
  /// Whether sending the same message again makes sense.
  public let retry: Retry
  /// What the verdict rests on.
  public let basis: Basis
  /// The rule that won; `nil` with the basis `likeness` or `none`.
  public let rule: RuleID?
  /// The id of the provider, software, filter or blocklist whose words these are: by the rule that
  /// won, or by the remote host's name. `nil` where neither tells.
  public let provider: String?
  /// The reply code (RFC 5321, 4.2) of the innermost quoted reply.
  public let code: ReplyCode?
  /// Its enhanced status code (RFC 3463).
  public let status: EnhancedStatusCode?
  /// Its text: without codes, wrapper and line breaks.
  public let text: String
  /// What the server says with this reply, where that is more than its causes.
  public let meaning: String?
  /// The possible causes, each with who can do what about it.
  public let causes: [Cause]
  /// Further advice, where the rule gives any.
  public let tip: String?
  /// What the reply names: hosts, addresses, how long to wait.
  public package(set) var details: Details
  /// Where to read more: the rule's links, else its file's; and those of the blocklist it names.
  public let links: [String]
  /// The words that the rule matched, as ranges of UTF-8 offsets in the reply. They are no part of the
  /// JSON form, and do not count for `==`.
  public var matchedWords: [Range<Int>] { places.ranges }
  private let places: Places

  /// Places in a reply, all alike when verdicts are compared.
  private struct Places: Hashable {
    let ranges: [Range<Int>]

    static func == (_: Places, _: Places) -> Bool { true }

    func hash(into hasher: inout Hasher) {}
  }

  /// A verdict of your own, for tests of what you do with verdicts.
  public init(
    category: BounceCategory, action: Action, bounce: BounceType, retry: Retry,
    basis: Basis = .text, rule: RuleID? = nil, provider: String? = nil, code: ReplyCode? = nil,
    status: EnhancedStatusCode? = nil, text: String = "", meaning: String? = nil,
    causes: [Cause] = [], tip: String? = nil, details: Details = Details(), links: [String] = [],
    matchedWords: [Range<Int>] = []
  ) {
    (self.category, self.action, self.bounce, self.retry) = (category, action, bounce, retry)
    (self.basis, self.rule, self.provider) = (basis, rule, provider)
    (self.code, self.status, self.text) = (code, status, text)
    (self.meaning, self.causes, self.tip) = (meaning, causes, tip)
    (self.details, self.links, places) = (details, links, Places(ranges: matchedWords))
  }

  /// What the reply names: captured by the rule's placeholders and read from the wrapper.
  public struct Details: Hashable, Sendable, Codable {
    /// The server that gave the reply: the one that the caller names, else the wrapper.
    public var remoteHost: String?
    /// Its IP address, where the wrapper names it.
    public var remoteIP: String?
    /// The address to which the mail went, where the wrapper or a whole message names it.
    public var recipient: String?
    /// The address to which the sender wrote, where a whole message names it and it is another: mail was
    /// forwarded, or went to an alias or a list (RFC 3464, 2.3.1).
    public var originalRecipient: String?
    /// The Message-ID of the mail that a whole message is about, without its angle brackets.
    public var messageID: String?
    /// The SMTP command that was answered, where the wrapper names it.
    public var command: SMTPCommand?
    /// The IP address that the reply is about.
    public var ip: String?
    /// The mail address that the reply is about.
    public var address: String?
    /// The domain that the reply is about.
    public var domain: String?
    /// The host that the reply is about, mostly the sending one.
    public var host: String?
    /// The DNS zone of the blocklist, as the reply names it.
    public var blocklist: String?
    /// The id of the catalogue's entry for that blocklist, where it has one.
    public var blocklistID: String?
    /// The page to which the reply points.
    public var url: String?
    /// The provider's or filter's own error code, such as `TSS04`.
    public var errorCode: String?
    /// How many there were, or may be: messages, recipients, connections.
    public var count: Int?
    /// Seconds to wait before the next attempt.
    public var retryAfter: Int?
    /// Bytes.
    public var size: Int?

    /// Nothing is named.
    public init() {}
  }

  private enum CodingKeys: String, CodingKey {
    case category, action, bounce, retry, basis, rule, provider, code, status, text, meaning
    case causes, tip, details, links
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      category: try values.decode(BounceCategory.self, forKey: .category),
      action: try values.decode(Action.self, forKey: .action),
      bounce: try values.decode(BounceType.self, forKey: .bounce),
      retry: try values.decode(Retry.self, forKey: .retry),
      basis: Basis(rawValue: try values.decode(String.self, forKey: .basis)) ?? Basis.none,
      rule: try values.decodeIfPresent(RuleID.self, forKey: .rule),
      provider: try values.decodeIfPresent(String.self, forKey: .provider),
      code: try values.decodeIfPresent(ReplyCode.self, forKey: .code),
      status: try values.decodeIfPresent(EnhancedStatusCode.self, forKey: .status),
      text: try values.decode(String.self, forKey: .text),
      meaning: try values.decodeIfPresent(String.self, forKey: .meaning),
      causes: try values.decode([Cause].self, forKey: .causes),
      tip: try values.decodeIfPresent(String.self, forKey: .tip),
      details: try values.decode(Details.self, forKey: .details),
      links: try values.decode([String].self, forKey: .links))
  }

  /// Every field stands in every record, with `null` where there is nothing to say.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(category, forKey: .category)
    try values.encode(action, forKey: .action)
    try values.encode(bounce, forKey: .bounce)
    try values.encode(retry, forKey: .retry)
    try values.encode(basis, forKey: .basis)
    try values.encode(rule, forKey: .rule)
    try values.encode(provider, forKey: .provider)
    try values.encode(code, forKey: .code)
    try values.encode(status, forKey: .status)
    try values.encode(text, forKey: .text)
    try values.encode(meaning, forKey: .meaning)
    try values.encode(causes, forKey: .causes)
    try values.encode(tip, forKey: .tip)
    try values.encode(details, forKey: .details)
    try values.encode(links, forKey: .links)
  }
}

extension Verdict {
  /// The first digit of the reply's code (RFC 5321, 4.2.1); 0 where it has neither code.
  package var replyClass: UInt32 {
    code.map { UInt32($0.rawValue) / 100 } ?? status.map { UInt32($0.class) } ?? 0
  }

  /// Turns a match into words.
  init(
    _ match: ReplyMatch, of bytes: UnsafeBufferPointer<UInt8>, by classifier: BounceClassifier,
    remoteHost: String?
  ) {
    func string(_ range: Range<Int>) -> String { String(readable: bytes[range]) }

    let image = classifier.image
    let answer = classifier.answer(to: match)
    var reader = ReplyFactReader(classifier)
    var knownHost = remoteHost
    func facts(_ host: UnsafeBufferPointer<UInt8>?) -> ReplyFacts {
      reader.read(
        match, of: bytes, errorCodes: answer.errorCodes, remoteHost: host, wantsWords: true)
    }
    let facts = knownHost?.withUTF8(facts) ?? facts(nil)
    let blocklist = facts.blocklist.map(image.source)

    var details = Details()
    details.address = facts[.address].map(string)
    details.ip = facts[.ip].map(string)
    details.domain = facts[.domain].map(string)
    details.host = facts[.host].map(string)
    details.blocklist = facts[.blocklist].map(string)
    details.url = facts[.url].map(string)
    details.count = facts.count(in: bytes)
    details.retryAfter = facts.retryAfter(in: bytes)
    details.size = facts.size(in: bytes)
    details.blocklistID = blocklist?.id
    details.remoteHost = remoteHost ?? facts.remoteHost.map(string)
    details.remoteIP = facts.remoteIP.map(string)
    details.recipient = facts.recipient.map(string)
    details.command = SMTPCommand(number: match.command)

    let text = reader.withText { text in
      details.errorCode = facts.errorCode.map { String(decoding: text[$0], as: UTF8.self) }
      return String(readable: text)
    }
    self.init(
      category: answer.category, action: answer.action, bounce: answer.bounce,
      retry: answer.retry, basis: answer.basis, rule: answer.rule,
      provider: facts.provider.map { image.source($0).id },
      code: ReplyCode(rawValue: UInt16(match.code)),
      status: EnhancedStatusCode(packed: match.status), text: text, meaning: answer.meaning,
      causes: answer.causes, tip: answer.tip, details: details,
      links: answer.links(withThoseOf: blocklist),
      // (Two phrases of a rule may share words.)
      matchedWords: answer.basis != .text
        ? []
        : Set(reader.location.words).filter { $0.lowerBound < match.wordsEnd }
          .sorted { $0.lowerBound < $1.lowerBound })
  }
}

extension KeyedDecodingContainer {
  /// Of use to `Details`, whose decoding Swift writes: a command of a later version is none, so that
  /// the rest of the verdict can be read.
  fileprivate func decodeIfPresent(_: SMTPCommand.Type, forKey key: Key) throws -> SMTPCommand? {
    try decodeIfPresent(String.self, forKey: key).flatMap(SMTPCommand.init(rawValue:))
  }
}

extension EnhancedStatusCode {
  /// `nil` for the packed form 0: no status code.
  package init?(packed: UInt32) {
    self.init(
      class: UInt8(packed >> 20), subject: UInt16(packed >> 10 & 1023),
      detail: UInt16(packed & 1023)
    )
  }
}
