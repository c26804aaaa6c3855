import Testing

@testable import ReplyMatcher

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a verdict says beside the rule that won.
@Suite struct VerdictTests {
  static let rules = """
    gone: {text: no such user, category: gone, cause: Gone, remedy: {sender: Ask}}
    slow: {text: "wait {duration}", category: slow, cause: c}
    listed: {text: "blocked using {blocklist} see {url}", category: first, cause: Listed}
    address: {text: "mail to {address} refused", category: gone, cause: c}
    client: {text: "client {host} {ip} refused", category: first, cause: c, retry: never}
    domain: {text: "domain {domain} unknown", category: gone, cause: c, action: review}
    size: {text: "limit of {size} exceeded", category: later, cause: c, tip: Be brief}
    count: {text: "more than {count} recipients", category: slow, cause: c, meaning: Too many}
    german: {text: "Empfänger unbekannt 不存在", category: gone, cause: c}
    several: {text: [over quota], all: ["box {address}", "used {size}"], category: later, cause: c}
    code: {code: 550, category: vague, cause: c, links: ["https://code.example"]}
    """
  static let classifier = try! TestCatalogue.compile(rules: rules, hosts: "mx.example")

  func verdict(_ reply: String, remoteHost: String? = nil) -> Verdict {
    Self.classifier.classify(reply, remoteHost: remoteHost)
  }

  // MARK: - Details

  static let details: [(reply: String, expected: Verdict.Details)] = [
    ("421 wait 5 minutes", details { $0.retryAfter = 300 }),
    ("421 wait 300 seconds, please", details { $0.retryAfter = 300 }),
    ("421 wait 01:30:00", details { $0.retryAfter = 5400 }),
    (
      "550 blocked using zen.example.org; see <https://zen.example.org/?ip=192.0.2.1>",
      details {
        $0.blocklist = "zen.example.org"
        $0.url = "https://zen.example.org/?ip=192.0.2.1"
      }
    ),
    (
      "550 Mail to <No.Such.User@example.com> refused",
      details { $0.address = "No.Such.User@example.com" }
    ),
    (
      "550 client mail.example.org[2001:db8::1] refused",
      details {
        $0.host = "mail.example.org"
        $0.ip = "2001:db8::1"
      }
    ),
    ("550 domain EXAMPLE.org unknown", details { $0.domain = "EXAMPLE.org" }),
    ("552 limit of 10 MB exceeded", details { $0.size = 10_485_760 }),
    ("552 limit of 20,971,520 bytes exceeded", details { $0.size = 20_971_520 }),
    ("452 more than 50 recipients", details { $0.count = 50 }),
    ("452 more than 99999999999999999999 recipients", details { _ in }),
    ("550 no such user", details { _ in }),
    (
      "host in.mx.example[192.0.2.9] said: 550 no such user (in reply to RCPT TO command)",
      details {
        $0.remoteHost = "in.mx.example"
        $0.remoteIP = "192.0.2.9"
        $0.command = .rcptTo
      }
    ),
  ]

  static func details(_ change: (inout Verdict.Details) -> Void) -> Verdict.Details {
    var details = Verdict.Details()
    change(&details)
    return details
  }

  @Test(arguments: details)
  func capturesDetails(reply: String, expected: Verdict.Details) {
    let verdict = verdict(reply)
    #expect(verdict.rule != nil)
    #expect(verdict.details == expected)
  }

  @Test func everyPhraseOfARuleGivesItsDetails() {
    let verdict = verdict("552 used 10 MB: box x@y.example over quota")
    #expect(verdict.rule?.rawValue == "test/several")
    #expect(verdict.details.size == 10_485_760)
    #expect(verdict.details.address == "x@y.example")
  }

  /// Whatever words follow it.
  @Test(arguments: [
    ("550 5.1.1 <x@y.example>: nobody knows", "x@y.example"),
    (
      "host mx.example[192.0.2.1] said: 550-5.7.1 x@y.example... nobody\r\n550 knows", "x@y.example"
    ),
    ("550 nobody knows <x@y.example>", nil), ("<x@y.example>: nobody knows", nil),
    ("550 5.1.1", nil),
  ])
  func theAddressBehindTheCodes(reply: String, address: String?) {
    #expect(verdict(reply).details.address == address)
  }

  // MARK: - Matched words

