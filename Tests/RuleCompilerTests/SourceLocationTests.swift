import Foundation
import Testing

@testable import RuleCompiler

/// Places are counted in characters for people and in bytes for fixes: both have to be right
/// whatever stands before.
@Suite struct SourceLocationTests {
  /// The values of a file that are written as they read.
  private func plainValues(of node: YAMLNode) -> [(
    text: String, location: RuleCompiler.SourceLocation
  )] {
    switch node.content {
    case .scalar(let text):
      guard let first = node.location.file.bytes[node.location.bytes].first,
        !"'\"|>".utf8.contains(first), node.location.isOnOneLine
      else { return [] }
      return [(text, node.location)]
    case .sequence(let elements):
      return elements.flatMap { plainValues(of: $0) }
    case .mapping(let pairs):
      return pairs.flatMap { plainValues(of: $0.key) + plainValues(of: $0.value) }
    }
  }

  private func check(_ file: SourceFile, atLeast count: Int) {
    let collector = DiagnosticCollector()
    guard let root = YAMLNode.parse(file, collector) else {
      Issue.record("\(collector.diagnostics.map { $0.rendered() })")
      return
    }
    let values = plainValues(of: root)
    #expect(values.count >= count)
    for (text, location) in values {
      #expect(file.text(location.bytes) == text)
      // The column, counted anew from the bytes.
      let same = RuleCompiler.SourceLocation(file: file, bytes: location.bytes)
      #expect((same.line, same.column) == (location.line, location.column))
    }
  }

  /// Every sort of line break that YAML knows, with and without a byte order mark.
  @Test(arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"], ["", "\u{FEFF}"])
  func lineBreaks(lineBreak: String, mark: String) {
    let lines = [
      "a: é", "邮箱: [e\u{301}, 👩‍👩‍👧, {x: 邮, y: z}]", "# ü", "",
      "c: |", "  日", "  本", "'d''ü': \"\\u00e9 ü\"", "e: [a, ü b,", "  日, c]", "f: g",
    ]
    let text = mark + lines.joined(separator: lineBreak)
    check(SourceFile(path: "x.yaml", bytes: Array(text.utf8)), atLeast: 14)
  }

  @Test func realRules() throws {
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Rules/categories.yaml")
    check(
      SourceFile(path: "categories.yaml", bytes: Array(try Data(contentsOf: rules))), atLeast: 100)
  }

  /// A line of megabytes is shown in part, and its places are found in time linear in it.
  @Test func longLine() throws {
    let values = (0..<50_000).map { "é\($0)" }.joined(separator: ", ")
    let file = SourceFile(path: "x.yaml", bytes: Array("a: [\(values)]\nb: {".utf8))
    let collector = DiagnosticCollector()
    #expect(YAMLNode.parse(file, collector) == nil)
    let end = RuleCompiler.SourceLocation(file: file, bytes: 400_000..<400_001)
    let diagnostic = Diagnostic(.error, .unknownValue, "x", at: end)
    #expect(diagnostic.rendered().count < 500)
  }
}
