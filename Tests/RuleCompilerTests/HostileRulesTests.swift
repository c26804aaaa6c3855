import Testing

@testable import RuleCompiler

/// Rules that were written to keep the compiler busy: their length costs time in proportion, and not
/// squared, which would be minutes or hours here.
@Suite(.timeLimit(.minutes(1))) struct HostileRulesTests {
  private static let length = 40_000

  @Test(arguments: [("[", "a-"), ("\\d", "\\d{1")])
  func phrasesLikeExpressions(start: String, piece: String) {
    let phrase = start + String(repeating: piece, count: Self.length)
    #expect(ExpressionMistake.all(in: phrase).count <= 20)
  }

  @Test func longNames() {
    let name = String(repeating: "a", count: Self.length)
    #expect(nearOnes(to: name + "b", in: [name]) == [])
  }

  @Test func marksBehindAnAddress() {
    let marks = String(repeating: ")", count: Self.length)
    #expect(Markdown.prose("http://a.example/\(marks)").hasPrefix("[http://a.example/]("))
  }
}
