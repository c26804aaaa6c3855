import ReplyMatcher

/// Lays checked rules out as the tables of `CatalogueImage`, which draws each of them.
struct ImageBuilder {
  private typealias Section = CatalogueImage.Section
  private typealias Role = CatalogueImage.Role

  private var sections = [[UInt32]](repeating: [], count: Section.allCases.count)
  private var rowCounts = [UInt32](repeating: 0, count: Section.allCases.count)
  private var text: [UInt8] = []
  /// By bytes: two strings can be equal and yet be spelled differently.
  private var knownText: [[UInt8]: (start: UInt32, length: UInt32)] = [:]
  private var automaton = PhraseAutomaton()
  private var codeTrie: [[UInt32]] = []
  private var codeRules: [Int: [UInt32]] = [:]
  private var statusRules: [UInt32: [UInt32]] = [:]

  /// The numbers and the text of the image.
  static func build(
    _ model: RuleModel, overRanks: [UInt32]
  ) -> (numbers: [UInt32], text: [UInt8]) {
    var builder = ImageBuilder()
    builder.addCategories(model)
    builder.addSources(model)
    builder.addRules(model, overRanks: overRanks)
    builder.addWrappers(model)
    builder.addPeers(model)
    builder.layOutAutomaton()
    builder.layOutCodes()
    return builder.finish()
  }

  // MARK: - Entries

  private mutating func addCategories(_ model: RuleModel) {
    for category in model.categories {
      add(.categories, [nextRow(.info), category.isUndecided ? 1 : 0])
      addInfo(category.id.value, category.name, category.meaning)
      addInfo(category.bounce.rawValue, category.action.rawValue)
      addInfo(category.remedies)
    }
  }

  private mutating func addSources(_ model: RuleModel) {
    for source in model.sources {
      add(.sources, [nextRow(.info), nextRow(.hosts), UInt32(source.hosts.count)])
      for host in source.hosts {
        let place = intern(host)
        add(.hosts, [place.start, place.length])
      }
      addInfo(source.id.value, source.name, source.kind.rawValue)
      addInfo(source.links)
    }
  }

