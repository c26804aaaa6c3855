import Foundation
import RealRules
import Testing

@testable import whybounce

@Suite struct MailboxTests {
  /// As a mail system keeps them: CRLF or not, quoted lines that begin with "From ".
  private static let mailbox = """
    From MAILER-DAEMON Thu Nov 26 10:00:00 2026
    Return-Path: <>
    From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
    To: me@example.org
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b

    From the mail system: your message did not arrive.

    From here on, what the servers said is repeated:

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    Final-Recipient: rfc822; ann@example.com
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 User unknown

    Final-Recipient: rfc822; bob@example.com
    Action: failed
    Status: 4.2.2
    Diagnostic-Code: smtp; 452 4.2.2 Mailbox full

    --b
    Content-Type: message/rfc822

    From: me@example.org
    Subject: Lunch

    From Monday 10:00:00 to 2026

    --b--

    From cleo@example.com Thu Nov 26 10:00:01 2026
    From: Cleo <cleo@example.com>
    To: me@example.org
    Subject: =?utf-8?Q?Automatische_Antwort:?= Lunch

    Ich bin im Urlaub, mein Postfach ist voll.

    From fbl@example.net Thu Nov 26 10:00:02 2026
    From: fbl@example.net
    To: abuse@example.org
    Subject: FW: Lunch
    Content-Type: multipart/report; report-type=feedback-report; boundary=c

    --c
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    Original-Rcpt-To: dan@example.com

    --c--
    """

  @Test func theReadmeShowsIt() throws {
    let scratch = try Scratch()
    let file = try scratch.file("bounces.mbox", Array(Self.mailbox.utf8))
    let result = try BuiltProgram.run(["classify", "--format", "ndjson", file.path])
    let rows = try result.output.split(separator: "\n").map { line in
      let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
      return "[\(record.line),\"\(record.category)\",\"\(record.action)\","
        + "\"\(record.details.recipient)\"]"
    }
    let shown = try #require(
      ReadmeTests().readme.components(separatedBy: "    jq -c '[.line, .category, .action, ").last)
    let lines = shown.components(separatedBy: "```")[0].split(separator: "\n")
    #expect(rows == lines.dropFirst().map { String($0) })
  }

  private struct Record: Decodable {
    struct Details: Decodable { let recipient: String }
    let line: Int
    let category, action: String
    let details: Details
  }

  private func pieces(
    _ text: some Collection<UInt8>, chunk: Int, limit: Int = 1 << 20, taking: Bool = false
  ) -> [String] {
    var cutter = MessageCutter(limit: limit)
    var block = InputBlock()
    var pieces: [String] = []
    func take() {
      cutter.take(into: &block)
      pieces += block.pieces.map { piece in
        "\(piece.line)\(piece.isTruncated ? "…" : "") "
          + String(decoding: block.bytes[piece.range], as: UTF8.self)
      }
    }
    var rest = Array(text)[...]
    while !rest.isEmpty {
      rest.prefix(chunk).withUnsafeBytes { cutter.add($0) }
      rest = rest.dropFirst(chunk)
      if taking { take() }
    }
    cutter.finish()
    take()
    return pieces
  }

  @Test(arguments: ["\n", "\r\n"]) func chunks(lineBreak: String) {
    let text = Self.mailbox.replacing("\n", with: lineBreak)
    let whole = pieces(text.utf8, chunk: 1 << 20)
    #expect(whole.map { $0.prefix { $0 != " " } } == ["1", "39", "46"])
    #expect(whole.map { $0.drop { $0 != " " }.dropFirst() }.joined() == text[...])
    for chunk in [1, 2, 7, 64, 333] {
      #expect(pieces(text.utf8, chunk: chunk) == whole)
      #expect(pieces(text.utf8, chunk: chunk, taking: true) == whole)
    }
  }

  /// Programs write other things in front of a mailbox, and behind the date.
  @Test func otherSeparators() {
    let one = "From a@b Thu Nov 26 10:00:00 2026\nx\n\n"
    let two = "From c Fri Nov  1 10:00 2024 +0100\ny"
    #expect(pieces((one + two).utf8, chunk: 9) == ["1 " + one, "4 " + two])
    #expect(pieces([0xEF, 0xBB, 0xBF] + (one + two).utf8, chunk: 9) == ["1 " + one, "4 " + two])
    #expect(pieces(("\r\n\n" + one + two).utf8, chunk: 9) == ["1 \r\n\n" + one, "6 " + two])
    #expect(pieces((one + "From Monday 10:00 to 2026\n").utf8, chunk: 9).count == 1)
  }

  /// Input without an end is full at some time, also where no line ends.
  @Test func endlessLine() {
    var cutter = MessageCutter(limit: 50)
    let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 20)
    for _ in 0..<3 { chunk.withUnsafeBytes { cutter.add($0) } }
    #expect(cutter.isFull && cutter.byteCount == 50)
  }

  /// What is a message by its first lines, whatever its file is called.
  @Test func messagesOfAnyName() throws {
    let scratch = try Scratch()
    let lines = "550 5.1.1 User unknown\nSubject: x\nFrom: y\n"
    let texts = [
      (Self.mailbox, 4), ("\u{FEFF}" + Self.mailbox, 4), (lines, 3),
      ("Subject: x\n\n550 no\n550 no\n", 3),
    ]
    for (text, count) in texts {
      let file = try scratch.file("text", Array(text.utf8))
      for result in [
        try BuiltProgram.run(["classify", "--format", "ndjson", file.path]),
        try BuiltProgram.run(["classify", "--format", "ndjson"], input: Array(text.utf8)),
      ] {
        #expect(result.output.split(separator: "\n").count == count)
      }
    }
    let note = try BuiltProgram.run([], input: Array(Self.mailbox.utf8)).error
    #expect(note.hasPrefix("Note: the mailbox has several messages;"))
    // The text of a report, copied without its header, can speak of several recipients too.
    let one = "<ann@example.com>: host mx.example.com[192.0.2.25] said: 450 4.2.0 Greylisted\n"
    #expect(try BuiltProgram.run([], input: Array(one.utf8)).error == "")
    let two = try BuiltProgram.run(
      [], input: Array((one + "\n<bob@example.net>: 550 5.1.1 User unknown\n").utf8))
    #expect(two.error.hasPrefix("Note: the text speaks of 2 recipients, and this is one answer."))
  }

  /// What is no mailbox stays in one piece, and of a message that is too long its beginning.
  @Test func limits() {
    let separator = "From a@b Thu Nov 26 10:00:00 2026\n"
    let letter = "From: a\n\nFrom me\n\n\(separator)x"
    #expect(pieces(letter.utf8, chunk: 5) == ["1 " + letter])
    #expect(pieces(letter.utf8, chunk: 5, limit: 10) == ["1… " + letter.prefix(10)])
    #expect(pieces([0xEF, 0xBB, 0xBF] + "a".utf8, chunk: 5) == ["1 a"])
    #expect(pieces("".utf8, chunk: 1) == ["1 "])
    let two = separator + String(repeating: "x", count: 100) + "\n\n" + separator + "y"
    #expect(
      pieces(two.utf8, chunk: 7, limit: 50) == [
        "1… " + two.prefix(50), "4 " + separator + "y",
      ])
  }
}
