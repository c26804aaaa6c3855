import ReplyMatcher

// The pages about sources, categories and reply codes. Each begins with the way back.

extension CatalogueContents {
  // MARK: - Sources

  /// Everything that one source says, in the order of its file.
  func sourcePage(_ source: Source) -> Page {
    let path = PagePath.source(source)
    let rules = rules(of: source)
    var facts = ["**Kind:** \(source.kind.inWords)"]
    if !source.hosts.isEmpty {
      let hosts = source.hosts.map(Markdown.code).joined(separator: ", ")
      facts.append("**Mail servers in:** \(hosts)")
    }
    if !source.links.isEmpty {
      facts.append("**Read more:**\n\(Markdown.list(source.links.map(Markdown.link)))")
    }
    if let file = rules.first?.rule.file {
      let link = path.link(Markdown.text(file), toRuleFile: file)
      facts.append("**Rules:** \(rules.count), from \(link)")
    }
    let columns: [RuleText.Column] = [.reply, .category, .action, .retry]
    return Page(
      path: path,
      blocks: [
        wayBack(from: path, to: .sources), "# \(Markdown.prose(source.name))", Markdown.list(facts),
        RuleText.table(of: rules, columns, on: path),
      ] + rules.flatMap { RuleText(entry: $0, page: path).section })
  }

  // MARK: - Categories

  func categoryPage(_ category: CategoryInfo) -> Page {
    let path = PagePath.category(category.id)
    let rules = rules(in: category.id)
    var page = Page(
      path: path,
      blocks: [
        wayBack(from: path, to: .categories), "# \(Markdown.prose(category.name))",
        Markdown.prose(category.meaning),
        Markdown.list([
          "**What to do:** \(category.action.inWords)",
          "**Kind of bounce:** \(category.bounce.inWords)",
          "**Id:** \(Markdown.code(category.id.rawValue))",
        ]),
      ])
    if category.action == .suppress { page.blocks.append(Self.deferralNote) }
    if !category.remedies.isEmpty {
      page.blocks += ["## Who can do what", RuleText.list(of: category.remedies)]
    }
    let names = peers.compactMap { peer -> [String]? in
      guard let permanent = peer.classes[category.id] else { return nil }
      let temporary = peer.temporaryClasses[category.id].map {
        " (temporary: \(Markdown.code($0)))"
      }
      return [Markdown.text(peer.name), Markdown.code(permanent) + (temporary ?? "")]
    }
    if !names.isEmpty {
      page.blocks += ["## In other systems", Markdown.table(["System", "Class"], names)]
    }
    if !rules.isEmpty {
      page.blocks += [
        "## Replies", RuleText.table(of: rules, [.reply, .source, .action, .retry], on: path),
      ]
    }
    return page
  }

  // MARK: - Guards

  /// The phrases that several rules forbid, and which rules do.
  func guardPage() -> Page {
    let path = PagePath.guards
    let intro = """
      Words which tell that a reply is about something else than a rule takes it for. A rule that names a \
      guard does not fit a reply which says one of its phrases.
      """
    return Page(
      path: path,
      blocks: [path.link("All rules", to: .index), "# Guards", intro]
        + guards.flatMap { owner -> [String] in
          let users = rules.filter { $0.rule.guards.contains { $0.id == owner.id } }
          return [
            "<a id=\"\(owner.id)\"></a>\n\n## \(Markdown.code(owner.id))",
            Markdown.prose(owner.meaning),
            Markdown.list(owner.writtenPhrases.map(Markdown.code)),
            "**Rules:** "
              + users.map { path.link(Markdown.code($0.rule.id.rawValue), to: $0.rule) }
              .joined(separator: " · "),
            path.link("Edit this guard", toRuleFile: owner.file, line: owner.line),
          ]
        })
  }

  // MARK: - Reply codes

  func codePage(_ code: String) -> Page {
    let path = PagePath.code(code)
    let name = Markdown.code(code)
    var page = Page(
      path: path,
      blocks: [
        wayBack(from: path, to: .codes),
        "# \(code.contains("x") ? "Reply codes" : "Reply code") \(name)",
      ])
    for entry in meanings(ofCode: code) {
      if !entry.rule.codes.contains(code) {
        let patterns = codeLinks(entry.rule.codes.filter { $0.covers(code) }, on: path)
        page.blocks.append(
          "No rule explains \(name) by itself. This is what \(patterns) means in general.")
      }
      let rule = path.link(Markdown.code(entry.rule.id.rawValue), to: entry.rule)
      page.blocks += RuleText(entry: entry, page: path).explanation
      page.blocks.append(
        "This is what the code alone says, by the rule \(rule). "
          + "The words of a reply and its enhanced status code say more.")
    }
    page.blocks += replies(withCode: code, on: path)
    let narrower = codes.filter { $0 != code && code.covers($0) }
    if !narrower.isEmpty {
      page.blocks += ["## The codes in \(name)", codeLinks(narrower, on: path)]
    }
    return page
  }

  /// The rules that ask for more than the code: those that name it, then those that name a pattern
  /// that takes it. A rule that names both stands in the first table.
  private func replies(withCode code: String, on path: PagePath) -> [String] {
    var blocks: [String] = []
    var rest = rules.filter { !$0.isAboutCodeAlone }
    for pattern in patterns(covering: code) {
      let rules = rest.filter { $0.rule.codes.contains(pattern) }
      rest.removeAll { $0.rule.codes.contains(pattern) }
      if rules.isEmpty { continue }
      let name = pattern == code ? Markdown.code(code) : "any \(codeLinks([pattern], on: path))"
      let columns: [RuleText.Column] = [.reply, .source, .category, .action, .retry]
      blocks += ["## Replies with \(name)", RuleText.table(of: rules, columns, on: path)]
    }
    return blocks
  }
}
