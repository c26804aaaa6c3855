/// What kind of mistake a diagnostic reports. The raw value is its stable name for tools.
public enum DiagnosticKind: String, CaseIterable, Sendable {
  // MARK: Files
  /// A folder or file that was to be compiled is not there.
  case noSuchFolder = "no-such-folder"
  /// A folder holds no `.yaml` or `.yml` files, at no depth, or a target no rules.
  case noRuleFiles = "no-rule-files"
  /// A file or folder is there but cannot be read.
  case unreadableFile = "unreadable-file"
  /// A file has more than 8 MiB.
  case fileTooLarge = "file-too-large"
  /// A file holds nothing but comments.
  case emptyFile = "empty-file"
  /// A file was saved in another encoding than UTF-8.
  case notUTF8 = "not-utf8"
  /// A character such as NUL or ESC stands in a file.
  case controlCharacter = "control-character"

  // MARK: Configuration
  /// A configuration is not the `whybounce.yaml` in the target's own folder.
  case misplacedConfiguration = "misplaced-configuration"
  /// What was to be compiled is a configuration, or no `.yaml` or `.yml` file.
  case notARuleFile = "not-a-rule-file"
  /// A path in `rules:` of a configuration leads out of the target's folder.
  case pathOutside = "path-outside"
  /// The configuration's `name:` cannot be that of a Swift property.
  case badSwiftName = "bad-swift-name"
  /// The configuration says `catalogue: extend`, and there is no standard catalogue.
  case nothingToExtend = "nothing-to-extend"

  // MARK: YAML
  /// The file is no YAML, for a reason that none of the other kinds tells.
  case yamlSyntax = "yaml-syntax"
  /// A tab stands where YAML wants spaces.
  case tab
  /// A value begins with a quote and never ends.
  case unclosedQuote = "unclosed-quote"
  /// A list in `[ ]` or a mapping in `{ }` never ends, or lacks a comma.
  case unclosedBracket = "unclosed-bracket"
  /// A value with a colon and a space in it stands outside of quotes.
  case unquotedColon = "unquoted-colon"
  /// A value that begins with `{` or `[`, or has one within brackets, stands outside of quotes.
  case unquotedBrace = "unquoted-brace"
  /// A value that begins with a sign of YAML's, such as `*` or `&`, stands outside of quotes.
  case unquotedSign = "unquoted-sign"
  /// A `#` that was probably meant as text begins a comment.
  case unquotedHash = "unquoted-hash"
  /// A key stands on the line of the one before it.
  case twoKeysOnALine = "two-keys-on-a-line"
  /// Text follows the quote that ends a value.
  case textBehindQuote = "text-behind-quote"
  /// A backslash in double quotes begins none of YAML's escapes.
  case badEscape = "bad-escape"
  /// A line of a mapping is no `key: value`, mostly for want of the colon or its space.
  case missingColon = "missing-colon"
  /// A line is not indented as its mapping or list, or not with plain spaces.
  case badIndentation = "bad-indentation"
  /// An anchor or alias of YAML, `&` or `*`, stands in a file.
  case alias
  /// A tag of YAML, `!`, stands in a file.
  case tag
  /// A second document of YAML begins in a file.
  case secondDocument = "second-document"
  /// Lists and mappings stand in each other, deeper than any rule file needs.
  case nestedTooDeeply = "nested-too-deeply"

  // MARK: Keys and types
  /// Something else stands where keys with values belong.
  case notAMapping = "not-a-mapping"
  /// Something else stands where a list belongs.
  case notAList = "not-a-list"
  /// A mapping or a list stands where a single value belongs, or a list of such.
  case notText = "not-text"
  /// A key is empty, or itself a list or a mapping.
  case badKey = "bad-key"
  /// The rule language has no such key in this place.
  case unknownKey = "unknown-key"
  /// The key was called so once, or is called so elsewhere.
  case deprecatedKey = "deprecated-key"
  /// A key stands twice in one mapping.
  case duplicateKey = "duplicate-key"
  /// A key that always has to be there is missing.
  case missingKey = "missing-key"
  /// A rule does not say why mail is refused.
  case missingCause = "missing-cause"
  /// A value is missing behind its key, or a mapping has no keys.
  case emptyValue = "empty-value"
  /// A list has no entries.
  case emptyList = "empty-list"
  /// A list says the same thing twice.
  case duplicateValue = "duplicate-value"
  /// The key takes a few values, and this is none of them.
  case unknownValue = "unknown-value"
  /// A text that readers get has a `TODO` or `FIXME` in it.
  case unfinishedText = "unfinished-text"

