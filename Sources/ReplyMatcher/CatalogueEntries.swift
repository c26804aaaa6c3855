// What the catalogue says, as values for people and programs to read. The matcher does not use them.

/// What one party can do.
public struct Remedy: Hashable, Sendable, Codable {
  /// Who can do it.
  public let party: Party
  /// What to do, in sentences.
  public let text: String

  /// A remedy of your own, for tests of what you do with verdicts.
  public init(party: Party, text: String) { (self.party, self.text) = (party, text) }
}

/// One possible cause of a reply, and its remedies.
public struct Cause: Hashable, Sendable, Codable {
  /// What may have happened, in sentences.
  public let cause: String
  /// Who can do what about it: the rule's remedies, else the category's.
  public let remedies: [Remedy]

  /// A cause of your own, for tests of what you do with verdicts.
  public init(cause: String, remedies: [Remedy]) {
    (self.cause, self.remedies) = (cause, remedies)
  }
}

/// A category as `Rules/categories.yaml` defines it.
public struct CategoryInfo: Hashable, Identifiable, Sendable {
  public let id: BounceCategory
  /// For people to read, such as "Mailbox full".
  public let name: String
  /// What is wrong, in sentences.
  public let meaning: String
  /// The type of bounce of a permanent failure.
  public let bounce: BounceType
  /// What to do after a permanent failure, where a rule says nothing else.
  public let action: Action
  /// The advice where a rule gives none of its own.
  public let remedies: [Remedy]
  /// Whether it means that the reply does not say what is wrong.
  public let isUndecided: Bool
}

/// Another system that classifies replies, and what it calls the things that are known here.
///
/// ```swift
/// let sparkPost = BounceClassifier.standard.peers.first { $0.id == "sparkpost" }
/// sparkPost?.className(of: verdict)   // "10 Invalid Recipient"
/// ```
public struct Peer: Hashable, Identifiable, Sendable {
  /// As `--as` of the command line names it, such as `sparkpost`.
  public let id: String
  /// For people to read, such as "SparkPost".
  public let name: String
  /// Where the system explains its classes.
  public let links: [String]
  /// Its class for each category.
  public let classes: [BounceCategory: String]
  /// Its class for a category where the reply is a temporary one; the others are as in `classes`.
  public let temporaryClasses: [BounceCategory: String]
  /// Its names for providers, programs, filters and lists, by the id of the `Source`.
  public let sources: [String: String]

  /// The class that the system would give a reply with this verdict; `nil` where it has none.
  ///
  /// Where the reply shows no code, the category's type of bounce says whether it is temporary.
  public func className(of verdict: Verdict) -> String? {
    className(of: verdict.category, bounce: verdict.bounce, replyClass: verdict.replyClass)
  }

  /// - Parameter replyClass: The first digit of the reply's code; 0 where it has none.
  package func className(
    of category: BounceCategory, bounce: BounceType, replyClass: UInt32
  ) -> String? {
    let isTemporary = replyClass == 0 ? bounce == .soft : replyClass == 4
    return isTemporary ? temporaryClasses[category] ?? classes[category] : classes[category]
  }

  /// What the system calls the provider, program or filter whose words these are, if it has a name.
  public func sourceName(of verdict: Verdict) -> String? {
    verdict.provider.flatMap { sources[$0] }
  }
}

/// Phrases that many rules forbid: those that name the guard do not fit a reply which says one.
public struct Guard: Hashable, Identifiable, Sendable {
  /// Under which rules name it.
  public let id: String
  /// What a reply speaks of that says such a phrase.
  public let meaning: String
  /// The file in which it stands, below the rules folder.
  public let file: String
  /// The line of that file on which it stands, from 1.
  public let line: Int
  /// Its phrases as they stand there: with alternatives in parentheses.
  public let writtenPhrases: [String]

  /// Its phrases, one for each alternative.
  public var phrases: [String] { WrittenPhrase.phrases(of: writtenPhrases) }
}

