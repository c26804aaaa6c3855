import RealRules
import ReplyMatcher
import Testing

/// What stands around a reply in a bounce that somebody pastes does not change what it says.
@Suite struct BounceFrameTests {
  /// A system that writes bounces, with its words around the reply.
  struct Frame: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let before: String
    let after: String
  }

  private static let header = """
    Return-Path: <anna@sender.example>
    Received: from mail.sender.example (localhost [127.0.0.1])
    \tby mail.sender.example (Postfix) with ESMTPS id 4XabC123z
    \tfor <bob@firma.example>; Thu, 26 Nov 2026 10:11:12 +0100 (CET)
    From: Anna <anna@sender.example>
    Subject: Is your mailbox full, or is my address blocked?
    MIME-Version: 1.0
    Content-Transfer-Encoding: quoted-printable

    The user is unknown to me.
    """

  static let frames = [
    Frame(
      testDescription: "Postfix",
      before: """
        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        <bob@firma.example>: host mx.firma.example[192.0.2.8] said: \

        """,
      after: """
         (in reply to RCPT TO command)

        Reporting-MTA: dns; mail.sender.example
        X-Postfix-Sender: rfc822; anna@sender.example

        \(header)
        """),
    Frame(
      testDescription: "Exim",
      before: """
        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          bob@firma.example
            host mx.firma.example [192.0.2.8]
            SMTP error from remote mail server after RCPT TO:<bob@firma.example>:
        \("    ")
        """,
      after: """

        ------ This is a copy of the message, including all the headers. ------

        \(header)
        """),
    Frame(
      testDescription: "qmail",
      before: """
        Hi. This is the qmail-send program at mail.sender.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <bob@firma.example>:
        192.0.2.8 does not like recipient.
        Remote host said: \

        """,
      after: """

        Giving up on 192.0.2.8.

        --- Below this line is a copy of the message.

        \(header)
        """),
    Frame(
      testDescription: "Exchange",
      before: """
        Your message couldn't be delivered.

        Diagnostic information for administrators:

        bob@firma.example
        Remote Server returned '
        """,
      after: """
        '

        Original message headers:

        \(header)
        """),
    Frame(
      testDescription: "a delivery report",
      before: """
        Reporting-MTA: dns; mail.sender.example

        Final-Recipient: rfc822; bob@firma.example
        Action: failed
        Remote-MTA: dns; mx.firma.example
        Diagnostic-Code: smtp; \

        """,
      after: """


        Content-Type: message/rfc822

        \(header)
        """),
  ]

  @Test(arguments: frames)
  func catalogueExamples(frame: Frame) throws {
    let classifier = try RealRules.classifier
    func category(_ reply: String) -> BounceCategory { classifier.classify(reply).category }
    // The reply of a program on the sending side is quoted by nobody.
    let replies = RealRules.someExamples.filter { reply in
      reply.prefix(3).allSatisfy { ("0"..."9").contains($0) } && !reply.contains("\n")
    }
    let changed = replies.filter { reply in
      let said = "host mx.firma.example[192.0.2.8] said: \(reply)"
      return category(said) != category(frame.before + reply + frame.after)
    }
    #expect(replies.count > 400)
    #expect(changed.count * 100 <= replies.count, "\(changed.joined(separator: "\n"))")
  }
}
