import ReplyMatcher

// The index, and the links to it.

extension CatalogueContents {
  /// Most rules take permanent failures and deferrals, but their examples rarely show both.
  static let deferralNote = """
    The advice in the tables fits the replies that are quoted as examples with each rule. The \
    same words in a deferral (`4xx`) never mean to stop mailing an address.
    """

  /// A part of the index.
  enum IndexPart: String {
    case codes = "Reply codes"
    case sources = "Who says it"
    case categories = "What is wrong"

    var anchor: String { "by-\(self)" }

    fileprivate var heading: String { "<a id=\"\(anchor)\"></a>\n\n## \(rawValue)" }
  }

  func indexPage() -> Page {
    let path = PagePath.index
    var page = Page(
      path: path,
      blocks: [
        "# Why mail bounces",
        """
        What mail servers say when they refuse or delay a message, what it means, and who can do \
        what about it: \(counted(rules.count, "rule")) from \(counted(sources.count, "source")). \
        The pages are generated from the rule files in the folder above. To correct one, follow \
        *Edit this rule* below the rule.
        """,
        Self.deferralNote,
      ])
    if standardRuleCount > 0 {
      page.blocks.append(
        "They extend a standard catalogue of \(counted(standardRuleCount, "rule")), which has pages "
          + "of its own.")
    }
    page.blocks += [
      IndexPart.categories.heading,
      Markdown.table(
        ["Category", "What it means", "What to do", "Rules"],
        categories.map {
          [
            path.link(Markdown.text($0.name), to: .category($0.id)), Markdown.prose($0.meaning),
            $0.action.label, "\(rules(in: $0.id).count)",
          ]
        }),
      IndexPart.sources.heading,
    ]
    for kind in SourceKind.allCases {
      let sources = sources.filter { $0.kind == kind }
      if sources.isEmpty { continue }
      let ruleCounts = sources.map { rules(of: $0).count }
      page.blocks += [
        "### \(kind.heading)",
        "\(counted(ruleCounts.reduce(0, +), "rule")) from \(counted(sources.count, "source")).",
        Markdown.table(
          ["Source", "Rules"],
          zip(sources, ruleCounts).map {
            [path.link(Markdown.text($0.name), to: .source($0)), "\($1)"]
          }),
      ]
    }
    if !guards.isEmpty {
      page.blocks.append(
        "What many rules forbid stands on \(path.link("a page of its own", to: .guards)).")
    }
    if !codes.isEmpty { page.blocks += [IndexPart.codes.heading, codeTable(on: path)] }
    let statuses = statusLists(on: path)
    if !statuses.isEmpty { page.blocks += ["## Enhanced status codes"] + statuses }
    return page
  }

  /// One row for each class of reply codes.
  private func codeTable(on path: PagePath) -> String {
    let classes = Dictionary(grouping: codes) { $0.prefix(1) + "xx" }.sorted { $0.key < $1.key }
    return Markdown.table(
      ["Class", "What it means", "Codes"],
      classes.map { name, codes in
        let name = String(name)
        let label = Markdown.code(name)
        return [
          codes.contains(name) ? path.link(label, to: .code(name)) : label,
          meanings(ofCode: name).compactMap(\.rule.meaning).map(Markdown.prose)
            .joined(separator: " "),
          codeLinks(codes.filter { $0 != name }, on: path),
        ]
      })
  }

  /// The rules about enhanced status codes alone: one list a source, one line a subject.
  private func statusLists(on path: PagePath) -> [String] {
    sources.flatMap { source -> [String] in
      let rules = rules(of: source).map(\.rule).filter { $0.basis == .status }
      let subjects = Dictionary(grouping: rules) { rule in
        rule.statuses[0].split(separator: ".").dropFirst().first.flatMap { Int($0) } ?? .max
      }
      if subjects.isEmpty { return [] }
      let lines = subjects.sorted { $0.key < $1.key }.map { _, rules in
        rules.map { rule in
          path.link(rule.statuses.map(Markdown.code).joined(separator: " "), to: rule)
        }.joined(separator: " · ")
      }
      return [
        path.link(Markdown.text(source.name), to: .source(source)) + ":", Markdown.list(lines),
      ]
    }
  }

  func codeLinks(_ codes: [String], on path: PagePath) -> String {
    codes.map { path.link(Markdown.code($0), to: .code($0)) }.joined(separator: " · ")
  }

  /// The first line of the other pages.
  func wayBack(from path: PagePath, to part: IndexPart) -> String {
    let index = path.link("All rules", to: .index)
    return "\(index) › \(path.link(part.rawValue, to: .index, anchor: part.anchor))"
  }
}