/// A rule file's head: who speaks the dialect that its rules describe.
public struct Source: Hashable, Identifiable, Sendable {
  /// The first part of its rules' ids, and what a verdict calls `provider`.
  public let id: String
  /// For people to read, such as "Acme Mail".
  public let name: String
  /// What that is: a company, a program, a list, or nobody in particular.
  public let kind: SourceKind
  /// The servers that speak the dialect: these host names, and all below them.
  public let hosts: [String]
  /// Where it explains its replies.
  public let links: [String]
}

/// A rule of the catalogue.
public struct Rule: Hashable, Identifiable, Sendable {
  public let id: RuleID
  /// What is wrong, where the rule wins.
  public let category: BounceCategory
  /// The head of its file: whose words these are.
  public let source: Source
  /// The rule file, below the rules folder.
  public let file: String
  /// The line of that file on which the rule stands, from 1.
  public let line: Int
  /// The reply codes of which it takes replies, as they stand in the rule: `550`, `4xx`. Empty
  /// where it takes those of any failure.
  public let codes: [String]
  /// The enhanced status codes, likewise: `5.1.1`, `x.1.1`. Empty where they do not matter.
  public let statuses: [String]
  /// The SMTP commands of which it takes replies; empty where that does not matter.
  public let commands: [SMTPCommand]
  /// The phrases of `text` as they stand in the rule: with alternatives in parentheses,
  /// `(user | mailbox) unknown`.
  public let writtenText: [String]
  /// The phrases of `all`, every one of which the reply says; they have no alternatives.
  public let all: [String]
  /// The phrases of `unless` as they stand in the rule, like those of `text`.
  public let writtenUnless: [String]
  /// Phrases that it forbids too, and shares with other rules.
  public let guards: [Guard]
  /// The rules that it stands over.
  public let over: [RuleID]
  /// Whether any rule wins that names a cause and does not yield itself.
  public let yields: Bool
  /// The provider's or filter's own error codes, as the phrases name them: `TSS04`, `OFR_416`.
  public let errorCodes: [String]
  /// What the server says, where that is more than the causes.
  public let meaning: String?
  /// As they stand in the rule: those without remedies have their category's in a verdict.
  public let causes: [Cause]
  /// Further advice.
  public let tip: String?
  /// What stands in place of the category's action.
  public let action: Action?
  /// What stands in place of what follows from the action.
  public let retry: Retry?
  /// What stands in place of the source's links.
  public let links: [String]
  /// Replies that the rule wins.
  public let examples: [String]
  /// What a verdict rests on when this rule wins.
  public let basis: Basis

  /// The phrases of `text`, any of which the reply says: one for each alternative.
  public var text: [String] { WrittenPhrase.phrases(of: writtenText) }
  /// Those of `unless`, none of which the reply says, likewise.
  public var unless: [String] { WrittenPhrase.phrases(of: writtenUnless) }
  /// All that it forbids: its own phrases, then those of its guards.
  public var forbidden: [String] { unless + guards.flatMap(\.phrases) }
}

extension WrittenPhrase {
  /// Those for which phrases of a compiled catalogue stand: its compiler has read them, and found none
  /// wrong.
  fileprivate static func phrases(of written: [String]) -> [String] {
    written.flatMap { (try? WrittenPhrase($0).phrases) ?? [$0] }
  }
}

extension CatalogueImage {
  func categoryInfo(_ index: UInt32) -> CategoryInfo {
    var reader = InfoReader(self, at: matching.categories[index, .info])
    return CategoryInfo(
      id: BounceCategory(rawValue: reader.string()), name: reader.string(),
      meaning: reader.string(),
      bounce: reader.value() ?? .soft, action: reader.value() ?? .review,
      remedies: reader.remedies(), isUndecided: matching.categories[index, .isUndecided] == 1)
  }

