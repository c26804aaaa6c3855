import BounceCatalogue
import BounceMessages
import Foundation
import RealRules
import RuleCompiler
import Testing

/// What the README shows of the library compiles, and works: every line of its Swift stands here.
@Suite struct ReadmeTests {
  private let readme: String

  init() throws {
    readme = try String(contentsOfFile: RuntimeRulesTests.path("README.md"), encoding: .utf8)
  }

  private func blocks(_ language: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test func everyLineStandsHere() throws {
    let here = try String(contentsOfFile: #filePath, encoding: .utf8)
    let library = try #require(readme.components(separatedBy: "## Use the library").last)
    let lines = blocks("swift", in: library).joined().split(separator: "\n").map {
      $0.components(separatedBy: "//")[0].trimmingCharacters(in: .whitespaces)
    }
    #expect(lines.count > 15)
    for line in lines { #expect(here.contains(line), "\(line)") }
  }

  @Test func aVerdict() {
    let reply = "554 Bad DNS PTR resource record"
    var calls: [String] = []
    let address = "joe@example.com"
    func suppress(_ address: String) { calls.append("suppress") }
    func fixReverseDNS() { calls.append("fix") }
    func closeConnection() { calls.append("close") }

    let verdict = BounceClassifier.standard.classify(reply)

    switch verdict.category {
    case .recipientUnknown: break
    default: break
    }
    if verdict.action == .suppress { suppress(address) }
    if verdict.rule == .ionosBadPtr { fixReverseDNS() }
    if verdict.code == 421 { closeConnection() }
    let remedies = verdict.causes.first?.remedies

    #expect(calls == ["fix"] && remedies?.isEmpty == false)
  }

  @Test func aMatch() {
    let reply = Array("550 His letterbox has run over its megabytes quota".utf8)
    let bytes = reply.span
    var counts: [BounceCategory: Int] = [:]
    func log(_ verdict: Verdict) { Issue.record("\(verdict)") }

    let classifier = BounceClassifier.standard
    let match = classifier.match(bytes)
    let summary = classifier.summary(of: match)
    counts[summary.category, default: 0] += 1
    if summary.action == .review {
      log(classifier.verdict(of: match, for: bytes))
    }
    let rule = match.ruleIndex.map { classifier.rule(at: $0) }

    #expect(counts == [.mailboxFull: 1])
    #expect(summary.basis == .likeness)
    #expect(rule == nil)
  }

  @Test func aMessage() {
    let bytes = Array(
      """
      From: mailer-daemon@example.com
      Subject: Undelivered
      X-Failed-Recipients: joe@example.com

      550 5.1.1 User unknown
      """.utf8)
    var calls: [String] = []
    func suppress(_ address: String) { calls.append(address) }

    for verdict in BounceClassifier.standard.classify(message: bytes) {
      let details = verdict.details
      if verdict.action == .suppress, let address = details.originalRecipient ?? details.recipient {
        suppress(address)
      }
    }

    #expect(calls == ["joe@example.com"])
  }

  // MARK: - Rules at run time

  /// Never run: a path that is not absolute depends on where the program was started.
  private func rulesAtRunTime() throws -> BounceClassifier {
    let classifier = try BounceClassifier(compiling: "Rules", sharing: .catalogue(.standard))
    return classifier
  }

  /// The README's own rule, in a folder of its own.
  @Test func itsRuleExtendsTheStandardCatalogue() throws {
    let rules = try #require(blocks("yaml", in: readme).first)
    let folder = try Scratch(["acme.yaml": rules])

    let classifier = try BounceClassifier(
      compiling: folder.path, sharing: .catalogue(.standard))
    let verdict = classifier.classify("450 4.7.0 Come back in 6 hours, we sleep.")
    #expect(verdict.rule?.rawValue == "acme/quiet-hours")
    #expect(classifier.classify("554 Bad DNS PTR resource record").rule == .ionosBadPtr)

    // Alone it has no categories.
    #expect(throws: InvalidRules.self) { try BounceClassifier(compiling: folder.path) }
  }
}
