import ReplyMatcher

/// Lays checked rules out as the tables of `CatalogueImage`, which draws each of them.
struct ImageBuilder {
  typealias Section = CatalogueImage.Section
  typealias Role = CatalogueImage.Role

  var sections = [[UInt32]](repeating: [], count: Section.allCases.count)
  private var rowCounts = [UInt32](repeating: 0, count: Section.allCases.count)
  private var text: [UInt8] = []
  private var knownText: [SpelledString: (start: UInt32, length: UInt32)] = [:]
  var automaton: PhraseAutomaton
  /// By rule: the automaton's nodes at which the phrases end that it or its guards forbid.
  private(set) var forbidden: [[Int]] = []
  /// The numbers of the guards, by their ids.
  private var guards: [String: UInt32] = [:]
  private var codeTrie: [[UInt32]] = []
  private var codeRules: [Int: [UInt32]] = [:]
  private var statusRules: [UInt32: [UInt32]] = [:]

  /// The numbers, packed, and the text of the image.
  static func build(
    _ model: RuleModel, overRanks: [UInt32]
  ) -> (numbers: [UInt8], text: [UInt8]) {
    var builder = ImageBuilder(
      automaton: PhraseAutomaton(
        phrases: model.rules.flatMap { [$0.text, $0.all, $0.unless] }
          + model.guards.map(\.phrases)
          + model.wrappers.map(\.phrases)))
    builder.addCategories(model)
    builder.addSources(model)
    builder.addGuards(model)
    builder.addRules(model, overRanks: overRanks)
    builder.addWrappers(model)
    builder.addPeers(model)
    builder.addEvents(model)
    builder.addLikeness(model)
    builder.layOutAutomaton()
    builder.layOutCodes()
    return builder.finish()
  }

  // MARK: - Entries

  private mutating func addCategories(_ model: RuleModel) {
    for category in model.categories {
      let suppresses: UInt32 = category.action == .suppress ? 1 : 0
      add(.categories, [nextRow(.info), category.isUndecided ? 1 : 0, suppresses])
      addInfo(category.id.value, category.name, category.meaning)
      addInfo(category.bounce.rawValue, category.action.rawValue)
      addInfo(category.remedies)
    }
  }

  private mutating func addSources(_ model: RuleModel) {
    for source in model.sources {
      add(
        .sources,
        [
          nextRow(.info), nextRow(.hosts), UInt32(source.hosts.count),
          source.kind == .provider ? 1 : 0,
          source.kind == .phrases || source.kind == .standard ? 1 : 0,
        ])
      for host in source.hosts {
        let place = intern(host)
        add(.hosts, [place.start, place.length])
      }
      addInfo(source.id.value, source.name, source.kind.rawValue)
      addInfo(source.links)
    }
  }

  private mutating func addGuards(_ model: RuleModel) {
    guards = index(model.guards.map(\.id.value))
    for guardList in model.guards {
      add(.guards, [nextRow(.info)])
      addInfo(guardList.id.value, guardList.meaning, guardList.id.location.file.name)
      add(.info, [UInt32(guardList.id.location.line)])
      addInfo(Self.written(guardList.phrases))
    }
  }

  private mutating func addRules(_ model: RuleModel, overRanks: [UInt32]) {
    let categories = index(model.categories.map(\.id.value))
    let decided = Set(model.categories.lazy.filter { !$0.isUndecided }.map(\.id.value))
    let sources = index(model.sources.map(\.id.value))
    let dialects = Dialects(model.rules)
    for (index, rule) in model.rules.enumerated() {
      let number = UInt32(index)
      var required: UInt32 = 0
      if !rule.all.isEmpty || rule.forbids || !rule.commands.isEmpty {
        if !rule.text.isEmpty { required |= 1 << Role.text }
        for offset in rule.all.indices { required |= 1 << (Role.firstAll + UInt32(offset)) }
      }
      let info = nextRow(.info)
      let codes = rule.codes.compactMap { CodePattern($0.value) }
      let firstCode = nextRow(.patterns)
      for code in codes { add(.patterns, [code.packed]) }
      let statuses = rule.statuses.compactMap { StatusPattern($0.value) }
      let firstStatus = nextRow(.patterns)
      for status in statuses { add(.patterns, [status.packed]) }
      let isDecided = decided.contains(rule.category?.value ?? "")
      let category = categories[rule.category?.value ?? ""] ?? 0
      let source = sources[rule.source.id.value] ?? 0
      let dialect = sources[dialects.source(of: rule)] ?? 0
      let codeColumns = [firstCode, UInt32(codes.count), firstStatus, UInt32(statuses.count)]
      let commands: UInt32 = rule.commands.reduce(0) { $0 | 1 << $1.value.number }
      // What it forbids gets its numbers when all phrases are known.
      let needs = [required, commands, UInt32(rule.moreWords), 0, 0]
      let yields: UInt32 = rule.yields ? 1 : 0
      let phraseCount = UInt32(Self.written(rule.text).count + rule.all.count)
      let order = [overRanks[index], yields, nextRow(.phrases), phraseCount]
      add(.rules, [info, category, source, dialect] + codeColumns + needs + order)
      addInfo(of: rule)
      func rank(_ phrase: Phrase) -> UInt32 {
        Candidate.rank(isDecided: isDecided, isFirm: !rule.yields, words: phrase.wordCount)
      }
      let textRole = required == 0 ? Role.onlyText : Role.text
      addPhrases(rule.text, of: number, from: 0, rank: rank) { _ in textRole }
      addPhrases(rule.all, of: number, from: rule.text.count, rank: rank) {
        Role.firstAll + UInt32($0)
      }
      forbidden.append(
        addPhrases(
          rule.unless + rule.guarded, of: number, from: rule.text.count + rule.all.count, rank: rank
        ) { _ in Role.unless })
      if rule.text.isEmpty, rule.all.isEmpty {
        addWordless(number, codes, statuses)
      }
    }
  }

