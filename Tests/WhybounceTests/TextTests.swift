import Testing

@testable import whybounce

@Suite struct DelimitedTextTests {
  @Test(arguments: [
    ("", ""), ("plain text", "plain text"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
    ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"),
    ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "\"'\ra\""), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
    ("a=b", "a=b"), ("日本", "日本"),
  ])
  func csv(text: String, cell: String) {
    #expect(DelimitedText.csvCell(text) == cell)
  }

  @Test(arguments: [
    ("", ""), ("a b", "a b"), ("a\tb", "a\\tb"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"),
    ("a\\tb", "a\\\\tb"), ("\"=1\"", "\"=1\""),
  ])
  func tsv(text: String, cell: String) {
    #expect(DelimitedText.tsvCell(text) == cell)
  }

  @Test func rows() {
    #expect(DelimitedText.csvRow(["a", "b,c"]) == "a,\"b,c\"\n")
    #expect(DelimitedText.tsvRow(["a", "b\tc"]) == "a\tb\\tc\n")
  }
}

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("", "''"), ("a/b-c_d.yaml", "a/b-c_d.yaml"), ("my rules", "'my rules'"),
    ("it's", #"'it'\''s'"#), ("$(x)", "'$(x)'"), ("~", "'~'"), ("é", "é"),
  ])
  func shellWord(text: String, word: String) { #expect(text.shellWord == word) }
}

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[31mred", "␛[31mred"), ("a\0b", "a␀b"), ("a\u{7F}", "a␡"),
    ("a\tb\nc\rd", "a b c␍d"), ("\u{9B}31m", "<U+009B>31m"), ("\u{202E}abc", "<U+202E>abc"),
    ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"), ("\u{2028}", "<U+2028>"),
    ("\u{E0041}", "<U+E0041>"), ("\u{AD}", "<U+00AD>"), ("é日本e\u{301}", "é日本e\u{301}"),
  ])
  func visible(text: String, shown: String) {
    #expect(text.visible == shown)
  }

  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("\u{202E}", 8), ("\u{1B}", 1), ("😀", 2),
  ])
  func width(text: String, width: Int) {
    #expect(text.visibleWidth == width)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
    ("\u{1B}[1mabc", 4, "␛[1…"), ("", 0, ""),
  ])
  func shortened(text: String, width: Int, shown: String) {
    #expect(text.shortened(to: width) == shown)
    #expect(shown.visibleWidth <= width)
  }

  @Test func combiningMarksWithoutEnd() {
    let text = "e" + String(repeating: "\u{301}", count: 1000)
    #expect(text.visibleWidth == 993)
    #expect(text.shortened(to: 10).unicodeScalars.count < 20)
  }

  @Test func columns() {
    #expect("ab".column(4) == "ab  ")
    #expect("日本語".column(4) == "日… ")
  }

  /// JSON keeps the characters; only their form changes.
  @Test func json() throws {
    #expect(
      try JSONText.line(["\u{1B}\u{7F}\u{9B}\u{202E}\u{E0041}é/"])
        == #"["\u001b\u007f\u009b\u202e\udb40\udc41é/"]"#)
  }

  @Test(arguments: [
    (0, "0 seconds"), (1, "1 second"), (300, "5 minutes"), (5400, "1 hour 30 minutes"),
    (90_061, "1 day 1 hour 1 minute 1 second"),
  ])
  func durations(seconds: Int, words: String) {
    #expect(Duration.words(forSeconds: seconds) == words)
  }

  @Test(arguments: [(0, "0 bytes"), (1, "1 byte"), (1500, "1500 bytes"), (10 << 20, "10 MiB")])
  func sizes(bytes: Int, words: String) {
    #expect(ByteCount.words(for: bytes) == words)
  }
}

@Suite struct TerminalTests {
  @Test(arguments: [
    (ColorChoice.auto, true, [:], true), (.auto, false, [:], false),
    (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
    (.auto, true, ["TERM": "dumb"], false), (.always, false, ["NO_COLOR": "1"], true),
    (.never, true, [:], false),
  ])
  func color(choice: ColorChoice, isInteractive: Bool, environment: [String: String], isOn: Bool) {
    let terminal = Terminal(
      isInteractive: isInteractive, windowColumns: 80, environment: environment)
    #expect(choice.isOn(for: terminal) == isOn)
  }

  @Test(
    arguments: [
      (true, 120, [:], 120, 100), (true, 20, [:], 20, 40), (true, nil, [:], 80, 80),
      (true, 120, ["COLUMNS": "60"], 60, 60), (false, nil, ["COLUMNS": "60"], 60, 60),
      (false, nil, [:], nil, 80), (true, 90, ["COLUMNS": "0"], 90, 90),
      (true, 90, ["COLUMNS": "x"], 90, 90),
    ] as [(Bool, Int?, [String: String], Int?, Int)])
  func width(
    isInteractive: Bool, window: Int?, environment: [String: String], columns: Int?, page: Int
  ) {
    let terminal = Terminal(
      isInteractive: isInteractive, windowColumns: window, environment: environment)
    #expect(terminal.columns == columns)
    #expect(terminal.pageWidth == page)
  }
}
