/// What kind of mistake a diagnostic reports. The raw value is its stable name for tools.
public enum DiagnosticKind: String, CaseIterable, Sendable {
  // MARK: Files
  case noSuchFolder = "no-such-folder"
  case noRuleFiles = "no-rule-files"
  case unreadableFile = "unreadable-file"
  case fileTooLarge = "file-too-large"
  case emptyFile = "empty-file"
  case notUTF8 = "not-utf8"
  case controlCharacter = "control-character"

  // MARK: Configuration
  case misplacedConfiguration = "misplaced-configuration"
  case notARuleFile = "not-a-rule-file"
  case pathOutside = "path-outside"
  case badSwiftName = "bad-swift-name"
  case nothingToExtend = "nothing-to-extend"

  // MARK: YAML
  case yamlSyntax = "yaml-syntax"
  case tab
  case unclosedQuote = "unclosed-quote"
  case unclosedBracket = "unclosed-bracket"
  case unquotedColon = "unquoted-colon"
  case unquotedBrace = "unquoted-brace"
  case unquotedSign = "unquoted-sign"
  case unquotedHash = "unquoted-hash"
  case twoKeysOnALine = "two-keys-on-a-line"
  case textBehindQuote = "text-behind-quote"
  case badEscape = "bad-escape"
  case missingColon = "missing-colon"
  case badIndentation = "bad-indentation"
  case alias
  case tag
  case secondDocument = "second-document"
  case nestedTooDeeply = "nested-too-deeply"

  // MARK: Keys and types
  case notAMapping = "not-a-mapping"
  case notAList = "not-a-list"
  case notText = "not-text"
  case badKey = "bad-key"
  case unknownKey = "unknown-key"
  case deprecatedKey = "deprecated-key"
  case duplicateKey = "duplicate-key"
  case missingKey = "missing-key"
  case missingCause = "missing-cause"
  case emptyValue = "empty-value"
  case emptyList = "empty-list"
  case duplicateValue = "duplicate-value"
  case unknownValue = "unknown-value"
  case unfinishedText = "unfinished-text"

  // MARK: Values
  case badID = "bad-id"
  case badReplyCode = "bad-reply-code"
  case badStatusCode = "bad-status-code"
  case badHost = "bad-host"
  case coveredHost = "covered-host"
  case badLink = "bad-link"
  case unknownCategory = "unknown-category"
  case unknownRule = "unknown-rule"
  case unknownSource = "unknown-source"
  case unnamedCategory = "unnamed-category"
  case takenID = "taken-id"
  case takenSwiftName = "taken-swift-name"

  // MARK: Phrases
  case phraseWithoutWords = "phrase-without-words"
  case phraseTooLong = "phrase-too-long"
  case tooManyPlaceholders = "too-many-placeholders"
  case tooManyPhrases = "too-many-phrases"
  case crowdedPhrase = "crowded-phrase"
  case unknownPlaceholder = "unknown-placeholder"
  case strayBrace = "stray-brace"
  case strayAlternatives = "stray-alternatives"
  case regularExpression = "regular-expression"
  case codeInPhrase = "code-in-phrase"
  case statusInPhrase = "status-in-phrase"
  case addressInPhrase = "address-in-phrase"
  case wrapperGap = "wrapper-gap"
  case replyNotLast = "reply-not-last"
  case replyAfterName = "reply-after-name"

  // MARK: Rules
  case matchesNothing = "matches-nothing"
  case unlessAlone = "unless-alone"
  case causeAndCauses = "cause-and-causes"
  case strayRemedy = "stray-remedy"
  case retryConflict = "retry-conflict"
  case idleSuppress = "idle-suppress"
  case overItself = "over-itself"
  case overCircle = "over-circle"

  // MARK: Proofs
  case ambiguous
  case redundantRule = "redundant-rule"
  case unreachableRule = "unreachable-rule"
  case unreachablePhrase = "unreachable-phrase"
  case redundantPhrase = "redundant-phrase"
  case forbiddenPhrase = "forbidden-phrase"

  // MARK: Categories
  case noCategories = "no-categories"
  case undecidedNotLast = "undecided-not-last"
  case undecidedMissing = "undecided-missing"
  case noRemedy = "no-remedy"

  // MARK: Examples
  case noExample = "no-example"
  case exampleWithoutCode = "example-without-code"
  case exampleLost = "example-lost"
  case exampleUnmatched = "example-unmatched"
  case exampleOutvoted = "example-outvoted"
  case counterexampleWon = "counterexample-won"
  case takesStandardReply = "takes-standard-reply"
}
