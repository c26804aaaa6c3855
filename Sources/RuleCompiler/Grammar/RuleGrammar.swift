import ReplyMatcher

// The rule language: what each kind of file may say. Whoever adds a key adds it here, and reads it in
// `RuleReader`.

// MARK: - Rule files

enum FileKey: String, RuleKey {
  case id, name, kind, hosts, links, rules

  var form: KeyForm {
    switch self {
    case .id:
      .required(
        .text(.id), "The file's id. With a rule's own id it makes the full one: 'file/rule'.")
    case .name: .required(.text(.words), "Whose replies these are, as people call it.")
    case .kind: .required(.text(.sourceKind), "What kind of source the file describes.")
    case .hosts:
      .optional(
        .list(.host),
        "The domains of the MX hosts that speak this dialect. On their replies these rules go first."
      )
    case .links: .optional(.list(.link), "Where the source itself documents its replies.")
    case .rules: .required(.entries(.rule), "The rules, by id. Their order does not matter.")
    }
  }
}

enum RuleKeys: String, RuleKey {
  case code, status, command, text, all, unless, guards, over, yields, category
  case meaning, cause, remedy, causes, tip, action, retry, links, examples, counterexamples

  /// A rule has one of these, or it would match nothing.
  static let matching: [RuleKeys] = [.code, .status, .text, .all]
  /// Those that bring words.
  static let phrases: [RuleKeys] = [.text, .all]
  /// The matcher keeps track of no more phrases of one rule.
  static let mostOfAll = Int(CatalogueImage.Role.lastAll)

  var form: KeyForm {
    switch self {
    case .code:
      .optional(
        .oneOrMore(.code), "The reply code: 421, 45x, 4xx or a list. Left out: any failure.")
    case .status:
      .optional(
        .oneOrMore(.status),
        "The enhanced status code: 5.7.1, x.7.1, 5.7.x or a list. Left out: any or none.")
    case .command:
      .optional(
        .oneOrMore(.command),
        """
        The SMTP command that was answered, or a list: the words around the reply have to name it. \
        Left out: any or none.
        """)
    case .text:
      .optional(
        .oneOrMore(.phrase),
        """
        Words of the reply, in order; of a list, any one phrase. Letter case and punctuation do not \
        count, '*' stands for any run of words, '(a | b)' for either, '{ip}' and the like take a detail.
        """)
    case .all:
      .optional(
        .list(.phrase, atMost: Self.mostOfAll), "Phrases that all have to occur, in any order.")
    case .unless: .optional(.oneOrMore(.phrase), "Phrases of which none may occur.")
    case .guards:
      .optional(
        .oneOrMore(.id),
        "Guards, each a list of phrases that many rules share: none of these may occur either.")
    case .over:
      .optional(.oneOrMore(.ruleID), "Rules that this one beats where both fit equally well.")
    case .yields:
      .optional(
        .text(
          .oneOf([
            .init(
              value: "true", summary: "Any rule that names a cause and does not yield itself wins.")
          ])),
        "Marks words that tell what followed from a failure: other words that name a cause win.")
    case .category: .required(.text(.categoryID), "What is wrong: the id of a category.")
    case .meaning: .optional(.text(.words), "What the server says, in other words.")
    case .cause: .optional(.text(.words), "Why the server says so.")
    case .remedy: .optional(.mapping(.remedy), "What helps, by who can do it.")
    case .causes:
      .optional(
        .listOfMappings(.cause),
        "Several possible causes, each with its remedy; instead of 'cause' and 'remedy'.")
    case .tip: .optional(.text(.words), "Further advice.")
    case .action:
      .optional(.text(.action), "What the mailing program does. Left out: the category's action.")
    case .retry:
      .optional(.text(.retry), "Whether to send again. Left out: what fits the action.")
    case .links:
      .optional(.list(.link), "Where to read more. Left out: the links of the file.")
    case .examples:
      .optional(.list(.reply), "Real replies. The rule has to win each of them.")
    case .counterexamples:
      .optional(.list(.reply), "Replies that look like this rule's, but that another has to win.")
    }
  }
}

enum CauseKey: String, RuleKey {
  case cause, remedy

