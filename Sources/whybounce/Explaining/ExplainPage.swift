import BounceCatalogue
import RuleCompiler

extension Page {
  /// What a reply means and who has to do what about it.
  mutating func explain(_ verdict: Verdict, of reply: [UInt8], by catalogue: Catalogue) {
    let category = catalogue.classifier.category(verdict.category)
    let isLikeness = verdict.basis == .likeness
    let name = (category?.name ?? verdict.category.rawValue) + (isLikeness ? ", most likely" : "")
    heading("\(name): \(verdict.shortAdvice)", verdict.bounce.emphasis)
    space()
    append(ReplyExcerpt(reply, marking: verdict.matchedWords).lines(on: self))

    if let meaning = verdict.meaning ?? category?.meaning {
      heading("What it means")
      paragraph(Run(meaning))
    }
    let isUndecided = verdict.basis == .none || category?.isUndecided == true
    if isUndecided, verdict.basis == .text, let meaning = verdict.meaningOfCodes(by: catalogue) {
      paragraph(Run(meaning))
    }
    if isUndecided && !verdict.isSuccess {
      heading("What would help")
      paragraph(Run(verdict.helpWanted))
    }
    // The cause is then no more than what it means.
    addCauses(isLikeness ? [] : verdict.causes, elseRemedies: category?.remedies ?? [])
    if let tip = verdict.tip {
      heading("Tip")
      paragraph(Run(tip))
    }

    heading("Try again?")
    paragraph(Run(verdict.retryAdvice(isUndecided: isUndecided)))
    let blocklist = verdict.details.blocklistID.flatMap(catalogue.source)
    addDetails(verdict.namedDetails(blocklist: blocklist))
    addReasons(for: verdict, of: reply, by: catalogue)
    addLinks(verdict.links)
  }

  /// The causes with their remedies; the category's remedies where no cause is known.
  mutating func addCauses(_ causes: [Cause], elseRemedies remedies: [Remedy] = []) {
    if causes.isEmpty && !remedies.isEmpty {
      heading("What to do")
      addRemedies(remedies, indent: "  ")
    } else if causes.count == 1 {
      heading("Cause and remedy")
      paragraph(Run(causes[0].cause))
      addRemedies(causes[0].remedies, indent: "  ")
    } else if causes.count > 1 {
      heading("Possible causes and their remedies")
      for (index, cause) in causes.enumerated() {
        if index > 0 { space() }
        let lead = "  \(index + 1). "
        paragraph(Run(cause.cause), lead: lead)
        addRemedies(cause.remedies, indent: String(repeating: " ", count: lead.count))
      }
    }
  }

  private mutating func addRemedies(_ remedies: [Remedy], indent: String) {
    for remedy in remedies {
      paragraph(
        Run(remedy.party.inWords + ":", .party), Run(remedy.text), lead: indent + "→ ")
    }
  }

  private mutating func addDetails(_ details: [(label: String, value: String)]) {
    guard !details.isEmpty else { return }
    heading("What the reply names")
    let labelWidth = details.map(\.label.count).max() ?? 0
    for detail in details {
      // A captured link or host can be as long as the reply.
      let value = detail.value.shortened(to: 300)
      paragraph(Run(value), lead: "  " + detail.label.column(labelWidth) + "  ")
    }
  }

  private mutating func addReasons(
    for verdict: Verdict, of reply: [UInt8], by catalogue: Catalogue
  ) {
    heading("Why this answer")
    let rule = verdict.rule.flatMap(catalogue.classifier.rule)
    let name = rule.map { "\($0.id.rawValue) (\(catalogue.place(of: $0)))." } ?? ""
    // Of a few words, a rule may know that they say nothing.
    let noReason = "No rule finds a reason in the words."
    let reason =
      switch verdict.basis {
      case .text where verdict.matchedWords.isEmpty: "The words of the reply fit the rule"
      case .text: "The marked words fit the rule"
      case .likeness:
        """
        \(catalogue.classifier.outvotedRule(in: reply).map(outvoted) ?? noReason) \
        They are most like those of this category's rules, above all \
        \(catalogue.classifier.likenessEvidence(in: reply).prefix(3).map { "'\($0.feature)'" }
          .joined(separator: ", ")). A rule of its own would say it for certain: whybounce new rule
        """
      case .status:
        """
        \(noReason) The answer rests on the enhanced status code \
        \(verdict.status?.description ?? "") alone, by the rule
        """
      case .code:
        """
        \(noReason) The answer rests on the reply code \
        \(verdict.code?.description ?? "") alone, by the rule
        """
      case .class:
        """
        \(noReason) The answer rests on the first digit of the code alone, by the rule
        """
      case .none: "No rule of the catalogue fits, and the reply has no code to go by."
      }
    paragraph(Run(reason), Run(name))
    if let rule, !rule.commands.isEmpty, let command = verdict.details.command {
      paragraph(Run("The rule is about replies to \(command.rawValue)."))
    }
    if let command = verdict.details.command, command.isBeforeRecipients, verdict.bounce == .block,
      catalogue.classifier.category(verdict.category)?.bounce == .hard
    {
      paragraph(
        Run(
          """
          The reply answers \(command.rawValue), before any recipient was named: it is no reason to \
          stop mailing the address.
          """))
    }
    if let source = verdict.provider.flatMap(catalogue.source) {
      let isSpeaker = source.id == rule?.source.id
      let relation =
        !isSpeaker
        ? "The server belongs to"
        : source.kind == .blocklist ? "The reply names a list of" : "These are the words of"
      let host = verdict.details.remoteHost ?? ""
      let stranger =
        isSpeaker && source.kind == .provider && !host.isEmpty && !source.hosts.isEmpty
          && !catalogue.classifier.isKnown(host: host)
        ? " Others may say them too: \(host) is not known as a server of theirs." : ""
      paragraph(Run("\(relation) \(source.name).\(stranger)"))
    }
    if let rule {
      let option = catalogue.folderOption(for: rule)
      paragraph(Run("All about the rule: whybounce rules \(option)\(rule.id.rawValue)", .faint))
    }
  }

  private func outvoted(_ rule: Rule) -> String {
    "A few of these words fit the rule \(rule.id.rawValue), but all together say something else."
  }

  mutating func addLinks(_ links: [String]) {
    guard !links.isEmpty else { return }
    heading("Read more")
    for link in links { paragraph(Run(link)) }
  }
}

extension Verdict {
  /// What its codes say alone, where the words say less: `550 Delivery failed`.
  fileprivate func meaningOfCodes(by catalogue: Catalogue) -> String? {
    let codes = [code?.description, status?.description].compactMap { $0 }.joined(separator: " ")
    let verdict = catalogue.classifier.classify(codes)
    guard verdict.basis == .code || verdict.basis == .status else { return nil }
    return verdict.meaning.map { "\(codes): \($0)" }
  }

  /// What a person can find out where the reply does not say what is wrong.
  fileprivate var helpWanted: String {
    switch basis {
    case .none:
      """
      There is no answer yet. Look for the whole reply of the server in the bounce \
      or in the mail server's log: it begins with a code of three digits, such as '550 5.1.1', and \
      all of its lines count.
      """
    case .text:
      """
      The server keeps its reason to itself. Look for further lines of its reply in the bounce or \
      in the mail server's log, or ask the administrator of the receiving server: their log has \
      the reason.
      """
    case .likeness, .status, .code, .class:
      """
      The code alone does not tell the cause, and no rule knows the words. Look for further lines \
      of the reply in the mail server's log, or ask the administrator of the receiving server. \
      If you find out, a rule for these words helps the next reader.
      """
    }
  }
}
