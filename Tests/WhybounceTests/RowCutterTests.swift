import RealRules
import Testing

@testable import whybounce

/// Tables as input.
@Suite struct RowCutterTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// `LINE:REPLY|KEPT`, or what is wrong there.
  private func rows(
    _ table: String, _ form: DelimitedForm = .csv, chunkSize: Int, limit: Int = 1000
  ) -> [String] {
    var cutter = RowCutter(form, field: "text", limit: limit)
    var (reader, block) = (RowReader(field: "text", keptNames: ["id"]), InputBlock())
    var result: [String] = []
    func take() {
      cutter.take(into: &block)
      reader.begin(form, block.head)
      for piece in block.pieces {
        block.bytes[piece.range].withUnsafeBufferPointer { row in
          let error = reader.read(row)
          var kept = OutputBytes()
          kept.append(json: reader.kept[0])
          let words = error ?? String(decoding: reader.text, as: UTF8.self)
          result.append(
            "\(piece.line):\(words)|\(String(decoding: kept.array, as: UTF8.self))"
              + (piece.isTruncated ? "…" : ""))
        }
      }
    }
    for chunk in chunks(of: table, size: chunkSize) {
      chunk.withUnsafeBytes { cutter.add($0) }
      if chunkSize < 5 { take() }
    }
    cutter.finish()
    take()
    if let failure = cutter.failure { result.append("\(failure)") }
    return result
  }

  static let tables: [(String, [String])] = [
    ("", []), ("text,id\n", []), ("text,id", []),
    ("id,text\n1,550 a\n2,551 b", [#"2:550 a|"1""#, #"3:551 b|"2""#]),
    ("id,text\r\n1,550 a\r\n\r\n2,551 b\r\n", [#"2:550 a|"1""#, #"4:551 b|"2""#]),
    ("\u{FEFF}\"text\",id\n550 a,1\n", [#"2:550 a|"1""#]),
    ("\n\ntext,id\na,1\n", [#"4:a|"1""#]),
    (
      "text,id\n\"550-a\r\n550 \"\"b\"\", c\",\"1\n2\"\n\"\",3\nd,4\n",
      ["2:550-a\r\n550 \"b\", c|\"1\\n2\"", #"5:|"3""#, #"6:d|"4""#]
    ),
    ("text\na \"b\nc,\n", ["2:a \"b|null", "3:c|null"]),
    ("text,id\n\"a\"b\"c,1\n", [#"2:ab"c|"1""#]),
    // (The letter has the last byte of a byte order mark, and no cell begins behind it.)
    ("text,id\n\u{FEFF}\"a,1\nb\",2\n", ["2:\u{FEFF}\"a|\"1\"", "3:b\"|\"2\""]),
    (
      "id,x,text\n1,2\n,,\n1,2,3,4\n",
      [
        #"2:The row has no cell for the column 'text'.|"1""#, #"3:|"""#, #"4:3|"1""#,
      ]
    ),
    ("text,text,id\na,b,c", [#"2:a|"c""#]),
    (
      "text,id\na,1\n\"b,2\nc,3\n",
      [
        #"2:a|"1""#, "3:A quotation mark in this row has no second one.|null",
      ]
    ),
    (
      "a,b\n1,2\n",
      [
        "its first row names no column 'text', but 'a', 'b'. "
          + "Say by --field which one has the replies"
      ]
    ),
    ("id;text\n1;550 a, b\n", [#"2:550 a, b|"1""#]),
    ("id;\"a\nb\";text\n1;2;550 a, b\n", [#"3:550 a, b|"1""#]),
    ("\"id\";\"text\"\r\n1;\"550-a\n550 \"\"b\"\";c\"\r\n", ["2:550-a\n550 \"b\";c|\"1\""]),
    (
      "text;,id\n",
      [
        "its first row names no column 'text', but 'text;', 'id'. "
          + "Say by --field which one has the replies"
      ]
    ),
    ("\"id,text\n1,a\n", ["in its first row a quotation mark has no second one"]),
  ]

  @Test(arguments: tables, [1, 2, 3, 1000]) func csv(table: (String, [String]), chunkSize: Int) {
    #expect(rows(table.0, chunkSize: chunkSize) == table.1)
  }

  @Test(arguments: [1, 1000]) func tsv(chunkSize: Int) {
    let table = "id\ttext\n1\t\"a, b\n2\tc\\td\\\\n\\x\\\r\n"
    #expect(
      rows(table, .tsv, chunkSize: chunkSize)
        == [#"2:"a, b|"1""#, "3:c\td\\n\\x\\|\"2\""])
  }

  @Test(arguments: [1, 3, 1000]) func longRows(chunkSize: Int) {
    let x = String(repeating: "x", count: 30)
    #expect(
      rows("text,id\n\(x),1\n550 a,2\n1234567890123456789,\r\n", chunkSize: chunkSize, limit: 20)
        == [
          "2:\(x.prefix(20))|null…", #"3:550 a|"2""#, #"4:1234567890123456789|"""#,
        ])
  }

  /// A row without end takes no more memory than its first bytes.
  @Test(arguments: ["\"a\n", "x", "\"\"\n\"", ",\"\n\","])
  func endlessRows(piece: String) {
    var cutter = RowCutter(.csv, field: "text", limit: 1 << 16)
    "text,id\n\"".utf8.withContiguousStorageIfAvailable { cutter.add(UnsafeRawBufferPointer($0)) }
    let chunk = Array(String(repeating: piece, count: (1 << 16) / piece.utf8.count).utf8)
    var block = InputBlock()
    for _ in 0..<50 {
      chunk.withUnsafeBytes { cutter.add($0) }
      cutter.take(into: &block)
      #expect(cutter.byteCount <= 1 << 16 + 1 && block.bytes.capacity < 1 << 20)
    }
  }

  /// What `classify` writes it can read.
  @Test(arguments: ["csv", "tsv"]) func theProgramsOwnTables(format: String) throws {
    let reply = #"550 5.1.1 \n "a", b\t"# + "\t日本\n"
    let first = try BuiltProgram.run(["classify", "--format", format], input: Array(reply.utf8))
    let table = try scratch.file("a." + format, Array(first.output.utf8)).path
    let again = try BuiltProgram.run(
      ["classify", "--format", format, "--keep", "line,rule", table])
    #expect(again.exitCode == 0 && again.error.isEmpty)
    let rows = again.output.split(separator: "\n")
    let separator = format == "csv" ? "," : "\t"
    let columns = "error,recipient,input.line,input.rule"
    #expect(rows[0].hasSuffix(columns.replacing(",", with: separator)))
    #expect(rows[1].hasSuffix(",1,status/x-1-1".replacing(",", with: separator)))
    let text = format == "csv" ? #""""a"", b\t 日本""# : #""a", b\\t 日本"#
    #expect(rows[1].contains(separator + text + separator))
  }

  @Test func tablesOfSeveralForms() throws {
    let files = try [
      ("a.csv", "why,id\n\"550 5.1.1\na\",7\n"), ("b.tsv", "id\twhy\n8\t550 5.1.1 b\n"),
      ("c.ndjson", #"{"why":"550 5.1.1 c","id":9}"#), ("d.txt", "550 5.1.1 d\n"),
      ("e.csv", "reason,id\n550 5.1.1,0\n"), ("f.ndjson", #"{"why":"550 5.1.1 f"}"#),
    ].map { try scratch.file($0, Array($1.utf8)).path }
    for jobs in ["1", "3"] {
      let result = try BuiltProgram.run(
        ["classify", "--format", "tsv", "--field", "why", "--keep", "id", "--jobs", jobs] + files)
      let ids = result.output.split(separator: "\n").dropFirst().map { row in
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        return "\(cells[1]) \(cells[13]) \(cells[17])"
      }
      #expect(ids == ["2 a 7", "2 b 8", "1 c 9", "1 d ", "1 f "])
      #expect(result.exitCode == 1)
      #expect(result.error.contains("e.csv' cannot be read: its first row names no column 'why'"))
    }
  }
}
