import ReplyMatcher

// The rules after reading: every value typed and checked, every reference still a name.

/// A value and the place where it stands, for messages about it.
struct Located<Value> {
  let value: Value
  let location: SourceLocation
}

extension Located: Sendable where Value: Sendable {}

/// What a wrapper's phrase says to follow, by a name in braces at its end.
enum WrapperEnd: String, CaseIterable {
  /// The quoted reply.
  case reply
  /// The same, but only where a code stands there, and the text before shows none: `error 550`.
  case code
  /// The rest of the text, such as the message that comes back: nothing in it tells the reason.
  case rest
}

/// A phrase, cut at its `*` into segments.
struct Phrase {
  enum Piece: Hashable {
    /// A folded word.
    case word(String)
    case placeholder(Placeholder)
  }

  /// As it would be written alone.
  let source: String
  /// As it stands in the file: perhaps with alternatives, for several phrases.
  let written: String
  /// Where that stands.
  let location: SourceLocation
  let segments: [[Piece]]
  /// What follows behind it, where it belongs to a wrapper and says so.
  let following: WrapperEnd?
  /// Whether it belongs to a wrapper and takes the address of the recipient.
  let namesRecipient: Bool
  /// How many literal words it has: the first measure of specificity.
  let wordCount: Int
  let placeholderCount: Int

  init(
    source: String, written: Located<String>, segments: [[Piece]], following: WrapperEnd? = nil,
    namesRecipient: Bool = false
  ) {
    (self.source, self.written, self.segments) = (source, written.value, segments)
    location = written.location
    (self.following, self.namesRecipient) = (following, namesRecipient)
    var (words, placeholders) = (0, 0)
    for segment in segments {
      for piece in segment {
        switch piece {
        case .word: words += 1
        case .placeholder: placeholders += 1
        }
      }
    }
    (wordCount, placeholderCount) = (words, placeholders)
  }

  /// Whether others stand in the same place of the file.
  var isAlternative: Bool { source != written }

  /// Takes it out of the file, where it stands there alone.
  var removal: Fix? { isAlternative ? nil : Fix(removing: location) }

  /// The details that it takes.
  var placeholders: Set<Placeholder> {
    if placeholderCount == 0 { return [] }
    return segments.joined().reduce(into: []) { placeholders, piece in
      if case .placeholder(let placeholder) = piece { placeholders.insert(placeholder) }
    }
  }
}

struct CategoryDefinition {
  let id: Located<String>
  let name: String
  let meaning: String
  let bounce: BounceType
  let action: Action
  let remedies: [Remedy]
  let isUndecided: Bool
}

struct SourceDefinition {
  let id: Located<String>
  let name: String
  let kind: SourceKind
  let hosts: [String]
  let links: [String]
}

struct RuleDefinition {
  let source: SourceDefinition
  /// The full id.
  let id: Located<String>
  let codes: [Located<String>]
  let statuses: [Located<String>]
  let commands: [Located<SMTPCommand>]
  let text: [Phrase]
  let all: [Phrase]
  let unless: [Phrase]
  let guards: [Located<String>]
  /// The phrases of its guards, guard by guard: known when all files are read.
  var guarded: [Phrase] = []
  let over: [Located<String>]
  let yields: Bool
  /// `nil` where it is missing, which has been reported.
  let category: Located<String>?
  let action: Located<Action>?
  let retry: Located<Retry>?
  let meaning: String?
  let causes: [Cause]
  let tip: String?
  let links: [String]
  let examples: [Located<String>]
  let counterexamples: [Located<String>]

  /// The literal words that count beside those of `text`.
  var moreWords: Int {
    all.reduce(0) { $0 + $1.wordCount } + (commands.isEmpty ? 0 : Candidate.commandWords)
  }

  /// Whether it takes nothing but replies that begin with 4.
  var isTransient: Bool { !codes.isEmpty && codes.allSatisfy { $0.value.hasPrefix("4") } }

  /// Those that stand in the rule itself.
  var ownPhrases: [Phrase] { all.isEmpty && unless.isEmpty ? text : text + all + unless }

  /// In the order of the tables.
  var phrases: [Phrase] { guarded.isEmpty ? ownPhrases : ownPhrases + guarded }

  /// Whether it falls silent where certain words are said.
  var forbids: Bool { !unless.isEmpty || !guarded.isEmpty }

  /// The error codes of the provider's or filter's own that its phrases name, each once.
  var errorCodes: [String] {
    guard source.kind == .provider || source.kind == .filter else { return [] }
    var seen: Set<Substring> = []
    var codes: [String] = []
    for phrase in text + all {
      for word in phrase.source.split(separator: " ")
      where ErrorCode.isCode(word) && seen.insert(word).inserted { codes.append(String(word)) }
    }
    return codes
  }

  /// Whether it belongs to the standard catalogue, which the rules at hand extend.
  var isStandard: Bool { id.location.file.isStandard }
}

/// Phrases that many rules forbid: each names the guard.
struct GuardDefinition {
  let id: Located<String>
  let meaning: String
  let phrases: [Phrase]
}

/// Words that a sending server puts around the reply that it quotes.
struct WrapperDefinition {
  let phrases: [Phrase]
  /// The SMTP command that was answered.
  let command: SMTPCommand?
}

/// Another system that classifies replies, and its names for what is known here.
struct PeerDefinition {
  let id: Located<String>
  let name: String
  let links: [String]
  /// By category.
  let classes: [(key: Located<String>, text: String)]
  let temporary: [(key: Located<String>, text: String)]
  /// By source.
  let sources: [(key: Located<String>, text: String)]
}

/// What a file says about the fields of JSON events.
struct EventDefinition {
  /// By what they hold; those that are preferred first.
  let names: [EventFields.Role: [Located<String>]]
  /// Types of events, and what each means in words that rules know.
  let types: [(key: Located<String>, text: String)]
}

/// What speaks for or against a category in a reply whose words no rule knows.
struct LikenessDefinition {
  let category: Located<String>
  /// By the keys of `LikenessFeatures`.
  let weights: [(key: UInt32, weight: Int)]
}

/// Everything that the files of a rules folder say.
struct RuleModel {
  /// In rank order.
  var categories: [CategoryDefinition] = []
  /// By id.
  var sources: [SourceDefinition] = []
  /// By id.
  var rules: [RuleDefinition] = []
  /// By id.
  var guards: [GuardDefinition] = []
  var wrappers: [WrapperDefinition] = []
  var peers: [PeerDefinition] = []
  var events: [EventDefinition] = []
  var likeness: [LikenessDefinition] = []

  /// Adds what another file says.
  mutating func add(_ other: RuleModel) {
    categories += other.categories
    sources += other.sources
    rules += other.rules
    guards += other.guards
    wrappers += other.wrappers
    peers += other.peers
    events += other.events
    likeness += other.likeness
  }

  /// Every word of every phrase.
  var words: Set<String> {
    var words: Set<String> = []
    for phrases in rules.map(\.phrases) + wrappers.map(\.phrases) {
      for phrase in phrases {
        for segment in phrase.segments {
          for case .word(let word) in segment { words.insert(word) }
        }
      }
    }
    return words
  }
}
