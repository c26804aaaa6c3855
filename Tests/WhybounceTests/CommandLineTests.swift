import Foundation
import RealRules
import Testing

@testable import whybounce

@Suite struct CommandLineTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  // MARK: - Exit codes

  @Test(arguments: [["--help"], ["--version"], ["help", "classify"], ["evaluate", "--help"]])
  func answersOnStandardOutput(arguments: [String]) throws {
    let result = try run(arguments)
    #expect(result.exitCode == 0)
    #expect(!result.output.isEmpty && result.error.isEmpty)
  }

  @Test(arguments: [
    ["--bogus"], ["classify", "--format", "xml"], ["evaluate"], [""], [" ", " "], ["docs"],
    ["evaluate", "--min-accuracy", "101", "x"], ["rules", "--category", "mailbox-ful"],
    ["rules", "ionos/bad-prt"], ["rules", "ionos/bad-ptr", "--category", "policy"],
    ["check", "/nonexistent"], ["--rules", "/nonexistent", "550"],
    ["classify", "--remote-host", "not a host!"], ["classify", "--remote-host", "a\u{1B}"],
    ["docs", "--output", "/nonexistent"], ["format", "/nonexistent"],
    ["help", "nosuch"], ["help", "classfy"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let result = try run(arguments, directory: scratch.folder)
    #expect(result.exitCode == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("Error: "))
  }

  private func run(
    _ arguments: [String], input: String = "", directory: URL? = nil
  ) throws -> BuiltProgram.Result {
    try BuiltProgram.run(arguments, input: Array(input.utf8), directory: directory)
  }

  @Test func usageErrorsShowEscapeSequences() throws {
    let result = try run(["rules", "\u{1B}[31m"])
    #expect(result.error.contains("␛[31m") && !result.error.contains("\u{1B}"))
  }

  // MARK: - explain

  @Test func explains() throws {
    let whole = try run(["554 Bad DNS PTR resource record"])
    let words = try run(["explain", "554", "Bad", "DNS", "PTR", "resource", "record"])
    let input = try run([], input: "554 Bad DNS PTR resource record")
    let dash = try run(["-"], input: "554 Bad DNS PTR resource record\r\n")
    #expect(whole.exitCode == 0)
    #expect(whole.output.contains("ionos/bad-ptr"))
    #expect([words, input, dash].allSatisfy { $0.exitCode == 0 && $0.output == whole.output })
    #expect(!whole.output.contains("\u{1B}"))
    #expect(try run(["--color", "always", "550"]).output.contains("\u{1B}["))
  }

  @Test func explainsAsJSON() throws {
    let result = try run(["--format", "json", "554 Bad DNS PTR resource record"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["rule"] as? String == "ionos/bad-ptr")
    #expect(object["tip"] is NSNull)
  }

  @Test func nothingToExplain() throws {
    let result = try run([], input: "\n \n")
    #expect(result.exitCode == 1)
    #expect(result.error == "Error: Standard input holds no reply: pass on what the server said.\n")
    // Nor does a message without text, whatever came back with it.
    let header = "From: MAILER-DAEMON@example.com\nTo: me@example.org\n"
    let returned =
      "Content-Type: multipart/report; boundary=b\n\n--b\n\n\n--b\n"
      + "Content-Type: message/rfc822\n\nTo: a@example.com\n\nHello\n--b--\n"
    for message in ["From: a@example.com\nTo: me@example.org\n\n", header + returned] {
      let result = try run([], input: message)
      #expect(result.exitCode == 1)
      #expect(result.error.hasPrefix("Error: The message on standard input has no text of its own"))
    }
  }

  /// PowerShell writes such files.
  @Test func utf16() throws {
    let bytes: [UInt8] = [0xFF, 0xFE] + "550 a\n".utf8.flatMap { [$0, 0] }
    let file = try scratch.file("replies.txt", bytes).path
    let explained = try BuiltProgram.run([], input: bytes)
    #expect(explained.exitCode == 1)
    #expect(
      explained.error
        == "Error: Standard input cannot be read: it is UTF-16 text. Save it as UTF-8.\n")
    let classified = try run(["classify", file])
    #expect(classified.exitCode == 1 && classified.output.isEmpty)
    #expect(classified.error.contains("it is UTF-16 text. Save it as UTF-8."))
  }

  @Test func filesOfObjectsAreKnownByTheirEnding() throws {
    let object = Array(#"{"text":"no code","x":"b"}"#.utf8)
    let files = try ["a.ndjson", "b.JSONL", "c.txt"].map { try scratch.file($0, object).path }
    func texts(_ arguments: [String]) throws -> [Substring] {
      let result = try run(["classify", "--format", "tsv"] + arguments + files)
      #expect(result.exitCode == 0)
      return result.output.split(separator: "\n").dropFirst().map {
        $0.split(separator: "\t", omittingEmptySubsequences: false)[13]
      }
    }
    let line: Substring = #"{"text":"no code","x":"b"}"#
    #expect(try texts([]) == ["no code", "no code", line])
    #expect(try texts(["--field", "text"]) == texts([]))
    #expect(Set(try texts(["--input", "ndjson"])) == ["no code"])
    #expect(Set(try texts(["--input", "lines"])) == [line])
  }

  @Test(arguments: [
    ("a.ndjson", InputFormat.ndjson), ("/x.y/b.jsonl", .ndjson), ("c.txt", .lines), ("-", .lines),
    ("x.ndjson/c", .lines), (".ndjson", .lines), ("ndjson", .lines), ("", .lines), ("a.", .lines),
    ("a.b.EML", .messages), ("a.json", .json), ("a.csv", .csv), ("b.Tsv", .tsv),
  ])
  func inputFormat(name: String, format: InputFormat) {
    #expect(InputFormat(ofFile: name) == format)
  }

  @Test(arguments: [
    ([0x1F, 0x8B, 8, 0], "gzip", "gunzip -c"), (Array("BZh91AY&SY".utf8), "bzip2", "bunzip2 -c"),
    ([0xFD] + Array("7zXZ\0\0".utf8), "xz", "xz -dc"),
    ([0x28, 0xB5, 0x2F, 0xFD, 4], "zstd", "zstd -dc"),
  ])
  func compressed(bytes: [UInt8], name: String, command: String) throws {
    let file = try scratch.file("a.gz", bytes).path
    for arguments in [["classify", file], ["classify"], [], ["evaluate", file]] {
      let result = try BuiltProgram.run(arguments, input: bytes)
      #expect(result.exitCode == 1 && result.output.isEmpty)
      #expect(
        result.error.hasSuffix(
          " cannot be read: it is compressed (\(name)). Unpack it first: "
            + "'\(command) FILE | whybounce classify'.\n"))
    }
  }

  /// What `classify` reads as a table, the other commands do not.
  @Test func tableAsLines() throws {
    let rules = try SampleRules()
    let file = try scratch.file("a.csv", Array("550 a\n".utf8)).path
    let result = try run(["check", rules.folder, "--coverage", file])
    #expect(result.error.contains("Note: '\(file)' is read as lines of text."))
    let asked = try run(["check", rules.folder, "--coverage", file, "--input", "lines"])
    #expect(!asked.error.contains("Note: "))
  }

  @Test func textThatBeginsLikeAnArchive() throws {
    #expect(try run(["classify"], input: "BZh9 rejected\n").exitCode == 0)
  }

  @Test func wholeMessages() throws {
    let head = "From: a@b.example\r\nSubject: failure\r\n\r\n"
    let bounce = head + "<c@d.example>:\r\n550 5.1.1\r\nUser unknown\r\n"
    let texts = [
      "a.eml": bounce, "b": bounce, "c.eml": "550-5.1.1 a\n550 b\n", "d.eml": "\r\n", "e.eml": "",
      "f.eml": bounce + String(repeating: "x", count: 1 << 20), "g.txt": "421 a\n421 b\n",
    ]
    let files = try texts.keys.sorted().map { try scratch.file($0, Array(texts[$0]!.utf8)).path }
    func records(_ arguments: [String]) throws -> [[String]] {
      let result = try run(["classify", "--format", "ndjson"] + arguments)
      return try result.output.split(separator: "\n").map { line in
        let record = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let file = (record["file"] as? String)?.split(separator: "/").last
        return [
          file.map(String.init) ?? "", "\(record["line"] ?? "")",
          record["error"] as? String ?? record["category"] as? String ?? "",
          record["truncated"] as? Bool == true ? "cut" : "",
        ]
      }
    }
    let unknown = "recipient-unknown"
    #expect(
      try records(["--input", "messages"] + files) == [
        ["a.eml", "1", unknown, ""], ["b", "1", unknown, ""], ["c.eml", "1", unknown, ""],
        ["d.eml", "1", "The file is empty.", ""], ["e.eml", "1", "The file is empty.", ""],
        ["f.eml", "1", unknown, "cut"], ["g.txt", "1", "unclassified", ""],
      ])
    // By the endings of the files, or how they begin.
    let inferred = try records(files)
    #expect(inferred.count { $0[0] == "a.eml" } == 1 && inferred.count { $0[0] == "b" } == 1)
    #expect(inferred.count { $0[0] == "g.txt" } == 2)
  }

  @Test func fieldOfNoObject() throws {
    let result = try run(["classify", "--field", "Details"])
    #expect(result.exitCode == 2)
    #expect(result.error.contains("add --input ndjson"))
  }

  /// A file is a file, also where its name holds words that rules know.
  @Test func fileInPlaceOfAReply() throws {
    let file = try scratch.file("spam.txt", Array("550 a".utf8)).path
    #expect(try run([file]).error.contains("whybounce classify \(file)"))
    let several = try run([file, file])
    #expect(several.exitCode == 2 && several.output.isEmpty)
    #expect(several.error.contains("whybounce < \(file) "))
    #expect(try run([file, "is spam"]).exitCode == 0)
  }

  @Test func longReplyIsCut() throws {
    let result = try run([], input: "550 " + String(repeating: "x", count: 1 << 20))
    #expect(result.exitCode == 0)
    #expect(result.error.contains("longer than 1 MiB"))
  }

  @Test func hints() throws {
    let mistyped = try run(["clasify", "bounces.txt"])
    #expect(mistyped.exitCode == 2 && mistyped.output.isEmpty)
    #expect(
      mistyped.error
        == "Error: There is no command 'clasify'; did you mean 'whybounce classify'?\n")
    _ = try scratch.file("replies.txt")
    #expect(try run(["replies.txt"], directory: scratch.folder).error.contains("is a file"))
  }

  @Test func editedRules() throws {
    let rules = try SampleRules()
    let result = try run(["--rules", rules.folder, "550 No such mailbox here"])
    #expect(result.output.contains("\(rules.folder)/acme.yaml:"))
    try "id: [".write(toFile: rules.folder + "/acme.yaml", atomically: true, encoding: .utf8)
    let broken = try run(["--rules", rules.folder, "550 No such mailbox here"])
    #expect(broken.exitCode == 1 && broken.output.isEmpty)
    #expect(broken.error.contains("acme.yaml:"))
  }

  // MARK: - classify

  private static let hostile =
    Array("550 5.1.1 \0 nul\n".utf8) + [0xFF, 0xFE, 0xC3, 0x0A]
    + Array("550-a\r\n550 \u{1B}[2J".utf8)

  @Test(arguments: ["text", "ndjson", "csv", "tsv"]) func hostileBytes(format: String) throws {
    let result = try BuiltProgram.run(["classify", "--format", format], input: Self.hostile)
    #expect(result.exitCode == 0 && result.error.isEmpty)
    let header = ["csv", "tsv"].contains(format) ? 1 : 0
    #expect(result.output.split(separator: "\n").count == 3 + header)
    #expect(!result.output.contains("\u{1B}") && !result.output.contains("\0"))
  }

  @Test func records() throws {
    let result = try BuiltProgram.run(
      ["classify", "--format", "ndjson", "--remote-host", "mx.example"], input: Self.hostile)
    let objects = try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(objects.map { $0["line"] as? Int } == [1, 2, 3])
    #expect(objects.allSatisfy { $0["file"] is NSNull && $0["error"] is NSNull })
    #expect(objects.allSatisfy { $0["truncated"] as? Bool == false })
    #expect(objects[0]["text"] as? String == "\0 nul")
    #expect(objects[0]["category"] as? String == "recipient-unknown")
    #expect((objects[0]["details"] as? [String: Any])?["remoteHost"] as? String == "mx.example")
  }

  @Test func badLinesOfJSON() throws {
    let input = try scratch.file(
      "in.ndjson", Array("{\"reply\":\"550 5.1.1\"}\nnope\n{\"reply\":1}\n{}\n".utf8))
    let result = try run(
      ["classify", "--input", "ndjson", "--field", "reply", "--format", "tsv", input.path])
    #expect(result.exitCode == 1)
    #expect(
      result.error == """
        \(input.path):2: error: The line is no valid JSON.
        \(input.path):3: error: The field 'reply' is no string.
        \(input.path):4: error: The object has no field 'reply'.

        """)
    let rows = result.output.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.map { $0[1] } == ["line", "1", "2", "3", "4"])
    #expect(
      rows.dropFirst(2).map { $0.dropFirst(2) } == [
        ["The line is no valid JSON."], ["The field 'reply' is no string."],
        ["The object has no field 'reply'."],
      ])
  }

  /// Half of a surrogate pair spoils no line.
  @Test func loneSurrogates() throws {
    let lines = [
      #"{"text":"550 5.1.1 \ud800 a"}"#, #"{"text":"550 5.1.1 \uDC00\ud83d\uDE00"}"#,
      // These a decoder reads.
      #"{"text":"421 \ud800\\ud800","text":"550 5.1.1 \ud800\\ud800 \ud83d\ude00\ud83d\n\ud83"}"#,
      #"{"text":"421 b","text":"550 5.1.1 \ud800\\ud800 \ud83d\ude00\ud83d\n"}"#,
    ]
    let result = try run(
      ["classify", "--input", "ndjson", "--format", "tsv"],
      input: lines.joined(separator: "\n"))
    let texts = result.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)[13]
    }
    #expect(texts[..<3] == ["\u{FFFD} a", "\u{FFFD}😀", ""])
    #expect(["\u{FFFD}\\\\ud800 😀\u{FFFD}", "b"].contains(texts[3]))
    #expect(result.error == "-:3: error: The line is no valid JSON.\n")
  }

  @Test(arguments: [
    "mx.example", "MX-1.Example.", "192.0.2.1", "2001:db8::1", "mx.日本", "_a", "", "localhost",
  ])
  func remoteHosts(host: String) throws {
    #expect(HostName(argument: host)?.text == host)
    #expect(HostName(argument: host + " ") == nil && HostName(argument: "(" + host) == nil)
  }

  /// The reply begins early, and no line of rules has no end.
  @Test func rowsAreShort() throws {
    let row = try run(["classify"], input: "550 5.1.1 abc").output
    let text = try #require(row.range(of: "abc"))
    #expect(row.distance(from: row.startIndex, to: text.lowerBound) < 90)
    #expect(try run(["rules"]).output.split(separator: "\n").allSatisfy { $0.count <= 1000 })
  }

  @Test func missingFileStopsNothing() throws {
    let file = try scratch.file("a.txt", Array("550 5.1.1 a".utf8))
    let result = try run(["classify", "/nonexistent", file.path, scratch.folder.path])
    #expect(result.exitCode == 1)
    #expect(result.output.contains("\(file.path):1  recipient-unknown"))
    #expect(result.error.contains("Error: '/nonexistent' cannot be read: No such file"))
    #expect(result.error.contains("Error: '\(scratch.folder.path)' cannot be read: Is a directory"))
  }

  @Test func longReplyIsMarked() throws {
    let long = "550 5.1.1 " + String(repeating: "x", count: 2 << 20) + "\n421 a\n"
    let result = try run(["classify", "--format", "ndjson"], input: long)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains("\"truncated\":true") == true)
    #expect(lines.last?.contains("\"truncated\":false") == true)
  }

  @Test func summary() throws {
    let result = try run(["classify", "--summary"], input: "550 5.1.1 a\n550 5.1.1 b\nc\n")
    #expect(result.error == "2  recipient-unknown\n1  unclassified\n3  total\n")
    let input = #"{"text":"550 5.1.1 a"}"# + "\nnope\n"
    let withBadLines = try run(
      ["classify", "--input", "ndjson", "--summary"], input: input + "x\n")
    #expect(
      withBadLines.error.hasSuffix("1  recipient-unknown\n1  total\n2  lines without a reply\n"))
    #expect(withBadLines.output.contains("    2  -  "))
    let withBadLine = try run(
      ["classify", "--input", "ndjson", "--summary", "--as", "ses"], input: input)
    #expect(
      withBadLine.error.hasSuffix("1  Permanent/General\n1  total\n1  line without a reply\n"))
  }

  // MARK: - rules, check, evaluate, docs

  @Test func ruleIDsAreSuggested() throws {
    #expect(try run(["rules", "bad-ptr"]).error.contains("did you mean 'ionos/bad-ptr'"))
    #expect(try run(["rules", "ionos/bad-prt"]).error.contains("did you mean 'ionos/bad-ptr'"))
    #expect(try run(["rules", "--provider", "inos"]).error.contains("did you mean 'ionos'"))
    // By what people call it.
    #expect(try run(["rules", "--provider", "gmail"]).error.contains("did you mean 'google'"))
  }

  @Test func rulesAreFiltered() throws {
    let result = try run(["rules", "--provider", "ionos", "--category", "host-identity"])
    let lines = result.output.split(separator: "\n")
    #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("ionos/") })
  }

  @Test func checks() throws {
    let rules = try SampleRules()
    let good = try run(["check", rules.folder])
    #expect(good.exitCode == 0 && good.output == "4 rules in 3 files: no errors\n")
    try "id: [".write(toFile: rules.folder + "/acme.yaml", atomically: true, encoding: .utf8)
    let bad = try run(["check", rules.folder])
    #expect(bad.exitCode == 1 && bad.output.contains("1 error"))
    #expect(bad.error.contains("\(rules.folder)/acme.yaml:"))
  }

  @Test func evaluates() throws {
    let input = """
      {"text": "550 5.1.1 a", "accept": ["recipient-unknown"]}
      {"text": "550 5.1.1 a", "category": "mailbox-full"}

      """
    let enough = try run(["evaluate", "-", "--min-accuracy", "50"], input: input)
    #expect(enough.exitCode == 0 && enough.output.contains("50.0 %  (1 of 2)"))
    let tooFew = try run(["evaluate", "-", "--min-accuracy", "50.1"], input: input)
    #expect(tooFew.exitCode == 1 && tooFew.error.contains("50.1 %"))
    let bad = try run(
      ["evaluate", "-", "--format", "json"], input: input + #"{"text": "", "category": "polcy"}"#)
    #expect(bad.exitCode == 1 && bad.output.contains("\"accuracy\" : 0.5"))
    #expect(bad.error.contains("-:3: error: There is no category 'polcy'; did you mean 'policy'?"))
    #expect(try run(["evaluate", "-"]).exitCode == 1)
    #expect(try run(["evaluate", "/nonexistent"]).exitCode == 1)
  }

  @Test func formats() throws {
    let file = try scratch.file("a.yaml", Array("kind: phrases # c\nid: a\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let lint = try run(["format", "--lint", scratch.folder.path])
    #expect(lint.exitCode == 1 && lint.output == "\(file.path):1: not in canonical form\n")
    #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("kind"))
    let link = scratch.folder.appending(path: "b.yaml")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "a.yaml")
    let written = try run(["format", link.path])
    #expect(written.exitCode == 0 && written.output == "\(link.path)\n1 of 1 file changed\n")
    #expect(try String(contentsOf: file, encoding: .utf8) == "id: a\nkind: phrases  # c\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let again = try run(["format", "--lint", scratch.folder.path])
    #expect(again.exitCode == 0 && again.output.isEmpty)
  }

  @Test func aBadFileIsNotFormatted() throws {
    let bad = try scratch.file("bad.yaml", Array("kind: [phrases\n".utf8))
    let good = try scratch.file("good.yaml", Array("kind:   phrases\n".utf8))
    let result = try run(["format", scratch.folder.path])
    #expect(result.exitCode == 1 && result.error.contains("bad.yaml:"))
    #expect(try String(contentsOf: bad, encoding: .utf8) == "kind: [phrases\n")
    #expect(try String(contentsOf: good, encoding: .utf8) == "kind: phrases\n")
  }

  @Test func schema() throws {
    let rules = try SampleRules()
    let schema = try run(["schema", "--rules", rules.folder])
    #expect(schema.exitCode == 0)
    let object = try JSONSerialization.jsonObject(with: Data(schema.output.utf8))
    #expect(
      (object as? [String: Any])?["$schema"] as? String == "http://json-schema.org/draft-07/schema#"
    )
    let file = try scratch.file("rules.schema.json", Array(schema.output.utf8))
    let check = ["schema", "--check", file.path]
    #expect(try run(check + ["--rules", rules.folder]).exitCode == 0)
    // The built-in rules have other categories.
    let stale = try run(check)
    #expect(stale.exitCode == 1 && stale.error.contains("is not up to date"))
  }

  @Test func pages() throws {
    let rules = try SampleRules()
    let arguments = ["docs", "--rules", rules.folder, "--output", rules.folder + "/Catalogue"]
    let stale = try run(arguments + ["--check"])
    #expect(stale.exitCode == 1 && stale.output.contains(".md\n"))
    #expect(try run(arguments).exitCode == 0)
    let fresh = try run(arguments + ["--check"])
    #expect(fresh.exitCode == 0 && fresh.output.contains("up to date"))
  }
}