  static var missingKind: DiagnosticKind { .missingCause }

  var form: KeyForm {
    switch self {
    case .cause: .required(.text(.words), "Why the server says so.")
    case .remedy: .optional(.mapping(.remedy), "What helps, by who can do it.")
    }
  }
}

extension Party: RuleKey {
  var form: KeyForm {
    switch self {
    case .sender: .optional(.text(.words), "What the person who wrote the message can do.")
    case .sendingAdmin:
      .optional(.text(.words), "What the people who run the sending server or its DNS can do.")
    case .recipient: .optional(.text(.words), "What the person the message was for can do.")
    case .receivingAdmin:
      .optional(.text(.words), "What the people who run the receiving server can do.")
    }
  }
}

// MARK: - Category files

enum CategoryFileKey: String, RuleKey {
  case kind, categories

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.categories)), "What the file holds.")
    case .categories:
      .required(
        .entries(.category),
        "The categories, by id. Their order is their rank: the specific ones before the general ones."
      )
    }
  }
}

enum CategoryKey: String, RuleKey {
  case name, meaning, bounce, action, undecided, remedy

  var form: KeyForm {
    switch self {
    case .name: .required(.text(.words), "The category as people call it.")
    case .meaning: .required(.text(.words), "What is wrong, in a sentence or two.")
    case .bounce: .required(.text(.bounce), "The type of bounce.")
    case .action: .required(.text(.action), "What the mailing program does.")
    case .undecided:
      .optional(
        .text(.oneOf([.init(value: "true", summary: "The reply does not say what is wrong.")])),
        "Marks the last category, which says that nothing could be decided.")
    case .remedy:
      .optional(
        .mapping(.remedy), "The advice of rules that give none of their own, by who can follow it.")
    }
  }
}

// MARK: - Wrapper files

enum WrapperFileKey: String, RuleKey {
  case kind, links, wrappers

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.wrappers)), "What the file holds.")
    case .links: .optional(.list(.link), "Where the programs' own words are documented.")
    case .wrappers:
      .required(.entries(.wrapper), "The wrappers, by id. Their order does not matter.")
    }
  }
}

enum WrapperKey: String, RuleKey {
  case command, text

  var form: KeyForm {
    switch self {
    case .command: .optional(.text(.command), "The SMTP command that was answered.")
    case .text:
      .required(
        .oneOrMore(.wrapperPhrase),
        """
        Words that a sending server puts around the reply that it quotes; of a list, any one phrase. \
        '{host}' and '{ip}' take the server that replied, '{domain}' and the '{ip}' behind it another, \
        '{recipient}' the address to which the mail went; '{reply}' at the end says that the quoted \
        reply follows, '{code}' that it does if a code stands there, '{rest}' that nothing \
        behind it tells the reason.
        """)
    }
  }
}

// MARK: - Files of peers

enum PeerFileKey: String, RuleKey {
  case kind, peers

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.peers)), "What the file holds.")
    case .peers:
      .required(
        .entries(.peer), "Other systems that classify replies, by the id that '--as' takes.")
    }
  }
}

enum PeerKey: String, RuleKey {
  case name, links, classes, temporary, sources

  var form: KeyForm {
    switch self {
    case .name: .required(.text(.words), "The system, and what it calls its classes.")
    case .links: .optional(.list(.link), "Where the system documents them.")
    case .classes:
      .required(.texts(keys: .categoryID), "What the system calls each category.")
    case .temporary:
      .optional(
        .texts(keys: .categoryID),
        "What it calls a category where the reply is a temporary one (4yz); the others as above.")
    case .sources:
      .optional(
        .texts(keys: .id),
        "What it calls a provider, program, filter or list: by the id of the rule file.")
    }
  }
}

// MARK: - Files of likeness

enum LikenessFileKey: String, RuleKey {
  case kind, likeness

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.likeness)), "What the file holds.")
    case .likeness:
      .required(
        .entries(.likeness),
        "What speaks for or against each category in a reply whose words no rule knows, by its id.")
    }
  }
}

enum LikenessKey: String, RuleKey {
  case base, words

