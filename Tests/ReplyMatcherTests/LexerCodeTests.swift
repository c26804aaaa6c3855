import Testing

@testable import ReplyMatcher

/// What is a reply code or an enhanced status code, and what is only a number in the text.
@Suite struct LexerCodeTests {
  static let table: [(reply: String, codes: [String])] = [
    // In front of a reply and of its lines
    ("550 User unknown", ["550"]),
    ("  550\tUser unknown", ["550"]),
    ("550", ["550"]),
    ("550 5.1.1 User unknown", ["550", "5.1.1"]),
    (
      "550-5.1.1 User\r\n550-5.1.1 unknown\r\n550 5.1.1 here",
      ["550", "5.1.1", "550", "5.1.1", "550", "5.1.1"]
    ),
    ("550-User\n550-unknown\n550 here", ["550", "550", "550"]),
    ("5.1.1 User unknown", ["5.1.1"]),
    ("550 5.7.509 Access denied", ["550", "5.7.509"]),
    ("421 4.7.0 [TS04] deferred", ["421", "4.7.0"]),
    ("250 2.1.5 Ok", ["250", "2.1.5"]),
    ("550 550 5.1.1 User unknown", ["550", "550", "5.1.1"]),

    // Marks around the status code
    ("550 #5.1.0 Address rejected", ["550", "5.1.0"]),
    ("550 (#5.1.1) User unknown", ["550", "5.1.1"]),
    ("550 [5.1.1] User unknown", ["550", "5.1.1"]),
    ("550 5.1.1: User unknown", ["550", "5.1.1"]),
    ("550 5.1.1. User unknown", ["550", "5.1.1"]),
    ("550 Sorry, no mailbox here by that name. (#5.1.1)", ["550", "5.1.1"]),
    ("dsn=5.1.1, status=bounced", ["5.1.1"]),

    // Lines folded to spaces
    ("550-User unknown 550-on this 550 server", ["550", "550", "550"]),
    ("550-5.1.1 User unknown 550 5.1.1 here", ["550", "5.1.1", "550", "5.1.1"]),

    // Quoted in other words
    ("smtp; 550 User unknown", ["550"]),
    ("Diagnostic-Code: SMTP;550 5.1.1 User unknown", ["550", "5.1.1"]),
    ("<<< 550 User unknown", ["550"]),
    ("remote server returned '550 5.1.1 User unknown'", ["550", "5.1.1"]),
    ("server said: 550-User unknown", ["550"]),
    ("<x@example.com>: 554 5.7.1 Relay access denied", ["554", "5.7.1"]),
    ("delivery failed, 550 5.1.1 User unknown", ["550", "5.1.1"]),
    ("451 4.4.1 gave up: \"550 User unknown\"", ["451", "4.4.1", "550"]),

    (
      "failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_User_unknown/",
      ["550", "5.1.1"]
    ),
    ("SMTPDataError: (554, b'5.7.1 Refused')", ["554", "5.7.1"]),

    ("Rcpt=[x@example.com];Error=[550 User unknown]", ["550"]),
    ("Status: 5.1.1", ["5.1.1"]),

    // Numbers in the text
    ("postfix/smtp[550]: 4F2: dsn=4.0.0, status=deferred", ["4.0.0"]),
    ("to=<x@example.com>, ctladdr=<y@example.com> (500/500), stat=Deferred", []),
    ("SMTP error: [550] 5.7.1 Refused", ["550", "5.7.1"]),
    ("2026-11-27 10:01:22 [550] 1rh == x@example.com defer", []),
    ("connect to mx.example.com[192.0.2.1]:450: refused", []),
    ("retry in: 500 seconds", []),
    ("greylisted (450 seconds)", []),
    ("550 server version: 5.1.1", ["550"]),
    ("550 limit: 500 messages", ["550"]),
    ("550 no more than 500 messages", ["550"]),
    ("421 4.7.0 450 of 500", ["421", "4.7.0", "450"]),
    ("421 4.7.0 limit 450 of 500", ["421", "4.7.0"]),
    ("550 see RFC 5321 and RFC 821", ["550"]),
    ("550 order 4501234 on port 587", ["550"]),
    ("550 from 4.16.55.1 and 5.6.7.8", ["550"]),
    ("550 5.1.1.1 is no status", ["550"]),
    ("550 see 5.1.1 there", ["550"]),
    ("550 build (5.1.12345)", ["550"]),
    ("550 x (3.1.1) (6.1.1) (5.1)", ["550"]),
    ("550 costs 421.50, 421a, a421, 421_", ["550"]),
    ("user 550 unknown", []),
    ("error (1450)", []),
    ("600 x", []),
    ("199 x", []),
    ("55 x", []),
    ("5500 x", []),
    ("550a x", []),
    ("550.5 x", []),
    ("x\r\ny 550", []),
    ("user550@example.com 550@example.com", []),
  ]

  @Test(arguments: table)
  func findsCodes(reply: String, codes: [String]) {
    #expect(Lexed(reply).codes == codes)
  }

  @Test func statusCodesInURLsAreNone() {
    #expect(Lexed("550 see http://a.example/?e=5.7.1").codes == ["550"])
    #expect(Lexed("550 see https://a.example/errors/#5.7.1").codes == ["550"])
  }

  /// The packed form compares with that of a rule's pattern.
  @Test func statusCodesArePackedLikePatterns() {
    let codes = Lexed("550 5.7.509 x").tokens.map(\.code)
    #expect(codes == [550, StatusPattern("5.7.509")!.packed, 0])
    for text in ["5.-0.7", "5.+1.7", "5..7", "5.1", "5.1.1000"] {
      #expect(StatusPattern(text) == nil && EnhancedStatusCode(text) == nil, "\(text)")
    }
  }

  static let quotes: [(reply: String, quotes: [String])] = [
    ("550 User unknown", []),
    ("550-User unknown 550 here", []),
    ("550 5.1.1 User unknown\r\n551 x", []),
    ("'550 User unknown'", []),
    ("smtp; 550 User unknown", ["550"]),
    ("server returned '550 5.1.1 User unknown'", ["550"]),
    ("451 4.4.1 gave up: \"550 User unknown\"", ["550"]),
  ]

  /// Where a reply is quoted in other words, which yield to it.
  @Test(arguments: quotes)
  func findsQuotes(reply: String, quotes: [String]) {
    #expect(Lexed(reply).quotes == quotes)
  }
}
