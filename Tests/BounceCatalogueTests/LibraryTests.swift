import BounceCatalogue
import Foundation
import Testing

/// The library as the README shows it: this is the code of somebody who imports it.
@Suite struct LibraryTests {
  @Test func verdictsAreReadByName() {
    let verdict = BounceClassifier.standard.classify("554 Bad DNS PTR resource record")
    let isOurFault: Bool
    switch verdict.category {
    case .recipientUnknown, .mailboxFull: isOurFault = false
    case .hostIdentity: isOurFault = true
    default: isOurFault = false
    }
    #expect(isOurFault)
    #expect(verdict.action == .fix)
    #expect(verdict.rule == .ionosBadPtr)
    #expect(verdict.causes.first?.remedies.isEmpty == false)
  }

  @Test func everyFormOfAReplyIsTaken() {
    let reply = "550 Requested action not taken: mailbox unavailable"
    let classifier = BounceClassifier.standard
    let expected = classifier.classify(reply)
    #expect(expected.rule == .ionosUnknownOrInactiveMailbox)
    #expect(classifier.classify(reply[...]) == expected)
    let bytes = Array(reply.utf8)
    #expect(classifier.classify(bytes) == expected)
    #expect(classifier.classify(bytes.span) == expected)
    #expect(classifier.classify(bytes.span.bytes) == expected)
    #expect(bytes.withUnsafeBufferPointer { classifier.classify($0) } == expected)
    #expect(bytes.withUnsafeBytes { classifier.classify($0) } == expected)
  }

  /// What `classify` says in one step, from whatever the bytes lie in.
  @Test(arguments: [nil, "mx00.ionos.de"])
  func everyFormOfAReplyIsMatched(host: String?) {
    let bytes = Array("550 mailbox unavailable: xyzzy".utf8)
    let classifier = BounceClassifier.standard
    let expected = classifier.classify(bytes, remoteHost: host)
    let span = bytes.span
    #expect(
      classifier.verdict(
        of: classifier.match(span, remoteHost: host), for: span, remoteHost: host) == expected)
    let raw = bytes.span.bytes
    #expect(
      classifier.verdict(
        of: classifier.match(raw, remoteHost: host), for: raw, remoteHost: host) == expected)
    bytes.withUnsafeBytes { raw in
      #expect(
        classifier.verdict(
          of: classifier.match(raw, remoteHost: host), for: raw, remoteHost: host) == expected)
    }
    bytes.withUnsafeBufferPointer { buffer in
      #expect(
        classifier.verdict(
          of: classifier.match(buffer, remoteHost: host), for: buffer, remoteHost: host)
          == expected)
    }
  }

  @Test func countsByCategoryAreAnObjectInJSON() throws {
    let counts = [BounceCategory.mailboxFull: 1]
    let json = try JSONEncoder().encode(counts)
    #expect(String(decoding: json, as: UTF8.self) == #"{"mailbox-full":1}"#)
    #expect(try JSONDecoder().decode([BounceCategory: Int].self, from: json) == counts)
    #expect(try JSONEncoder().encode([Action.slowDown: 1]) == Data(#"{"slow-down":1}"#.utf8))
  }

  @Test func aSummaryIsTheVerdictWithoutItsWords() {
    let classifier = BounceClassifier.standard
    let rules = classifier.rules
    for (reply, verdict) in zip(RuntimeRulesTests.replies, RuntimeRulesTests.verdicts) {
      let match = classifier.match(reply.utf8Span.span)
      let summary = classifier.summary(of: match)
      #expect(summary.category == verdict.category, "\(reply)")
      #expect(summary.action == verdict.action, "\(reply)")
      #expect(summary.bounce == verdict.bounce, "\(reply)")
      #expect(summary.retry == verdict.retry, "\(reply)")
      #expect(summary.basis == verdict.basis, "\(reply)")
      #expect(summary.code == verdict.code && summary.status == verdict.status, "\(reply)")
      #expect(summary.command == verdict.details.command, "\(reply)")
      #expect(match.ruleIndex.map { rules[$0].id } == verdict.rule, "\(reply)")
    }
  }

  @Test func rulesAreFoundOneByOne() {
    let classifier = BounceClassifier.standard
    let rules = classifier.rules
    #expect(classifier.ruleCount == rules.count)
    for (index, rule) in rules.enumerated() {
      #expect(classifier.ruleIndex(of: rule.id) == index)
      #expect(classifier.rule(at: index) == rule)
    }
    #expect(classifier.rule(.ionosBadPtr)?.id == .ionosBadPtr)
    for unknown in ["", "ionos", "ionos/bad", "ionos/bad-ptr-", "zzz/zzz"] {
      #expect(classifier.rule(RuleID(rawValue: unknown)) == nil)
    }
    #expect(classifier.category(.mailboxFull)?.name == "Mailbox full")
    #expect(classifier.category(BounceCategory(rawValue: "no-such")) == nil)
  }

  /// Tests of programs that use verdicts make some themselves.
  @Test func verdictsCanBeMade() {
    var details = Verdict.Details()
    details.retryAfter = 300
    let verdict = Verdict(
      category: .rateLimited, action: .slowDown, bounce: .soft, retry: .later, code: 421,
      causes: [Cause(cause: "Too fast", remedies: [Remedy(party: .sendingAdmin, text: "Wait")])],
      details: details)
    #expect(verdict.code == 421 && verdict.code != 450)
    #expect(verdict.basis == .text)
    #expect(verdict.details.retryAfter == 300)
  }

  @Test func codesAreCompared() {
    let verdict = BounceClassifier.standard.classify("550 5.1.1 User unknown")
    #expect(verdict.code == 550)
    #expect(verdict.status == EnhancedStatusCode("5.1.1"))
    #expect([550, 421, 552].sorted() == [421, 550, 552] as [ReplyCode])
    let statuses = ["4.2.2", "5.1.1", "5.1.10", "5.7.1"].map { EnhancedStatusCode($0)! }
    #expect(statuses.reversed().sorted() == statuses)
  }

  /// As text they are what stands in the rule files.
  @Test func idsAreReadable() {
    #expect("\(RuleID.ionosBadPtr), \(BounceCategory.mailboxFull)" == "ionos/bad-ptr, mailbox-full")
  }

  @Test func theRemoteHostCanBeGiven() {
    let verdict = BounceClassifier.standard.classify("550 xyzzy", remoteHost: "mx00.ionos.de.")
    #expect(verdict.provider == "ionos")
    #expect(verdict.details.remoteHost == "mx00.ionos.de.")
  }
}
