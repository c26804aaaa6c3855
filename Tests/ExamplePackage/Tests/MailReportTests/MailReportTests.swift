import AcmeMail
import BounceCatalogue
import ListMail
import MailReport
import Testing

@Suite struct RulesThatExtend {
  @Test func ownRulesAnswer() {
    let verdict = verdict(on: "451 Come back in 6 hours, we sleep")
    #expect(isQuietHours(verdict))
    #expect(verdict.provider == "acme")
    #expect(verdict.details.retryAfter == 6 * 3600)
    #expect(verdict.action == .retry)
  }

  @Test func standardRulesAnswerToo() {
    let reply = "550 5.2.2 xyzzy"
    #expect(verdict(on: reply) == BounceClassifier.standard.classify(reply))
    #expect(verdict(on: reply).category == .mailboxFull)
  }

  /// Also where the server is known to be the other's.
  @Test(arguments: [
    "554 Bad DNS PTR resource record",
    "host mx00.gmx.net[192.0.2.7] said: 554 Bad DNS PTR resource record",
  ])
  func anOwnRuleStandsOverAStandardOne(reply: String) {
    #expect(verdict(on: reply).rule == .helpDeskBadPtr)
    #expect(BounceClassifier.standard.classify(reply).rule == .ionosBadPtr)
  }

  @Test func allRulesAreInOneCatalogue() {
    let standard = BounceClassifier.standard
    let acme = BounceClassifier.acme
    #expect(acme.rules.count == standard.rules.count + 3)
    #expect(acme.categories.count == standard.categories.count + 1)
    #expect(acme.category(.quietHours) != nil)
    #expect(acme.categories.last?.isUndecided == true)
  }
}

@Suite struct RulesThatStandAlone {
  @Test func ownRulesAnswer() {
    #expect(isForMembers("550 Sorry, only the choir sings here."))
    #expect(!isForMembers("451 Come back in 6 hours, we sleep"))
  }

  @Test func noOtherRuleDoes() {
    let verdict = BounceClassifier.listMail.classify("554 Bad DNS PTR resource record")
    #expect(verdict.basis == .none)
    #expect(BounceClassifier.listMail.rules.map(\.id) == [.listsMembersOnly])
  }
}

@Test func differentRulesLiveInOneProgram() {
  #expect(
    explanations(of: "554 Bad DNS PTR resource record")
      == [.ionosBadPtr, .helpDeskBadPtr, .ionosBadPtr])
  // The others do not know the words.
  let explanations = explanations(of: "550 Sorry, only the choir sings here.")
  #expect(explanations.filter { $0 == .listsMembersOnly }.count == 1)
  #expect(isOurFault("554 Message held back by the outbound gateway"))
}
