import Foundation
import RealRules
import RuleCompiler
import Testing

/// What `check --fix` does to the inputs of the messages, and to rules that are hard to edit.
@Suite struct FixTests {
  /// Every fix that is made in the folder `Diagnostics`, to be read in one place.
  @Test func fixesOfAllMessages() throws {
    var lines: [String] = []
    for input in DiagnosticTests.inputs {
      let folder = DiagnosticTests.folder.appending(path: input).path(percentEncoded: false)
      let fixed = FixedRules(folder: folder, sharing: DiagnosticTests.shared)
      for fix in fixed.fixes {
        lines.append("\(input):\(fix.value.line):\(fix.value.column): \(fix.result)")
      }
      #expect(!fixed.compilation.diagnostics.contains { $0.fixes.contains(where: \.isCertain) })
      #expect(fixed.texts.isEmpty == fixed.fixes.isEmpty)
    }
    let golden = DiagnosticTests.folder.deletingLastPathComponent()
      .appending(path: "Golden/fixes.txt")
    try expectGolden(lines.joined(separator: "\n") + "\n", golden)
  }

  private static let head = "id: acme\nname: Acme\nkind: provider\nrules:\n  one:\n"
  private static let tail = "    category: policy\n    cause: c\n    examples: [550 a]\n"

  /// The text of a rule after the fixes; `nil` where there were none.
  private func fix(_ rule: String, breaks: String = "\n") throws -> String? {
    let scratch = try Scratch()
    let text = (Self.head + rule + Self.tail).replacing("\n", with: breaks)
    let file = try scratch.file("fix.yaml", text.utf8)
    let fixed = FixedRules(folder: file.path, sharing: DiagnosticTests.shared)
    #expect(try Data(contentsOf: file) == Data(text.utf8))
    guard let new = fixed.texts.values.first?.new else { return nil }
    return String(decoding: new, as: UTF8.self).replacing(breaks, with: "\n")
      .replacing(Self.head, with: "").replacing(Self.tail, with: "")
  }

  @Test(arguments: [
    ("    codes: 550  # why\n    text: a\n", "    code: 550  # why\n    text: a\n"),
    ("    \"codes\": 550\n    text: a\n", "    code: 550\n    text: a\n"),
    ("    code: [550, 551, 550]\n    text: a\n", "    code: [550, 551]\n    text: a\n"),
    ("    code: [5XX, '45X']\n    text: a\n", "    code: [5xx, 45x]\n    text: a\n"),
    // Multi-byte text in front, and a second fix on the same line.
    (
      "    text: [\"é 邮 {ipp} a {duraton}\"]\n    code: 550\n",
      "    text: [\"é 邮 {ip} a {duration}\"]\n    code: 550\n"
    ),
    // In a list with comments of its own.
    (
      "    code: 550\n    text:\n      # one\n      - a\n      # two\n      - a\n      - b\n",
      "    code: 550\n    text:\n      # one\n      - a\n      # two\n      - b\n"
    ),
    // Quotes let the file be read; only then its other mistakes show.
    (
      "    codes: 550\n    text: {ip} it's a\n    tip: Note: b\n",
      "    code: 550\n    text: '{ip} it''s a'\n    tip: 'Note: b'\n"
    ),
    ("    text:a\n    code 550\n", "    text: a\n    code: 550\n"),
    ("    code: 550\n    text:\n    \t- a\n", "    code: 550\n    text:\n      - a\n"),
    ("\u{A0}\u{A0}  code: 550\n\u{A0}   text: a\n", "    code: 550\n    text: a\n"),
  ])
  func corrections(before: String, after: String) throws {
    #expect(try fix(before) == after)
    #expect(try fix(before, breaks: "\r\n") == after)
  }

  /// Where two things can be meant, or a fix would take a comment along, people decide.
  @Test(arguments: [
    // 'cause' and 'causes' are both near.
    "    code: 550\n    text: a\n    cuase: x\n",
    // The key stands here already.
    "    code: 550\n    codes: 551\n    text: a\n",
    "    code: 550\n    text:\n      - a\n      - a  # the same\n",
    "    code: 550\n    text: [a,\n      a]\n",
    // A value of several lines.
    "    code: 550\n    text: a\n    retry: >-\n      latr\n",
    "    code: 550\n    text: a\n    tip: Note: a\n      second line\n",
    // A comment, or text that begins with '#'.
    "    code: 550\n    text: a #b\n",
    // A key, or the rest of a text.
    "    text: the mailbox is\n    over quota\n",
    // Tabs of which nobody knows how wide they are.
    "    code: 550\n\ttext: a\n",
    "    code: 550\n    \ttext: a\n",
    // Two keys on one line.
    "    code: 550 text: a\n",
  ])
  func leftToPeople(rule: String) throws {
    #expect(try fix(rule) == nil)
  }

  @Test func tabsOnEachLine() {
    let file = DiagnosticTests.folder.appending(path: "yaml-tabs-alone.yaml")
    let fixed = FixedRules(
      folder: file.path(percentEncoded: false), sharing: DiagnosticTests.shared)
    #expect(fixed.compilation.diagnostics.map { $0.rendered() } == [])
  }

  /// Rules that are made of mistakes at random: fixes never make a readable file unreadable, and
  /// what is fixed stays fixed.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func randomMistakes(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let lines = [
      "codes: [550, 550]", "code: 5XX", "cod: 550", "status: 5.X.1", "statuses: [5.1.1, 5.1.1]",
      "text: {ip} a", "phrase: \"é {adress}\"", "text: [a, A, \"b c\", 'B  C']", "text: * a: b",
      "retry: latr", "action: supress", "all:\n      - a\n      - a", "tip: a: b", "tip: a\n     b",
      "unless: {ip} {host", "links: [https://a.example, https://a.example]", "reason: x #y",
      "example: 550 a", "over: acme/on", "categroy: polcy", "tip: \"a\" b", "\tcode: 550",
      "tip:a", "status 5.1.1", "\u{A0}action: block", "A: b", "- a: b",
    ]
    let rule = lines.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
    let scratch = try Scratch()
    let text = Self.head + rule.map { "    \($0)\n" }.joined() + Self.tail
    let path = try scratch.file("fix.yaml", text.utf8).path
    let syntax: Set<DiagnosticKind> = [
      .yamlSyntax, .tab, .unclosedQuote, .unclosedBracket, .unquotedColon, .unquotedBrace,
      .unquotedSign, .textBehindQuote, .twoKeysOnALine, .missingColon, .badIndentation,
    ]
    func isReadable(_ compilation: RuleCompilation) -> Bool {
      syntax.isDisjoint(with: compilation.diagnostics.map(\.kind))
    }
    let before = RuleCompilation(folder: path, sharing: DiagnosticTests.shared)
    let fixed = FixedRules(folder: path, sharing: DiagnosticTests.shared)
    #expect(isReadable(fixed.compilation) || !isReadable(before), "\(text)")
    guard let new = fixed.texts.values.first?.new else { return }
    try scratch.file("fix.yaml", new)
    let again = FixedRules(folder: path, sharing: DiagnosticTests.shared)
    #expect(again.fixes.isEmpty, "\(String(decoding: new, as: UTF8.self))")
  }
}