  // MARK: Values
  /// An id is not made of lower-case letters, digits and single hyphens.
  case badID = "bad-id"
  /// A value is no reply code (RFC 5321, 4.2) such as `550` or `4xx`.
  case badReplyCode = "bad-reply-code"
  /// A value is no enhanced status code (RFC 3463, 2) such as `5.1.1` or `x.1.1`.
  case badStatusCode = "bad-status-code"
  /// A host is no domain name in lower case.
  case badHost = "bad-host"
  /// A host stands beside a domain above it, which takes all names below.
  case coveredHost = "covered-host"
  /// A link lacks `https://` (or `http://`) or a host, or holds spaces, quotes or brackets.
  case badLink = "bad-link"
  /// A field of JSON events has signs in its name that no such field has.
  case badFieldName = "bad-field-name"
  /// A category is named that nothing defines.
  case unknownCategory = "unknown-category"
  /// `over:` names a rule that does not exist.
  case unknownRule = "unknown-rule"
  /// `guards:` names a guard that no file defines.
  case unknownGuard = "unknown-guard"
  /// No rule names a guard.
  case idleGuard = "idle-guard"
  /// A peer names a source that no rule file has for its id.
  case unknownSource = "unknown-source"
  /// A peer has no class for a category.
  case unnamedCategory = "unnamed-category"
  /// Two files, rules, guards or categories have the same id.
  case takenID = "taken-id"
  /// Two ids would get the same name in Swift, or a catalogue that of the standard one.
  case takenSwiftName = "taken-swift-name"

  // MARK: Phrases
  /// A phrase is made of `*` and placeholders alone.
  case phraseWithoutWords = "phrase-without-words"
  /// A phrase has dozens of words in a row.
  case phraseTooLong = "phrase-too-long"
  /// A phrase has more than four placeholders.
  case tooManyPlaceholders = "too-many-placeholders"
  /// `all:` has more than 28 phrases.
  case tooManyPhrases = "too-many-phrases"
  /// Hundreds of phrases have the same words, which slows down every reply that says them.
  case crowdedPhrase = "crowded-phrase"
  /// A phrase has something in braces that is not the name of a detail.
  case unknownPlaceholder = "unknown-placeholder"
  /// A phrase has one of `{` and `}` without the other.
  case strayBrace = "stray-brace"
  /// Alternatives are not written `(a | b)`, are too many, or stand in `all:`.
  case strayAlternatives = "stray-alternatives"
  /// A phrase has signs of regular expressions in it.
  case regularExpression = "regular-expression"
  /// A phrase begins with a reply code, which belongs in `code:`.
  case codeInPhrase = "code-in-phrase"
  /// A phrase begins with an enhanced status code, which belongs in `status:`.
  case statusInPhrase = "status-in-phrase"
  /// A phrase names an IP or mail address, which differs from reply to reply.
  case addressInPhrase = "address-in-phrase"
  /// A wrapper's phrase has `*` in it.
  case wrapperGap = "wrapper-gap"
  /// Something follows `{reply}`, `{code}` or `{rest}`, which take all that follows.
  case replyNotLast = "reply-not-last"
  /// `{reply}`, `{code}` or `{rest}` follows a placeholder whose end only the next word would show.
  case replyAfterName = "reply-after-name"

  // MARK: Rules
  /// A rule has neither words nor codes to match.
  case matchesNothing = "matches-nothing"
  /// A rule has `unless:` or `guards:` and neither `text:` nor `all:`.
  case unlessAlone = "unless-alone"
  /// A rule has both `cause:` and `causes:`.
  case causeAndCauses = "cause-and-causes"
  /// A rule has `remedy:` beside `causes:`, each of which has its own.
  case strayRemedy = "stray-remedy"
  /// What a rule says about trying again contradicts its action.
  case retryConflict = "retry-conflict"
  /// `action: suppress` does nothing: the rule's replies are temporary, or about no recipient.
  case idleSuppress = "idle-suppress"
  /// A rule stands over itself.
  case overItself = "over-itself"
  /// Two rules stand over each other, perhaps by way of others.
  case overCircle = "over-circle"

  // MARK: Proofs
  /// Two rules fit a reply equally well, and nothing in them says which of them wins.
  case ambiguous
  /// Two rules give the same answer to the same replies.
  case redundantRule = "redundant-rule"
  /// Another rule wins every reply that a rule fits.
  case unreachableRule = "unreachable-rule"
  /// Another rule wins every reply that a phrase fits.
  case unreachablePhrase = "unreachable-phrase"
  /// A phrase changes nothing beside another one of its rule.
  case redundantPhrase = "redundant-phrase"
  /// A rule's own `unless:` or a guard forbids every reply that a phrase fits.
  case forbiddenPhrase = "forbidden-phrase"

  // MARK: Categories
  /// No category is defined.
  case noCategories = "no-categories"
  /// A category before the last one is `undecided`.
  case undecidedNotLast = "undecided-not-last"
  /// The last category is not `undecided`.
  case undecidedMissing = "undecided-missing"
  /// A category gives no advice for the rules that give none.
  case noRemedy = "no-remedy"

  // MARK: Examples
  /// A rule has no example.
  case noExample = "no-example"
  /// An example has no reply code, and its rule wants one.
  case exampleWithoutCode = "example-without-code"
  /// Another rule wins a rule's example.
  case exampleLost = "example-lost"
  /// No rule fits an example, not even its own.
  case exampleUnmatched = "example-unmatched"
  /// An example's words together are far more like those of another category's rules.
  case exampleOutvoted = "example-outvoted"
  /// A rule wins its own counterexample.
  case counterexampleWon = "counterexample-won"
  /// A rule wins an example of a standard rule without standing over that.
  case takesStandardReply = "takes-standard-reply"
}
