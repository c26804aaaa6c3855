import BounceCatalogue
import RealRules
import Testing

@testable import BounceMessages

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What messages say of whom. Each line of what is found: recipient, category, code.
@Suite struct MessageReportsTests {
  private func found(_ message: String) -> [String] {
    BounceClassifier.standard.classify(message: message.utf8).map { verdict in
      "\(verdict.details.recipient ?? "-") \(verdict.category.rawValue)"
        + (verdict.code.map { " \($0)" } ?? "")
    }
  }

  private func tellingReport(in message: MailMessage) -> RecipientReport {
    let classifier = BounceClassifier.standard
    return classifier.tellingReport(among: classifier.reports(in: message))
  }

  private static let head = """
    Return-Path: <>
    From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
    To: <me@example.org>
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied

    """

  private func parts(_ parts: (type: String, body: String)...) -> String {
    Self.head + "Content-Type: multipart/report; boundary=b\n\n"
      + parts.map { "--b\nContent-Type: \($0.type)\n\n\($0.body)\n" }.joined() + "--b--\n"
  }

  private func deliveryReport(_ fields: String..., text: String = "Sorry") -> String {
    parts(
      ("text/plain", text),
      ("message/delivery-status", (["Reporting-MTA: dns; mx"] + fields).joined(separator: "\n\n")))
  }

