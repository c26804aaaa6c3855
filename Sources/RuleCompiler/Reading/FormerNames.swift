import ReplyMatcher

// What keys were called in earlier drafts of the rule language, or are called by other tools.

extension FileKey {
  static let formerNames: [String: Self] = [
    "title": .name, "type": .kind, "domains": .hosts, "mx": .hosts, "urls": .links,
  ]
}

extension RuleKeys {
  static let formerNames: [String: Self] = [
    "codes": .code, "statuses": .status, "dsn": .status,
    "phrase": .text, "phrases": .text, "except": .unless, "guard": .guards,
    "reason": .cause, "reasons": .causes, "remedies": .remedy,
    "description": .meaning, "hint": .tip, "url": .links, "urls": .links,
    "example": .examples, "tests": .examples, "counterexample": .counterexamples,
  ]
}

extension CauseKey {
  static let formerNames: [String: Self] = ["reason": .cause, "remedies": .remedy]
}

extension CategoryKey {
  static let formerNames: [String: Self] = [
    "title": .name, "description": .meaning, "type": .bounce, "remedies": .remedy,
  ]
}

extension GuardKey {
  static let formerNames: [String: Self] = [
    "phrase": .text, "phrases": .text, "unless": .text, "description": .meaning,
  ]
}

extension WrapperKey {
  static let formerNames: [String: Self] = ["phrase": .text, "phrases": .text]
}

extension Party {
  static let formerNames: [String: Self] = [
    "sender-admin": .sendingAdmin, "receiver": .recipient, "receiver-admin": .receivingAdmin,
    "recipient-admin": .receivingAdmin,
  ]
}
