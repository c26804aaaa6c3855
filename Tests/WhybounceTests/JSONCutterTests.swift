import Testing

@testable import whybounce

/// JSON over several lines, or in one list, as input.
@Suite struct JSONCutterTests {
  /// `LINE:BYTES`, those of chunks of every size.
  private func pieces(_ json: String, chunkSize: Int, limit: Int = 1000) -> [String] {
    var (cutter, block, result) = (JSONCutter(limit: limit), InputBlock(), [String]())
    func take() {
      cutter.take(into: &block)
      result += block.pieces.map {
        "\($0.line):\(String(decoding: block.bytes[$0.range], as: UTF8.self))"
          + ($0.isTruncated ? "…" : "")
      }
    }
    for chunk in chunks(of: json, size: chunkSize) {
      chunk.withUnsafeBytes { cutter.add($0) }
      if chunkSize < 5 { take() }
    }
    cutter.finish()
    take()
    return result
  }

  @Test(arguments: [
    (#"{"a":1}"#, [#"1:{"a":1}"#]),
    ("\u{FEFF}[\n {\"a\":1},\r\n\n {\"b\":{}}]", ["2:{\"a\":1}", "4:{\"b\":{}}"]),
    ("{\"a\":\n[{}]\n}\n{\"b\":1}{}", ["1:{\"a\":\n[{}]\n}", "4:{\"b\":1}", "4:{}"]),
    (#"[{"a":"}\"{","b":"\\"},{"c":"]"}]"#, [#"1:{"a":"}\"{","b":"\\"}"#, #"1:{"c":"]"}"#]),
    ("{\"a\":1}\nwords {\n[{\"b\":2}\n7", ["1:{\"a\":1}", "2:words {", "3:{\"b\":2}", "4:7"]),
    ("{\"a\":\"b", ["1:{\"a\":\"b"]), ("", []), ("[[], ]\n", []),
  ])
  func cuts(json: String, expected: [String]) {
    for chunkSize in [1, 2, 3, 7, 1000] {
      #expect(pieces(json, chunkSize: chunkSize) == expected, "\(chunkSize)")
    }
  }

  @Test func longObjects() {
    let json = #"[{"a":"xxxxxxxx"},{"b":1}]"#
    for chunkSize in [1, 4, 100] {
      #expect(
        pieces(json, chunkSize: chunkSize, limit: 8) == [
          #"1:{"a":"xx…"#, #"1:{"b":1}"#,
        ]
      )
    }
  }

  @Test(arguments: [
    ("[{", true), (" [\n\n  {\"a\":1}", true), ("{\n  \"a\"", true), ("{ \r\n", true),
    ("{\"a\":1}\n", false), ("[2026-11-28] {", false), ("550 [{", false), ("", false), ("[", false),
    ("[1]", false),
  ])
  func isKnownByItsBeginning(text: String, isJSON: Bool) {
    #expect(JSONCutter.begins(Array(text.utf8)) == isJSON)
  }
}
