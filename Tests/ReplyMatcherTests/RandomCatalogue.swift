import RealRules

/// Small random catalogues over a vocabulary so small that phrases overlap: each may be another's
/// prefix, suffix or middle, and words meet in placeholders.
struct RandomCatalogue {
  struct Options {
    /// Rules with `all` and `unless`.
    var severalPhrases = false
  }

  static let words = ["user", "box", "no", "full", "5", "minutes", "mx", "com", "ü", "日", "http"]
  static let placeholders = [
    "address", "ip", "domain", "host", "blocklist", "url", "count", "duration", "size",
  ]
  static let codes = ["550", "551", "55x", "5xx", "450", "4xx"]
  static let statuses = ["5.1.1", "5.1.x", "x.1.1", "5.x.x", "4.1.1", "4.x.x", "x.x.1"]
  static let hosts = ["mx.example", "relay.example"]

  var random: SplitMix64
  let options: Options
  /// The phrases of one catalogue, so that several rules can say the same.
  private var pool: [PhraseSpec] = []

  init(seed: UInt64, _ options: Options = Options()) {
    random = SplitMix64(seed: seed)
    self.options = options
  }

  // MARK: - Rules

  mutating func catalogue() -> CatalogueSpec {
    pool = []
    let sources = ["alpha", "beta"]
    let categories = ["one", "two", "three", "vague"]
    var rules: [RuleSpec] = []
    for number in 0..<random.int(2...9) {
      var rule: RuleSpec
      repeat { rule = self.rule(number, sources, categories, rules) } while !rule.isLegal
      rules.append(rule)
    }
    return CatalogueSpec(
      categories: categories, sources: ["alpha": [], "beta": [Self.hosts[0]]], rules: rules)
  }

  private mutating func rule(
    _ number: Int, _ sources: [String], _ categories: [String], _ others: [RuleSpec]
  ) -> RuleSpec {
    let source = random.pick(sources)
    var rule = RuleSpec(
      // Ids in another order than the rules, so that the one is not taken for the other.
      id: "\(source)/r\((number * 7 + 3) % 10)", source: source, category: random.pick(categories))
    if random.chance(40) { rule.codes = distinct(Self.codes, random.int(1...2)) }
    if random.chance(30) { rule.statuses = distinct(Self.statuses, random.int(1...2)) }
    if random.chance(15) {
      rule.commands = distinct(CatalogueSpec.commands.keys.sorted(), random.int(1...2))
    }
    if random.chance(90) { rule.text = (0..<random.pick([1, 1, 1, 2, 3])).map { _ in phrase() } }
    if options.severalPhrases {
      if random.chance(30) { rule.all = (0..<random.int(1...3)).map { _ in phrase() } }
      if random.chance(30) { rule.unless = (0..<random.int(1...2)).map { _ in phrase() } }
    }
    rule.yields = random.chance(10)
    // Only rules that are already there: so it cannot go round in a circle.
    if random.chance(15), let other = others.randomElement(using: &random) {
      rule.over = [other.id]
    }
    return rule
  }

  private mutating func distinct(_ elements: [String], _ count: Int) -> [String] {
    Array(elements.shuffled(using: &random).prefix(count))
  }

  private mutating func phrase() -> PhraseSpec {
    if !pool.isEmpty, random.chance(25) { return random.pick(pool) }
    var pieces: [PhraseSpec.Piece]
    repeat {
      if !pool.isEmpty, random.chance(40) {
        // A part of another phrase, and perhaps more.
        let other = random.pick(pool).pieces
        let start = random.int(0...(other.count - 1))
        pieces = Array(other[start...random.int(start...(other.count - 1))])
        if random.chance(50) { pieces.append(piece()) }
        if random.chance(30) { pieces.insert(piece(), at: 0) }
      } else {
        pieces = (0..<random.int(1...4)).map { _ in piece() }
      }
    } while !PhraseSpec(pieces: pieces).words.contains { _ in true }
      || pieces.count { if case .placeholder = $0 { true } else { false } } > 4
    let phrase = PhraseSpec(pieces: pieces)
    pool.append(phrase)
    return phrase
  }

  private mutating func piece() -> PhraseSpec.Piece {
    switch random.int(1...10) {
    case 1: .gap
    case 2...4: .placeholder(random.pick(Self.placeholders))
    default: .word(random.pick(Self.words))
    }
  }

  // MARK: - Replies

  /// A reply in pieces that can be left out one by one.
  mutating func reply() -> [String] {
    var reply: [String] = []
    let code = random.pick(["550", "551", "554", "450", "421", "250"])
    var separators = [" ", " ", " ", " ", ", ", ": ", "-", "  ", "\r\n", "\r\n "]
    if random.chance(85) {
      reply.append(code + random.pick([" ", " ", "-"]))
      separators += ["\r\n\(code)-", ".\n\(code) "]
      if random.chance(40) { reply.append(status(code) + " ") }
    } else if random.chance(50) {
      reply.append(status(code) + " ")
    }
    for _ in 0..<random.int(1...5) {
      if random.chance(60), !pool.isEmpty {
        for piece in random.pick(pool).pieces {
          reply.append(text(of: piece) + random.pick(separators))
        }
      } else {
        reply.append(noise() + random.pick(separators))
      }
    }
    return reply
  }

  private mutating func status(_ code: String) -> String {
    "\(code.first!).\(random.pick(["1", "7"])).\(random.pick(["1", "2"]))"
  }

  private mutating func text(of piece: PhraseSpec.Piece) -> String {
    if random.chance(5) { return noise() }
    switch piece {
    case .word(let word): return random.chance(30) ? word.uppercased() : word
    case .gap:
      return (0..<random.int(0...2)).map { _ in random.pick(Self.words) }.joined(separator: " ")
    case .placeholder(let name):
      switch name {
      case "address": return random.pick(["no.user@mx.com", "<user@box.example>"])
      case "ip": return random.pick(["192.0.2.1", "[2001:db8::5]"])
      case "url": return random.pick(["http://mx.com/user?no=5", "https://box.example"])
      case "count": return random.pick(["5", "12345"])
      case "duration": return random.pick(["5 minutes", "5 min", "00:05:00"])
      case "size": return random.pick(["5 MB", "5kb", "1,024 bytes"])
      default: return random.pick(["mx.com", "mx.box.example", "5.user.no"])
      }
    }
  }

  private mutating func noise() -> String {
    switch random.int(1...11) {
    case 11: random.pick(CatalogueSpec.commands.values.sorted())
    case 1...4: random.pick(Self.words)
    case 5: random.pick(["Ü", "日本", "ЮЗЕР", "\u{E4}", "users", "55", "5 5", "x"])
    case 6: text(of: .placeholder(random.pick(Self.placeholders)))
    case 7: random.pick(["(#5.1.1)", "dsn=4.1.1", "(5.7.2)"])
    case 8:
      // A reply quoted inside.
      random.pick(["'550 5.1.1", "<<< 450", "\"421 4.7.1", "'551"])
    default: random.pick(["!", "...", "5.", "@", "mx.", "http://", "::", "user@"])
    }
  }
}