  @Test func anAnswerForEachRecipient() {
    func recipient(_ name: String, _ reply: String) -> String {
      "Final-Recipient: rfc822; <\(name)@example.com>\nAction: failed\nDiagnostic-Code: smtp; \(reply)"
    }
    #expect(
      found(deliveryReport(recipient("a", "550 5.1.1 User unknown"))) == [
        "a@example.com recipient-unknown 550"
      ])
    let three = deliveryReport(
      recipient("a", "550 zork"), recipient("b", "452 4.2.2 Mailbox full"),
      recipient("c", "550 5.1.1 User unknown"))
    #expect(
      found(three) == [
        "a@example.com unclassified 550", "b@example.com mailbox-full 452",
        "c@example.com recipient-unknown 550",
      ])
    let telling = MailMessage(three.utf8).map(tellingReport)
    #expect(telling?.recipient == "b@example.com")
    // An alias can fail in several ways: the first that tells a reason counts.
    let twice = deliveryReport(
      recipient("a", "550 zork"), recipient("A", "550 5.1.1 User unknown"),
      recipient("a", "552 5.2.2 Mailbox full"), recipient("b", "452 4.2.2 Mailbox full"))
    #expect(
      found(twice) == ["A@example.com recipient-unknown 550", "b@example.com mailbox-full 452"])
  }

  /// What the server said tells no reason, or is not there: then what people are told.
  @Test func reasonInTheText() {
    let fields = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.0.0"
    let answer = "\nDiagnostic-Code: smtp; 550 zork"
    #expect(
      found(deliveryReport(fields + answer, text: "Your mailbox is full")) == [
        "a@example.com mailbox-full 550"
      ])
    #expect(
      found(deliveryReport(fields + answer, text: "Hello")) == ["a@example.com unclassified 550"])
    let other = fields.replacing("a@", with: "b@")
    #expect(
      found(
        deliveryReport(
          fields, other, text: "a@example.com: 550 5.1.1 User unknown\nB@example.com: 552 too big"))
        == ["a@example.com recipient-unknown 550", "b@example.com message-too-large 552"])
    // A transcript tells of somebody else, too.
    #expect(
      found(
        deliveryReport(
          fields, text: "<a@example.com>... Mailbox full\n550 <b@example.com>: User unknown"))
        == ["a@example.com mailbox-full"])
  }

  @Test(arguments: [
    // Postfix
    (
      """
      <a@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in
          reply to RCPT TO command)

      <b@example.com>: host mx.example.com[192.0.2.1] said: 552-5.2.2 <c@example.com>: Over
          552 5.2.2 <c@example.com>: quota (in reply to RCPT TO command)
      """, ["a@example.com recipient-unknown 550", "b@example.com mailbox-full 552"]
    ),
    // qmail
    (
      """
      <a@example.com>:
      Sorry, no mailbox here by that name. (#5.1.1)

      <b@example.com>:
      This message is looping: it already has my Delivered-To line. (#5.4.6)

      --- Below this line is a copy of the message.
      """, ["a@example.com recipient-unknown", "b@example.com routing-error"]
    ),
    // qmail, whose host greets with what often goes wrong
    (
      """
      The most occurring reasons are:
      - wrongly typed e-mail address or the e-mail address doesn't exist.
      - the message couldn't be delivered in the past 3 days.

      <a@example.com>:
      user is over quota
      """, ["a@example.com mailbox-full"]
    ),
    // Exim
    (
      """
      A message that you sent could not be delivered to one or more of its recipients.

        a@example.com
          Unrouteable address
        b@example.com
          mailbox is full: retry timeout exceeded
      """, ["a@example.com routing-error", "b@example.com mailbox-full"]
    ),
    // Sendmail: the session stands before the line that names the recipient.
    (
      """
         ----- The following addresses had permanent fatal errors -----
      <a@example.com>
      <b@example.net>

         ----- Transcript of session follows -----
      ... while talking to mx.example.com.:
      >>> RCPT To:<a@example.com>
      <<< 550 5.1.1 <a@example.com>... User unknown
      550 5.1.1 <a@example.com>... User unknown
      ... while talking to mx.example.net.:
      <<< 554 Your IP address is listed in zen.spamhaus.org
      554 5.0.0 <b@example.net>... Service unavailable
      """, ["a@example.com recipient-unknown 550", "b@example.net blocklisted 554"]
    ),
    // CommuniGate Pro
    (
      """
      Failed to deliver to 'a@example.com'
      SMTP module(domain example.com) reports:
       550 5.1.1 User unknown

      Failed to deliver to 'b@example.com'
      LOCAL module(account b) reports:
       account is full (quota exceeded)

      For help, write to support@example.com
      """, ["a@example.com recipient-unknown 550", "b@example.com mailbox-full"]
    ),
    // One recipient, named in the middle.
    (
      "Your message to <a@example.com> was refused: User unknown.",
      ["a@example.com recipient-unknown"]
    ),
    ("Your message (sent by <me@example.org>) was refused: User unknown.", ["- recipient-unknown"]),
  ])
  func reportsForPeople(text: String, verdicts: [String]) {
    #expect(found(Self.head + "\n" + text) == verdicts)
    #expect(found((Self.head + "\n" + text).replacing("\n", with: "\r\n")) == verdicts)
  }

  /// A name inside the mail system is no address to anybody else; addresses may be in any script; who
  /// writes to himself is a recipient too.
  @Test func addresses() {
    func report(_ fields: String...) -> String {
      deliveryReport(
        fields.joined(separator: "\n") + "\nAction: failed", text: "me@example.org: User unknown")
    }
    func recipient(_ fields: String...) -> String? {
      BounceClassifier.standard.classify(
        message: deliveryReport(fields.joined(separator: "\n")).utf8
      ).first?.details.recipient
    }
    #expect(
      recipient("Final-Recipient: rfc822; a@daemon", "Original-Recipient: rfc822; a@example.com")
        == "a@example.com")
    #expect(
      recipient("Final-Recipient: LOCAL;<a>", "Original-Recipient: rfc822; a@example.com")
        == "a@example.com")
    #expect(recipient("Final-Recipient: utf-8; <用户@例子.中国>") == "用户@例子.中国")
    func original(_ address: String) -> String? {
      let fields = "Final-Recipient: rfc822; a@example.com\nOriginal-Recipient: rfc822; "
      return BounceClassifier.standard.classify(message: deliveryReport(fields + address).utf8)
        .first?.details.originalRecipient
    }
    #expect(original("list@example.net") == "list@example.net")
    #expect(original("A@example.com") == nil)
    #expect(
      found(report("Final-Recipient: rfc822; me@example.org")) == [
        "me@example.org recipient-unknown"
      ])
  }

  /// A local part may have characters that replies put around addresses.
  @Test func unusualLocalParts() {
    for address in ["o'brien@example.com", "a/b=c?d@example.com", #""ann b"@example.com"#] {
      let failed = "Action: failed\nDiagnostic-Code: smtp; 550 User unknown"
      for field in ["rfc822; \(address)", "rfc822;<\(address)>", address] {
        #expect(
          found(deliveryReport("Final-Recipient: \(field)\n" + failed)) == [
            "\(address) recipient-unknown 550"
          ])
      }
      let text = "\n<\(address)>:\nUser unknown\n\n<b@example.com>:\nMailbox full\n"
      #expect(
        found(Self.head + text) == ["\(address) recipient-unknown", "b@example.com mailbox-full"])
    }
    #expect(
      found(Self.head + "\n'a@example.com' is no such user.\n") == [
        "a@example.com recipient-unknown"
      ])
  }

  @Test func recipientsBehindTheSameWords() {
    let text =
      "  Recipient: <a@example.com>\n  Reason:    <a@example.com>... User unknown\n"
      + "  Recipient: <b@example.com>\n  Reason:    <b@example.com>... Mailbox full\n"
    #expect(
      found(Self.head + "\n" + text) == [
        "a@example.com recipient-unknown", "b@example.com mailbox-full",
      ])
  }

  /// Names of malware, and addresses of those who help.
  @Test func addressesOfNoRecipient() {
    #expect(
      found(Self.head + "\nMail to a@example.com had the virus Sobig.F@mm\n")
        == ["a@example.com virus"])
    #expect(
      found(Self.head + "\nTo: a@example.com\nIs spam. Ask postmaster@example.com for help.\n")
        == ["a@example.com spam-content"])
  }

  @Test func failedRecipientsInTheHeader() {
    let head = "X-Failed-Recipients: a@example.com,\n  b@example.com\n" + Self.head
    #expect(
      found(head + "\n  a@example.com\n    User unknown\n\nMailbox full\n") == [
        "a@example.com recipient-unknown", "b@example.com mailbox-full",
      ])
  }

  @Test func returnedMessage() {
    let message = parts(
      ("text/plain", "User unknown"),
      ("message/rfc822", "To: a@example.com\nMessage-ID: <1.2@example.org>\nSubject: x\n\ny"))
    #expect(found(message) == ["a@example.com recipient-unknown"])
    // Whom to ask is no recipient, but he may be one of several.
    func returned(_ text: String, to fields: String) -> [String] {
      found(
        parts(
          ("text/plain", text),
          ("message/rfc822", "\(fields)\nMessage-ID: <1@example.org>\nSubject: x\n\ny")))
    }
    let helper = "User unknown. Whoever has questions may write to us under us@example.com."
    #expect(
      returned(helper, to: #"To: "a@b.example" <A@b.example>"#)
        == ["a@b.example recipient-unknown"])
    let copied = "We are sorry to say that mail to b@example.com is over quota."
    #expect(
      returned(copied, to: "To: a@c.d\nCc: b@example.com") == ["b@example.com mailbox-full"])
    func messageID(_ message: String) -> String? {
      BounceClassifier.standard.classify(message: message.utf8).first?.details.messageID
    }
    #expect(messageID(message) == "1.2@example.org")
    #expect(messageID("In-Reply-To: <3@example.org>\n" + Self.head + "\nx") == "3@example.org")
    #expect(messageID("In-Reply-To: you\n" + Self.head + "\nx") == nil)
    let receipt = "Final-Recipient: rfc822; a@example.com\nOriginal-Message-ID: <4@example.org>"
    #expect(
      messageID(parts(("message/disposition-notification", receipt))) == "4@example.org")
  }

  /// The text may end with the header of the message, and the report for programs comes behind it.
  @Test func reportBehindAQuotedHeader() {
    let quoted = """
      The message was not relayed.

      Return-Path: <me@example.org>
      From: Me <me@example.org>
      Message-ID: <1@example.org>
      Subject: User unknown
      """
    let fields = """
      Final-Recipient: rfc822; a@example.com
      Action: failed
      Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
      """
    #expect(found(deliveryReport(fields, text: quoted)) == ["a@example.com mailbox-full 552"])
  }

  // MARK: - No failures

  @Test func deliveries() {
    let delivered = "Final-Recipient: rfc822; a@example.com\nAction: delivered\nStatus: 2.0.0"
    let failed =
      "Final-Recipient: rfc822; b@example.com\nAction: failed\nDiagnostic-Code: smtp; 550 User unknown"
    #expect(found(deliveryReport(delivered)) == ["a@example.com delivered"])
    let both = deliveryReport(delivered, failed)
    #expect(found(both) == ["a@example.com delivered", "b@example.com recipient-unknown 550"])
    // Who reads one only, reads the failure.
    let telling = MailMessage(both.utf8).map(tellingReport)
    #expect(telling?.recipient == "b@example.com")
    let receipt =
      "Final-Recipient: rfc822; a@example.com\nDisposition: manual-action/"
      + "MDN-sent-manually; displayed"
    #expect(
      found(parts(("text/plain", "Read"), ("message/disposition-notification", receipt))) == [
        "a@example.com delivered"
      ])
    #expect(
      found(
        "From: Ann <ann@example.com>\nTo: me@example.org\nContent-Type: message/disposition-notification"
          + "\n\nDisposition: manual-action/MDN-sent-manually; displayed")
        == ["ann@example.com delivered"])
  }

  /// As delivery agents with Sieve do it.
  @Test func refusalInAReceipt() {
    func receipt(_ text: String) -> String {
      parts(
        ("text/plain", text),
        (
          "message/disposition-notification",
          "Final-Recipient: rfc822; a@example.com\n"
            + "Disposition: automatic-action/MDN-sent-automatically; deleted"
        ))
    }
    #expect(
      found(receipt("Your message to <a@example.com> was automatically rejected:\nQuota exceeded"))
        == ["a@example.com mailbox-full"])
    #expect(
      found(receipt("Your message was deleted without being read.")) == ["a@example.com delivered"])
  }

  @Test func complaints() {
    let report = "Feedback-Type: abuse\nVersion: 1\nSource-IP: 192.0.2.1\nOriginal-Rcpt-To: "
    let original = ("message/rfc822", "From: me@example.org\nTo: b@example.com\n\nUser unknown")
    let text = ("text/plain", "This is an abuse report: your mail is spam")
    #expect(
      found(parts(text, ("message/feedback-report", report + "a@example.com"), original)) == [
        "a@example.com feedback-report"
      ])
    #expect(
      found(parts(text, ("message/feedback-report", report + "redacted"), original)) == [
        "b@example.com feedback-report"
      ])
    let verdict = BounceClassifier.standard.classify(
      message: parts(text, ("message/feedback-report", report)).utf8)[0]
    #expect(verdict.action == .suppress && verdict.bounce == .none && verdict.retry == .never)
  }

  /// Who complains about mail, and says so in the header alone, is not whom it went to; who wants no more,
  /// is.
  @Test func complaintsInTheHeader() {
    let fields = "From: Desk <desk@example.com>\nTo: abuse@example.org\n"
    let text = "\nSpam came from 192.0.2.1, see desk@example.com.\n"
    #expect(
      found("\(fields)Subject: [SpamCop (192.0.2.1) id:7]Watches\n\(text)") == [
        "- feedback-report"
      ])
    #expect(
      found("\(fields)Subject: Watches\nX-XARF: PLAIN\n\(text)") == ["- feedback-report"])
  }

  /// A receipt that a mail system writes tells whose mailbox took the mail.
  @Test func receiptsInWordsAlone() {
    let subject = "To: me@example.org\nSubject: Successful Mail Delivery Report\n"
    let text = "\nYour mail was taken for\n\n<a@example.com>: delivered\n"
    #expect(
      found("From: MAILER-DAEMON@mx.example.com\n\(subject)\(text)") == [
        "a@example.com delivered"
      ])
    #expect(found("From: MAILER-DAEMON@mx.example.com\n\(subject)\nYes.\n").count == 1)
  }

  /// A person's mailbox answers; a mail system reports, in whatever fields; and an SMTP reply in the
  /// text is a report.
  @Test func automaticReplies() {
    let fields = "From: Ann <ann@example.com>\nTo: me@example.org\nSubject: "
    let body = "\n\nI am out of the office. My account is disabled.\n"
    for subject in [
      "Automatic reply: Lunch",
      "=?utf-8?B?QXV0b21h?=\n =?utf-8?B?dGlzY2hlIEFudHdvcnQ6IEVzc2VuZQ==?=",
      "=?iso-8859-1?Q?R=E9ponse_automatique_:?= x",
    ] {
      #expect(found(fields + subject + body) == ["ann@example.com auto-reply"])
    }
    #expect(
      found(fields + "Re: x\nAuto-Submitted: auto-replied (vacation)" + body) == [
        "ann@example.com auto-reply"
      ])
    #expect(
      found(fields + "Automatic reply: x\n\nI heard that 550 5.1.1 User unknown came back") == [
        "ann@example.com auto-reply"
      ])
    // Known by its words alone.
    #expect(
      found("Return-Path: <>\n" + fields + "Re: x\n\nYour email will be answered by a human ASAP\n")
        == ["ann@example.com auto-reply"])
    #expect(found(Self.head + body) == ["- mailbox-inactive"])
    #expect(
      found(fields + "Re: x\nAuto-Submitted: auto-replied\n\n550 5.1.1 User unknown") == [
        "- recipient-unknown 550"
      ])
    let verdict = BounceClassifier.standard.classify(
      message: (fields + "Automatic reply: x" + body).utf8)[0]
    #expect(verdict.action == .nothing && verdict.bounce == .none)
  }

  /// Who wrote the mail that is quoted is no recipient of it.
  @Test func authorsOfWhatIsQuoted() {
    for quoted in [
      "From: Me <my.other@example.net>\nSubject: x", "> Reply-To: my.other@example.net",
      "---------------\nVon: Me <my.other@example.net>\nBetreff: x",
    ] {
      #expect(found("\(Self.head)\nNo such user here.\n\n\(quoted)\n") == ["- recipient-unknown"])
    }
    for quoted in ["To: a@example.com", "---------------\nTo: Ann <a@example.com>"] {
      #expect(
        found("\(Self.head)\nNo such user here.\n\n\(quoted)\n") == [
          "a@example.com recipient-unknown"
        ])
    }
  }

  /// Whom to ask for help is no recipient.
  @Test func theReportersOwnAddress() {
    #expect(
      found(
        Self.head
          + "\n<ann@example.com>:\nUser unknown\n\nKind regards,\n\n<mailer-daemon@mx.example.com>\nMailbox full\n"
      ) == ["ann@example.com recipient-unknown"])
  }

  /// Whoever wrote to a list is told of the list.
  @Test(arguments: [
    "List-Post: <mailto:choir@example.com>", "X-BeenThere: choir@example.com",
  ])
  func listsThatHoldAMessage(field: String) {
    let notice = """
      Return-Path: <>
      From: choir-bounces@example.com
      To: me@example.org
      Subject: Your message to Choir awaits moderator approval
      \(field)

      Your mail to 'Choir' is being held until the list moderator can review it.
      Reason: Post by non-member to a members-only list
      """
    #expect(found(notice) == ["choir@example.com recipient-restricted"])
  }

  /// A list's owner or moderator refuses by a program that may call itself an answering one.
  @Test func mailThatModeratorsRefuse() {
    func refusal(from author: String, to member: String = "me@example.org", _ text: String)
      -> [String]
    {
      found(
        """
        From: \(author)
        To: \(member)
        Subject: Your mail
        Auto-Submitted: auto-replied

        \(text)

        """)
    }
    let text = "Your message to choir@example.com was rejected by the moderator: off topic."
    let expected = ["choir@example.com recipient-restricted"]
    for author in ["choir-owner@example.com", "choir+owner@example.com", "owner-choir@example.com"]
    {
      #expect(refusal(from: author, text) == expected, "\(author)")
    }
    // Where to ask is named too.
    let asks = "\nQuestions? Write to choir-help@example.com or choir-owner@example.com."
    #expect(refusal(from: "choir-owner@example.com", text + asks) == expected)
    // Who asks the software for help, gets it.
    #expect(
      refusal(from: "choir-help@example.com", text + asks).allSatisfy { !expected.contains($0) })
    // People have answering machines, and owners are told of what others wrote.
    #expect(refusal(from: "ann@example.com", text) == ["ann@example.com auto-reply"])
    #expect(
      refusal(from: "choir-bounces@example.com", to: "choir-owner@example.com", text)
        == ["choir-bounces@example.com auto-reply"])
  }

  /// The header alone may name the list.
  @Test func mailThatListsRefuse() {
    func notice(to recipient: String) -> [String] {
      found(
        """
        From: choir-bounces@example.com
        To: \(recipient)
        Subject: Your message
        List-Id: <choir.example.com>
        X-BeenThere: choir@example.com

        Post by non-member to a members-only list

        """)
    }
    #expect(notice(to: "me@example.org") == ["choir@example.com recipient-restricted"])
    // What its owner writes to all.
    #expect(notice(to: "choir@example.com") == ["- recipient-restricted"])
  }

  /// What a list passes on is its member's letter, also where he shows a report.
  @Test func lettersToLists() {
    let letter = """
      From: Ann <ann@example.com>
      Sender: choir-bounces@example.com
      To: me@example.org
      Subject: Help

      I am told 550 5.1.1 User unknown when I write to choir@example.com.

      """
    #expect(found(letter) == ["- recipient-unknown 550"])
  }

  /// A list's mail that comes back is not refused for the list, whoever names its address.
  @Test func mailOfLists() {
    let report = """
      Return-Path: <>
      From: MAILER-DAEMON@mx.example.org
      To: choir-bounces@example.com
      Subject: Undelivered

      """
    let reason = "\nNo such user here.\n"
    #expect(found(report + reason) == ["- recipient-unknown"])
    #expect(
      found(
        report + "\nIt went through choir@example.com, which is told of it.\n\nNo such user here.\n"
      )
        == ["- recipient-unknown"])
    #expect(
      found("List-Post: <mailto:choir@example.com>\n" + report + reason)
        == ["- recipient-unknown"])
    let returned = "\n--- Original message ---\n\nReceived: by mx\nFrom: Ann <ann@example.net>\n"
    let field = "List-Post: <mailto:choir@example.com>\n"
    let end = "To: choir@example.com\nSubject: x\nDate: x\n\nhello\n"
    #expect(found(report + reason + returned + end) == ["choir@example.com recipient-unknown"])
    #expect(found(report + reason + returned + field + end) == ["- recipient-unknown"])
  }

  /// Somebody asks for help, and shows a report: copied into the letter, or attached as a file.
  @Test func reportsThatSomebodyPassesOn() {
    let fields = "From: Me <me@example.org>\nTo: help@example.net\nSubject: Fwd: Undelivered\n"
    let report =
      "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>\nTo: me@example.org\n"
      + "Date: Fri, 27 Nov 2026 12:00:00 +0000\nSubject: Undelivered\n"
    let reason = "\n<ann@example.com>: host mx.example.com said: 550 5.1.1 User unknown\n"
    let expected = ["ann@example.com recipient-unknown 550"]
    #expect(
      found(
        fields + "\nIs my mailbox full?\n\n---------- Forwarded message ---------\n" + report
          + reason)
        == expected)
    let file = "Received: from mx.example.com by mx.example.org\n" + report + reason
    #expect(
      found(
        fields + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIs my mailbox full?\n--b\n"
          + "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
          + Data(file.utf8).base64EncodedString(options: .lineLength76Characters) + "\n--b--\n")
        == expected)
    #expect(found(fields + "\nThe report said:" + reason) == ["- recipient-unknown 550"])
  }

  /// The report for people may bear the label of the one for programs.
  @Test func wordsLabelledAsAReportForPrograms() {
    let status = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nStatus: 5.3.0\n"
    #expect(
      found(
        parts(
          ("message/delivery-status", "This message was undeliverable: over quota"),
          ("message/delivery-status", status))) == ["a@example.com mailbox-full"])
  }

  /// Some relays write fields of MIME into each group of the report for programs.
  @Test func fieldsOfMIMEAreNoReply() {
    let mime = "MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii"
    #expect(
      found(
        deliveryReport(
          mime + "\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 4.2.2\n" + mime)
      ) == ["a@example.com mailbox-full"])
  }

  /// As many recipients as a message has room for take no more than twice its length.
  @Test func manyRecipients() {
    let text = String(repeating: "word ", count: 1 << 14)
    let names = (0..<1 << 10).map { "a\($0)@example.com" }
    let messages = [
      "X-Failed-Recipients: " + names.joined(separator: ",\n ") + "\n" + Self.head + "\n" + text,
      parts(
        (
          "message/feedback-report",
          "Feedback-Type: " + text
            + names.map { "\nOriginal-Rcpt-To: \($0)" }.joined()
        )),
      deliveryReport(
        (names + names).map { "Final-Recipient: rfc822; \($0)" }.joined(separator: "\n\n"),
        text: names[0] + "\n" + text),
    ]
    for message in messages {
      let reports = MailMessage(message.utf8).map(BounceClassifier.standard.reports) ?? []
      #expect(reports.count >= names.count)
      #expect(reports.map(\.text.count).reduce(0, +) < 8 * message.utf8.count)
    }
  }

  /// Mail in which a person writes of an account is no report on an address; a forwarded reply is.
  @Test func letters() {
    let letter =
      "From: shop@example.com\nTo: me@example.org\nSubject: Hello\n\na@example.net: "
    #expect(found(letter + "The mailbox is disabled") == ["- mailbox-inactive"])
    #expect(
      found(letter + "550 5.1.1 <b@example.com> User unknown") == ["- recipient-unknown 550"])
    #expect(
      found(letter + "to=<b@example.com>, relay=mx.example.com[192.0.2.1]: 550 5.1.1 User unknown")
        == ["- recipient-unknown 550"])
    // A program's, or passed on.
    #expect(
      found("From: no-reply@example.com\n" + letter + "550 5.1.1 <b@example.com> User unknown")
        == ["a@example.net recipient-unknown 550"])
    #expect(
      found(letter + "From: MAILER-DAEMON@example.com\n\n550 5.1.1 <b@example.com> User unknown")
        == ["a@example.net recipient-unknown 550"])
  }

  /// Nobody loses his address because of what a person writes.
  @Test func noLetterGivesUpAnAddress() {
    let fields = "To: me@example.org\nSubject: x\n\n"
    func verdict(_ author: String, _ text: String) -> Verdict {
      BounceClassifier.standard.classify(message: "From: \(author)\n\(fields)\(text)\n".utf8)[0]
    }
    let reply = "<b@example.com>: 550 5.1.1 User unknown"
    let letter = verdict("ann@example.com", "They say: \(reply)")
    #expect(letter.category == .recipientUnknown && letter.action == .review)
    #expect(letter.bounce == .block && letter.details.recipient == nil)
    #expect(verdict("MAILER-DAEMON@example.com", reply).action == .suppress)
  }

  /// Where the header has lost what says that a program wrote the message, the subject may.
  @Test func subjectsOfReports() {
    func found(_ subject: String, _ text: String) -> [String] {
      let head = "From: Outlook <x7@example.com>\nTo: me@example.com\n"
      return self.found(head + "Subject: \(subject)\n\n\(text)")
    }
    let text = "Delivery has failed:\n\na@example.net\nThe mailbox is full.\n"
    #expect(found("Undeliverable: Virus: read", text) == ["a@example.net mailbox-full"])
    #expect(found("Unzustellbar: x", text) == ["a@example.net mailbox-full"])
    #expect(found("Re: Undeliverable: x", text) == ["- mailbox-full"])
    #expect(found("Undeliverable parcel", text) == ["- mailbox-full"])
    #expect(found("Undeliverable parcel: x", text) == ["- mailbox-full"])
    let nothing = "Write to a@example.net.\n"
    #expect(found("Delivery delayed: x", nothing) == ["- unclassified"])
    #expect(
      self.found("From: no-reply@example.com\nSubject: Undeliverable: x\n\n\(nothing)")
        == ["a@example.net unclassified"])
  }

  /// A subject that is a report's from beginning to end, perhaps with a number.
  @Test(arguments: [
    "Undelivered Mail Returned to Sender", "Failed mail  (msg.aa12034)", "failure notice",
    "Delivery Status Notification (Failure)",
  ])
  func wholeSubjectsOfReports(subject: String) {
    let fields = "From: x7@example.com\nTo: me@example.com\nSubject: "
    let text = "\n\nMail could not be delivered to\n\na@example.net\nUser unknown\n"
    #expect(found(fields + subject + text) == ["a@example.net recipient-unknown"])
    #expect(found("\(fields)\(subject) of Ann's\(text)") == ["- recipient-unknown"])
    #expect(found("\(fields)Re: \(subject)\(text)") == ["- recipient-unknown"])
  }

  /// The subject says that it is a report, whatever says that a program answers.
  @Test func reportsThatCallThemselvesAnswers() {
    let message = """
      From: Microsoft Outlook <x7@example.com>
      To: me@example.org
      Subject: Undeliverable: x
      Auto-Submitted: auto-replied
      Content-Type: text/html

      <p>Delivery has failed to these recipients:</p><p><a href="mailto:a@example.com">Ann</a>
      (a@example.com)<br>The mailbox is full.</p>

      """
    #expect(found(message) == ["a@example.com mailbox-full"])
  }

  @Test func messagesWithoutText() {
    let request = "From: a@example.com\nTo: unsubscribe@example.org\nSubject: unsubscribe\n\n"
    #expect(found(request) == ["a@example.com feedback-report"])
    #expect(
      found("From: a@example.com\nTo: b@example.org\nSubject: User unknown\n\n \n") == [
        "- unclassified"
      ])
    #expect(
      found(Self.head.replacing("Undelivered Mail Returned to Sender", with: "User unknown")) == [
        "- recipient-unknown"
      ])
  }

  @Test func noMessage() { #expect(found("550 5.1.1 User unknown").isEmpty) }

  /// Not all mail systems have addresses of the Internet, or write them so.
  @Test func addressesOfOtherKinds() {
    let refused = "Diagnostic-Code: smtp; 550 no zork"
    func found(_ recipient: String, _ answer: String = refused) -> [String] {
      self.found(deliveryReport("Final-Recipient: \(recipient)\nStatus: 5.1.1\n\(answer)"))
    }
    for other in ["X400; /C=US/ADMD= /S=Doe/", "LOCAL; root", "rfc822; John Doe/ACME"] {
      #expect(found(other) == ["- recipient-unknown 550"], "\(other)")
    }
    for address in ["'a'@example.com", "=a@example.com", "/o=x/ou=y@example.com"] {
      #expect(found("rfc822; \(address)") == ["\(address) recipient-unknown 550"])
    }
    #expect(found("rfc822; 'a@example.com'") == ["a@example.com recipient-unknown 550"])
    #expect(found("utf-8; ä@example.com", "Action: failed") == ["ä@example.com recipient-unknown"])
  }

  /// A report for programs may leave the recipient out: the mail that came back names him.
  @Test func recipientOfTheReturnedMail() {
    let returned = """
      --x
      Content-Type: message/rfc822

      Received: from a.example by mx.example.net; Tue, 5 Mar 2013 09:57:21 -0500
      From: hans@example.com
      To: nobody@example.net
      Subject: hi

      hi
      --x--

      """
    let message = """
      From: Mailer-Daemon@mx.example.net
      To: hans@example.com
      Content-Type: multipart/report; report-type=delivery-status; boundary=x

      --x
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 user unknown

      \(returned)
      """
    #expect(found(message) == ["nobody@example.net recipient-unknown 550"])
  }

  /// What somebody attaches to a letter is not his own mail that came back.
  @Test func lettersWithAttachedMail() {
    func letter(_ author: String) -> [String] {
      found(
        """
        From: ann@example.com
        To: bob@example.org
        Content-Type: multipart/mixed; boundary=x

        --x
        Content-Type: text/plain

        Carl left: 550 user unknown.
        --x
        Content-Type: message/rfc822

        Received: from a.example by mx.example.net; Tue, 5 Mar 2013 09:57:21 -0500
        From: \(author)
        To: dora@example.net
        Subject: hi

        hi
        --x--

        """)
    }
    #expect(letter("carl@example.com") == ["- recipient-unknown 550"])
    #expect(letter("bob@example.org") == ["dora@example.net recipient-unknown 550"])
  }

  /// Majordomo tells the reason in the subject, and sends the whole message behind it.
  @Test func reasonInTheSubject() {
    let message = """
      From: owner-list@example.org
      To: list-approval@example.org
      Subject: BOUNCE list@example.org: Header field too long (>2048)

      >From bob@example.com  Tue Mar  5 09:57:21 2013
      Received: from a by b; Tue, 5 Mar 2013 09:57:21 -0500
      From: bob@example.com
      To: list@example.org
      Subject: hi

      hi

      """
    #expect(found(message) == ["list@example.org content-rejected"])
  }

  /// A text for people in two forms, of which the plain one may say only where to look.
  @Test func reasonInThePageAlone() {
    func message(_ plain: String) -> String {
      Self.head
        + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        + plain + "\n--b\nContent-Type: text/html\n\n<p>Mail to <b>a@example.com</b> failed.<p>"
        + "The mailbox is full.\n--b--\n"
    }
    #expect(found(message("Please see the page.")) == ["a@example.com mailbox-full"])
    #expect(
      found(message("<b@example.com>: User unknown")) == ["b@example.com recipient-unknown"])
  }

  /// A mail system may write its reason below the mail that it returns.
  @Test func reasonBehindTheReturnedMail() {
    func message(_ end: String, from reporter: String = "MAILER-DAEMON@mx.example.com") -> String {
      """
      From: \(reporter)
      To: me@example.org
      Subject: Mail

      Your mail to a@example.com follows.

      Received: by mx.example.com; Tue, 5 Mar 2013 09:57:21 -0500
      From: me@example.org
      To: a@example.com
      Subject: x
      Date: Tue, 5 Mar 2013 09:57:21 -0500

      hello
      \(end)

      """
    }
    #expect(
      found(message("a@example.com: 550 5.2.2 Mailbox full")) == ["a@example.com mailbox-full 550"])
    // The words of that mail.
    for end in ["Your mailbox is full", "a@example.com: full of mail", "550 5.2.2 Mailbox full"] {
      #expect(found(message(end)) == ["a@example.com unclassified"], "\(end)")
    }
    let person = message("a@example.com: 550 5.2.2 Mailbox full", from: "b@example.com")
    #expect(found(person).allSatisfy { $0.hasSuffix(" unclassified") })
  }

  /// What people let programs answer says so in words alone, unless they quote another's.
  @Test func answersWithoutAnyField() {
    let head = "From: ann@example.com\nTo: bob@example.org\nSubject: README (#104)\n\n"
    let words = "This is the only notification you will receive while this person is away."
    #expect(found("\(head)\(words)\n") == ["ann@example.com auto-reply"])
    #expect(found("\(head)What now?\n> \(words)\n").allSatisfy { $0.hasPrefix("- ") })
  }

  /// Real bounces of many systems, where they are there to look at.
  @Test(.enabled(if: !RealRules.corpusMessages.isEmpty)) func realMessages() {
    let classifier = BounceClassifier.standard
    let known = Set(classifier.categories.map(\.id.rawValue))
    var (right, all) = (0, 0)
    for (bytes, accept) in RealRules.corpusMessages where !accept.isDisjoint(with: known) {
      let text = MailMessage(bytes).map(tellingReport)?.text ?? bytes
      all += 1
      right += accept.contains(classifier.classify(text).category.rawValue) ? 1 : 0
    }
    #expect(right * 100 > all * 94, "\(right) of \(all)")
  }
}
