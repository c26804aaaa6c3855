import RealRules
import Testing

@testable import whybounce

/// What people see of JSON events. The samples are made from what providers document.
@Suite struct EventCommandTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func run(_ arguments: [String], input: String = "") throws -> BuiltProgram.Result {
    try BuiltProgram.run(arguments, input: Array(input.utf8))
  }

  private static let several = #"""
    {
      "notificationType": "Bounce",
      "bounce": {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [
          {
            "emailAddress": "ann@example.com",
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "smtp; 550 5.1.1 user unknown"
          },
          {"emailAddress": "bob@example.com", "status": "4.0.0"}
        ]
      },
      "mail": {"messageId": "1", "subject": "Your mailbox is full"}
    }

    """#

  /// Keys, ids and the subject decide nothing.
  private static let bounce =
    #"{"event":"bounce","email":"ann@example.com","reason":"452 4.2.2 Mailbox full","mx":"mx.example.com","#
    + #""sg_message_id":"x","subject":"user unknown"}"#

  @Test(arguments: [("several", several), ("log", "worker-1 | \(bounce)\n")])
  func explains(name: String, input: String) throws {
    let result = try run([], input: input)
    #expect(result.exitCode == 0)
    // The line may move with every edit of the rules.
    let page = (result.error + result.output).replacing(#/:\d+\)/#, with: ":LINE)")
    try expectGolden(page, "event-\(name)")
    #expect(try run([input]).output == result.output)
  }

  /// The columns that tell what was read: line, category, code, status, host, text, error, recipient.
  private func rows(_ arguments: [String], _ input: String = "") throws -> [String] {
    let result = try run(["classify", "--format", "tsv"] + arguments, input: input)
    return result.output.split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
      if !cells[15].isEmpty { return "\(cells[1]) \(cells[15])" }
      return [1, 2, 9, 10, 11, 13, 16].map { String(cells[$0]) }.joined(separator: "|")
    }
  }

  @Test func classifies() throws {
    let row = "1|mailbox-full|452|4.2.2|mx.example.com|Mailbox full|ann@example.com"
    // A line, an object without the field that was asked for, a list on a line, a cell of a table
    #expect(try rows([], Self.bounce) == [row])
    #expect(try rows(["--input", "ndjson"], Self.bounce) == [row])
    #expect(try rows(["--input", "ndjson", "--field", "other"], Self.bounce) == [row])
    #expect(try rows(["--input", "ndjson", "--field", "reason"], "[\(Self.bounce)]") == [row])
    let cell = Self.bounce.replacing("\"", with: "\"\"")
    let table = try rows(["--input", "csv"], "id,text\n1,\"\(cell)\"\n")
    #expect(table == [row.replacing("1|", with: "2|", maxReplacements: 1)])
    // What the field holds is JSON again.
    let quoted = Self.bounce.replacing("\"", with: "\\\"")
    #expect(
      try rows(["--input", "ndjson", "--field", "Message"], "{\"Message\":\"\(quoted)\"}") == [row])
    let inner = #"{\"response\":{\"code\":450,\"content\":\"User unknown\"}}"#
    #expect(
      try rows(["--input", "ndjson", "--field", "Message"], "{\"Message\":\"\(inner)\"}")
        == ["1|recipient-unknown|450|||User unknown|"])
    // The command line's host holds for all.
    #expect(
      try rows(["--remote-host", "mx.other.example"], Self.bounce)
        == [row.replacing("mx.example.com", with: "mx.other.example")])
  }

  @Test func codesBesideTheField() throws {
    let lines = [
      #"{"id":1,"answer":{"code":450,"words":"User unknown"},"code":550}"#,
      #"{"answer":{"words":"User unknown","status":"5.1.1","smtp_code":"550"}}"#,
      #"{"answer":{"code":450,"words":"550 5.1.1 User unknown"}}"#,
      #"{"answer":{"code":450,"words":"550 User unknown"}}"#,
      #"{"answer":{"words":"User unknown"},"code":550,"other":{"status":"5.1.1"}}"#,
    ]
    let rows = try rows(
      ["--input", "ndjson", "--field", "answer.words"], lines.joined(separator: "\n"))
    #expect(
      rows.map {
        $0.split(separator: "|", omittingEmptySubsequences: false)[2...3].joined(separator: " ")
      }
        == ["450 ", "550 5.1.1", "550 5.1.1", "550 ", " "])
  }

  @Test func json() throws {
    let expected = [
      "1|recipient-unknown|550|5.1.1||user unknown|ann@example.com",
      "1|unclassified||4.0.0|||bob@example.com",
    ]
    let file = try scratch.file("events.json", Array(Self.several.utf8)).path
    // By its ending, or how it begins
    #expect(try rows([file]) == expected)
    #expect(try rows([], Self.several) == expected)
    #expect(try rows(["--input", "json", "--field", "x"], Self.several) == expected)
    let list = "[\n{\"text\": \"550 a\"},\n{\"text\":\n\"421 b\"},\n{}]\nwords"
    #expect(
      try rows(["--input", "json"], list) == [
        "2|unclassified|550|||a|", "3|unclassified|421|||b|",
        "5 The object has no field 'text'.", "6 The line is no valid JSON.",
      ])
    // What an object has instead of a reply
    let other = #"{"id": 7, "b": {"x": "y"}}"# + "\n" + #"{"e":1,"d":1,"c":1,"b\u001b":1,"a":1}"#
    let remark = "None of the object's fields is known to hold a reply. It has"
    #expect(
      try rows(["--input", "ndjson"], other) == [
        "1 \(remark) 'b', 'id': name one with --field.",
        "2 \(remark) 'a', 'b␛', 'c', 'd' and 1 more: name one with --field.",
      ])
    #expect(
      try rows(["--input", "ndjson", "--field", "x"], #"{"id": 7}"#)
        == ["1 The object has no field 'x'."])
    let kept = try run(
      ["classify", "--format", "ndjson", "--keep", "mail.messageId", file])
    #expect(kept.output.split(separator: "\n").count == 2)
    #expect(
      kept.output.split(separator: "\n").allSatisfy {
        $0.contains(#""input":{"mail.messageId":"1"}"#)
      })
  }
}
