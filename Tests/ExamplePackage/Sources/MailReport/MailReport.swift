import AcmeMail
import BounceCatalogue
import ListMail

// Without a configuration: these rules extend the standard ones too, and nobody else sees them.

/// The rules that explain a reply: a standard one, one of Acme's, of the list's or of the gateway's.
public func explanations(of reply: String) -> [RuleID] {
  let classifiers: [BounceClassifier] = [.standard, .acme, .listMail, .mailReport]
  return classifiers.compactMap { $0.classify(reply).rule }
}

/// Whether a message came back from our own gateway.
public func isOurFault(_ reply: String) -> Bool {
  BounceClassifier.mailReport.classify(reply).rule == .gatewayHeldBack
}
