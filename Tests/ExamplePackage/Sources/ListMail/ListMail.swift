import BounceCatalogue

public func isForMembers(_ reply: String) -> Bool {
  BounceClassifier.listMail.classify(reply).rule == .listsMembersOnly
}
