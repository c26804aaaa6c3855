import Foundation
import Testing

@testable import RuleCompiler

/// `whybounce format`: `Golden/Format/NAME.yaml` is what somebody wrote, `NAME.out` its canonical
/// form.
@Suite struct FormattingTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/Format")

  @Test(arguments: ["comments", "texts", "order", "categories", "wrappers"])
  func canonicalForm(name: String) throws {
    let text = try #require(
      Self.format(try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))))
    try expectGolden(text, Self.folder.appending(path: "\(name).out"))
    #expect(Self.format(Data(text.utf8)) == text)
  }

  private static func format(_ data: some Sequence<UInt8>) -> String? {
    Formatting(text: Array(data), name: "a.yaml").files.first?.text
  }

  /// The bad files are formatted or refused, and never end the program.
  @Test(arguments: DiagnosticTests.inputs.filter { $0.hasSuffix(".yaml") })
  func badFiles(name: String) throws {
    let file = DiagnosticTests.folder.appending(path: name)
    let formatting = Formatting(paths: [file.path(percentEncoded: false)])
    #expect(formatting.files.isEmpty != formatting.diagnostics.isEmpty)
    guard let text = formatting.files.first?.text else { return }
    #expect(Self.format(text.utf8) == text)
  }

  @Test func randomFiles() throws {
    for seed in 0..<500 {
      var random = RandomRuleFile(seed: UInt64(seed))
      let (text, comments) = random.text()
      let formatting = Formatting(text: Array(text.utf8), name: "\(seed).yaml")
      let messages = formatting.diagnostics.map { $0.rendered() }
      let result = try #require(formatting.files.first?.text, "\(messages)\n\(text)")
      let again = Self.format(result.utf8) ?? ""
      let isStable = again == result
      #expect(isStable, "seed \(seed): \(Self.difference(result, again))")
      let isFaithful = try Self.says(result, random.values)
      #expect(isFaithful, "seed \(seed)\n\(text)\n=>\n\(result)")
      for comment in comments {
        let count = result.components(separatedBy: comment).count - 1
        #expect(count == 1, "seed \(seed): \(comment) \(count) times")
      }
      let lines = result.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(
        lines.allSatisfy { $0.last != " " } && lines.last == "" && lines.dropLast().last != "")
    }
  }

  /// The lines around the first difference.
  private static func difference(_ a: String, _ b: String) -> String {
    let (a, b) = (a.components(separatedBy: "\n"), b.components(separatedBy: "\n"))
    let start = zip(a, b).prefix { $0 == $1 }.count
    return "\n\(a[max(0, start - 3)..<min(a.count, start + 4)].joined(separator: "\n"))\n=>\n"
      + b[max(0, start - 3)..<min(b.count, start + 4)].joined(separator: "\n")
  }

  /// Whether a file has these values; the order of keys is no matter where the grammar knows them.
  private static func says(_ text: String, _ value: RandomRuleFile.Value) throws -> Bool {
    let file = SourceFile(path: "a.yaml", bytes: Array(text.utf8))
    return same(try #require(YAMLNode.parse(file, DiagnosticCollector())), value)
  }

  private static func same(_ node: YAMLNode, _ value: RandomRuleFile.Value) -> Bool {
    switch (node.content, value) {
    case (.scalar(let a), .text(let b)): a == b
    case (.sequence(let a), .text): a.count == 1 && same(a[0], value)
    case (.scalar, .list(let b)): b.count == 1 && same(node, b[0])
    case (.sequence(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.mapping(let a), .mapping(let b, let isOrdered)):
      a.count == b.count
        && zip(a, b).allSatisfy { pair, entry in
          guard case .scalar(let key) = pair.key.content else { return false }
          let other = isOrdered ? entry : b.first { $0.key == key }
          return other.map { $0.key == key && same(pair.value, $0.value) } ?? false
        }
    default: false
    }
  }

  /// What stands between the formatter's faults and somebody's rules.
  @Test(arguments: [
    (
      "rules: {a: {code: 550, text: a b}} # c", "rules: {a: {text: [ 'a b' ], code: '550'}} # c",
      true
    ),
    ("rules: {a: {code: 550}} # c", "rules: {a: {code: 551}} # c", false),
    ("rules: {a: {code: 550}} # c", "rules: {a: {code: 550}}", false),
    ("rules: {a: {code: 550}} # c", "rules: {a: {code: 550}} # d", false),
    ("rules: {a: {code: 550}}", "rules: {a: {code: 550, text: a}}", false),
    ("rules: {a: {}, b: {}}", "rules: {b: {}, a: {}}", false),
    ("rules: {a: {text: [a, b]}}", "rules: {a: {text: [b, a]}}", false),
    ("rules: {a: {text: a b}}", "rules: {a: {text: [a, b]}}", false),
    ("rules: {a: {text: 'a  b'}}", "rules: {a: {text: a b}}", false),
    ("# c\n# c\nid: a", "# c\nid: a", false),
  ])
  func changesAreNoticed(before: String, after: String, isSame: Bool) throws {
    func content(_ text: String) throws -> FileContent {
      let file = SourceFile(path: "a.yaml", bytes: Array(text.utf8))
      return try #require(FileContent(file, DiagnosticCollector()))
    }
    #expect(try content(before).says(theSameAs: content(after)) == isSame)
    #expect(try content(after).says(theSameAs: content(before)) == isSame)
  }

  /// Ten times the rules take ten times as long, not a hundred times.
  @Test func takesLinearTime() throws {
    func seconds(_ count: Int) throws -> Double {
      let rules = (0..<count).map { number in
        """
          rule-\(number): # \(number)
            # comment
            examples: ['550 \(number)', "550 a # b"]
            category: policy
            cause: >-
              \(String(repeating: "words that go on ", count: 10))
            code: [550, 551]

        """
      }
      let text = "id: a\nname: A\nkind: phrases\nrules:\n" + rules.joined()
      let clock = ContinuousClock()
      let time = clock.measure { #expect(Self.format(text.utf8) != nil) }
      return Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
    }
    let (few, many) = (try seconds(200), try seconds(2000))
    #expect(many < 40 * few, "200 rules: \(few) s, 2000 rules: \(many) s")
  }
}
