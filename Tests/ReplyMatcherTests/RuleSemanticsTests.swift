import Testing

@testable import ReplyMatcher

/// What the keys of a rule mean, and which of two fitting rules wins.
@Suite struct RuleSemanticsTests {
  /// Rules, and which of them wins each reply (empty: none).
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rules: [String]
    let winners: [(reply: String, rule: String)]

    /// - Parameter rules: `a`, `b` and so on, each as the inside of a YAML mapping.
    init(_ title: String, _ rules: String..., winners: KeyValuePairs<String, String>) {
      (testDescription, self.rules) = (title, rules)
      self.winners = winners.map { ($0.key, $0.value) }
    }

    func check() throws {
      let yaml = zip("abcdefgh", rules).map { id, rule in
        let category = rule.contains("category:") ? "" : ", category: first"
        return "\(id): {\(rule)\(category), cause: c}"
      }
      let classifier = try TestCatalogue.compile(rules: yaml.joined(separator: "\n"))
      for (reply, rule) in winners {
        let winner = classifier.winner(reply)?.dropFirst("test/".count) ?? ""
        #expect(winner == rule, "\(reply)")
      }
    }
  }

  // MARK: - What fits

  static let keys = [
    Row(
      "a phrase is words in order", "text: mailbox is full",
      winners: [
        "550 mailbox is full": "a", "MAILBOX-IS-FULL!": "a", "the mailbox <is> full now": "a",
        "mailbox\r\nis full": "a", "550-mailbox\r\n550 is full": "a",
        "mailbox full": "", "full is mailbox": "", "mailboxes is full": "", "mailbox is": "",
        "mailbox is very full": "", "": "",
      ]),
    Row(
      "'*' is any run of words", "text: mailbox * full * today",
      winners: [
        "mailbox full today": "a", "mailbox x y full z today": "a",
        "mailbox x@y.example full 5 today": "a", "mailbox mailbox full full today today": "a",
        "mailbox today full": "", "full mailbox today": "", "mailbox full": "",
      ]),
    Row(
      "the parts around '*' do not overlap", "text: a b * b c",
      winners: ["a b c": "", "a b b c": "a", "a b a b c": "a", "a b c b c": "a"]),
    Row(
      "equal parts around '*'", "text: no * no",
      winners: ["no": "", "no no": "a", "no x no": "a"]),
    Row(
      "'*' at an end says nothing", "text: \"* full *\"",
      winners: ["full": "a", "x full x": "a", "x": ""]),
    Row(
      "any of the phrases of 'text'", "text: [full, over quota]",
      winners: ["full": "a", "over quota": "a", "over full": "a", "quota": ""]),
    Row(
      "every phrase of 'all'", "all: [full, mailbox]",
      winners: ["full mailbox": "a", "mailbox full": "a", "full": "", "full full": ""]),
    Row(
      "'text' and 'all'", "text: [x, y], all: [full]",
      winners: ["full x": "a", "y full": "a", "x y": "", "full": ""]),
    Row(
      "'unless' anywhere", "text: full, unless: [not *so, never]",
      winners: [
        "full": "a", "full not": "a", "not full": "a",
        "never full": "", "full never": "", "not x so full": "", "full not so": "",
      ]),
    Row(
      "'unless' outside the quoted reply", "text: full, unless: never",
      winners: [
        "never: host mx.example.com said: 550 full": "a",
        "never: host mx.example.com said: 550 never full": "",
        "full: host mx.example.com said: 550 never": "",
      ]),
    Row(
      "'unless' from the wrapper into the quoted reply", "text: full, unless: never * full",
      winners: ["never: host mx.example.com said: 550 full": ""]),
    Row(
      "'unless' under any code", "code: 550, text: full, unless: never",
      winners: ["550 full": "a", "250 never\r\n550 full": ""]),
    Row(
      "codes", "text: full, code: [550, 45x]",
      winners: [
        "550 full": "a", "452 full": "a", "550-full": "a",
        "551 full": "", "442 full": "", "full": "", "5.2.2 full": "",
      ]),
    Row(
      "the class of a code is known from the status code", "text: full, code: 5xx",
      winners: ["5.2.2 full": "a", "4.2.2 full": "", "full": "", "550 4.2.2 full": "a"]),
    Row(
      "no code: any failure", "text: full",
      winners: [
        "450 full": "a", "550 full": "a", "full": "a", "4.2.2 full": "a",
        "250 full": "", "354 full": "", "2.0.0 full": "",
      ]),
    Row("codes of success", "text: full, code: [250, 2xx]", winners: ["250 full": "a"]),
    Row(
      "status codes", "text: full, status: [5.2.2, x.3.x]",
      winners: [
        "550 5.2.2 full": "a", "5.2.2 full": "a", "450 4.3.1 full": "a",
        "450 4.2.2 full": "", "550 5.2.1 full": "", "550 full": "",
      ]),
    Row(
      "no words: the codes alone", "code: 55x", "status: 5.2.2", "code: 450, status: 4.x.x",
      winners: [
        "550 x": "a", "550": "a", "550 5.2.2 x": "b", "5.2.2": "b", "500 5.2.2": "b",
        "450 4.1.1": "c", "450 x": "", "421 4.1.1": "", "540": "", "x": "",
      ]),
    Row(
      "no words, and the class from the status code", "code: 5xx", "code: 450",
      winners: ["5.1.1 x": "a", "5.1.1": "a", "4.1.1 x": "", "450 4.1.1": "b"]),
    Row(
      "placeholders", "text: \"at {ip}\"", "text: \"at {address}\"", "text: \"at {domain}\"",
      "text: \"at {url}\"", "text: \"at {count}\"", "text: \"at {duration}\"",
      "text: \"at {size}\"",
      winners: [
        "at 192.0.2.1": "a", "at [2001:db8::1]": "a", "at <x@y.example>": "b",
        "at y.example": "c", "at http://y.example/": "d", "at 5": "e", "at 5 x": "e",
        "at x": "", "at": "", "at 1.2.3.x": "e",
      ]),
    Row(
      "a thing is a placeholder or its words", "text: \"at {domain} now\"",
      "text: at mx example com now", "text: \"at {duration}\"", "text: at 5 minutes",
      winners: [
        "at mx.example.org now": "a", "at mx.example.com now": "b", "at mx example com now": "b",
        "at mx.example.com": "", "at 5 minutes": "d", "at 6 minutes": "c",
      ]),
    Row(
      "placeholders side by side", "text: \"{host} {ip} {duration} {count} full\"",
      winners: [
        "mx.example.com[192.0.2.1] 5 minutes 7 full": "a",
        "mx.example.com[192.0.2.1] 5 min, 5 minutes, 7 full": "",
        "mx.example.com 192.0.2.1 00:05:00 7: full": "a",
      ]),
    Row(
      "a code between the words of a phrase is none of them", "text: mailbox is full",
      winners: [
        "550-5.2.2 mailbox\r\n550-5.2.2 is\r\n550 5.2.2 full": "a",
        "550-mailbox is 550 full": "a",
      ]),
    Row(
      "in a transcript the words go with the code of their line", "text: full, code: 550",
      "text: empty, code: 551",
      winners: [
        "250 ok\r\n550 full": "a", "250 full\r\n550 ok": "", "550 full\r\n551 ok": "a",
        "550 ok\r\n551 empty": "b",
      ]),
    Row(
      "in a transcript the failure's status code counts", "text: full, status: 5.2.2",
      "status: 5.2.2",
      winners: [
        "250 2.1.0 ok\r\n550 5.2.2 full": "a", "250 2.1.0 ok\r\n550 5.2.2 x": "b",
        "550 5.2.2 x\r\n551 5.5.1 x": "b", "550 5.5.1 x\r\n551 5.2.2 x": "",
      ]),
  ]

  @Test(arguments: keys)
  func fits(row: Row) throws { try row.check() }

  // MARK: - What wins

  /// The loser comes first wherever it can, because the first id wins when all else is equal.
  static let order = [
    Row(
      "a cause over none", "text: mailbox is full today, category: vague", "code: 550",
      winners: ["550 mailbox is full today": "b"]),
    Row(
      "words over codes", "code: 550, status: 5.2.2", "text: full",
      winners: ["550 5.2.2 full": "b"]),
    Row(
      "the quoted reply over the words around it", "text: mailbox is full, code: 5xx", "text: no",
      winners: ["550 mailbox is full: host mx.example.com said: 550 no": "b"]),
    Row(
      "the innermost of several quoted replies", "text: mailbox is full", "text: no",
      winners: [
        "host a.example said: 450 mailbox is full: host b.example said: 550 no": "b",
        "mailbox is full: smtp; 550 5.1.1 no": "b",
      ]),
    Row(
      "more words", "text: is full, code: 550, status: 5.2.2", "text: mailbox is full",
      winners: ["550 5.2.2 mailbox is full": "b", "550 5.2.2 is full": "a"]),
    Row(
      "a firm rule over one that yields", "text: [need rcpt command, full], yields: true",
      "status: 5.1.1", "text: unknown",
      winners: [
        "550 unknown; 503 5.5.1 need rcpt command": "c", "550 need rcpt command": "a",
        "550 5.1.1 gone 503 5.5.1 seen": "b",
      ]),
    Row(
      "more words, also around '*'", "text: is full", "text: the * is * x",
      winners: ["the mailbox is full x": "b"]),
    Row(
      "more words, also of several phrases", "text: is full", "all: [mailbox, full, today]",
      winners: ["mailbox is full today": "b"]),
    Row(
      "the command that was answered counts as three words", "text: is full, command: RCPT TO",
      "text: is full", "text: the mailbox is very full now", "code: 550, command: [RCPT TO, DATA]",
      "code: 550, status: 5.2.2",
      winners: [
        "550 is full": "b", "host mx.example.com said: 550 is full": "b",
        "host mx.example.com said: 550 is full (in reply to RCPT TO command)": "a",
        "550 is full after DATA": "b",
        "550 the mailbox is very full now, is full (in reply to RCPT TO command)": "c",
        "550 5.2.2 (in reply to RCPT TO command)": "d", "550 5.2.2 after DATA": "d",
        "550 5.2.2": "e", "450 5.2.2 is full after DATA (in reply to RCPT TO command)": "a",
      ]),
    Row(
      "the most words of the phrases in 'text'", "text: is full, code: 550",
      "text: [full, the mailbox is]",
      winners: ["550 the mailbox is full": "b", "550 the box is full": "a"]),
    Row(
      "placeholders are no words", "text: \"full at {ip}\", code: 550", "text: full at 5 now",
      winners: ["550 full at 192.0.2.1, full at 5 now": "b"]),
    Row(
      "more of the status code", "text: full, code: 550, status: 5.2.x",
      "text: full, status: 5.2.2",
      winners: ["550 5.2.2 full": "b", "550 5.2.1 full": "a"]),
    Row(
      "some of the status code over none", "text: full, code: 550", "text: full, status: x.2.x",
      winners: ["550 5.2.2 full": "b", "550 full": "a"]),
    Row(
      "more of the reply code", "text: full, code: 55x", "text: full, code: 550",
      "text: full, code: 5xx", "text: full",
      winners: ["550 full": "b", "551 full": "a", "540 full": "c", "450 full": "d"]),
    Row(
      "the closest of several patterns", "text: full, code: 55x", "text: full, code: [5xx, 550]",
      winners: ["550 full": "b", "551 full": "a"]),
    Row(
      "'over'", "text: full", "text: full, over: test/a, category: later",
      "text: full, over: [test/a, test/b], category: later",
      winners: ["550 full": "c"]),
    Row(
      "the category's rank", "text: full, category: later", "text: mailbox, category: gone",
      winners: ["550 full mailbox": "b"]),
    Row(
      "the earlier place", "text: mailbox", "text: full",
      winners: ["550 full mailbox": "b", "550 mailbox full": "a"]),
    Row(
      "the id", "text: full", "text: full", winners: ["550 full": "a"]),
    Row(
      "the earlier place where a phrase is said twice", "text: full", "text: mailbox",
      winners: ["550 mailbox full mailbox": "b"]),
  ]

  @Test(arguments: order)
  func wins(row: Row) throws { try row.check() }

  @Test func hosts() throws {
    func source(_ id: String, _ hosts: String) -> String {
      "id: \(id)\nname: n\nkind: provider\n\(hosts)\n"
        + "rules:\n  r: {text: full, category: first, cause: c}"
    }
    let classifier = try TestCatalogue.compile([
      TestCatalogue.categories, TestCatalogue.wrappers, source("a", "hosts: [a.example]"),
      source("b", "hosts: [b.example, c.example]"), source("c", ""),
    ])
    func winner(_ host: String?) -> String? { classifier.winner("550 full", remoteHost: host) }
    #expect(winner("mx.a.example") == "a/r")
    #expect(winner("b.example") == "b/r")
    #expect(winner("MX.C.EXAMPLE") == "b/r")
    // Another's host speaks against a rule, an unknown one does not.
    #expect(winner("mx.z.example") == "c/r")
    #expect(winner("xa.example") == "c/r")
    #expect(winner("example") == "c/r")
    #expect(winner(nil) == "a/r")
    // A wrapper names it too.
    #expect(classifier.winner("host mx.b.example[192.0.2.1] said: 550 full") == "b/r")
    #expect(
      classifier.winner("host mx.b.example said: 550 full", remoteHost: "mx.a.example") == "a/r")
    #expect(winner("mx.b.example.") == "b/r")
    #expect(winner("") == "a/r")
  }

  /// Filters and blocklists speak on everybody's servers.
  @Test(arguments: [
    ("provider", "b/r"), ("software", "a/r"), ("filter", "a/r"), ("blocklist", "a/r"),
  ])
  func wordsFromAnotherServer(kind: String, winner: String) throws {
    let rules = "rules:\n  r: {text: full, category: first, cause: c}"
    let classifier = try TestCatalogue.compile([
      TestCatalogue.categories, TestCatalogue.wrappers,
      "id: a\nname: n\nkind: \(kind)\nhosts: [a.example]\n\(rules)",
      "id: b\nname: n\nkind: phrases\n\(rules)",
    ])
    #expect(classifier.winner("550 full", remoteHost: "mx.z.example") == winner)
  }

  @Test func theRecipient() throws {
    let wrappers = """
      kind: wrappers
      wrappers:
        said: {text: ["{recipient} host {host} said {reply}", "host {host} said {reply}"]}
        log: {text: "to {recipient} relay"}
      """
    let file = """
      id: test
      name: Test
      kind: provider
      rules: {a: {text: "no {address} here", category: gone, cause: c}}
      """
    let classifier = try TestCatalogue.compile([TestCatalogue.categories, wrappers, file])
    func details(_ reply: String) -> Verdict.Details { classifier.classify(reply).details }
    let quoted = details("<b@c.example>: host mx.c.example said: 550 no <x@y.example> here")
    #expect(quoted.recipient == "b@c.example" && quoted.address == "x@y.example")
    #expect(quoted.remoteHost == "mx.c.example")
    #expect(details("to=<b@c.example>, relay=none").recipient == "b@c.example")
    #expect(details("from=<b@c.example>, relay=none").recipient == nil)
    #expect(details("to=<o'b/x=y@c.example>, relay=none").recipient == "o'b/x=y@c.example")
    #expect(details("550 no <o'b@c.example> here").address == "o'b@c.example")
    #expect(details("550 no 'b@c.example' here").address == "b@c.example")
    #expect(details("550 no <x@y.example> here").recipient == nil)
  }

  /// What a wrapper says to be the rest tells no reason, once something was said before it.
  @Test func theRestOfAReport() throws {
    let wrappers =
      "kind: wrappers\nwrappers:\n  copy: {text: \"a copy follows {rest}\"}\n"
      + "  said: {text: \"host said {reply}\"}"
    let file = """
      id: test
      name: Test
      kind: provider
      rules:
        a: {text: full, category: gone, cause: c}
        b: {text: blocked by policy, category: first, cause: c}
        c: {text: slow, unless: [policy, copy], category: later, cause: c}
        d: {text: [listed, listed a], unless: policy, category: first, cause: c}
        e: {text: gone a copy follows, category: gone, cause: c}
      """
    let classifier = try TestCatalogue.compile([TestCatalogue.categories, wrappers, file])
    let rest = "\n-- A copy follows --\n\nhost said: 554 5.7.1 blocked by policy"
    #expect(classifier.winner("550 full" + rest) == "test/a")
    #expect(classifier.winner("too slow" + rest) == "test/c")
    #expect(classifier.winner("550" + rest) == nil)
    #expect(classifier.winner(rest) == "test/b")
    // A phrase may end with the word with which those begin.
    let listed = classifier.classify("550 listed a copy follows")
    #expect(listed.rule?.rawValue == "test/d" && listed.matchedWords == [4..<10])
    // Or say all of them.
    let gone = classifier.classify("550 gone; a copy follows")
    #expect(gone.rule?.rawValue == "test/e" && gone.matchedWords.count == 4)
    let verdict = classifier.classify("550 5.2.2 box is full" + rest)
    #expect(verdict.text == "box is full" && verdict.status == EnhancedStatusCode("5.2.2"))
    #expect(classifier.classify("550 full a copy follows of nothing").text == "full a copy follows")
  }

  /// `{code}` begins a quoted reply where the code of a failure stands, and none came before it.
  @Test func aCodeBehindWords() throws {
    let wrappers =
      "kind: wrappers\nwrappers:\n  code: {text: [\"error {code}\", \"what is {code}\"]}"
    let file = """
      id: test
      name: Test
      kind: provider
      rules:
        a: {text: full, code: 552, category: gone, cause: c}
        b: {status: 5.1.1, category: first, cause: c}
      """
    let classifier = try TestCatalogue.compile([TestCatalogue.categories, wrappers, file])
    let verdict = classifier.classify("I get error: 552 disk full")
    #expect(verdict.rule?.rawValue == "test/a" && verdict.code == 552)
    #expect(verdict.text == "disk full")
    #expect(classifier.winner("what is 5.1.1?") == "test/b")
    #expect(classifier.winner("552 error 450 disk full") == "test/a")
    for text in ["error 250 full", "error 552 MB full", "error 5521 full", "error, now 552 full"] {
      #expect(classifier.classify(text).code == nil, "\(text)")
    }
  }

  /// In front of a quoted reply, a wrapper knows which command that answers: what trails inside it was
  /// said of another.
  @Test(arguments: [
    ("450 probe said: 550 unknown (in reply to rcpt)", "test/a"),
    ("450 probe of host said: 550 unknown (in reply to rcpt)", "test/a"),
    ("550 unknown (in reply to rcpt)", "test/b"),
    ("450 probe said: 550 no\nhost said: 550 unknown (in reply to rcpt)", "test/b"),
  ])
  func commandsInFrontOfAReply(reply: String, rule: String) throws {
    let wrappers = """
      kind: wrappers
      wrappers:
        probe: {command: MAIL FROM, text: ["probe said {reply}", "probe of host said {reply}"]}
        said: {text: "host said {reply}"}
        rcpt: {command: RCPT TO, text: in reply to rcpt}
      """
    let file = """
      id: test
      name: Test
      kind: provider
      rules:
        a: {text: unknown, command: MAIL FROM, category: first, cause: c}
        b: {text: unknown, command: RCPT TO, category: gone, cause: c}
      """
    let classifier = try TestCatalogue.compile([TestCatalogue.categories, wrappers, file])
    #expect(classifier.winner(reply) == rule)
  }

  /// A page is called after other errors too: words in its path are no phrase, but for a code, and but for
  /// those that begin with the host's name or in front of the URL.
  @Test(arguments: [
    ("550 No. See https://a.example/help/user-unknown.html", nil),
    ("550 No. See https://a.example:8080/?why=user_unknown&user=unknown", nil),
    ("550 No. See http://intranet/user/unknown", nil),
    ("550 No. See http://192.0.2.1/user-unknown", nil),
    ("550 No. See https://a.example/user-unknown: user unknown", "test/a"),
    ("550 User unknown, see https://a.example/user-unknown", "test/a"),
    ("550 No. See https://mail-1.b.example/codes#E17", "test/b"),
    ("550 No. See https://www.b.example/why/full-box", "test/c"),
    ("550 The box, see https://a.example/help?is=full", "test/d"),
    ("550 No. See https://a.example/box-full", nil),
  ])
  func wordsInThePathOfAURL(reply: String, rule: String?) throws {
    let classifier = try TestCatalogue.compile(
      rules: """
        a: {text: user unknown, category: gone, cause: c}
        b: {text: E17, category: first, cause: c}
        c: {text: b.example why full-box, category: later, cause: c}
        d: {text: box * full, category: later, cause: c}
        """)
    #expect(classifier.winner(reply) == rule)
  }

  /// Words in the name of a host say nothing of the reply.
  @Test(arguments: [
    "text: relay", "text: \"relay * not allowed\"",
    "all: [relay, not allowed]", "text: relay, unless: full",
  ])
  func piecesOfTheNameOfAHost(rule: String) throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {\(rule), category: first, cause: c}\n"
        + "b: {text: not allowed, unless: relay, category: gone, cause: c}")
    let reply = " said: 550 You are not allowed to send"
    #expect(classifier.winner("host relay.example.net[192.0.2.1]" + reply) == "test/b")
    #expect(classifier.winner("host relay.example.net[192.0.2.1] said: 550 xyzzy") == nil)
    #expect(classifier.winner("550 mx.relay.example.net says: not allowed") == "test/b")
    // Pages and errors are named after what they are about.
    #expect(classifier.winner("550 http://relay.example.net: not allowed") == "test/a")
    #expect(classifier.winner("550 mail.relay.MessageException: not allowed") == "test/a")
    #expect(classifier.winner("550 Bad.Relay.Agent: not allowed") == "test/a")
    #expect(classifier.winner("550 MX.RELAY.EXAMPLE.NET: not allowed") == "test/b")
    // A space is missing.
    #expect(classifier.winner("550 No relay.You are not allowed") == "test/a")
    // The same words around it, or in the reply, do count.
    #expect(classifier.winner("relay not allowed: host mx.example.net said: 550 no") == "test/a")
    #expect(classifier.winner("host relay.example.net said: 550 relay not allowed") == "test/a")
  }

  /// Of a host's name, the whole may be part of a phrase, and so may several of its words.
  @Test(arguments: [
    ("host relay", nil), ("host relay example net", "test/a"), ("relay example", "test/a"),
  ])
  func phrasesAndTheNameOfAHost(phrase: String, winner: String?) throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: \(phrase), category: first, cause: c}")
    #expect(classifier.winner("550 host relay.example.net") == winner)
  }

  /// A reply made of the beginnings of all rules: more is under way at once than any real reply has.
  @Test func manyRulesUnderWayAtOnce() throws {
    let numbers = 0..<60
    let rules = numbers.map { number in
      number % 2 == 0
        ? "r\(number): {text: begin\(number) * end\(number), category: first, cause: c}"
        : "r\(number): {all: [begin\(number), end\(number)], category: first, cause: c}"
    }
    let classifier = try TestCatalogue.compile(rules: rules.joined(separator: "\n"))
    let begin = "550 " + numbers.map { "begin\($0)" }.joined(separator: " ")
    #expect(classifier.winner(begin) == nil)
    for number in numbers {
      #expect(classifier.winner("\(begin) end\(number)") == "test/r\(number)")
    }
  }

  /// Both have the same key, so the letters have to decide.
  @Test func wordsThatCollide() throws {
    let (word, other) = ("disconnectedmail", "mu7n3d3s2gwirwra")
    #expect(WordKey(word: word).value == WordKey(word: other).value)
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: \(word) here, category: first, cause: c}")
    #expect(classifier.winner("550 \(word) here") == "test/a")
    #expect(classifier.winner("550 \(other) here") == nil)
  }

  // MARK: - What is easily got wrong

  static let late = [
    Row(
      "a status code after the words", "text: full", "text: full, status: 5.2.2",
      winners: ["550 mailbox is full (#5.2.2)": "b"]),
    Row(
      "a status code on a later line", "text: full", "text: full, status: 5.2.2",
      winners: ["550-mailbox is full\r\n550 5.2.2 sorry": "b"]),
    Row(
      "a status code after the words of a quoted reply", "text: full", "text: full, status: 5.2.2",
      winners: [
        "host mx.example.com said: 550 mailbox is full (#5.2.2)": "b",
        "450 4.2.1 gave up: '550 mailbox is full (#5.2.2)'": "b",
      ]),
    Row(
      "a status code after several phrases", "all: [mailbox, full]",
      "all: [mailbox, full], status: 5.2.2", "text: full, unless: mailbox, status: 5.2.2",
      winners: ["550 mailbox is full (#5.2.2)": "b", "550 full (#5.2.2)": "c"]),
    Row(
      "a version number is no status code", "text: full", "text: full, status: 2.11.0",
      winners: ["550 mailbox full, says Postfix (2.11.0)": "a"]),
    Row(
      "only the first status code counts", "text: full", "text: full, status: 5.2.2",
      winners: ["550 mailbox is full (#5.2.1) (#5.2.2)": "a", "550 5.2.1 full (#5.2.2)": "a"]),
    Row(
      "the class from a status code after the words", "text: full, code: 5xx",
      winners: ["mailbox is full (#5.2.2)": "a"]),
  ]

  @Test(arguments: late)
  func lateStatusCodes(row: Row) throws {
    try row.check()
  }

  /// Sendmail goes on with DATA when every recipient was refused, and reports that too.
  @Test(arguments: [
    ">>> RCPT TO:<x@y.example>\r\n<<< 550 5.1.1 no such user\r\n>>> DATA\r\n"
      + "<<< 503 5.0.0 need a recipient",
    ">>> DATA <<< 550 5.1.1 no such user 550 5.1.1 no such user <<< 503 5.0.0 need a recipient",
  ])
  func theFirstFailureOfATranscriptCounts(reply: String) throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: no such user, category: gone, cause: c}\n"
        + "b: {text: need a recipient, category: later, cause: c}")
    let verdict = classifier.classify(reply)
    #expect(verdict.rule?.rawValue == "test/a")
    #expect(verdict.code?.rawValue == 550)
    #expect(verdict.status?.description == "5.1.1")
  }

  /// Sendmail sums up in general words what the other server said.
  @Test(arguments: [
    "<<< 554 5.7.1 blocked 554 5.0.0 service is unavailable",
    "<<< 554 blocked\n554 5.0.0 service is unavailable",
    "while talking to mx.example: >>> DATA <<< 554 blocked 554 5.0.0 service is unavailable",
  ])
  func wordsBelowATranscriptAreTheWrappers(reply: String) throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: blocked, category: gone, cause: c}\n"
        + "b: {text: service is unavailable, category: later, cause: c}")
    #expect(classifier.classify(reply).rule?.rawValue == "test/a")
  }

  @Test func rulesOfSeveralPhrasesStandAtTheirFirstPlace() throws {
    try Row(
      "", "text: full, category: first", "all: [mailbox], category: first",
      winners: ["550 mailbox full mailbox": "b"]
    ).check()
  }

  /// Somebody has copied a reply out of a program's string, or of JSON.
  @Test func lineBreaksWrittenAsEscapes() throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: user unknown here, category: gone, cause: c}")
    for reply in [
      #"550-5.1.1 user\n550-5.1.1 unknown\n550 5.1.1 here"#,
      #"550-5.1.1 user \r\n550-5.1.1 unknown\r\n550 5.1.1 here\r\n"#,
    ] {
      let verdict = classifier.classify(reply)
      #expect(verdict.rule?.rawValue == "test/a" && verdict.code == 550)
      #expect(verdict.text == "user unknown here")
    }
    #expect(classifier.winner(#"550 user\nunknown\r\n here"#) == "test/a")
    #expect(classifier.winner(#"550 user\tunknown here"#) == nil)
    #expect(classifier.winner(#"550 \nuser\unknown\Nhere"#) == nil)
  }

  @Test func theShortestWayAroundAGap() throws {
    try Row(
      "", "text: \"{count} * {size} full\"", winners: ["1,024 bytes full": "a"]
    ).check()
  }

  /// A letter and its mark can be one character or two; YAML may hold either, and so may a reply.
  @Test func bothFormsOfALetterCanStandInRules() throws {
    let (one, two) = ("caf\u{E9}", "cafe\u{301}")
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: \(one) full, category: first, cause: c}\n"
        + "b: {text: \(two) empty, category: first, cause: c}")
    #expect(classifier.winner("550 \(one) full") == "test/a")
    #expect(classifier.winner("550 \(two) empty") == "test/b")
  }

  /// The words are found again to be shown.
  @Test func wordsAfterAWrapperWithoutAMark() throws {
    let classifier = try TestCatalogue.compile(
      rules: "a: {text: \"no user {count}\", category: first, cause: c}")
    let verdict = classifier.classify("host mx.example.com said 550-no 550-user 550 5 here")
    #expect(verdict.rule?.rawValue == "test/a")
    #expect(verdict.matchedWords.count == 2)
    #expect(verdict.details.count == 5)
  }
}
