import BounceCatalogue
import BounceMessages
import ReplyMatcher
import Testing

@testable import whybounce

/// JSON about mails, read by the catalogue's names of fields. The samples are made from what providers
/// document.
@Suite struct EventReaderTests {
  /// Of each recipient: the text, the address and the host.
  private func read(
    _ text: String, by classifier: BounceClassifier = .standard
  ) -> [String] {
    var (events, text) = (EventReports(classifier), text)
    return text.withUTF8 { events.reports(in: $0) }.map { report in
      [String(decoding: report.text, as: UTF8.self), report.recipient, report.remoteHost]
        .compactMap { $0 }.joined(separator: "|")
    }
  }

  // MARK: - Fields

  @Test(arguments: [
    (
      #"{"event":"bounce","email":"a@b.example","reason":"550 5.1.1 No such user","tls":1}"#,
      "550 5.1.1 No such user|a@b.example"
    ),
    // Codes of their own
    (
      #"{"recipient":"a@b.example","delivery-status":{"mx-host":"mx.b.example","code":450,"message":"Busy"}}"#,
      "450 Busy|a@b.example|mx.b.example"
    ),
    (
      #"{"response":{"code":421,"enhanced_code":{"class":4,"subject":7,"detail":0},"content":"Busy"}}"#,
      "421 4.7.0 Busy"
    ),
    (#"{"error_code":"550","raw_reason":"No","raw_rcpt_to":"a@b.example"}"#, "550 No|a@b.example"),
    (
      #"{"code":550,"message":"5.1.1 No such\n5.1.1 user"}"#,
      "550-5.1.1 No such\n550 5.1.1 user"
    ),
    (#"{"diagnosticCode":"smtp; 550 No","status":"5.1.1 (bad)"}"#, "5.1.1 smtp; 550 No"),
    (#"{"status":"5.1.1","email":"a@b.example"}"#, "5.1.1|a@b.example"),
    // … which say nothing where the reply shows some, or others of another class, or are none
    (#"{"code":450,"status":"4.2.2","reason":"550 5.1.1 No"}"#, "550 5.1.1 No"),
    (#"{"code":450,"reason":"5.1.1 No"}"#, "5.1.1 No"),
    (#"{"code":"EENVELOPE","responseCode":550,"response":"No"}"#, "550 No"),
    (#"{"code":200,"status":"Error","reason":"No"}"#, "No"),
    (#"{"code":4500,"status":"5.1","reason":"No"}"#, "No"),
    // Of several replies, the one that shows a code
    (#"{"reason":"bounce","description":"550 5.1.1 No"}"#, "550 5.1.1 No"),
    (#"{"description":"b","reason":"a"}"#, "a"),
    (#"{"reason":" ","description":"b"}"#, "b"),
    (#"{"reason":"outer","x":{"reason":"inner"}}"#, "outer"),
    // A reply by its own words, under any name
    (#"{"x":{"said":"550 5.1.1 No"},"email":"a@b.example"}"#, "550 5.1.1 No|a@b.example"),
    (#"{"said":"smtp;550 5.1.1 No","reason":"bounce"}"#, "smtp;550 5.1.1 No"),
    (#"{"subject":"550 Euros","reason":"No"}"#, "No"),
    // Names, however they are written
    (#"{"Diagnostic_Code":"550 No","EMAIL-ADDRESS":"a@b.example"}"#, "550 No|a@b.example"),
    (#"{"content":"550 No","message":"421 Busy"}"#, "421 Busy"),
    // Addresses
    (#"{"reason":"550 No","to":["Ann <a@b.example>"]}"#, "550 No|a@b.example"),
    (#"{"reason":"550 No","to":["a@b.example","c@d.example"]}"#, "550 No"),
    (#"{"reason":"550 No","email":"nobody"}"#, "550 No"),
    (
      #"{"reason":"550 No","peer_address":{"name":"mx.b.example.","addr":"192.0.2.1"}}"#,
      "550 No|mx.b.example"
    ),
    (#"{"reason":"550 No","mx":"none"}"#, "550 No"),
    // Types
    (#"{"event":"spamreport","email":"a@b.example"}"#, "Feedback-Type: abuse|a@b.example"),
    (
      #"{"bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","bouncedRecipients":[{"emailAddress":"a@b.example"}]}}"#,
      "mailbox full|a@b.example"
    ),
    (#"{"event":"open","email":"a@b.example"}"#, "open|a@b.example"),
    (#"{"event":"bounce","reason":"550 No","bounce_description":"mailbox_full"}"#, "550 No"),
  ])
  func fields(json: String, report: String) { #expect(read(json) == [report]) }

  /// Nothing but the fields counts.
  @Test(arguments: [
    #"{"subject":"mailbox full","sg_message_id":"x"}"#, #"{"event":"bounce"}"#, "{}", "[]", "[1]",
    #"{"email":"a@b.example"}"#, #"{"reason":""}"#, #"{"reason":null,"code":550}"#,
    #"{"reason":550}"#, #"{"reason":[1,2]}"#,
    "550 5.1.1 User unknown", "{reason: 'x'}", "{'reason': 'x'}", "}{", #"{"reason"}"#,
    #"{"reason" "550 x"}"#, #"{"reason":" " "a":1}"#,
    // A reply with JSON in it
    #"550 5.7.1 {"reason":"user unknown"}"#, #"smtp; 550 No: {"email":"a@b.example","reason":"x"}"#,
  ])
  func noFields(text: String) { #expect(read(text) == []) }

  // MARK: - Recipients

  @Test func severalRecipients() {
    let json = #"""
      {
        "notificationType": "Bounce",
        "bounce": {
          "bounceType": "Permanent",
          "bounceSubType": "General",
          "bouncedRecipients": [
            {"emailAddress": "a@b.example", "status": "5.1.1",
             "diagnosticCode": "smtp; 550 5.1.1 No such user"},
            {"emailAddress": "c@d.example", "status": "4.0.0"}
          ]
        },
        "mail": {"source": "me@example.com", "commonHeaders": {"to": ["x@y.example"], "subject": "550"}}
      }
      """#
    #expect(read(json) == ["smtp; 550 5.1.1 No such user|a@b.example", "4.0.0|c@d.example"])
  }

  @Test(arguments: [
    // Events in a list, one behind the other, on lines
    #"[{"email":"a@b","reason":"550 x"},{"email":"c@d","reason":"421 y"}]"#,
    #"{"events":[{"data":{"email":"a@b","reason":"550 x"}},{"data":{"email":"c@d","reason":"421 y"}}]}"#,
    #"{"email":"a@b","reason":"550 x"}{"email":"c@d","reason":"421 y"}"#,
    "{\"email\":\"a@b\",\"reason\":\"550 x\"}\n{\"email\":\"c@d\",\"reason\":\"421 y\"}\n",
    #"[[{"email":"a@b","reason":"550 x"}],[{"email":"c@d","reason":"421 y"}]]"#,
    #"[{"email":"a@b","reason":"550 x"},7,{"event":1},"z",{"email":"c@d","reason":"421 y"}]"#,
  ])
  func severalEvents(json: String) { #expect(read(json) == ["550 x|a@b", "421 y|c@d"]) }

  @Test func listsBesideAReply() {
    // What is said of all, of each
    #expect(
      read(#"{"reason":"x","code":550,"to":[{"email":"a@b"},{"email":"c@d"}]}"#)
        == ["550 x|a@b", "550 x|c@d"])
    // Copies went to others
    #expect(
      read(#"{"reason":"550 x","email":"a@b","cc":[{"email":"c@d"}]}"#) == ["550 x|a@b"])
    // What happened before
    #expect(
      read(#"{"msg":{"email":"a@b","smtp_events":[{"diag":"421 x"},{"diag":"550 y"}]}}"#)
        == ["550 y|a@b"])
    #expect(
      read(#"{"diag":"550 z","email":"a@b","smtp_events":[{"diag":"421 x"}]}"#) == ["550 z|a@b"])
    // Named once more
    #expect(
      read(
        #"{"data":[{"details":[{"diagnostic_message":"550 x","bounced_recipient":"a@b"}]}],"to":[{"email_address":{"address":"a@b"}}]}"#
      ) == ["550 x|a@b"])
    // Postfix's queue
    #expect(
      read(#"{"sender":"me@x","recipients":[{"address":"a@b","delay_reason":"421 x"}]}"#)
        == ["421 x|a@b"])
  }

  // MARK: - Strings and logs

  @Test(arguments: [
    (
      #"{"reason":"550 \u003ca@b\u003e \"No\"\\\n\ud83d\ude00 such\/user"}"#,
      "550 <a@b> \"No\"\\\n😀 such/user"
    ),
    (#"{"rea\u0073on":"550 x"}"#, "550 x"),
    (#"{"reason":"550 \ud83d x"}"#, "550 \u{FFFD} x"),
  ])
  func escapes(json: String, report: String) { #expect(read(json) == [report]) }

  @Test func jsonInStrings() {
    let event = #"{"bouncedRecipients":[{"emailAddress":"a@b","diagnosticCode":"smtp; 550 x"}]}"#
    func quoted(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
    let sns =
      "{\"Type\":\"Notification\",\"Subject\":\"mailbox full\",\"Message\":\"\(quoted(event))\"}"
    #expect(read(sns) == ["smtp; 550 x|a@b"])
    #expect(read("{\"Records\":[{\"body\":\"\(quoted(sns))\"}]}") == ["smtp; 550 x|a@b"])
    #expect(
      read("{\"log\":\"worker-1 | \(quoted(event))\\n\",\"stream\":\"stdout\"}") == [
        "smtp; 550 x|a@b"
      ])
    // A subject is nothing to read.
    #expect(read("{\"subject\":\"\(quoted(event))\"}") == [])
    // What is no JSON is the log's line.
    #expect(read(#"{"log":"said: 550 {x\n"}"#) == ["said: 550 {x"])
  }

  @Test(arguments: [
    "queue-1  | ", "[2026-11-28 10:00:00] production.ERROR: [4711] {x} ", "a {", "[[", "\n",
  ])
  func behindALogsWords(prefix: String) {
    #expect(read(prefix + #"{"email":"a@b","reason":"550 x"}"#) == ["550 x|a@b"])
    #expect(read(prefix + #"{"email":"a@b","reason":"550 x"} [] {}"#) == ["550 x|a@b"])
  }

  // MARK: - Bad JSON

  @Test func cutOff() {
    let json =
      #"{"a":[1,{"b":"c"}],"email":"a@b","status":"5.1.1","reason":"550 5.1.1 user unknown","z":[{"y":1}]}"#
    for length in 0...json.utf8.count {
      let reports = read(String(json.prefix(length)))
      #expect(reports.count <= 1)
      if length > 60 { #expect(reports.first?.hasSuffix("|a@b") == true, "\(length)") }
    }
    #expect(read(#"{"email":"a@b","reason":"550 5.1.1 user unkn"#) == ["550 5.1.1 user unkn|a@b"])
    #expect(read(#"[{"email":"a@b","reason":"550 x"},{"email":"c@"#) == ["550 x|a@b"])
  }

  /// None of it takes long, or much of the stack.
  @Test(arguments: [
    "{", "[", "{\"a\":", "{\"reason\":[", "[{\"message\":\"{", "{\"message\":\"{\\\"",
    "{\"message\":\"[{\\\"log\\\":\\\"{",
    "\\", "\"", "{\"\\u00", "{\"reason\":\"x\",", "{\"email\":\"a@b\",\"reason\":\"550 x\"},",
    "{\"status\":{\"a\":5,\"b\":1,", "[{\"to\":", "{}", "[0],",
  ])
  func hostile(unit: String) {
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let text = String(repeating: unit, count: count / unit.utf8.count)
      return clock.measure { _ = read("{\"reason\":\"550 x\"" + text).count + read(text).count }
    }
    #expect(time(50_000) < .seconds(20))
  }

  @Test func deepNesting() {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + #"{"reason":"550 x"}"#
        + String(repeating: close, count: depth)
    }
    #expect(read(nested(50, "{\"a\":", "}")) == ["550 x"])
    #expect(read(nested(50, "[", "]")) == ["550 x"])
    // Deeper is passed, and what stands beside it read.
    #expect(read("{\"reason\":\"421 y\",\"a\":" + nested(400, "{\"a\":", "}") + "}") == ["421 y"])
  }

  @Test func noMoreThanTenThousand() {
    let events = Array(repeating: #"{"email":"a@b","reason":"x"}"#, count: 10_100)
    #expect(read("[\(events.joined(separator: ","))]").count == 10_000)
  }

  // MARK: - The catalogue

  /// What an event's type means is something that rules know.
  @Test func textsOfTypes() {
    let classifier = BounceClassifier.standard
    let types = classifier.eventFields.types
    #expect(!types.isEmpty)
    for (type, text) in types {
      let verdict = classifier.classify(text)
      #expect(verdict.basis == .text && verdict.category != .unclassified, "\(type)")
    }
  }

  /// Rules of one's own name more fields, and theirs go first.
  @Test func ownFields() throws {
    let rules = try SampleRules(
      changes: [
        "events.yaml": """
        kind: events
        fields:
          reply: [acme.verdict, other]
          recipient: user
        types:
          gone: no such mailbox here
        """
      ])
    let classifier = rules.catalogue.classifier
    #expect(
      read(#"{"acme":{"verdict":"550 x"},"other":"421 y","user":"a@b"}"#, by: classifier)
        == ["550 x|a@b"])
    #expect(read(#"{"verdict":"550 x"}"#, by: classifier) == [])
  }
}
