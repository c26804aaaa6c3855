import Testing

@testable import ReplyMatcher

/// The text field of a verdict: what the server said, without codes, wrapper and line breaks.
@Suite struct ReplyTextTests {
  static let classifier = try! TestCatalogue.compile(
    rules: "r: {text: xyzzy, category: first, cause: c}")

  static let table: [(reply: String, text: String)] = [
    // Bare
    ("550 5.1.1 User unknown", "User unknown"),
    ("User unknown", "User unknown"),
    ("550 User unknown", "User unknown"),
    ("5.1.1 User unknown", "User unknown"),
    ("550-User unknown", "User unknown"),
    ("  550  User \t unknown \r\n", "User unknown"),
    ("550 Größe überschritten", "Größe überschritten"),
    ("550 <user@example.com>: 5 of 10 MB used", "<user@example.com>: 5 of 10 MB used"),
    ("550 Sorry, no mailbox here. (#5.1.1)", "Sorry, no mailbox here. (#5.1.1)"),
    ("421 4.7.0 try again in 450 seconds", "try again in 450 seconds"),

    // Several lines
    (
      "550-5.1.1 The account\r\n550-5.1.1 does not exist.\r\n550 5.1.1 Sorry",
      "The account does not exist. Sorry"
    ),
    ("550-The account\n550-does not exist.\n550 Sorry", "The account does not exist. Sorry"),
    (
      "550-5.1.1 The account 550-5.1.1 does not exist. 550 5.1.1 Sorry",
      "The account does not exist. Sorry"
    ),
    ("550 The account\r\n    does not exist.", "The account does not exist."),
    ("550-\r\n550-Sorry\r\n550 ", "Sorry"),

    // Nothing
    ("", ""),
    (" \r\n", ""),
    ("550", ""),
    ("550 5.1.1", ""),
    ("550-5.1.1\r\n550 5.1.1 ", ""),

    // Wrapped
    (
      "host mx.example.com[192.0.2.1] said: 550 5.1.1 <user@example.com>: User unknown "
        + "(in reply to RCPT TO command)", "<user@example.com>: User unknown"
    ),
    ("451 4.4.1 host mx.example.com[192.0.2.1] said: 550 User unknown", "User unknown"),
    ("host mx.example.com[192.0.2.1] said 550 User unknown", "User unknown"),
    ("host mx.example.com[192.0.2.1] said: 5.1.1 User unknown", "User unknown"),
    ("host mx.example.com[192.0.2.1] said: User unknown", "User unknown"),
    (
      "host mx.example.com[192.0.2.1] said: 550-5.1.1 User 550 5.1.1 unknown "
        + "(in reply to RCPT TO command)", "User unknown"
    ),
    ("smtp; 550 User unknown", "User unknown"),
    ("Remote host said: 550 User unknown", "User unknown"),
    ("... while talking to mx.example.com.: <<< 550 User unknown", "User unknown"),
    // In the reply's own words
    ("550 5.7.0 Refused after DATA for a reason", "Refused after DATA for a reason"),
    // Inside the marks of programs
    ("Remote Server returned '550 5.1.1 User unknown'", "User unknown"),
    (
      "{'a@b.example': (550, b'5.1.1 The recipient\\'s box\\n5.1.1 is gone')}",
      "The recipient\\'s box is gone"
    ),
    ("(550, b'No such user', 'a@b.example')", "No such user"),
    (#"{"reason": "550 5.1.1 User \"x\" unknown", "subject": "Box full"}"#, #"User \"x\" unknown"#),
    (#"{\"diag\":\"smtp; 550 User unknown\",\"x\":\"y\"}"#, "User unknown"),
    ("status=bounced (550 5.1.1 User (x) unknown)", "User (x) unknown"),
    ("550 'x' is unknown, or 'y'", "'x' is unknown, or 'y'"),
    ("550: User unknown", "User unknown"), ("550 - User unknown", "User unknown"),
    ("Remote_host_said:_550_User_unknown", "User unknown"),
    ("550 5.1.1 User\\n5.1.1 unknown\\r\\n", "User unknown"),
  ]

  @Test(arguments: table)
  func text(reply: String, text: String) {
    #expect(Self.classifier.classify(reply).text == text)
  }

  @Test(arguments: [
    ("550 (#5.1.1) User unknown", "User unknown"),
    ("550 [5.1.1] User unknown", "User unknown"),
    ("250 2.1.0 Ok\r\n550 5.1.1 User unknown", "User unknown"),
    (
      "... while talking to mx.example.com.:\r\n>>> RCPT TO:<x@example.com>\r\n<<< 550 Unknown",
      "Unknown"
    ),
    // What the wrapper says below the transcript is its own.
    ("<<< 554 5.7.1 Blocked 554 5.0.0 Service unavailable", "Blocked"),
    ("<<< 554 Blocked\r\n554 5.0.0 Service unavailable\r\n<<< 503 Need RCPT", "Blocked"),
    ("<<< 554 5.7.1 Refused: 450 4.2.0 Greylisted", "Greylisted"),
  ])
  func marksAndTranscripts(reply: String, text: String) {
    #expect(Self.classifier.classify(reply).text == text)
  }

  @Test func latin1IsText() {
    let reply = Array("550 Empf".utf8) + [0xE4] + Array("nger unbekannt".utf8)
    #expect(Self.classifier.classify(reply).text == "Empfänger unbekannt")
  }
}