  var form: KeyForm {
    switch self {
    case .base: .required(.text(.weight), "The weight that every reply has.")
    case .words:
      .required(
        .texts(keys: .words, values: .weight),
        """
        The weights of single words and of pairs; '{address}', '{ip}', '{name}', '{url}', '{count}', \
        '{duration}' and '{size}' stand for such things, '552' and 'x.2.2' for the reply's codes.
        """)
    }
  }
}

// MARK: - Configurations of targets

enum ConfigurationKey: String, RuleKey {
  case rules, catalogue, access, name

  var form: KeyForm {
    switch self {
    case .rules:
      .optional(
        .list(.words),
        """
        The folders and files with the rules, below this folder. Left out: the folder Rules, and \
        files named *.rules.yaml.
        """)
    case .catalogue:
      .optional(.text(.catalogueUse), "What becomes of the standard catalogue.")
    case .access: .optional(.text(.access), "Who can use the generated code. Left out: internal.")
    case .name:
      .optional(
        .text(.words), "The generated property of BounceClassifier. Left out: the target names it.")
    }
  }
}

// MARK: - The mappings

/// The kinds of files besides the kinds of sources.
enum OtherKind: String, CaseIterable {
  case categories, guards, wrappers, peers, events, likeness

  init?(of root: YAMLNode) {
    self.init(rawValue: root.statedKind?.value ?? "")
  }
}

extension YAMLNode {
  /// What a file says to be, read before anything else because it decides the other keys.
  var statedKind: Located<String>? {
    guard case .mapping(let pairs) = content else { return nil }
    for (key, value) in pairs {
      if case (.scalar("kind"), .scalar(let kind)) = (key.content, value.content) {
        return Located(value: kind.trimmingSpaces, location: value.location)
      }
    }
    return nil
  }
}

extension MappingForm {
  static let ruleFile = MappingForm("rule file", FileKey.self)
  static let categoryFile = MappingForm("category file", CategoryFileKey.self)
  static let guardFile = MappingForm("guard file", GuardFileKey.self)
  static let wrapperFile = MappingForm("wrapper file", WrapperFileKey.self)
  static let peerFile = MappingForm("peer file", PeerFileKey.self)
  static let eventFile = MappingForm("event file", EventFileKey.self)
  static let likenessFile = MappingForm("likeness file", LikenessFileKey.self)

  static let rule = MappingForm(
    "rule", RuleKeys.self,
    conditions: [
      .atLeastOne(RuleKeys.matching), .exactlyOne([RuleKeys.cause, RuleKeys.causes]),
      .needs(RuleKeys.unless, oneOf: RuleKeys.phrases),
      .needs(RuleKeys.guards, oneOf: RuleKeys.phrases),
      .excludes(RuleKeys.causes, RuleKeys.remedy),
      // Asked for when the examples are tried, after all else is right.
      .atLeastOne([RuleKeys.examples]),
    ])
  static let cause = MappingForm("cause", CauseKey.self)
  static let remedy = MappingForm("remedy", Party.self)
  static let category = MappingForm("category", CategoryKey.self)
  static let guardList = MappingForm("guard", GuardKey.self)
  static let wrapper = MappingForm("wrapper", WrapperKey.self)
  static let peer = MappingForm("peer", PeerKey.self)
  static let eventFields = MappingForm("event fields", EventFields.Role.self)
  static let likeness = MappingForm("likeness", LikenessKey.self)
  static let configuration = MappingForm("configuration", ConfigurationKey.self)

  /// Each kind of file before what stands in it.
  static let all = [
    ruleFile, rule, cause, remedy, categoryFile, category, guardFile, guardList,
    wrapperFile, wrapper, peerFile, peer, eventFile, eventFields, likenessFile, likeness,
    configuration,
  ]

  /// The keys of all kinds of mappings.
  static let everyKey = Set(all.flatMap { $0.keys.map(\.name) })

  /// The grammar of a file of this kind.
  static func file(of kind: OtherKind?) -> MappingForm {
    switch kind {
    case .categories: categoryFile
    case .guards: guardFile
    case .wrappers: wrapperFile
    case .peers: peerFile
    case .events: eventFile
    case .likeness: likenessFile
    case nil: ruleFile
    }
  }
}
