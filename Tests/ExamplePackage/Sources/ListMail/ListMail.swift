import BounceCatalogue

// These rules stand alone: they know nothing but what the list server says.

/// Whether the list takes mail from its members only.
public func isForMembers(_ reply: String) -> Bool {
  BounceClassifier.listMail.classify(reply).rule == .listsMembersOnly
}
