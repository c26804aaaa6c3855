import Foundation
import Testing

@testable import whybounce

/// What `--keep` copies from the input into the record.
@Suite struct KeptFieldsTests {
  /// The values as JSON, one after the other.
  private func kept(_ names: [String], in line: [UInt8]) -> [String] {
    var fields = KeptFields(names)
    return line.withUnsafeBufferPointer { line in
      _ = fields.find(in: line)
      return fields.values.map { value in
        var bytes = OutputBytes()
        bytes.append(json: value)
        return String(decoding: bytes.array, as: UTF8.self)
      }
    }
  }

  @Test(arguments: [
    (#"{"id":7,"x":1}"#, "7"), (#" { "x" : [ ] , "id" : "a b" } "#, #""a b""#),
    (#"{"id":12345678901234567890.10e+5}"#, "12345678901234567890.10e+5"),
    (#"{"id": [ 1 , { "a" : "x  y" } , [] , null ] }"#, #"[1,{"a":"x  y"},[],null]"#),
    (#"{"id":true}"#, "true"), (#"{"id":null}"#, "null"), (#"{"x":1}"#, "null"), ("{}", "null"),
    (#"{"\u0069d":-0}"#, "-0"), (#"{"id":1,"id":2}"#, "1"), (#"{"idx":1,"i":2}"#, "null"),
    ("{\"id\":\"\u{202E}\u{7F}é\\/\\u0041\"}", #""\u202e\u007fé/A""#),
    (#"{"id":"\ud83d\ude00\ud83d"}"#, "\"😀\u{FFFD}\""),
    // What is no JSON to its end has nothing to keep.
    (#"{"id":12"#, "null"), (#"{"id":12} x"#, "null"), (#"[{"id":12}]"#, "null"),
    (#"{"id":12,"x":01}"#, "null"), (#"{"id":"\x"}"#, "null"), ("", "null"), ("\"id\"", "null"),
    ("{\"id\":1,\"x\":\"\t\"}", "null"),
  ])
  func keepsValues(line: String, value: String) {
    #expect(kept(["id"], in: Array(line.utf8)) == [value])
  }

  @Test(arguments: [
    (#"{"a":{"b":{"c":1},"b.c":2},"x":0}"#, "2"), (#"{"a":{"b":{"c":1}},"a.b.c":2}"#, "2"),
    (#"{"a.b.c":2,"a":{"b":{"c":1}}}"#, "2"), (#"{"a":{"b":{"c":{"d":3}}}}"#, #"{"d":3}"#),
    (#"{"a":[{"b":{"c":1}}]}"#, "null"), (#"{"a":{"b":1,"c":2}}"#, "null"),
  ])
  func followsDots(line: String, value: String) {
    #expect(kept(["a.b.c", "x.y"], in: Array(line.utf8)) == [value, "null"])
  }

  @Test func anObjectAndWhatIsInIt() {
    let line = Array(#"{"a": {"b": {"c": 1}}}"#.utf8)
    #expect(kept(["a.b.c", "a", "a.b"], in: line) == ["1", #"{"b":{"c":1}}"#, #"{"c":1}"#])
  }

  @Test func bytesThatAreNoUTF8() {
    let line = Array(#"{"id":"a"#.utf8) + [0xE4] + Array(#"b"}"#.utf8)
    #expect(kept(["id"], in: line) == [#""aäb""#])
  }

  /// Neither takes longer than a walk through the line, nor more of the stack.
  @Test func hostileLines() {
    let deep = String(repeating: "[", count: 1 << 20)
    #expect(kept(["id"], in: Array((#"{"id":"# + deep).utf8)) == ["null"])
    let objects = String(repeating: #"{"a":"#, count: 1 << 20)
    #expect(kept(["a.a.a.a", "a.a"], in: Array(objects.utf8)) == ["null", "null"])
    let keys = String(repeating: #""a":{"a":1},"#, count: 1 << 18) + #""a":{"a":2}}"#
    #expect(kept(["a.a", "b"], in: Array(("{" + keys).utf8)) == ["1", "null"])
  }

  // MARK: - Records

  private static let input = Array(
    """
    {"text":"550 5.1.1 a","id":7,"to":{"email":"=b@c.example"},"tags":["x", "y,z"]}
    {"id":8,"to":null}
    nope
    {"id":9,"text":"421 a","tags":"\\u001b[2J\\"q\\""}

    """.utf8)

  private func run(_ arguments: [String]) throws -> BuiltProgram.Result {
    try BuiltProgram.run(["classify", "--input", "ndjson"] + arguments, input: Self.input)
  }

  @Test func inNDJSON() throws {
    let result = try run(["--format", "ndjson", "--keep", "id,to.email", "--keep", "tags, id"])
    let objects = try result.output.split(separator: "\n").map { line in
      _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let rest = line.split(separator: #","input":"#, maxSplits: 1).last ?? ""
      return String(rest.prefix(while: { $0 != "}" }))
    }
    #expect(
      objects == [
        #"{"id":7,"to.email":"=b@c.example","tags":["x","y,z"]"#,
        #"{"id":8,"to.email":null,"tags":null"#, #"{"id":null,"to.email":null,"tags":null"#,
        #"{"id":9,"to.email":null,"tags":"\u001b[2J\"q\"""#,
      ])
    #expect(try !run(["--format", "ndjson"]).output.contains("\"input\""))
  }

  @Test func inTables() throws {
    let rows = try run(["--format", "tsv", "--keep", "id,to.email,tags,to", "--as", "ses"]).output
      .split(separator: "\n").map { row in
        row.split(separator: "\t", omittingEmptySubsequences: false).dropFirst(17)
          .joined(separator: "|")
      }
    #expect(
      rows == [
        "as_class|as_provider|id|to.email|tags|to",
        #"Permanent/General||7|=b@c.example|["x","y,z"]|{"email":"=b@c.example"}"#,
        "||8|||", "|||||",
        "Undetermined/Undetermined||9||␛[2J\"q\"|",
      ])
    let csv = try run(["--format", "csv", "--keep", "to.email,tags"]).output
    #expect(csv.contains(#",'=b@c.example,"[""x"",""y,z""]""#))
  }

  /// Of a line that only the decoder takes, nothing could be kept: so it is a bad one.
  @Test func almostJSON() throws {
    let input = Array("{\"id\":7,\"text\":\"550 a\",\"x\":\"\t\"}\n".utf8)
    let keeping = ["classify", "--input", "ndjson", "--format", "ndjson", "--keep", "id"]
    let result = try BuiltProgram.run(keeping, input: input)
    #expect(result.exitCode == 1 && result.error.contains("no valid JSON"))
    #expect(try BuiltProgram.run(Array(keeping.dropLast(2)), input: input).exitCode == 0)
  }

  @Test(arguments: [["--keep", "id"], ["--input", "ndjson", "--keep", "id,"]])
  func wrongUsage(arguments: [String]) throws {
    #expect(try BuiltProgram.run(["classify"] + arguments).exitCode == 2)
  }
}