  static let matched: [(reply: String, words: [String])] = [
    ("550 Sorry: no, SUCH\r\n550-user here", ["no", "SUCH", "user"]),
    ("550 «Größe» Empfänger – UNBEKANNT: 不存在", ["Empfänger", "UNBEKANNT", "不", "存", "在"]),
    ("550 nö such user; no such user", ["no", "such", "user"]),
    ("421 no: wait 5 minutes", ["wait"]),
    ("550 x", []),
    ("", []),
  ]

  @Test(arguments: matched)
  func matchedWordsAreRangesOfTheReply(reply: String, words: [String]) {
    let bytes = Array(reply.utf8)
    let found = verdict(reply).matchedWords.map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(found == words)
  }

  @Test func matchedWordsInLatin1() {
    let reply = Array("550 Empf".utf8) + [0xE4] + Array("nger unbekannt 不存在".utf8)
    let verdict = Self.classifier.classify(reply)
    #expect(verdict.rule?.rawValue == "test/german")
    #expect(verdict.matchedWords.first == 4..<13)
  }

  // MARK: - What follows from the category and the code

  typealias Advice = (
    reply: String, category: String, action: Action, bounce: BounceType, retry: Retry, basis: Basis
  )
  static let advice: [Advice] = [
    ("550 no such user", "gone", .suppress, .hard, .never, .text),
    ("450 no such user", "gone", .retry, .soft, .later, .text),
    ("4.1.1 no such user", "gone", .retry, .soft, .later, .text),
    ("no such user", "gone", .suppress, .hard, .never, .text),
    // About no recipient: in answer to a command before RCPT TO, and a login.
    ("550 no such user (in reply to MAIL FROM command)", "gone", .review, .block, .never, .text),
    ("550 no such user (in reply to RCPT TO command)", "gone", .suppress, .hard, .never, .text),
    ("535 no such user", "gone", .review, .block, .never, .text),
    ("550 domain x.example unknown", "gone", .review, .hard, .never, .text),
    ("450 domain x.example unknown", "gone", .review, .soft, .later, .text),
    ("550 wait 5 minutes", "slow", .slowDown, .soft, .later, .text),
    ("552 limit of 5 MB exceeded", "later", .retry, .soft, .later, .text),
    ("550 blocked using x.example see http://x.example", "first", .fix, .block, .afterFix, .text),
    ("550 client x.example 192.0.2.1 refused", "first", .fix, .block, .never, .text),
    ("550 x", "vague", .review, .soft, .never, .code),
    ("551 x", "vague", .review, .soft, .never, .none),
    ("451 x", "vague", .review, .soft, .later, .none),
    ("", "vague", .review, .soft, .never, .none),
  ]

  @Test(arguments: advice.indices)
  func givesAdvice(row: Int) {
    let expected = Self.advice[row]
    let verdict = verdict(expected.reply)
    #expect(verdict.category.rawValue == expected.category)
    #expect(verdict.action == expected.action)
    #expect(verdict.bounce == expected.bounce)
    #expect(verdict.retry == expected.retry)
    #expect(verdict.basis == expected.basis)
    #expect((verdict.rule == nil) == (expected.basis == .none))
  }

