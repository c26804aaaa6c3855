extension DiagnosticKind {
  /// What the kind of mistake is in general, in a sentence or two.
  public var explanation: String {
    switch self {
    // MARK: Files
    case .noSuchFolder: "The folder or file that was to be compiled does not exist."
    case .noRuleFiles: "The folder holds no .yaml or .yml files, at no depth."
    case .unreadableFile: "A rule file is there but cannot be read."
    case .fileTooLarge: "A file of more than 8 MiB is no rule file; 10,000 rules take less."
    case .emptyFile: "A rule file holds nothing but comments."
    case .notUTF8: "Rule files are UTF-8 text; this one was saved in another encoding."
    case .controlCharacter: "A character such as NUL or ESC stands in a rule file."

    // MARK: Configuration
    case .misplacedConfiguration: "A target's configuration stands in the target's folder."
    case .notARuleFile: "Rules stand in YAML files."
    case .pathOutside: "A target's rules stand below the target's folder."
    case .badSwiftName: "The name becomes a property of generated Swift code."
    case .nothingToExtend: "Only beside the standard catalogue can rules extend it."

    // MARK: YAML
    case .yamlSyntax: "The file is no YAML; nothing behind the place was read."
    case .tab: "YAML forbids tabs in indentation: write two spaces for each level."
    case .unclosedQuote: "A value that begins with a quote never ends."
    case .unclosedBracket: "A list in [ ] or a mapping in { } never ends, or lacks a comma."
    case .unquotedColon:
      "A colon with a space behind it separates a key from its value, so a value that has one in it "
        + "stands in quotes."
    case .unquotedBrace:
      "{ begins a mapping and [ a list, so a value that begins with one stands in quotes."
    case .unquotedSign:
      "The characters * & ! | > % @ ` have a meaning of their own at the beginning of a value, which "
        + "therefore stands in quotes."
    case .unquotedHash:
      "A # behind a space begins a comment, so a value that has one in it stands in quotes."
    case .twoKeysOnALine: "Each key begins a line; only in { } several stand on one."
    case .textBehindQuote: "A value that begins with a quote ends with the next one."
    case .badEscape: "In double quotes a backslash begins an escape, such as \\n, and this is none."
    case .missingColon: "A line in a mapping is no 'key: value'."
    case .badIndentation:
      "A line stands deeper or less deep than the others of its mapping or list."
    case .alias: "YAML's anchors and aliases let one value stand for another; rules write it out."
    case .tag: "YAML's tags give a value a type; the rule language knows the types itself."
    case .secondDocument: "A line '---' begins a second document; a rule file holds one."
    case .nestedTooDeeply: "No rule file needs more than five levels of lists and mappings."

    // MARK: Keys and types
    case .notAMapping: "Here stand keys with values, 'key: value', and nothing else."
    case .notAList: "Here stands a list, '- one' line by line, and nothing else."
    case .notText: "Here stands a single value, or a list of such, and nothing deeper."
    case .badKey: "A key is a word."
    case .unknownKey: "The rule language has no such key in this place."
    case .deprecatedKey: "The key was called so once, or is called so elsewhere."
    case .duplicateKey: "A key stands twice in one mapping."
    case .missingKey: "A key that always has to be there is missing."
    case .missingCause: "A rule says why mail is refused; that is what people ask."
    case .emptyValue: "A key has no value."
    case .emptyList: "A list has no entries."
    case .duplicateValue: "A list says the same thing twice."
    case .unknownValue: "The key takes one of a few words, and this is none of them."
    case .unfinishedText: "A text that readers get still has its author's TODO in it."

    // MARK: Values
    case .badID: "Ids are made of lower-case letters, digits and single hyphens."
    case .badReplyCode:
      "A reply code is three digits from 200 to 599 (RFC 5321); 'x' stands for any digit at the end."
    case .badStatusCode:
      "An enhanced status code is three numbers, class.subject.detail (RFC 3463); 'x' stands for any "
        + "number."
    case .badHost: "Hosts are domain names in lower case; each takes all names below it."
    case .coveredHost: "A host needs no entry where a domain above it has one."
    case .badLink: "Links are complete: https://, a host and a path."
    case .badFieldName:
      "The names of fields in JSON events have no spaces or signs; dots lead into objects."
    case .unknownCategory: "A rule's category has to be defined in a file of 'kind: categories'."
    case .unknownRule: "'over:' takes the full id of a rule, file/rule."
    case .unknownGuard: "'guards:' takes the ids that files of 'kind: guards' define."
    case .idleGuard: "A guard does something only in rules that name it."
    case .unknownSource: "What a peer calls a source stands under the id of its rule file."
    case .unnamedCategory:
      "A peer names every category, so that no reply is left without a class on the way there."
    case .takenID: "Two files, rules, guards or categories have the same id."
    case .takenSwiftName: "Two ids differ only in their punctuation, which Swift names do not have."

    // MARK: Phrases
    case .phraseWithoutWords:
      "A phrase of '*' and placeholders alone says nothing about what is wrong."
    case .phraseTooLong: "A phrase names the few words that tell a reply from others."
    case .tooManyPlaceholders: "A phrase takes up to four details."
    case .crowdedPhrase:
      "Hundreds of rules with the same words slow down every reply that says them."
    case .tooManyPhrases: "'all:' takes up to \(RuleKeys.mostOfAll) phrases."
    case .unknownPlaceholder: "The braces of a phrase hold the name of a detail, such as {ip}."
    case .strayBrace: "A phrase uses { and } only around the name of a detail, such as {ip}."
    case .strayAlternatives:
      "Alternatives stand in one pair of parentheses, with a bar between them: '(user | mailbox) unknown'."
    case .regularExpression:
      "A phrase is words, '*' for any words and {ip} and the like for details; other signs do not count."
    case .codeInPhrase: "The code in front of a reply is no word of it; 'code:' names it."
    case .statusInPhrase:
      "The status code in front of a reply is no word of it; 'status:' names it."
    case .addressInPhrase: "Addresses differ from reply to reply; a placeholder takes them."
    case .wrapperGap: "The words of a wrapper follow each other directly."
    case .replyNotLast: "{reply}, {code} and {rest} stand for everything that follows."
    case .replyAfterName: "Where a name ends is not known before the word behind it is read."

    // MARK: Rules
    case .matchesNothing: "A rule needs words or codes to match."
    case .unlessAlone:
      "'unless:' and 'guards:' take replies away from those that 'text:' or 'all:' match."
    case .causeAndCauses: "A rule has one cause, or a list of them."
    case .strayRemedy: "In a list of causes each has a remedy of its own."
    case .retryConflict: "What a rule says about trying again contradicts its action."
    case .idleSuppress:
      "No address is given up for a temporary reply, nor for one that is about no recipient."
    case .overItself: "A rule stands over others."
    case .overCircle: "Of two rules only one can stand over the other, also by way of others."

    // MARK: Proofs
    case .ambiguous:
      "Two rules fit a reply equally well, and nothing in them says which of them wins."
    case .redundantRule: "Two rules give the same answer to the same replies."
    case .unreachableRule: "Another rule wins every reply that this one fits."
    case .unreachablePhrase: "Another rule wins every reply that this phrase fits."
    case .redundantPhrase: "A phrase changes nothing beside another one of its rule."
    case .forbiddenPhrase:
      "A rule's own 'unless:' or a guard forbids every reply that the phrase fits."

    // MARK: Categories
    case .noCategories: "Every rule has a category, and none is defined."
    case .undecidedNotLast: "The category that decides nothing is the last resort."
    case .undecidedMissing: "One category has to say that nothing could be decided: the last one."
    case .noRemedy: "A category's remedy is the advice where a rule gives none."

    // MARK: Examples
    case .noExample: "Examples are the tests of a rule; it needs at least one."
    case .exampleWithoutCode: "A rule with 'code:' never wins a reply that has no code."
    case .exampleLost: "A rule has to win its own examples, and another rule wins this one."
    case .exampleUnmatched: "A rule has to win its own examples, and no rule matches this one."
    case .exampleOutvoted:
      "A few common words decide nothing that all of a reply's words contradict."
    case .counterexampleWon: "A counterexample shows what another rule has to win."
    case .takesStandardReply: "An own rule wins what the standard catalogue explains already."
    }
  }
}
