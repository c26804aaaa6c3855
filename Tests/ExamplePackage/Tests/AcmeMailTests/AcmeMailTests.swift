import AcmeMail
import BounceCatalogue
import ListMail
import Testing

@Test func ownRulesWork() {
  let verdict = verdict(on: "451 Come back in 6 hours, we sleep")
  #expect(isQuietHours(verdict))
  #expect(verdict.provider == "acme")
  #expect(verdict.details.retryAfter == 6 * 3600)
  #expect(verdict.action == .slowDown)
}

@Test func theStandardCatalogueIsStillThere() {
  #expect(verdict(on: "554 Bad DNS PTR resource record").category == .hostIdentity)
}

@Test func rulesOfTwoTargetsLiveInOneProgram() {
  #expect(isForMembers("550 Sorry, this list is for members."))
  #expect(!isForMembers("451 Come back in 6 hours, we sleep"))
}
