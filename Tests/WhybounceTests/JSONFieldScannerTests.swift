import Testing

@testable import whybounce

/// The scanner finds what the decoder finds, or nothing.
@Suite struct JSONFieldScannerTests {
  private func found(_ line: String, field: String = "text") -> String? {
    var scanner = JSONFieldScanner(field: field)
    var line = line
    return line.withUTF8 { scanner.find(in: $0) }
      ? String(decoding: scanner.text, as: UTF8.self) : nil
  }

  @Test(arguments: [
    #"{"text":"550 User unknown"}"#, #" { "id" : 7 , "text" : "a" } "#, #"{"text":""}"#,
    #"{"a":{"text":"x","b":[1,-2.5e+3,0.1,true,false,null,[],{}]},"text":"y"}"#,
    #"{"text":"a\n\t\"\\\/\b\f\r é","z":"\"}"}"#, #"{"text":"日本 \u65e5"}"#,
    #"{"text":"\ud83d\ude00"}"#, #"{"z": [ [ ] , {"a" : [ {} , 1 ] } ] , "text":"a" }"#,
    #"{"b":"# + String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
      + #","text":"a"}"#,
  ])
  func findsWhatTheDecoderFinds(line: String) throws {
    let decoded = JSONReplyDecoder(field: "text", limit: 1000)
      .reply(on: Line(number: 1, bytes: Array(line.utf8)))
    #expect(decoded.error == nil)
    #expect(found(line) == String(decoding: decoded.bytes, as: UTF8.self))
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "null", #""text""#, #"{"text":1}"#, #"{"text":null}"#, #"{"text":"a""#,
    #"{"text":"a"} x"#, #"{"text":"a",}"#, #"{"text":"a" "b":1}"#, #"{"text":"a","b":01}"#,
    #"{"text":"a","b":1.}"#, #"{"text":"a","b":tru}"#, #"{"text":"a","text":"b"}"#,
    #"{"te\u0078t":"a"}"#, #"{"text":"\x"}"#, #"{"text":"\ud83"}"#, "{\"text\":\"a\tb\"}",
    #"{"other":"a"}"#, "{\"text\":\"" + String(repeating: "a", count: 20),
    #"{"b":"# + String(repeating: "[", count: 9999) + String(repeating: "]", count: 9999)
      + #","text":"a"}"#, #"{"b":[1,],"text":"a"}"#, #"{"b":[1}],"text":"a"}"#,
    #"{"b":{"c"},"text":"a"}"#, #"{"b":{"c":1,},"text":"a"}"#, #"{"b":[,],"text":"a"}"#,
  ])
  func leavesTheRestToTheDecoder(line: String) { #expect(found(line) == nil) }

  @Test(arguments: [
    (#"{"a":{"z":1,"b":{"text":"x"}},"ab":2}"#, "x"), (#"{"a":{"b.text":"x","c":[]}}"#, "x"),
    (#"{"a.b":{"text":"x"}}"#, "x"), (#"{"a.b.text":"x"}"#, "x"),
  ])
  func followsDots(line: String, text: String) {
    #expect(found(line, field: "a.b.text") == text)
    #expect(decoded(line, field: "a.b.text").text == text)
  }

  @Test(
    arguments: [
      (#"{"a.b.text":"x","a":{"b":{"text":"y"}}}"#, "x", nil),
      (#"{"a":{"b":{}}}"#, nil, "The field 'a.b' has no field 'text'."),
      (#"{"a":{"b":"x"}}"#, nil, "The field 'a.b' is no object."),
      (#"{"a":{"b":{"text":1}}}"#, nil, "The field 'a.b.text' is no string."),
      (#"{"b":{"text":"x"}}"#, nil, "The object has no field 'a.b.text'."),
    ] as [(String, String?, String?)])
  func leavesMistakesBehindDotsToTheDecoder(line: String, text: String?, error: String?) {
    #expect(found(line, field: "a.b.text") == nil)
    #expect(decoded(line, field: "a.b.text") == (text, error))
  }

  private func decoded(_ line: String, field: String) -> (text: String?, error: String?) {
    let reply = JSONReplyDecoder(field: field, limit: 1000)
      .reply(on: Line(number: 1, bytes: Array(line.utf8)))
    return (reply.error == nil ? String(decoding: reply.bytes, as: UTF8.self) : nil, reply.error)
  }

  @Test func doesNotReadWhatIsNoUTF8() {
    var scanner = JSONFieldScanner(field: "text")
    let line = Array(#"{"text":"a"#.utf8) + [0xE4] + Array(#""}"#.utf8)
    #expect(line.withUnsafeBufferPointer { scanner.find(in: $0) } == false)
  }
}
