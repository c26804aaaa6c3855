import BounceCatalogue

/// What to do about a refusal: Acme's own rules first, then the standard catalogue.
public func verdict(on reply: String) -> Verdict {
  let verdict = BounceClassifier.acmeMail.classify(reply)
  return verdict.basis == .text ? verdict : BounceClassifier.standard.classify(reply)
}

/// Whether Acme's servers merely sleep. A typo in the rule's name does not compile.
public func isQuietHours(_ verdict: Verdict) -> Bool {
  verdict.rule == .acmeQuietHours && verdict.category == .rateLimited
}
