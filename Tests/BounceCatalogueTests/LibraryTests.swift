import BounceCatalogue
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
  }

  @Test func theRemoteHostCanBeGiven() {
    let verdict = BounceClassifier.standard.classify("550 xyzzy", remoteHost: "mx00.ionos.de.")
    #expect(verdict.provider == "ionos")
    #expect(verdict.details.remoteHost == "mx00.ionos.de.")
  }
}
