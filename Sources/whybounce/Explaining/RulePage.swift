import BounceCatalogue

extension Page {
  /// A rule in full.
  mutating func describe(_ rule: Rule, of catalogue: Catalogue) {
    heading("\(rule.id.rawValue) (\(catalogue.place(of: rule)))")
    let category = catalogue.classifier.category(rule.category)
    let fields: [(label: String, value: String)] = [
      ("Category", "\(rule.category.rawValue): \(category?.name ?? "")"),
      ("Words of", rule.source.name),
      ("Reply code", rule.codes.joined(separator: ", ")),
      ("Status code", rule.statuses.joined(separator: ", ")),
      ("Answers", rule.commands.map(\.rawValue).joined(separator: ", ")),
      ("Rests on", rule.basis.rawValue),
      ("Action", (rule.action ?? category?.action)?.rawValue ?? ""),
      ("Try again", rule.retry?.rawValue ?? ""),
      ("Yields", rule.yields ? "to any rule that names a cause" : ""),
      ("Stands over", rule.over.map(\.rawValue).joined(separator: ", ")),
    ]
    for field in fields where !field.value.isEmpty {
      paragraph(Run(field.value), lead: "  " + field.label.column(11) + "  ")
    }

    addPhrases("Any of these words", rule.writtenText)
    addPhrases("All of these words", rule.all)
    addPhrases("None of these words", rule.writtenUnless)
    for owner in rule.guards {
      addPhrases("Nor these of the guard \(owner.id): \(owner.meaning)", owner.writtenPhrases)
    }
    addPhrases("Error codes", rule.errorCodes)
    if let meaning = rule.meaning {
      heading("What it means")
      paragraph(Run(meaning))
    }
    addCauses(rule.causes, elseRemedies: category?.remedies ?? [])
    if let tip = rule.tip {
      heading("Tip")
      paragraph(Run(tip))
    }
    if !rule.examples.isEmpty {
      heading("Examples")
      for (index, example) in rule.examples.enumerated() {
        if index > 0 { space() }
        append(ReplyExcerpt(Array(example.utf8), marking: []).lines(on: self))
      }
    }
    addLinks(rule.links.isEmpty ? rule.source.links : rule.links)
  }

  private mutating func addPhrases(_ title: String, _ phrases: [String]) {
    guard !phrases.isEmpty else { return }
    heading(title)
    for phrase in phrases { paragraph(Run(phrase), lead: "  - ") }
  }
}