  func source(_ index: UInt32) -> Source {
    var reader = InfoReader(self, at: matching.sources[index, .info])
    let first = matching.sources[index, .firstHost]
    return Source(
      id: reader.string(), name: reader.string(), kind: reader.value() ?? .phrases,
      hosts: (first..<first + matching.sources[index, .hostCount]).map {
        string(start: matching.hosts[$0, .textStart], length: matching.hosts[$0, .textLength])
      },
      links: reader.strings())
  }

  func sourceKind(_ index: UInt32) -> SourceKind {
    var reader = InfoReader(self, at: matching.sources[index, .info])
    reader.skipStrings(2)
    return reader.value() ?? .phrases
  }

  func guardList(_ index: UInt32) -> Guard {
    var reader = InfoReader(self, at: guards[index, .info])
    return Guard(
      id: reader.string(), meaning: reader.string(), file: reader.string(),
      line: Int(reader.number()), writtenPhrases: reader.strings())
  }

  func peer(_ index: UInt32) -> Peer {
    var reader = InfoReader(self, at: peers[index, .info])
    func names() -> [String: String] {
      let texts = reader.strings()
      return Dictionary(
        stride(from: 0, to: texts.count, by: 2).map { (texts[$0], texts[$0 + 1]) },
        uniquingKeysWith: { first, _ in first })
    }
    func classes() -> [BounceCategory: String] {
      Dictionary(
        uniqueKeysWithValues: names().map { (BounceCategory(rawValue: $0.key), $0.value) })
    }
    return Peer(
      id: reader.string(), name: reader.string(), links: reader.strings(), classes: classes(),
      temporaryClasses: classes(), sources: names())
  }

  func ruleID(_ index: UInt32) -> RuleID {
    var reader = InfoReader(self, at: matching.rules[index, .info])
    return RuleID(rawValue: reader.string())
  }

  /// What a rule says itself about what to do, where its category's word does not hold.
  func advice(ofRule index: UInt32) -> (action: Action?, retry: Retry?) {
    var reader = InfoReader(self, at: matching.rules[index, .info])
    reader.skipStrings(1)
    return (reader.value(), reader.value())
  }

  /// What a verdict rests on when a rule wins.
  func basis(ofRule index: UInt32) -> Basis {
    if matching.rules[index, .phraseCount] > 0 { return .text }
    if matching.rules[index, .statusCount] > 0 { return .status }
    let first = matching.rules[index, .firstCode]
    let codes = first..<first + matching.rules[index, .codeCount]
    return codes.allSatisfy { CodePattern(packed: matching.patterns[$0, .packed]).isClass }
      ? .class : .code
  }

  func rule(_ index: UInt32) -> Rule {
    var reader = InfoReader(self, at: matching.rules[index, .info])
    let (id, action, retry) = (
      RuleID(rawValue: reader.string()), reader.value() as Action?, reader.value() as Retry?
    )
    var category = InfoReader(
      self, at: matching.categories[matching.rules[index, .category], .info])
    // (Nearly all rules name none.)
    let commands = matching.rules[index, .commands]
    return Rule(
      id: id, category: BounceCategory(rawValue: category.string()),
      source: source(matching.rules[index, .source]), file: reader.string(),
      line: Int(reader.number()),
      codes: reader.strings(), statuses: reader.strings(),
      commands: commands == 0
        ? [] : SMTPCommand.allCases.filter { commands & 1 << $0.number != 0 },
      writtenText: reader.strings(), all: reader.strings(), writtenUnless: reader.strings(),
      guards: reader.list { guardList($0.number()) },
      over: reader.strings().map(RuleID.init(rawValue:)),
      yields: matching.rules[index, .yields] == 1,
      errorCodes: reader.strings(),
      meaning: reader.optional(),
      causes: reader.list { Cause(cause: $0.string(), remedies: $0.remedies()) },
      tip: reader.optional(), action: action, retry: retry,
      links: reader.strings(), examples: reader.strings(), basis: basis(ofRule: index))
  }
}
