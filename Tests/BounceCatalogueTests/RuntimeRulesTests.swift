import BounceCatalogue
import Foundation
import RealRules
import RuleCompiler
import Testing

/// Rules compiled at run time give the very same verdicts as the generated tables.
@Suite struct RuntimeRulesTests {
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func path(_ path: String) -> String {
    package.appending(path: path).path(percentEncoded: false)
  }

  /// Every example of the catalogue, some also in a wrapper and cut off, and the open corpus where it is.
  static let replies: [String] = {
    let some = RealRules.someExamples
    return BounceClassifier.standard.rules.flatMap(\.examples)
      + some.map {
        "host mx.example.org[192.0.2.9] said: \($0) (in reply to MAIL FROM command)"
      }
      + some.map { String($0.dropLast($0.count / 3)) } + RealRules.corpus
      + ["", "nothing that any rule knows", "999 no code", "5.1.1", "2.0.0 OK", "450"]
  }()

  /// What the generated tables answer to each of them; several tests compare others with it.
  static let verdicts = replies.map { BounceClassifier.standard.classify($0) }

  @Test func sameVerdicts() throws {
    let compiled = try RealRules.classifier
    for (reply, verdict) in zip(Self.replies, Self.verdicts) {
      let found = compiled.classify(reply)
      #expect(found == verdict, "\(reply)")
      #expect(found.matchedWords == verdict.matchedWords, "\(reply)")
    }
  }

  @Test func sameCatalogue() throws {
    let compiled = try RealRules.classifier
    let standard = BounceClassifier.standard
    #expect(compiled.rules.map(\.id) == standard.rules.map(\.id))
    #expect(compiled.rules.map(\.file) == standard.rules.map(\.file))
    #expect(compiled.categories.map(\.id) == standard.categories.map(\.id))
  }

  @Test func badRulesThrowEverythingThatIsWrong() throws {
    #expect(throws: InvalidRules.self) { try BounceClassifier(compiling: "/no/such/folder") }
  }

  /// A verdict rests on the best that a reply offers.
  @Test(arguments: [
    ("550 5.7.1 xyzzy", Basis.status, "status/x-7-1"),
    ("552 xyzzy", .code, "smtp/reply-552"),
    ("599 xyzzy", .class, "smtp/class-5xx"),
    ("5.2.2 xyzzy", .status, "status/x-2-2"),
    ("250 2.0.0 queued", .code, "smtp/reply-250"),
    ("xyzzy", .none, ""),
    ("", .none, ""),
  ])
  func everyReplyGetsAnAnswer(reply: String, basis: Basis, rule: String) {
    let verdict = BounceClassifier.standard.classify(reply)
    #expect(verdict.basis == basis)
    #expect((verdict.rule?.rawValue ?? "") == rule)
    #expect(verdict.category == .unclassified || basis != .none)
  }

  /// A deferral never suppresses an address.
  @Test func temporaryRepliesNeverSuppress() {
    for rule in BounceClassifier.standard.rules {
      for example in rule.examples where example.hasPrefix("5") {
        let verdict = BounceClassifier.standard.classify("4" + example.dropFirst())
        if verdict.code?.rawValue ?? 0 < 500 {
          #expect(verdict.action != .suppress, "\(example)")
          #expect(verdict.bounce != .hard, "\(example)")
        }
      }
    }
  }
}
