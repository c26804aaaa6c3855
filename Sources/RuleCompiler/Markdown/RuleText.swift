import ReplyMatcher

/// How a page speaks about a rule.
struct RuleText {
  let entry: RuleEntry
  let page: PagePath

  private var rule: Rule { entry.rule }

  // MARK: - The whole rule

  /// The rule's section on its source's page.
  var section: [String] {
    var blocks = ["<a id=\"\(rule.anchor)\"></a>", "## \(title)"] + explanation
    if let recognition { blocks.append(recognition) }
    blocks.append(rule.examples.count == 1 ? "**Example**" : "**Examples**")
    blocks += rule.examples.map(Markdown.codeBlock)
    if !rule.links.isEmpty {
      blocks += ["**Read more**", Markdown.list(rule.links.map(Markdown.link))]
    }
    let edit = page.link("Edit this rule", toRuleFile: rule.file, line: rule.line)
    blocks.append("Rule \(Markdown.code(rule.id.rawValue)) · \(edit)")
    return blocks
  }

  /// What it means, and who can do what.
  var explanation: [String] {
    var blocks = [rule.meaning.map(Markdown.prose)].compactMap(\.self)
    blocks.append(
      Markdown.list([
        "**What is wrong:** \(categoryLink)",
        "**What to do:** \(entry.advice(\.action.inWords))",
        "**Try again?** \(entry.advice(\.retry.inWords))",
      ]))
    if rule.causes.count == 1 {
      blocks.append("**Cause:** \(text(of: rule.causes[0]))")
    } else {
      blocks.append("**Possible causes**")
      blocks += rule.causes.enumerated().map { index, cause in
        Markdown.item("\(index + 1).", text(of: cause))
      }
    }
    if let tip = rule.tip { blocks.append("> [!TIP]\n> \(Markdown.prose(tip))") }
    return blocks
  }

  /// A cause and its remedies. One without gets its category's, as in a verdict.
  private func text(of cause: Cause) -> String {
    let remedies = cause.remedies.isEmpty ? entry.category.remedies : cause.remedies
    let text = Markdown.prose(cause.cause)
    return remedies.isEmpty ? text : text + "\n\n" + Self.list(of: remedies)
  }

  /// What the rule looks for, where the title does not show all of it.
  private var recognition: String? {
    let (text, unless) = (rule.writtenText, rule.writtenUnless)
    let count = entry.text.count + rule.all.count + unless.count + rule.guards.count
    guard count > 1 else { return nil }
    var conditions: [String] = []
    if text.count == 1 {
      conditions.append("Says \(Markdown.code(text[0]))")
    } else if text.count > 1 {
      conditions.append("Says one of these:\n\(Markdown.list(text.map(Markdown.code)))")
    }
    conditions += rule.all.map { "Says \(Markdown.code($0))" }
    conditions += unless.map { "Does not say \(Markdown.code($0))" }
    conditions += rule.guards.map {
      let name = page.link(Markdown.code($0.id), to: .guards, anchor: $0.id)
      return "Says no phrase of the guard \(name): \(Markdown.prose($0.meaning))"
    }
    return "**The reply**\n\n\(Markdown.list(conditions))"
  }

  /// Who can do what.
  static func list(of remedies: [Remedy]) -> String {
    Markdown.list(remedies.map { "**\($0.party.inWords):** \(Markdown.prose($0.text))" })
  }

  // MARK: - Parts of it

  /// The codes and the words, or else what the codes mean.
  private var title: String { behindCodes(Markdown.prose(words ?? entry.category.name)) }

  /// The words that it looks for, as people would quote them.
  private var words: String? {
    let phrases = entry.text.prefix(1) + rule.all
    return phrases.isEmpty
      ? nil : phrases.joined(separator: " … ").replacing("*", with: "…")
  }

  private func behindCodes(_ words: String?) -> String {
    let commands = rule.commands.map { Markdown.code($0.rawValue) }
    let answer = commands.isEmpty ? nil : "in answer to " + commands.joined(separator: " or ")
    return ((rule.codes + rule.statuses).map(Markdown.code) + [words, answer].compactMap(\.self))
      .joined(separator: " ")
  }

  private var categoryLink: String {
    page.link(Markdown.text(entry.category.name), to: .category(entry.category.id))
  }

  // MARK: - In tables

  /// A table of rules, which links to each of them.
  static func table(of rules: [RuleEntry], _ columns: [Column], on page: PagePath) -> String {
    Markdown.table(
      columns.map(\.rawValue),
      rules.map { entry in columns.map(RuleText(entry: entry, page: page).cell) })
  }

  /// A column of a table of rules.
  enum Column: String {
    case reply = "Reply"
    case source = "Who says it"
    case category = "What is wrong"
    case action = "What to do"
    case retry = "Try again?"
  }

  private func cell(_ column: Column) -> String {
    switch column {
    case .reply:
      let link = page.link(behindCodes(words.map(Markdown.text)), to: rule)
      guard words == nil, let meaning = rule.meaning else { return link }
      return link + " " + Markdown.prose(meaning)
    case .source: return page.link(Markdown.text(rule.source.name), to: .source(rule.source))
    case .category: return categoryLink
    case .action: return entry.advice(\.action.label)
    case .retry: return entry.advice(\.retry.label)
    }
  }
}
