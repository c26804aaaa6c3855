import ArgumentParser
import BounceCatalogue

/// `whybounce new`: first drafts for rule authors.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Draft a rule for a reply.", subcommands: [NewRule.self])
}

/// `whybounce new rule`
struct NewRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Draft a rule for a reply that no rule knows yet.",
    discussion: """
      Prints a rule file that 'whybounce check' accepts at once: the codes of the reply, the phrase \
      that tells it from others, with placeholders for what varies, the category that the present \
      rules suggest, and the reply as example, with addresses exchanged for ones that are set aside \
      for examples. The comments say which rule is nearest and what is left to do. Where the folder of \
      the rules has a 'rules.schema.json', the first line names it for editors.

      EXAMPLES
        whybounce new rule '550 5.1.1 We have no such member' > Rules/acme.yaml
        whybounce new rule --id acme/gone --rule-only < reply.txt >> Rules/acme.yaml
        whybounce new rule --rules Rules 'host mx.acme.example said: 450 Not now'
      """)

  @OptionGroup var argument: ReplyArgument

  @Option(
    help: ArgumentHelp(
      "The rule's id; else the server's domain and the first words.", valueName: "file/rule"))
  var id: String?

  @Flag(help: "Print the rule without a file's head, to go below 'rules:'.")
  var ruleOnly = false

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "The server that gave the reply, where the text does not name it.", valueName: "host"))
  var remoteHost: HostName?

  private var ids: (file: String?, rule: String?) {
    let parts = id?.split(separator: "/", omittingEmptySubsequences: false).map(String.init) ?? []
    return parts.count == 2 ? (parts[0], parts[1]) : (nil, parts.first)
  }

  func validate() throws {
    guard let id else { return }
    if id.wholeMatch(of: /([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*/) == nil {
      throw ValidationError(
        "--id takes 'file/rule' or 'rule', of lower-case letters, digits and single hyphens.")
    }
  }

  func run() throws {
    let catalogue = try catalogue.load()
    let classifier = catalogue.classifier
    if let id, classifier.rule(RuleID(rawValue: id)) != nil {
      throw Failure("There is a rule '\(id)' already: choose another id.", exitCode: .wrongUsage)
    }
    if let file = ids.file, !ruleOnly, classifier.allSources.contains(where: { $0.id == file }) {
      throw Failure(
        "There are rules with the file id '\(file)' already: choose another one, or add --rule-only "
          + "for a rule to go into that file.", exitCode: .wrongUsage)
    }
    var proposal = try RuleProposer(classifier).proposal(
      for: argument.read(for: classifier).text, id: ids, remoteHost: remoteHost?.text)
    proposal.schema = catalogue.schemaPath(forKind: proposal.kind)
    try Output.print(ruleOnly ? proposal.entry : proposal.file)
  }
}
