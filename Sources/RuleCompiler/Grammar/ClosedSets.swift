import ReplyMatcher

// The keys whose values are a closed set, and what each value says.

extension TextForm {
  static let sourceKind = oneOf(SourceKind.self) { kind in
    switch kind {
    case .standard:
      "What an RFC or a registry says. The likeness of a reply's words can outvote codes."
    case .software: "A mail server program."
    case .filter: "A spam filter or virus scanner."
    case .blocklist: "A DNS blocklist."
    case .provider: "A company that runs mail servers."
    case .phrases: "Words that many servers use. The likeness of many can outvote a few."
    }
  }

  static let action = oneOf(Action.self) { action in
    switch action {
    case .suppress: "Stop mailing this address."
    case .retry: "Try again later; nothing else is to do."
    case .slowDown: "Send less at a time, then try again."
    case .fix: "Repair something on the sending side first; the address is fine."
    case .review: "A person has to look."
    case .nothing: "Nothing: the message reports no failure."
    }
  }

  static let retry = oneOf(Retry.self) { retry in
    switch retry {
    case .never: "The same message would be refused again, or has arrived."
    case .later: "The same message may pass later."
    case .afterFix: "Only after the sending side has repaired something."
    }
  }

  static let command = oneOf(SMTPCommand.self) { command in
    switch command {
    case .connect: "Nothing yet: the server's greeting."
    case .helo, .ehlo, .lhlo: "The name of the sending server."
    case .startTLS: "The beginning of encryption."
    case .auth: "A user name and password."
    case .mailFrom: "The sender's address."
    case .rcptTo: "A recipient's address."
    case .vrfy: "The question whether an address exists."
    case .data, .bdat: "The announcement of the message."
    case .endOfData: "The message itself."
    case .rset, .quit: "The end of a transaction."
    }
  }

  static let bounce = oneOf(BounceType.self) { type in
    switch type {
    case .hard: "The address or its domain is bad for good."
    case .soft: "The same message may pass later."
    case .block: "The sender, its server or the message is refused; the address may be fine."
    case .none: "None: a whole message that reports no failure."
    }
  }

  static let catalogueUse = oneOf(RuleConfiguration.Catalogue.self) { use in
    switch use {
    case .extend: "Its rules answer too."
    case .alone:
      "Its categories, guards and wrappers serve these rules; its own rules do not answer."
    }
  }

  static let access = oneOf(RuleConfiguration.Access.self) { access in
    switch access {
    case .public: "Everybody."
    case .package: "The package."
    case .internal: "The target."
    }
  }

  static func fileKind(_ kind: OtherKind) -> TextForm {
    switch kind {
    case .categories:
      .oneOf([Choice(value: kind.rawValue, summary: "What can be wrong: the categories.")])
    case .guards:
      .oneOf([Choice(value: kind.rawValue, summary: "Phrases that many rules forbid.")])
    case .wrappers:
      .oneOf([Choice(value: kind.rawValue, summary: "What sending servers put around a reply.")])
    case .peers:
      .oneOf([Choice(value: kind.rawValue, summary: "What other systems call the categories.")])
    case .events:
      .oneOf([
        Choice(value: kind.rawValue, summary: "What the fields of JSON events about mail hold.")
      ])
    case .likeness:
      .oneOf([
        Choice(value: kind.rawValue, summary: "What words that no rule knows are most like.")
      ])
    }
  }
}
