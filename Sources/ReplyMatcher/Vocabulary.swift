// The words in which a verdict speaks. What depends on the catalogue (categories, rules) is open and
// gets its constants from the generated code. Of the sets that stand here, `Action`, `Retry`,
// `BounceType` and `Party` are closed: a new case would be a new major version. `Basis`, `SourceKind`
// and `SMTPCommand` may grow in any version. As keys of a dictionary, all of them become keys of a JSON
// object.

/// What is wrong, as an id of `Rules/categories.yaml` (`recipient-unknown`, `mailbox-full`, …).
///
/// The generated catalogue adds a constant for each id, so that a typo does not compile:
/// `if verdict.category == .mailboxFull`.
public struct BounceCategory: RawRepresentable, Hashable, Sendable, Codable, CodingKeyRepresentable
{
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

extension BounceCategory: CustomStringConvertible {
  /// The id.
  public var description: String { rawValue }
}

/// The full id of a rule: its file's id and its own, such as `ionos/rate-limit`.
///
/// The generated catalogue adds a constant for each rule: `RuleID.ionosRateLimit`.
public struct RuleID: RawRepresentable, Hashable, Sendable, Codable, CodingKeyRepresentable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

extension RuleID: CustomStringConvertible {
  /// The id.
  public var description: String { rawValue }
}

/// What a sending program should do with the address and the message. Closed: no `default` is needed.
public enum Action: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// Stop mailing this address.
  case suppress
  /// Nothing is wrong on the sender's side: try again later.
  case retry
  /// Send fewer messages or connections, then try again.
  case slowDown = "slow-down"
  /// The sender repairs something first; the address itself is fine.
  case fix
  /// A person has to look at it.
  case review
  /// Nothing went wrong.
  case nothing

  /// The action for a reply of the given class: a deferral (4xx) never suppresses an address.
  package func forReply(transient: Bool) -> Action {
    transient && self == .suppress ? .retry : self
  }
}

/// Whether and when sending the same message again makes sense. Closed: no `default` is needed.
public enum Retry: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// It would be refused again, or has arrived.
  case never
  /// It may pass, without anything else being done.
  case later
  /// Only after the sender has repaired what the reply complains about.
  case afterFix = "after-fix"

  /// The advice that follows from an action, where the rule itself gives none.
  package init(action: Action, transient: Bool) {
    switch action {
    case .suppress, .nothing: self = .never
    case .retry, .slowDown: self = .later
    case .fix: self = .afterFix
    case .review: self = transient ? .later : .never
    }
  }
}

/// The kind of bounce in the words of bulk mail. Closed: no `default` is needed.
public enum BounceType: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// The address or its domain is bad for good.
  case hard
  /// The same message may pass later.
  case soft
  /// The sender, its server or the message is refused; the address may be fine.
  case block
  /// None: a whole message that reports no failure.
  case none

  /// A deferral (RFC 5321, 4.2.1: 4yz, transient) is never a hard bounce.
  func forReply(transient: Bool) -> BounceType {
    transient && self == .hard ? .soft : self
  }
}

/// What a verdict rests on, from the most to the least telling. Later versions may know more: give a
/// `switch` a `default`.
public enum Basis: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// The words of the reply.
  case text
  /// No rule knows the words, or only a few of many, but they are most like those of one category's
  /// rules.
  case likeness
  /// The enhanced status code's registered meaning (RFC 3463).
  case status
  /// The reply code's meaning (RFC 5321, 4.2.3).
  case code
  /// The first digit of the reply code alone.
  case `class`
  /// Nothing: no words that a rule knows, and no code.
  case none
}

/// Who has to act. Closed: no `default` is needed.
public enum Party: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// The person who wrote the message.
  case sender
  /// Who runs the sending server or its DNS.
  case sendingAdmin = "sending-admin"
  /// The person the message was for.
  case recipient
  /// Who runs the receiving server.
  case receivingAdmin = "receiving-admin"
}

/// What kind of source a rule file describes. Later versions may know more: give a `switch` a
/// `default`.
public enum SourceKind: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// A company that runs mail servers.
  case provider
  /// A mail server program.
  case software
  /// A spam filter or virus scanner.
  case filter
  /// A DNS blocklist.
  case blocklist
  /// Words that many servers use.
  case phrases
  /// What an RFC or a registry says.
  case standard
}