  private mutating func addInfo(of rule: RuleDefinition) {
    // First what is asked for without the rest.
    addInfo(rule.id.value, rule.action?.value.rawValue ?? "", rule.retry?.value.rawValue ?? "")
    addInfo(rule.id.location.file.name)
    add(.info, [UInt32(rule.id.location.line)])
    addInfo(rule.codes.map(\.value))
    addInfo(rule.statuses.map(\.value))
    addInfo(Self.written(rule.text))
    addInfo(rule.all.map(\.source))
    addInfo(Self.written(rule.unless))
    let guards = rule.guards.compactMap { self.guards[$0.value] }
    add(.info, [UInt32(guards.count)])
    for number in guards { add(.info, [number]) }
    addInfo(rule.over.map(\.value))
    addInfo(rule.errorCodes)
    addInfo(rule.meaning ?? "")
    add(.info, [UInt32(rule.causes.count)])
    for cause in rule.causes {
      addInfo(cause.cause)
      addInfo(cause.remedies)
    }
    addInfo(rule.tip ?? "")
    addInfo(rule.links)
    addInfo(rule.examples.map(\.value))
  }

  /// As they stand in the file: one for all its alternatives, which follow each other.
  private static func written(_ phrases: [Phrase]) -> [String] {
    phrases.map(\.written).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private mutating func addWrappers(_ model: RuleModel) {
    for wrapper in model.wrappers {
      for phrase in wrapper.phrases {
        let source = intern(phrase.source)
        let number = nextRow(.wrappers)
        add(
          .wrappers,
          [
            phrase.following == .reply || phrase.following == .code ? 1 : 0,
            phrase.following == .code ? 1 : 0, phrase.following == .rest ? 1 : 0,
            phrase.placeholders.contains(.host) ? 1 : 0,
            // An IP address behind another's name is the other's.
            phrase.placeholders.contains(.ip) && !phrase.placeholders.contains(.domain) ? 1 : 0,
            phrase.namesRecipient ? 1 : 0,
            wrapper.command?.number ?? 0, source.start,
            source.length,
          ])
        addPhrase(phrase, ofWrapper: number)
      }
    }
  }

  private mutating func addPeers(_ model: RuleModel) {
    for peer in model.peers {
      add(.peers, [nextRow(.info)])
      addInfo(peer.id.value, peer.name)
      addInfo(peer.links)
      for names in [peer.classes, peer.temporary, peer.sources] {
        addInfo(names.flatMap { [$0.key.value, $0.text] })
      }
    }
  }

  private mutating func addEvents(_ model: RuleModel) {
    for file in model.events {
      add(.events, [nextRow(.info)])
      for role in EventFields.Role.allCases { addInfo((file.names[role] ?? []).map(\.value)) }
      add(.info, [UInt32(file.types.count)])
      for type in file.types { addInfo(type.key.value, type.text) }
    }
  }

  private mutating func addLikeness(_ model: RuleModel) {
    let categories = index(model.categories.map(\.id.value))
    var weights: [UInt32: [UInt32]] = [:]
    for likeness in model.likeness {
      let category = categories[likeness.category.value] ?? 0
      for (key, weight) in likeness.weights {
        weights[key, default: []].append(
          category << CatalogueImage.weightBitsWidth | UInt32(weight + CatalogueImage.weightZero))
      }
    }
    guard !weights.isEmpty else { return }
    addHashTable(.features, weights.sorted { $0.key < $1.key }) { feature, mask in
      CatalogueImage.featureSlot(feature.key, mask: mask)
    } row: { builder, feature in
      let first = builder.nextRow(.weights)
      for weight in feature.value { builder.add(.weights, [weight]) }
      return [feature.key, first, UInt32(feature.value.count)]
    }
  }

  // MARK: - Rules without words

  private mutating func addWordless(
    _ rule: UInt32, _ codes: [CodePattern], _ statuses: [StatusPattern]
  ) {
    for status in statuses { statusRules[status.packed, default: []].append(rule) }
    guard statuses.isEmpty else { return }
    for code in codes {
      var node = 0
      if codeTrie.isEmpty { codeTrie.append(Array(repeating: 0, count: 11)) }
      for digit in code.digits {
        let column = Int(digit == 15 ? 10 : digit)
        if codeTrie[node][column] == 0 {
          codeTrie[node][column] = UInt32(codeTrie.count)
          codeTrie.append(Array(repeating: 0, count: 11))
        }
        node = Int(codeTrie[node][column])
      }
      codeRules[node, default: []].append(rule)
    }
  }

  private mutating func layOutCodes() {
    if codeTrie.isEmpty { codeTrie.append(Array(repeating: 0, count: 11)) }
    for (node, children) in codeTrie.enumerated() {
      let rules = codeRules[node] ?? []
      add(.codeTrie, children + [nextRow(.ruleLists), UInt32(rules.count)])
      for rule in rules { add(.ruleLists, [rule]) }
    }
    let patterns = statusRules.sorted { $0.key < $1.key }
    addHashTable(.statuses, patterns.map { ($0.key, $0.value) }) { pattern, mask in
      CatalogueImage.statusSlot(pattern.0, mask: mask)
    } row: { builder, pattern in
      let first = builder.nextRow(.ruleLists)
      for rule in pattern.1 { builder.add(.ruleLists, [rule]) }
      return [pattern.0, first, UInt32(pattern.1.count)]
    }
  }

  // MARK: - Layout

  private func index(_ ids: [String]) -> [String: UInt32] {
    Dictionary(
      ids.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  func nextRow(_ section: Section) -> UInt32 { rowCounts[section.rawValue] }

  mutating func add(_ section: Section, _ row: [UInt32]) { add(section, rows: 1, row) }

  /// Adds several rows, one behind the other.
  mutating func add(_ section: Section, rows: Int, _ numbers: [UInt32]) {
    sections[section.rawValue] += numbers
    rowCounts[section.rawValue] += UInt32(rows)
  }

  /// Adds an open-addressing table with a power of two of slots, at most five eighths of them taken: a
  /// search looks at few rows, and a start has few to unpack.
  mutating func addHashTable<Element>(
    _ section: Section, _ elements: [Element], slot: (Element, _ mask: UInt32) -> UInt32,
    row: (inout ImageBuilder, Element) -> [UInt32]
  ) {
    var capacity = 2
    while 5 * capacity < 8 * elements.count { capacity *= 2 }
    let mask = UInt32(capacity - 1)
    var slots = [Element?](repeating: nil, count: capacity)
    for element in elements {
      var place = slot(element, mask)
      while slots[Int(place)] != nil { place = (place + 1) & mask }
      slots[Int(place)] = element
    }
    let width =
      switch section {
      case .vocabulary: 4
      case .forbidden: 1
      default: 3
      }
    for element in slots {
      let values = element.map { row(&self, $0) } ?? Array(repeating: 0, count: width)
      add(section, values)
    }
  }

  mutating func intern(_ string: String) -> (start: UInt32, length: UInt32) {
    let key = SpelledString(string)
    if let known = knownText[key] { return known }
    let place = (start: UInt32(text.count), length: UInt32(string.utf8.count))
    text += Array(string.utf8)
    knownText[key] = place
    return place
  }

  private mutating func addInfo(_ strings: String...) {
    for string in strings {
      let place = intern(string)
      sections[Section.info.rawValue] += [place.start, place.length]
      rowCounts[Section.info.rawValue] += 2
    }
  }

  private mutating func addInfo(_ strings: [String]) {
    add(.info, [UInt32(strings.count)])
    for string in strings { addInfo(string) }
  }

  private mutating func addInfo(_ remedies: [Remedy]) {
    add(.info, [UInt32(remedies.count)])
    for remedy in remedies { addInfo(remedy.party.rawValue, remedy.text) }
  }

  private func finish() -> (numbers: [UInt8], text: [UInt8]) {
    (TableEncoding.encode(zip(rowCounts, sections).map { (rows: $0, numbers: $1) }), text)
  }
}