  @Test func saysWhatTheRuleSays() {
    let gone = verdict("550 5.1.1 no such user")
    #expect(gone.code?.rawValue == 550)
    #expect(gone.status == EnhancedStatusCode("5.1.1"))
    #expect(gone.causes == [Cause(cause: "Gone", remedies: [Remedy(party: .sender, text: "Ask")])])
    // Without a remedy of its own a cause has its category's.
    let listed = verdict("550 blocked using x.example see http://x.example")
    #expect(
      listed.causes
        == [Cause(cause: "Listed", remedies: [Remedy(party: .sender, text: "Repair it")])])
    #expect(verdict("552 limit of 5 MB exceeded").tip == "Be brief")
    #expect(verdict("452 more than 5 recipients").meaning == "Too many")
    #expect(verdict("550 x").links == ["https://code.example"])
    #expect(verdict("551 x").causes == [])
  }

  // MARK: - Provider

  @Test func providerByRuleOrHost() throws {
    func source(_ id: String, _ kind: String, _ hosts: String, _ word: String) -> String {
      "id: \(id)\nname: n\nkind: \(kind)\n\(hosts)\nlinks: [\"https://\(id).example\"]\n"
        + "rules:\n  r: {text: \(word), category: first, cause: c}"
    }
    let classifier = try TestCatalogue.compile([
      TestCatalogue.categories, TestCatalogue.wrappers,
      source("alpha", "provider", "hosts: [a.example, free.b.example]", "alpha"),
      source("beta", "provider", "hosts: [b.example, free.a.example]", "beta"),
      source("filter", "filter", "", "filter"),
      source("words", "phrases", "", "words"),
    ])
    func provider(_ reply: String, _ host: String?) -> String? {
      classifier.classify(reply, remoteHost: host).provider
    }
    #expect(provider("550 alpha", nil) == "alpha")
    #expect(provider("550 alpha", "mx.a.example") == "alpha")
    #expect(provider("550 alpha", "mx.b.example") == "beta")
    #expect(provider("550 words", nil) == nil)
    #expect(provider("550 words", "mx.b.example") == "beta")
    #expect(provider("550 words", "mx.z.example") == nil)
    #expect(provider("550 filter", "mx.b.example") == "filter")
    #expect(provider("550 xyzzy", "mx.b.example") == "beta")
    // The nearest.
    #expect(provider("550 xyzzy", "mx.free.b.example") == "alpha")
    #expect(provider("550 xyzzy", "mx.free.a.example") == "beta")
    #expect(provider("550 xyzzy", "mx.nofree.b.example") == "beta")
    #expect(provider("host mx.b.example[192.0.2.1] said: 550 xyzzy", nil) == "beta")
    #expect(provider("550 alpha", "mx.z.example") == "alpha")

    let verdict = classifier.classify("550 alpha", remoteHost: "MX.A.example")
    #expect(verdict.details.remoteHost == "MX.A.example")
    #expect(verdict.links == ["https://alpha.example"])
  }

  /// A blocklist's own rules name it without a placeholder.
  @Test func listingByTheListsOwnRule() throws {
    let list = """
      id: stop-list
      name: Stop List
      kind: blocklist
      hosts: [zone.stop.example]
      links: ["https://stop.example"]
      rules:
        r: {text: zone stop example, category: first, cause: c}
      """
    let classifier = try TestCatalogue.compile([
      TestCatalogue.categories, TestCatalogue.wrappers, list,
    ])
    let details = classifier.classify(
      "554 Client [192.0.2.1] stands on zone.stop.example, see mx.example.com, 192.0.2.2"
    ).details
    #expect(details.ip == "192.0.2.1")
    #expect(details.blocklist == "zone.stop.example")
    #expect(details.blocklistID == "stop-list")
    let unnamed = classifier.classify("554 zone, stop, example!").details
    #expect(unnamed.blocklist == nil && unnamed.ip == nil)
    #expect(unnamed.blocklistID == "stop-list")
  }

  // MARK: - JSON

  static let replies =
    details.map(\.reply) + matched.map(\.reply) + advice.map(\.reply)

  @Test(arguments: replies)
  func roundTrip(reply: String) throws {
    let verdict = verdict(reply)
    let json = try JSONEncoder().encode(verdict)
    let decoded = try JSONDecoder().decode(Verdict.self, from: json)
    #expect(decoded == verdict)
    #expect(decoded.hashValue == verdict.hashValue)
    // The reply itself is not part of the JSON form, so neither are places in it.
    #expect(decoded.matchedWords == [])
  }

  /// Records of later versions lose what is not known here, and nothing else.
  @Test func laterVersionsCanBeRead() throws {
    let verdict = verdict("550 no such user (in reply to RCPT TO command)")
    let json = String(decoding: try JSONEncoder().encode(verdict), as: UTF8.self)
    func decoded(_ replacements: KeyValuePairs<String, String>) throws -> Verdict {
      var later = json
      for (old, new) in replacements {
        #expect(later.contains(old))
        later.replace(old, with: new)
      }
      return try JSONDecoder().decode(Verdict.self, from: Data(later.utf8))
    }
    let later = try decoded([
      "\"RCPT TO\"": "\"XFORWARD\"", "\"text\"": "\"telepathy\"", "\"telepathy\":": "\"text\":",
      "{": "{\"mood\":\"bad\",",
    ])
    #expect(later.details == Verdict.Details())
    #expect(later.basis == .none)
    #expect(later.rule == verdict.rule && later.action == verdict.action)
    // Nobody is to guess what an unknown action wants.
    #expect(throws: DecodingError.self) { try decoded(["\"suppress\"": "\"forgive\""]) }
  }

  static let keys = [
    "category", "action", "bounce", "retry", "basis", "rule", "provider", "code", "status", "text",
    "meaning", "causes", "tip", "details", "links",
  ]

  /// Reads nothing but the names of an object's keys.
  private struct Keys: Decodable {
    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let names: Set<String>
    let details: Set<String>

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      names = Set(values.allKeys.map(\.stringValue))
      let inner = try? values.nestedContainer(
        keyedBy: Key.self, forKey: Key(stringValue: "details"))
      details = Set(inner?.allKeys.map(\.stringValue) ?? [])
    }
  }

  /// A list that the catalogue knows adds its name and its pages.
  @Test func blocklists() throws {
    let classifier = try TestCatalogue.compile([
      TestCatalogue.categories,
      "id: acme\nname: Acme\nkind: provider\nhosts: [list.example]\nlinks: [https://acme.example]\n"
        + "rules:\n  r: {text: \"listed by {blocklist}\", category: first, cause: c}",
      "id: zen\nname: Zen\nkind: blocklist\nhosts: [list.example]\nlinks: [https://zen.example]\n"
        + "rules:\n  r: {text: zen zen, category: first, cause: c}",
    ])
    let known = classifier.classify("550 listed by SBL.list.example.")
    #expect(known.details.blocklist == "SBL.list.example")
    #expect(known.details.blocklistID == "zen")
    #expect(known.links == ["https://acme.example", "https://zen.example"])
    let unknown = classifier.classify("550 listed by other.example")
    #expect(unknown.details.blocklistID == nil)
    #expect(unknown.links == ["https://acme.example"])
  }

  @Test(arguments: replies)
  func everyFieldStandsInEveryRecord(reply: String) throws {
    let verdict = verdict(reply)
    let found = try JSONDecoder().decode(Keys.self, from: JSONEncoder().encode(verdict))
    #expect(found.names == Set(Self.keys))
    // Of the details, only what is there.
    let details = verdict.details
    let there: [String: Any?] = [
      "remoteHost": details.remoteHost, "remoteIP": details.remoteIP, "command": details.command,
      "ip": details.ip, "address": details.address, "domain": details.domain,
      "host": details.host, "blocklist": details.blocklist,
      "blocklistID": details.blocklistID, "url": details.url,
      "count": details.count, "retryAfter": details.retryAfter, "size": details.size,
    ]
    #expect(found.details == Set(there.filter { $0.value != nil }.keys))
  }

  @Test func formsOfValues() throws {
    let json = String(
      decoding: try JSONEncoder().encode(verdict("550 5.1.1 no such user")), as: UTF8.self)
    #expect(json.contains(#""code":550"#))
    #expect(json.contains(#""status":"5.1.1""#))
    #expect(json.contains(#""rule":"test\/gone""#) || json.contains(#""rule":"test/gone""#))
    #expect(json.contains(#""tip":null"#))
  }

  @Test func badValuesAreRefused() {
    func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
      try JSONDecoder().decode([Value].self, from: Data("[\(json)]".utf8))[0]
    }
    #expect(throws: DecodingError.self) { try decode(ReplyCode.self, "600") }
    #expect(throws: DecodingError.self) { try decode(EnhancedStatusCode.self, #""5.1""#) }
    #expect(throws: DecodingError.self) { try decode(EnhancedStatusCode.self, #""3.1.1""#) }
    #expect(throws: DecodingError.self) { try decode(Action.self, #""panic""#) }
  }

  /// Words of a wrapper and of the reply that it quotes are no phrase together, and take no details.
  @Test func noDetailsOfPhrasesThatWereNotSaid() throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: [is listed, 'listed in {domain}'], unless: crammed, "
        + "category: first, cause: c}")
    let said = classifier.classify("550 5.7.1 is listed in mx.example.net").details
    #expect(said.domain == "mx.example.net")
    let apart = classifier.classify("550 5.7.1 is listed 450 4.2.2 in mx.example.net").details
    #expect(apart.domain == nil)
  }
}
