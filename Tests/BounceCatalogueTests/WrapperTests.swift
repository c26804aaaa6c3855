import BounceCatalogue
import Testing

/// What the words around a reply tell, and what they must not.
@Suite struct WrapperTests {
  @Test func hostsInTheReplysOwnWordsAreNotTheServer() {
    let verdict = BounceClassifier.standard.classify(
      "host mx.example.org[192.0.2.1] said: 554 5.7.1 Client host mail.example.com[198.51.100.7] "
        + "is not welcome (in reply to RCPT TO command)")
    #expect(verdict.details.remoteHost == "mx.example.org")
    #expect(verdict.details.remoteIP == "192.0.2.1")
    #expect(verdict.details.command == .rcptTo)
    #expect(verdict.text == "Client host mail.example.com[198.51.100.7] is not welcome")
  }

  @Test func wordsThatOnlyLookLikeATrailerStay() {
    let verdict = BounceClassifier.standard.classify("550 Refused after DATA because we can")
    #expect(verdict.text == "Refused after DATA because we can")
  }

  /// A probe of the sender's address is about the sender, whatever it heard; without that answer, its
  /// words are the reply.
  @Test(arguments: [
    (
      "450 4.1.7 <a@b.example>: Sender address rejected: unverified address: host mx.b.example"
        + "[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
      "User unknown"
    ),
    (
      "550 Sender address verification failed: 550 5.1.1 <a@b.example>: Recipient address rejected: "
        + "User unknown in relay recipient table",
      "<a@b.example>: Recipient address rejected: User unknown in relay recipient table"
    ),
    ("550 5.7.1 Sender verify failed", "Sender verify failed"),
    (
      "450 4.7.1 Sender address verification failed, wait",
      "Sender address verification failed, wait"
    ),
  ])
  func probesOfTheSender(reply: String, text: String) {
    let verdict = BounceClassifier.standard.classify(reply)
    #expect(verdict.category == .senderRejected && verdict.action != .suppress)
    #expect(verdict.text.hasPrefix(text))
  }

  @Test func theInnermostReplyCounts() {
    let verdict = BounceClassifier.standard.classify(
      "host relay.example.net[192.0.2.5] said: 451 4.4.0 host mx.example.org[192.0.2.1] said: "
        + "552 5.2.2 Over quota (in reply to end of DATA command)")
    #expect(verdict.code?.rawValue == 552)
    #expect(verdict.status?.description == "5.2.2")
    #expect(verdict.details.remoteHost == "mx.example.org")
    #expect(verdict.text == "Over quota")
  }

  @Test func qmailsLastLineIsNotPartOfTheReply() {
    let verdict = BounceClassifier.standard.classify(
      "<x@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 No such person\n"
        + "Giving up on 192.0.2.1.")
    #expect(verdict.text == "No such person")
  }

  @Test func marksBeforeTheCodeAreNotPartOfTheReply() {
    let texts = [
      "Remote Server returned '550 5.1.1 Unknown user'",
      "550 5.1.1 host mx.example.org said: 552 Unknown user",
      "SMTP error from remote mail server after RCPT TO:<x@example.com>: 550 Unknown user",
    ].map { BounceClassifier.standard.classify($0).text }
    #expect(texts == Array(repeating: "Unknown user", count: 3))
  }

  @Test func whoseMailItWas() {
    func details(_ reply: String) -> Verdict.Details {
      BounceClassifier.standard.classify(reply).details
    }
    // A queue's listing has the sender in front of the reason, and the recipient below.
    let said = "(host mx.example.net[192.0.2.1] said: 450 4.2.2 mailbox full)"
    #expect(
      details("4F2A 1203 Dec  7 23:27:14 a@example.org\n\(said)\n  b@example.net").recipient == nil)
    #expect(details("<b@example.net>: \(said.dropFirst().dropLast())").recipient == "b@example.net")
    let forwarded =
      "to=<b@example.net>, orig_to=<a@example.org>, relay=mx.example.net[192.0.2.1]:25"
    #expect(
      details(forwarded + ", dsn=5.1.1, status=bounced (no such user)").recipient == "b@example.net"
    )
    #expect(
      details("** b@example.net R=dnslookup T=smtp: no such user").recipient == "b@example.net")
    #expect(details("** b@example.net <a@example.org> R=x T=smtp: no such user").recipient == nil)
  }

  @Test func aClientIsNotTheServerThatReplied() {
    let verdict = BounceClassifier.standard.classify(
      "NOQUEUE: reject: RCPT from mail.example.org[192.0.2.7]: 554 5.7.1 <b@example.net>: Relay access "
        + "denied; from=<a@example.org> to=<b@example.net> proto=ESMTP helo=<mail.example.org>")
    #expect(verdict.details.remoteHost == nil && verdict.details.remoteIP == nil)
    #expect(verdict.text == "<b@example.net>: Relay access denied")
    #expect(verdict.details.recipient == "b@example.net")
  }

  /// Though no placeholder takes it.
  @Test(arguments: [
    (
      "550 5.7.1 Refused, see https://example.com/a?b=192.0.2.1.", nil,
      "https://example.com/a?b=192.0.2.1"
    ),
    ("550 5.7.1 [192.0.2.7] Refused", "192.0.2.7", nil),
    ("550 5.7.1 Refused: 2001:db8::7, 4 of 5.6.7", "2001:db8::7", nil),
    ("550 5.7.1 192.0.2.7 or 192.0.2.8 refused", nil, nil), ("550 5.7.1 Refused", nil, nil),
  ])
  func whatTheReplyNames(reply: String, ip: String?, url: String?) {
    let details = BounceClassifier.standard.classify(reply).details
    #expect(details.ip == ip && details.url == url)
  }

  @Test func inATranscriptTheFirstFailureCounts() {
    let verdict = BounceClassifier.standard.classify(
      "250 2.1.0 Sender ok\n552 5.2.2 Over quota\n503 5.5.1 No valid recipients")
    #expect(verdict.code?.rawValue == 552)
    #expect(verdict.status?.description == "5.2.2")
  }
}
