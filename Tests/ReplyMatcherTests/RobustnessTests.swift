import RealRules
import Testing

@testable import ReplyMatcher

/// Every sequence of bytes is a legal reply and gets a verdict.
@Suite struct RobustnessTests {
  /// Rules in which every placeholder and `*` stands, so that hostile replies reach all code.
  static let rules =
    VerdictTests.rules + """

      gaps: {text: "a * b * a", category: first, cause: c}
      pairs: {text: ["{count} {count} {count} 5", "{domain} {domain} x"], category: gone, cause: c}
      mixed: {all: ["5 {duration}", "{size} 10"], unless: ["{url} a"], category: slow, cause: c}
      """
  static let classifier = try! TestCatalogue.compile(rules: rules, hosts: "mx.example")

  /// Classifies, and checks what holds for any reply.
  private func check(_ reply: [UInt8], _ comment: @autoclosure () -> String) {
    let verdict = Self.classifier.classify(reply)
    var end = 0
    for range in verdict.matchedWords {
      if range.lowerBound < end || range.upperBound > reply.count || range.isEmpty {
        Issue.record("matched words \(verdict.matchedWords): \(comment())")
      }
      end = range.upperBound
    }
    if (verdict.rule == nil) != (verdict.basis == .none) { Issue.record("basis: \(comment())") }
  }

  private func checkTokens(_ reply: [UInt8], _ comment: @autoclosure () -> String) {
    var end = 0
    for token in Lexed(reply).tokens {
      let isGood =
        token.start >= end && token.end > token.start && token.end <= reply.count
        && (token.spanClass == nil || token.spanEnd > token.start && token.spanEnd <= reply.count)
      if !isGood { Issue.record("token \(token): \(comment())") }
      end = token.end
    }
  }

  @Test func everyByteAndEveryPair() {
    for first in UInt8.min...UInt8.max {
      check([first], "\(first)")
      for second in UInt8.min...UInt8.max { checkTokens([first, second], "\(first) \(second)") }
    }
    let all = [UInt8](UInt8.min...UInt8.max)
    check(all, "all bytes")
    check(all.reversed(), "all bytes, backwards")
  }

  /// Bytes that mean something, as often as others.
  static let alphabets: [[UInt8]] = [
    Array(UInt8.min...UInt8.max),
    Array("550-.1 #(\r\n:;'\"<>[]".utf8),
    Array("a1@.:/-[]% \u{301}é日".utf8),
    Array("5,.: 10mhsbkdGBnutesoy\r\n".utf8),
    [0x61, 0xC3, 0xE6, 0x97, 0xA5, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0, 0xC0, 0xFF, 0x20, 0],
  ]

  @Test(arguments: alphabets.indices)
  func randomBytes(alphabet: Int) {
    var random = SplitMix64(seed: UInt64(alphabet))
    for round in 0..<1000 {
      let reply = (0..<random.int(0...120)).map { _ in random.pick(Self.alphabets[alphabet]) }
      checkTokens(reply, "alphabet \(alphabet), round \(round): \(reply)")
      check(reply, "alphabet \(alphabet), round \(round): \(reply)")
    }
  }

  static let pieces = [
    "550", "550-", "5.1.1", "(#5.1.1)", "a", "b", "5", "10", "5 minutes", "10 MB", "01:30:00",
    "1,000", "mx.example", "x@y.example", "x@", "@", "x@[", "http://", "http://a.example", "[::1]",
    "192.0.2.1", "2001:db8::1", "host", "said:", "remote", "no", "such", "user", "wait", "limit of",
    "exceeded", "in reply to RCPT TO command", "\r\n", "(", ")", "'", "<<<", "日", "Empfänger", "\0",
  ]

  /// Half-finished and crossed things, as they come when a log cuts a reply off.
  @Test func randomPiecesCutAnywhere() {
    var random = SplitMix64(seed: 99)
    for round in 0..<1500 {
      let text = (0..<random.int(1...14)).map { _ in
        random.pick(Self.pieces) + random.pick(["", " ", " "])
      }.joined()
      let bytes = Array(text.utf8)
      let cut = Array(bytes[..<random.int(0...bytes.count)])
      checkTokens(cut, "round \(round): \(cut)")
      check(cut, "round \(round): \(cut)")
    }
  }

  @Test func textCutInsideACharacter() {
    let text = Array("550 Größe – 邮箱 𠮷😀 e\u{301} Empfänger unbekannt 不存在 <ü@bücher.example>".utf8)
    for cut in text.indices {
      check(Array(text[..<cut]), "up to \(cut)")
      check(Array(text[cut...]), "from \(cut)")
    }
  }

  @Test func numbersTooLargeForAnything() {
    let digits = String(repeating: "9", count: 500)
    for reply in [
      "452 more than \(digits) recipients", "421 wait \(digits) minutes", "421 wait \(digits):59",
      "\(digits) \(digits)", "\(digits).\(digits).\(digits)", "5.\(digits).1", "550 5.1.\(digits)",
      "999999999:99:99", "421 wait 999999:59:59", "421 wait 99999999999 days",
    ] { check(Array(reply.utf8), reply) }
  }

  @Test
  func sizesTooLargeForAnything() {
    #expect(Self.classifier.classify("552 limit of 99999999999 GB exceeded").details.size == nil)
  }

  // MARK: - Long replies

  static let repeated = [
    "5", "a", "@", "a@", "a@b.", ":", "a:", "::", ".", "1.", "a.", "<", "(", "'", "-", "a-", "é",
    "日",
    "http://", "http://a.", "550-", "550 ", "'550 ", "5.1.1 ", "(#5.1.1)", "1,", "1:22:", "\r\n",
    "\0",
    " ", "\u{FF}", "a b ", "a b a ", "5 10 ", "5 minutes 10 MB ", "no such user ", "no such ",
    "x.com ",
    "host mx.example said: ", "host mx.example[192.0.2.1] said: 550 ", "after DATA ",
    "\nafter DATA ",
  ]

  /// Nothing is too long. (How long it takes is measured by `Tests/Benchmarks`, not here.)
  @Test(arguments: repeated)
  func longReplies(piece: String) {
    let unit = piece == "\u{FF}" ? [0xFF] : Array(piece.utf8)
    let reply = Array(repeatElement(unit, count: 60_000 / unit.count).joined())
    check(reply, piece)
    check(Array("550 5.1.1 ".utf8) + reply + Array(" no such user".utf8), piece)
  }

  // MARK: - Ways in

  @Test func allWaysInAreTheSame() {
    for reply in ["", "550 no such user", "421 wait 5 minutes", "550 Empfänger unbekannt 不存在"] {
      let bytes = Array(reply.utf8)
      let verdict = Self.classifier.classify(reply)
      #expect(Self.classifier.classify(bytes) == verdict)
      #expect(Self.classifier.classify(bytes.span) == verdict)
      #expect(Self.classifier.classify(bytes[...]) == verdict)
      #expect(Self.classifier.classify(bytes.lazy.map { $0 }) == verdict)
      #expect(Self.classifier.classify(reply[...]) == verdict)
      #expect(bytes.withUnsafeBufferPointer { Self.classifier.classify($0) } == verdict)
    }
  }

  /// A value that never changes can be used from anywhere at once.
  @Test func manyTasksAtOnce() async {
    let replies = VerdictTests.replies
    let expected = replies.map { Self.classifier.classify($0) }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { replies.map { Self.classifier.classify($0) } == expected }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
