import ReplyMatcher

// The vocabulary of verdicts in words for people.

extension Action {
  /// For tables.
  var label: String {
    switch self {
    case .suppress: "Stop mailing"
    case .retry: "Wait"
    case .slowDown: "Slow down"
    case .fix: "Repair first"
    case .review: "Have a look"
    case .nothing: "Nothing"
    }
  }

  var inWords: String {
    switch self {
    case .suppress: "Stop mailing this address"
    case .retry: "Wait and try again later; there is nothing to repair on the sending side"
    case .slowDown: "Slow down: send less at a time, then try again"
    case .fix: "Repair something on the sending side first; the address itself is fine"
    case .review: "Have a person look at it"
    case .nothing: "Nothing: there was no failure"
    }
  }
}

extension Retry {
  /// For tables.
  var label: String {
    switch self {
    case .never: "No"
    case .later: "Later"
    case .afterFix: "After the repair"
    }
  }

  var inWords: String {
    switch self {
    case .never: "No, do not send the same message again"
    case .later: "Yes, later"
    case .afterFix: "Yes, but only after the cause is repaired"
    }
  }
}

extension BounceType {
  var inWords: String {
    switch self {
    case .hard: "Hard: the address or its domain is bad for good"
    case .soft: "Soft: the same message may pass later"
    case .block: "Block: the sender or the message is refused, the address may be fine"
    case .none: "None: the message reports no failure"
    }
  }
}

extension Party {
  package var inWords: String {
    switch self {
    case .sender: "You, the sender"
    case .sendingAdmin: "Your mail administrator"
    case .recipient: "The recipient"
    case .receivingAdmin: "The receiving server's administrator"
    }
  }
}

extension SourceKind {
  var inWords: String {
    switch self {
    case .standard: "Standard"
    case .software: "Mail software"
    case .filter: "Mail filter"
    case .blocklist: "Blocklist"
    case .provider: "Mail provider"
    case .phrases: "Common phrases"
    }
  }

  /// Above a list of several.
  var heading: String {
    switch self {
    case .standard: "Standards"
    case .software: "Mail software"
    case .filter: "Mail filters"
    case .blocklist: "Blocklists"
    case .provider: "Mail providers"
    case .phrases: "Common phrases"
    }
  }
}
