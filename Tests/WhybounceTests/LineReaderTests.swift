import Testing

@testable import whybounce

@Suite struct LineReaderTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let input: String
    /// `LINE:TEXT`, with `…` behind what was cut off.
    let replies: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "no input", input: "", replies: []),
    Case(name: "one line", input: "550 a\n", replies: ["1:550 a"]),
    Case(name: "no line break at the end", input: "550 a\n551 b", replies: ["1:550 a", "2:551 b"]),
    Case(name: "CRLF", input: "550 a\r\n551 b\r\n", replies: ["1:550 a", "2:551 b"]),
    Case(name: "CR inside", input: "550 a\rb\n", replies: ["1:550 a\rb"]),
    Case(name: "blank lines", input: "\n \t\r\n550 a\n\n\nb", replies: ["3:550 a", "6:b"]),
    Case(
      name: "byte order mark", input: "\u{FEFF}550-a\n550 b\n\u{FEFF}c",
      replies: ["1:550-a\n550 b", "3:\u{FEFF}c"]),
    Case(
      name: "continuation", input: "550-a\r\n550-b\r\n550 c\r\n550 d\r\n",
      replies: ["1:550-a\n550-b\n550 c", "4:550 d"]),
    Case(
      name: "behind marks of quotation", input: "> 550-a\n> 550 b\n  421-c\n\t421 d\n<<< 550 e\n",
      replies: ["1:> 550-a\n> 550 b", "3:  421-c\n\t421 d", "5:<<< 550 e"]),
    Case(
      name: "one status code", input: "550-5.1.1 a\n550 5.1.1\n550-b\n550 5.1.1\n",
      replies: ["1:550-5.1.1 a\n550 5.1.1", "3:550-b\n550 5.1.1"]),
    Case(
      name: "first lines of several replies", input: "550-5.1.1 a\n550-5.2.2 b\n550 5.7.1\n",
      replies: ["1:550-5.1.1 a", "2:550-5.2.2 b", "3:550 5.7.1"]),
    Case(
      name: "last line is the bare code", input: "550-a\n550\n550 b\n",
      replies: ["1:550-a\n550", "3:550 b"]),
    Case(
      name: "continuation at the end", input: "421 a\n550-b\n550-c",
      replies: ["1:421 a", "2:550-b\n550-c"]),
    Case(
      name: "unfinished, then another code", input: "550-a\n421-b\n421 c\n",
      replies: ["1:550-a", "2:421-b\n421 c"]),
    Case(
      name: "unfinished, then text", input: "550-a\ntext\n550 b\n",
      replies: ["1:550-a", "2:text", "3:550 b"]),
    Case(
      name: "unfinished, then a blank line", input: "550-a\n\n550 b\n",
      replies: ["1:550-a", "3:550 b"]),
    Case(
      name: "a line break folded to a space", input: "550-a 550 b\n550-c 550-d\n550 e\n",
      replies: ["1:550-a 550 b", "2:550-c 550-d\n550 e"]),
    Case(
      name: "the code as part of a number", input: "550-a 5501 550x\n550 b\n",
      replies: ["1:550-a 5501 550x\n550 b"]),
    Case(
      name: "no reply codes", input: "650-a\n650 b\n55-a\n550_a\n550_b\n",
      replies: ["1:650-a", "2:650 b", "3:55-a", "4:550_a", "5:550_b"]),
    Case(name: "NUL", input: "550 \0\n\0\n", replies: ["1:550 \0", "2:\0"]),
    Case(
      name: "exactly as long as the limit", input: "550 45678901234567890\r\n551\n",
      replies: ["1:550 45678901234567890", "2:551"]),
    Case(
      name: "one byte too long", input: "550 456789012345678901\r\n551\n",
      replies: ["1:550 45678901234567890…", "2:551"]),
    Case(
      name: "far too long, unfinished", input: "550 " + String(repeating: "x", count: 1000),
      replies: ["1:550 xxxxxxxxxxxxxxxxx…"]),
    Case(
      name: "many lines, too long together", input: "550-456789\n550-456789\n550 456789\n551 a\n",
      replies: ["1:550-456789\n550-456789…", "4:551 a"]),
    Case(
      name: "long first line of several", input: "550-45678901234567890123\n550 b\n551 c\n",
      replies: ["1:550-45678901234567890…", "3:551 c"]),
  ]

  @Test(arguments: cases, [1, 3, 1000]) func replies(of input: Case, chunkSize: Int) throws {
    var rest = Array(input.input.utf8)[...]
    var reader = LineReader(joinsReplies: true, limit: 21) {
      defer { rest = rest.dropFirst(chunkSize) }
      return Array(rest.prefix(chunkSize))
    }
    var replies: [String] = []
    while let reply = try reader.next() {
      let text = String(decoding: reply.bytes, as: UTF8.self)
      replies.append("\(reply.number):\(text)\(reply.isTruncated ? "…" : "")")
    }
    #expect(replies == input.replies)
  }

  /// What was read before an error is given out before the error.
  @Test func errorInsideAReply() throws {
    struct Broken: Error {}
    var chunks = ["551 a\n550-b\n"]
    var reader = LineReader(joinsReplies: true, limit: 100) {
      guard let chunk = chunks.popLast() else { throw Broken() }
      return Array(chunk.utf8)
    }
    #expect(try reader.next()?.bytes == Array("551 a".utf8))
    #expect(try reader.next()?.bytes == Array("550-b".utf8))
    #expect(throws: Broken.self) { try reader.next() }
  }

  @Test func fieldsOfObjects() throws {
    var input = [
      #"{"text": "550 a", "x": [1]}"# + "\n\n" + #"{"text": "550 \u0000\u001b 234567890"}"# + "\r\n"
        + "nothing\n"
    ].map { Array($0.utf8) }
    input[0] += Array(#"{"text": "\#u{FF}"}"#.utf8.dropLast(3)) + [0xFF] + Array(#""}"#.utf8)
    var lines = LineReader(limit: 1000) { input.popLast() ?? [] }
    let decoder = JSONReplyDecoder(field: "text", limit: 10)
    var replies: [InputReply] = []
    while let line = try lines.next() { replies.append(decoder.reply(on: line)) }
    #expect(replies.map(\.line) == [1, 3, 4, 5])
    #expect(replies.map(\.isTruncated) == [false, true, false, false])
    #expect(replies.map { $0.error != nil } == [false, false, true, false])
    #expect(replies[0].bytes == Array("550 a".utf8))
    #expect(replies[1].bytes == Array("550 \0\u{1B} 234".utf8))
  }
}
