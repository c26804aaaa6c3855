import BounceCatalogue
import Testing

@testable import BounceMessages

/// Of whom the text of a report speaks. Each line of what is found: recipient, category, code.
@Suite struct RecipientBlocksTests {
  private func found(_ text: String, head: String = head) -> [String] {
    BounceClassifier.standard.classify(message: (head + "\n" + text).utf8).map { verdict in
      "\(verdict.details.recipient ?? "-") \(verdict.category.rawValue)"
        + (verdict.code.map { " \($0)" } ?? "")
    }
  }

  private func withoutCode(_ found: String) -> String {
    found.split(separator: " ").prefix(2).joined(separator: " ")
  }

  private static let head = """
    Return-Path: <>
    From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
    To: <me@example.org>
    Subject: Undelivered Mail Returned to Sender

    """

  /// Rows of tables and lists in many forms; of a row whose words no rule knows, too.
  @Test(arguments: [
    """
    Recipient            Code   Reason
    -------------------  -----  ------------
    ann@example.com      550    User unknown
    bob@example.net      552    Mailbox full
    """,
    """
    ann@example.com     | 550 5.1.1 User
                        | unknown
    bob@example.net     | 552 5.2.2 Mailbox full
    """,
    """
    1. ann@example.com; Failed; 550 5.1.1 (User unknown)
    2. bob@example.net; Failed; 552 5.2.2 (Mailbox full)
    """,
    """
    * ann@example.com - 550 User unknown
    * bob@example.net - 552 Mailbox full
    """,
    """
    550 User unknown: ann@example.com
    552 User mailbox exceeds allowed size: bob@example.net
    """,
    """
    Recipient: [SMTP:ann@example.com]
    Reason: 550 User unknown
    Recipient: [SMTP:bob@example.net]
    Reason: 552 Mailbox full
    """,
    """
    <ann@example.com> 550 no such user here
    <bob@example.net> 552 mailbox is full
    """,
    """
    ann@example.com am 09.06.2005 10:02
          550 User unknown

    bob@example.net am 09.06.2005 10:03
          552 Mailbox full
    """,
  ])
  func tables(text: String) {
    #expect(
      found("These recipients failed:\n\n" + text + "\n").map(withoutCode) == [
        "ann@example.com recipient-unknown", "bob@example.net mailbox-full",
      ])
  }

  @Test func rowsWithUnknownWords() {
    #expect(
      found("ann@example.com   zork\nbob@example.net   User unknown\n") == [
        "ann@example.com unclassified", "bob@example.net recipient-unknown",
      ])
  }

  /// Of a sentence that begins with an address, only where it tells a reason is that a recipient.
  @Test func sentences() {
    #expect(
      found("<ann@example.com>: User unknown\n\nbob@example.net can help you.\n") == [
        "ann@example.com recipient-unknown"
      ])
    #expect(
      found(
        "<ann@example.com>:\nRemote host said: 550 Mailbox full, see\nbob@example.net is blocked\n"
      ).map { $0.prefix { $0 != " " } } == ["ann@example.com"])
  }

  /// Exim's list, in which an item may begin with a file.
  @Test func itemsThatBeginOtherwise() {
    #expect(
      found(
        """
          ann@example.com
            Unrouteable address
          /home/bob/mail
            (generated from bob@example.net)
            mailbox is full
          cid@example.com
            User unknown
        """) == [
          "ann@example.com routing-error", "bob@example.net mailbox-full",
          "cid@example.com recipient-unknown",
        ])
  }

  @Test func groups() {
    let above = """
      No such user:
        ann@example.com
        bob@example.net
      Mailbox full:
        cid@example.com
      """
    let below = """
      ann@example.com
      bob@example.net

      No such user

      cid@example.com

      Mailbox full
      """
    for text in [above, below] {
      #expect(
        found(text) == [
          "ann@example.com recipient-unknown", "bob@example.net recipient-unknown",
          "cid@example.com mailbox-full",
        ])
    }
    #expect(
      found("Connection timed out:\n\nann@example.com\nbob@example.net\n\nBye") == [
        "ann@example.com connection-failed", "bob@example.net connection-failed",
      ])
    #expect(
      found("Connection timed out:\n\n<ann@example.com>,\n<bob@example.net>;\n\nBye") == [
        "ann@example.com connection-failed", "bob@example.net connection-failed",
      ])
    // A heading that only names the next ones tells no reason of its own.
    #expect(
      found(
        """
        The mailbox is full.

        These people did not get the mail:
          ann@example.com

        Nor did these people:
          bob@example.net

        Bye
        """) == ["ann@example.com mailbox-full", "bob@example.net mailbox-full"])
  }

  /// Of a session, the commands name the sender and the recipients.
  @Test func transcripts() {
    #expect(
      found(
        """
         In:  MAIL FROM:<you@example.net>
         Out: 250 2.1.0 Ok
         In:  RCPT TO:<ann@example.com>
         Out: 550 5.1.1 User unknown
        """) == ["ann@example.com recipient-unknown 550"])
  }

  /// The sender may have written to himself; elsewhere his address is part of what is said.
  @Test func senderAsRecipient() {
    #expect(
      found(
        """
        <me@example.org>:
        User unknown

        <ann@example.com>: 550 5.1.8
         <me@example.org>: Sender address rejected: Domain not found
        """) == ["me@example.org recipient-unknown", "ann@example.com sender-domain-dns 550"])
    #expect(
      found("<<< 501 <me@example.org>... open relay\n550 <ann@example.com>... User unknown")
        .map(withoutCode) == ["ann@example.com poor-reputation"])
  }

  /// Chinese and Japanese have no spaces.
  @Test func addressesBetweenWordsWithoutSpaces() {
    #expect(
      found(
        """
        发件人：me@example.org
        无法发送到ann@example.com
            退信原因：收件人不存在
        无法发送到bob@example.net
            退信原因：收件人邮箱已满
        """) == ["ann@example.com recipient-unknown", "bob@example.net mailbox-full"])
    #expect(
      found("您发送给ann@example.com的邮件被退回，原因是对方邮箱已满。") == [
        "ann@example.com mailbox-full"
      ])
    #expect(found("测试1@例子.中国: User unknown") == ["测试1@例子.中国 recipient-unknown"])
    #expect(found("<测试@例子.中国>: User unknown") == ["测试@例子.中国 recipient-unknown"])
  }

  /// The address inside the mail system, and the one that the sender wrote.
  @Test func originalAddress() {
    #expect(
      found(
        """
          Recipient address: ann@local-daemon
          Original address: ann@example.com
          Reason: Over quota

          Recipient address: bob@example.com
          Reason: User unknown
        """) == ["ann@example.com mailbox-full", "bob@example.com recipient-unknown"])
  }

  /// In HTML, a row is a line, however many lines its markup has.
  @Test func markup() {
    func row(_ address: String, _ words: String) -> String {
      "<tr>\n <td>\n\(address)\n</td>\n <td>\(words)</td>\n</tr>\n"
    }
    let table = row("ann@example.com", "550 User\nunknown") + row("bob@example.net", "Mailbox full")
    let type = "Content-Type: text/html\n"
    #expect(
      found("<p>Failed:</p>\n<table>\n\(table)</table>", head: Self.head + type).map(withoutCode)
        == ["ann@example.com recipient-unknown", "bob@example.net mailbox-full"])
    #expect(
      found("<pre>\nann@example.com:\nUser unknown\n</pre>", head: Self.head + type) == [
        "ann@example.com recipient-unknown"
      ])
  }

  /// List software passes on what came back to it.
  @Test func reportInsideAReport() {
    let outer = Self.head.replacing("MAILER-DAEMON@mx", with: "LISTSERV@lists")
    let inner = Self.head.replacing("me@example.org", with: "owner@lists.example.com")
    #expect(
      found(
        "Delivery error for the list:\n\n\(inner)\n<ann@example.com>: User unknown\n", head: outer)
        == ["ann@example.com recipient-unknown"])
  }

  /// Whatever the lines, each byte is read a few times only: what it costs to ask whether a text tells
  /// a reason is all that could grow faster than the message.
  @Test(
    arguments: [
      "a@b.c x\n", "a@b.c\n x\ny\n", "User unknown: a@b.c\nMailbox full a@b.d\n", "a@b\nx: a@b.c\n",
      "a@b.c\n\nUser unknown\n\n", "- - 1. a@b.c\n", "a@b.c\n x\n",
    ], [true, false])
  func hostileLines(lines: String, tellsReason: Bool) {
    let text = Array(String(repeating: lines, count: 1 << 9).utf8)
    if tellsReason { #expect(!found(String(decoding: text, as: UTF8.self)).isEmpty) }
    var bytesRead = 0
    func reads(_ text: [UInt8], saying answer: Bool) -> Bool {
      bytesRead += text.count
      return answer
    }
    withoutActuallyEscaping(reads) { reads in
      let blocks = RecipientBlocks(
        in: text, without: [], tellsReason: { reads($0, tellsReason) },
        isSender: { reads($0, false) })
      #expect(blocks.recipients.count <= 2)
    }
    #expect(bytesRead <= 4 * text.count)
  }
}
