import BounceCatalogue
import Foundation
import RealRules
import Testing

@testable import BounceMessages

@Suite struct MailMessageTests {
  private func report(_ text: String) -> String? {
    MailMessage(text.utf8).map { String(decoding: $0.text, as: UTF8.self) }
  }

  private func telling(_ text: String) -> String? {
    let classifier = BounceClassifier.standard
    return MailMessage(text.utf8).map {
      String(
        decoding: classifier.tellingReport(among: classifier.reports(in: $0)).text, as: UTF8.self)
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
    Action: failed
    Status: 5.2.2
    Remote-MTA: dns; mx.example.net
    Diagnostic-Code: smtp; 552 5.2.2 The mailbox is full
    """

  @Test func parts() throws {
    let report = try #require(self.report(Self.multipart))
    #expect(report.hasPrefix("I'm sorry"))
    #expect(!report.contains("disabled") && !report.contains("MIME-encapsulated"))
    #expect(telling(Self.multipart) == Self.full)
  }

  /// Parts of a message and what they come to. (Of this type, and with few calls: as arguments of the macro
  /// they took the compiler half a minute.)
  private static let bodyTexts: [(body: String, text: String)] = [
    (
      "Content-Transfer-Encoding: base64\n\n" + base64(Array("550 User unknown".utf8)),
      "550 User unknown\n"
    ),
    (
      "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n550 User unk=\r\nnown =3D=C3=A9=ZZ=",
      "550 User unknown =é=ZZ=\n"
    ),
    (
      "Content-Type: text/html\n\n<STYLE>p > a {}</Style><p class=\"x\">User&nbsp;<b>unknown</b>"
        + " &lt;a@b&gt; &c &Uuml;&#252;&#xFc; &#x110000; &auml",
      " \nUser  unknown  <a@b> &c Üüü &#x110000; &auml\n"
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
    // Without MIME, up to the message that came back.
    (
      "\n550 User unknown\n\n--- Your message ---\nReceived: from a\nFrom: b\nTo: c\n\nspam",
      "550 User unknown\n\n--- Your message ---\n"
    ),
    // In the encodings of Japan, Russia and China.
    (
      "Content-Type: text/plain; charset=ISO-2022-JP\n\n\u{1B}$BG[Aw\u{1B}(B", "配送\n"
    ),
    ("\n\u{1B}$BG[Aw\u{1B}(B", "配送\n"),
    (
      "Content-Type: text/plain; charset=\"koi8-r\"\nContent-Transfer-Encoding: base64\n\n"
        + base64([0xCE, 0xC5, 0xD4, 0xFF]), "нетЪ\n"
    ),
    (
      "Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
        + base64([0xB2, 0xBB, 0xFF, 0x41, 0xB2]), "不\u{FFFD}A\u{FFFD}\n"
    ),
    ("Content-Type: text/plain; charset=../x\n\ntext", "text\n"),
    // A letter to which an accent could follow.
    ("Content-Type: text/plain; charset=windows-1258\n\n552 a", "552 a\n"),
    // The end is missing; and what only calls itself base64.
    ("Content-Transfer-Encoding: base64\n\nNTUyIGJveCBm\ndWxs4\n", "552 box full\n"),
    ("Content-Transfer-Encoding: base64\n\nNTUyIGJveC4\n", "552 box.\n"),
    ("Content-Transfer-Encoding: base64\n\n552 box full.\n", "552 box full.\n\n"),
    (
      "Content-Type: text/html\n\n<!-- a > b 552 full --!><p>x --> 5 < 9, <3 <i>y</i><!-- z",
      " 5 < 9, <3  y \n"
    ),
    // A boundary that begins like another, and one in two pieces.
    (
      "Content-Type: multipart/mixed; boundary*0=\"a\"; boundary*1=b\n\n--ab\n"
        + "Content-Type: multipart/alternative; boundary=abc\n\n--abc\n\nplain\n--abc\n"
        + "Content-Type: text/html\n\n<p>marked\n--abc--\n--ab \n\ntext\n--ab--\n",
      "plain\n\ntext\n\n"
    ),
  ]

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  @Test(arguments: bodyTexts)
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
    #expect(report(outer + Self.head + "\nHello\n--x--") == "")
  }

  /// Parts that lie too deep are left out, and no others.
  @Test func deepParts() {
    let parts = (0...8).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }
    let body = parts.joined() + "\ndeep\n--b0\n\n552 Mailbox full\n--b0--"
    #expect(report(Self.head + body) == "552 Mailbox full\n\n")
  }

  /// What a reply looks like, with a colon behind its first word or not, and reports without a header.
  @Test(arguments: [
    "", "550 5.1.1 User unknown", "host mx.example.com said: 550 no", "Remote: 550 no\nFrom: x\n",
    "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n550 no",
    "To: a@example.com\nSubject: x\nnot delivered: 550 User unknown\n\nBye", "From here to there",
    "Date: x\nFrom: y\nDiagnostic-Code: smtp; 550 no\n\n \n",
  ])
  func noMessages(text: String) { #expect(MailMessage(text.utf8) == nil) }

  @Test func brokenLineInAHeader() {
    let header = "Received: from a by b\n(version x)\nFrom: x\nSubject: y\n\n"
    #expect(report(header + "550 no") == "550 no\n")
  }

  /// A line of dashes ends what could be a header, so that no line is read for each one above it.
  @Test func rulesAreNoFields() {
    var text = Array("--a: b\nx: y\n\n".utf8)[...]
    #expect(MailHeader(removedFrom: &text).isEmpty && text.starts(with: "--a".utf8))
    text = Array("x: y\n--a: b\n\n".utf8)[...]
    #expect(MailHeader(removedFrom: &text).isEmpty && text.starts(with: "x".utf8))
  }

  /// Anything is read, and nothing traps.
  @Test(arguments: [
    "a:\n", "x\n", "\n", "--b\n", "--a: b\n", "<style", "&", "=",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "--b\nContent-Type: message/delivery-status\n\na:\nx\n", "a@b.c:\n", "Final-Recipient: x;a@b\n",
    "Final-Recipient: x;a@b\n\n", "=?utf-8?Q?", "a@b.c", "550 a@b.c\n", "From a b c d 1:2:3 2026\n",
  ])
  func hostileText(piece: String) {
    let head = Self.head + "Message-ID: x\n"
    let text = String(repeating: piece, count: (1 << 13) / piece.utf8.count)
    for type in ["text/html", "multipart/mixed; boundary=b", "message/delivery-status", "x"] {
      _ = telling(head + "Content-Type: \(type)\n\n" + text)
    }
    // In the header too.
    _ = telling(head + text)
    _ = telling("From: a@b.c\nSubject: \(text)\nTo: d@e.f\n\nx")
  }
}
