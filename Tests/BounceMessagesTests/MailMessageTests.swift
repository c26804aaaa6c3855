import BounceCatalogue
import Foundation
import RealRules
import Testing

@testable import BounceMessages

@Suite struct MailMessageTests {
  private func report(_ text: String) -> String? {
    MailMessage(text.utf8).map { String(decoding: $0.report, as: UTF8.self) }
  }

  private func telling(_ text: String) -> String? {
    MailMessage(text.utf8).map {
      String(decoding: BounceClassifier.standard.tellingText(in: $0), as: UTF8.self)
    }
  }

  private static let head = """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender

    """

  /// As Postfix writes it.
  private static let multipart = """
    From MAILER-DAEMON Thu Nov 26 10:00:00 2026
    \(head)Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="ABC/mx.example.com"

    This is a MIME-encapsulated message.

    --ABC/mx.example.com
    Content-Description: Notification
    Content-Type: text/plain; charset=utf-8

    I'm sorry to have to inform you that your message could not be delivered.

    --ABC/mx.example.com
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.com

    Final-Recipient: rfc822; a@example.com
    Action: relayed
    Status: 2.0.0
    Diagnostic-Code: smtp; 250 2.0.0 queued

    Final-Recipient: rfc822; b@example.com
    Action: failed
    Remote-MTA: dns; mx.example.net
    Status: 5.2.2
    Diagnostic-Code: smtp; 552 5.2.2 The mailbox
     is full

    --ABC/mx.example.com
    Content-Type: message/rfc822

    From: me@example.org
    Subject: blocked as spam

    Your account is disabled.

    --ABC/mx.example.com--
    """

  private static let full = """
    Final-Recipient: rfc822; b@example.com
    Status: 5.2.2
    Remote-MTA: dns; mx.example.net
    Diagnostic-Code: smtp; 552 5.2.2 The mailbox is full
    """

  @Test func parts() throws {
    let report = try #require(self.report(Self.multipart))
    #expect(report.hasPrefix("I'm sorry"))
    #expect(report.contains("Diagnostic-Code: smtp; 552"))
    #expect(!report.contains("disabled") && !report.contains("MIME-encapsulated"))
    #expect(telling(Self.multipart) == Self.full)
  }

  @Test(arguments: [
    (
      "Content-Transfer-Encoding: base64\n\n" + Data("550 User unknown".utf8).base64EncodedString(),
      "550 User unknown\n"
    ),
    (
      "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n550 User unk=\r\nnown =3D=C3=A9=ZZ=",
      "550 User unknown =é=ZZ=\n"
    ),
    (
      "Content-Type: text/html\n\n<STYLE>p > a {}</Style><p class=\"x\">User&nbsp;<b>unknown</b>"
        + " &lt;a@b&gt; &c", "  User  unknown  <a@b> &c\n"
    ),
    (
      "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n"
        + "Content-Type: text/html\n\n<p>marked\n--b--", "plain\n\n"
    ),
    ("Content-Type: multipart/mixed\n\nNo boundary", "No boundary\n"),
    (
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b\n\ntext",
      "text\n"
    ),
  ])
  func bodies(body: String, text: String) {
    #expect(report(Self.head + body)?.trimmingPrefix("\n") == text[...])
  }

  /// Of a message that was passed on with the bounce in it, the bounce counts; of one that came back
  /// with no report, nothing.
  @Test func messageInAMessage() {
    let outer =
      Self.head + "Content-Type: multipart/mixed; boundary=x\n\n--x\n"
      + "Content-Type: message/rfc822\n\n"
    #expect(
      telling(outer + Self.multipart.drop { $0 != "\n" }.dropFirst() + "\n--x--")
        == Self.full)
    #expect(report(outer + Self.head + "\nHello\n--x--") == nil)
  }

  /// Each recipient has an answer; a single one without a reason has the whole report's.
  @Test func recipients() throws {
    func report(_ replies: String...) throws -> MailMessage {
      let fields = replies.enumerated().map { number, reply in
        "Final-Recipient: rfc822; r\(number)@example.com\nDiagnostic-Code: smtp; \(reply)\n\n"
      }
      let text =
        Self.head + "Content-Type: multipart/report; boundary=b\n\n--b\n\nYour quota is used up\n"
        + "--b\nContent-Type: message/delivery-status\n\n" + fields.joined() + "--b--"
      return try #require(MailMessage(text.utf8))
    }
    func found(_ message: MailMessage) -> [String] {
      BounceClassifier.standard.tellingTexts(in: message).map {
        let verdict = BounceClassifier.standard.classify($0)
        return "\(verdict.details.recipient ?? "?") \(verdict.category.rawValue)"
      }
    }
    #expect(try found(report("550 5.1.1 User unknown")) == ["r0@example.com recipient-unknown"])
    #expect(try found(report("550 zork")) == ["r0@example.com mailbox-full"])
    let three = try report("550 zork", "452 4.2.2 Mailbox full", "550 5.1.1 User unknown")
    #expect(
      found(three) == [
        "r0@example.com unclassified", "r1@example.com mailbox-full",
        "r2@example.com recipient-unknown",
      ])
    #expect(
      String(decoding: BounceClassifier.standard.tellingText(in: three), as: UTF8.self)
        .contains("r1@"))
  }

  /// Real bounces of many systems, where they are there to look at.
  @Test(.enabled(if: !RealRules.corpusMessages.isEmpty)) func realMessages() {
    let classifier = BounceClassifier.standard
    let known = Set(classifier.categories.map(\.id.rawValue))
    var (right, all) = (0, 0)
    for (bytes, accept) in RealRules.corpusMessages where !accept.isDisjoint(with: known) {
      let text = MailMessage(bytes).map(classifier.tellingText) ?? bytes
      all += 1
      right += accept.contains(classifier.classify(text).category.rawValue) ? 1 : 0
    }
    #expect(right * 100 > all * 92, "\(right) of \(all)")
  }

  /// What a reply looks like, with a colon behind its first word or not, and reports without a header.
  @Test(arguments: [
    "", "550 5.1.1 User unknown", "host mx.example.com said: 550 no", "Remote: 550 no\nFrom: x\n",
    "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n550 no",
    "To: a@example.com\nSubject: x\nnot delivered: 550 User unknown\n\nBye", "From here to there",
    "Subject: x\nFrom: y\n\n \n",
  ])
  func noMessages(text: String) { #expect(MailMessage(text.utf8) == nil) }

  @Test func brokenLineInAHeader() {
    let header = "Received: from a by b\n(version x)\nFrom: x\nSubject: y\n\n"
    #expect(report(header + "550 no") == "550 no\n")
  }

  /// Anything is read in an instant: a reader that goes back to the beginning would need minutes.
  @Test(arguments: [
    "a:\n", "x\n", "\n", "--b\n", "<style", "&", "=",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "--b\nContent-Type: message/delivery-status\n\na:\nx\n",
  ])
  func hostileText(piece: String) {
    let head = Self.head + "Message-ID: x\n"
    for type in ["text/html", "multipart/mixed; boundary=b", "message/delivery-status", "x"] {
      let text =
        head + "Content-Type: \(type)\n\n"
        + String(repeating: piece, count: (1 << 16) / piece.utf8.count)
      _ = telling(text)
      _ = telling(head + String(repeating: piece, count: (1 << 16) / piece.utf8.count))
    }
  }
}
