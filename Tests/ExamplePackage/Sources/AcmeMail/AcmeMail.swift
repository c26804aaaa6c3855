import BounceCatalogue

// These rules extend the standard catalogue: one classifier answers by both.

/// What to do about a refusal.
public func verdict(on reply: String) -> Verdict {
  BounceClassifier.acme.classify(reply)
}

/// Whether Acme's servers merely sleep. A typo in the name of a rule or category does not compile.
public func isQuietHours(_ verdict: Verdict) -> Bool {
  verdict.rule == .acmeQuietHours && verdict.category == .quietHours
}