  private mutating func addRules(_ model: RuleModel, overRanks: [UInt32]) {
    let categories = index(model.categories.map(\.id.value))
    let sources = index(model.sources.map(\.id.value))
    let dialects = Dictionary(
      model.rules.lazy.filter { !$0.source.hosts.isEmpty }.map {
        ($0.id.value, $0.source.id.value)
      },
      uniquingKeysWith: { first, _ in first })
    for (index, rule) in model.rules.enumerated() {
      let number = UInt32(index)
      let hasSeveralPhrases = !rule.all.isEmpty || !rule.unless.isEmpty
      var required: UInt32 = 0
      if hasSeveralPhrases {
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
      add(
        .rules,
        [
          info, categories[rule.category?.value ?? ""] ?? 0, sources[rule.source.id.value] ?? 0,
          sources[dialect(of: rule, dialects)] ?? 0,
          firstCode, UInt32(codes.count), firstStatus, UInt32(statuses.count), required,
          UInt32(rule.all.reduce(0) { $0 + $1.wordCount }), overRanks[index],
          rule.yields ? 1 : 0, nextRow(.phrases), UInt32(rule.text.count + rule.all.count),
        ])
      addInfo(of: rule)
      for phrase in rule.text { addPhrase(phrase, owner: number, role: Role.text) }
      for (offset, phrase) in rule.all.enumerated() {
        addPhrase(phrase, owner: number, role: Role.firstAll + UInt32(offset))
      }
      for phrase in rule.unless { addPhrase(phrase, owner: number, role: Role.unless) }
      if rule.text.isEmpty, rule.all.isEmpty {
        addWordless(number, codes, statuses)
      }
    }
  }

  /// The source whose hosts a rule speaks for. Where its own has none, those of a rule that it stands
  /// over: else that one would win again as soon as the remote host is known.
  private func dialect(of rule: RuleDefinition, _ dialects: [String: String]) -> String {
    let lent =
      rule.source.hosts.isEmpty ? rule.over.lazy.compactMap { dialects[$0.value] }.first : nil
    return lent ?? rule.source.id.value
  }

  private mutating func addInfo(of rule: RuleDefinition) {
    addInfo(rule.id.value, rule.id.location.file.name)
    add(.info, [UInt32(rule.id.location.line)])
    addInfo(rule.codes.map(\.value))
    addInfo(rule.statuses.map(\.value))
    addInfo(rule.text.map(\.source))
    addInfo(rule.all.map(\.source))
    addInfo(rule.unless.map(\.source))
    addInfo(rule.over.map(\.value))
    addInfo(rule.errorCodes)
    addInfo(rule.meaning ?? "")
    add(.info, [UInt32(rule.causes.count)])
    for cause in rule.causes {
      addInfo(cause.cause)
      addInfo(cause.remedies)
    }
    addInfo(rule.tip ?? "", rule.action?.rawValue ?? "", rule.retry?.value.rawValue ?? "")
    addInfo(rule.links)
    addInfo(rule.examples.map(\.value))
  }

  private mutating func addWrappers(_ model: RuleModel) {
    for wrapper in model.wrappers {
      for phrase in wrapper.phrases {
        let command = wrapper.command.map { intern($0) }
        let source = intern(phrase.source)
        let number = nextRow(.wrappers)
        add(
          .wrappers,
          [
            phrase.quotesReply ? 1 : 0,
            phrase.placeholders.isDisjoint(with: [.host, .domain]) ? 0 : 1,
            phrase.placeholders.contains(.ip) ? 1 : 0, command?.start ?? 0, command?.length ?? 0,
            source.start, source.length,
          ])
        addPhrase(phrase, owner: number, role: Role.wrapper)
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

  // MARK: - Phrases

  private mutating func addPhrase(_ phrase: Phrase, owner: UInt32, role: UInt32) {
    let number = nextRow(.phrases)
    add(
      .phrases,
      [
        owner, role, UInt32(phrase.wordCount), nextRow(.segments), UInt32(phrase.segments.count),
      ])
    for (index, segment) in phrase.segments.enumerated() {
      add(.segments, [nextRow(.symbols), UInt32(segment.count)])
      let symbols = segment.map { automaton.symbol(of: $0) }
      for (piece, symbol) in zip(segment, symbols) { add(.symbols, [symbol, label(of: piece)]) }
      automaton.add(symbols, .init(phrase: number, segment: UInt32(index)))
    }
  }

  private func label(of piece: Phrase.Piece) -> UInt32 {
    guard case .placeholder(let placeholder) = piece else { return 0 }
    return 1 + UInt32(Placeholder.allCases.firstIndex(of: placeholder)!)
  }

  private mutating func layOutAutomaton() {
    automaton.link()
    for state in 0..<automaton.stateCount {
      add(
        .states,
        [
          automaton.fails[state], automaton.depths[state], nextRow(.outputs),
          automaton.outputLinks[state],
        ])
      for output in automaton.outputs[state] { add(.outputs, [output.phrase, output.segment]) }
    }
    // The row after the last says where the last state's outputs end.
    add(.states, [0, 0, nextRow(.outputs), 0])

    let words = automaton.vocabulary.sorted { $0.value < $1.value }
    addHashTable(
      .vocabulary, words.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
    ) { word, mask in
      WordHash.slot(WordHash(word: word.0).value, mask: mask)
    } row: { builder, word in
      let place = builder.intern(word.0)
      return [WordHash(word: word.0).value, place.start, place.length, word.1]
    }
    let edges = automaton.edges.sorted { $0.key < $1.key }
    addHashTable(
      .edges, edges.map { (UInt32($0.key >> 32), UInt32($0.key & 0xFFFF_FFFF), $0.value) }
    ) { edge, mask in
      CatalogueImage.edgeSlot(state: edge.0, symbol: edge.1, mask: mask)
    } row: { _, edge in
      [edge.0, edge.1, edge.2]
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
      CatalogueImage.edgeSlot(state: pattern.0, symbol: 0, mask: mask)
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

  private func nextRow(_ section: Section) -> UInt32 { rowCounts[section.rawValue] }

  private mutating func add(_ section: Section, _ row: [UInt32]) {
    sections[section.rawValue] += row
    rowCounts[section.rawValue] += 1
  }

  /// Adds an open-addressing table with a power of two of slots, at most half of them taken.
  private mutating func addHashTable<Element>(
    _ section: Section, _ elements: [Element], slot: (Element, _ mask: UInt32) -> UInt32,
    row: (inout ImageBuilder, Element) -> [UInt32]
  ) {
    var capacity = 2
    while capacity < 2 * elements.count { capacity *= 2 }
    let mask = UInt32(capacity - 1)
    var slots = [Element?](repeating: nil, count: capacity)
    for element in elements {
      var place = slot(element, mask)
      while slots[Int(place)] != nil { place = (place + 1) & mask }
      slots[Int(place)] = element
    }
    let width = section == .vocabulary ? 4 : 3
    for element in slots {
      let values = element.map { row(&self, $0) } ?? Array(repeating: 0, count: width)
      add(section, values)
    }
  }

  private mutating func intern(_ string: String) -> (start: UInt32, length: UInt32) {
    let bytes = Array(string.utf8)
    if let known = knownText[bytes] { return known }
    let place = (start: UInt32(text.count), length: UInt32(bytes.count))
    text += bytes
    knownText[bytes] = place
    return place
  }

  private mutating func addInfo(_ strings: String...) {
    for string in strings {
      let place = intern(string)
      add(.info, [place.start])
      add(.info, [place.length])
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

  /// The sections behind their offsets and row counts.
  private func finish() -> (numbers: [UInt32], text: [UInt8]) {
    var numbers: [UInt32] = []
    var offset = UInt32(2 * sections.count)
    for (section, rows) in zip(sections, rowCounts) {
      numbers += [offset, rows]
      offset += UInt32(section.count)
    }
    return (numbers + sections.joined(), text)
  }
}
