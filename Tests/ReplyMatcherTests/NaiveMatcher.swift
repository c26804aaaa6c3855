@testable import ReplyMatcher

/// Finds the winning rule by the meaning of the rule language alone: no automaton, no tables, every
/// rule tried for itself, every phrase matched by trying all ways.
///
/// It shares with the matcher under test only the lexer, which has tests of its own.
struct NaiveMatcher {
  let catalogue: CatalogueSpec
  /// The rules' places in the order of their ids.
  private let places: [Int]

  init(catalogue: CatalogueSpec) {
    self.catalogue = catalogue
    let ids = catalogue.rules.map(\.id).sorted()
    places = catalogue.rules.map { ids.firstIndex(of: $0.id)! }
  }

  func winner(_ reply: [UInt8]) -> String? { winner(NaiveReading(reply)) }

  func winner(_ reading: NaiveReading, remoteHost: String? = nil) -> String? {
    ranking(reading, remoteHost: remoteHost).first?.id
  }

  /// Every way in which a rule fits, the best first.
  func ranking(
    _ reading: NaiveReading, remoteHost: String? = nil
  ) -> [(id: String, measures: [Int])] {
    let fits = zip(catalogue.rules, places).flatMap { rule, place in
      self.fits(rule, reading, remoteHost).map { (rule.id, $0 + [-place]) }
    }
    return fits.sorted { $1.1.lexicographicallyPrecedes($0.1) }
  }

  /// Whether a rule fits a reply at all; it need not be one of the catalogue's.
  func fits(_ rule: RuleSpec, _ reading: NaiveReading) -> Bool {
    !fits(rule, reading, nil).isEmpty
  }

  // MARK: - One rule

  /// The measures of each way in which the rule fits, as `Candidate` documents them: more is better,
  /// from the first to the last.
  private func fits(_ rule: RuleSpec, _ reading: NaiveReading, _ remoteHost: String?) -> [[Int]] {
    func measures(
      isText: Bool, depth: Int, words: Int, _ specificity: (status: Int, code: Int), end: Int
    ) -> [Int] {
      [
        rule.category == catalogue.categories.last ? 0 : 1, isText ? 1 : 0,
        rule.yields ? 0 : 1, depth, words, specificity.status, specificity.code,
        hostFit(rule, remoteHost), overRank(rule.id),
        -catalogue.categories.firstIndex(of: rule.category)!, -end,
      ]
    }
    func found(_ phrase: PhraseSpec) -> [NaiveReading.Match] {
      // Words that all servers share, half outside a quoted reply, give no address up.
      let staysOutside =
        catalogue.sources[rule.source]?.isEmpty == true && catalogue.suppresses(rule.category)
      return reading.matches(of: phrase).filter { specificity(rule, reading, at: $0) != nil }
        .map { staysOutside ? $0 : $0.reachingIn }
    }

    guard rule.commands.isEmpty || rule.commands.contains(reading.command ?? "") else { return [] }
    let commandWords = rule.commands.isEmpty ? 0 : 3
    if rule.text.isEmpty && rule.all.isEmpty {
      return specificity(rule, code: reading.code, status: reading.status).map {
        [measures(isText: false, depth: 0, words: commandWords, $0, end: 0)]
      } ?? []
    }
    if rule.all.isEmpty && rule.unless.isEmpty && rule.commands.isEmpty {
      return rule.text.flatMap { phrase in
        found(phrase).map { match in
          measures(
            isText: true, depth: match.depth, words: phrase.wordCount,
            specificity(rule, reading, at: match)!, end: match.end)
        }
      }
    }

    // Of `text` the phrase furthest inside stands for all of them, and of those the one with the most
    // words; each of `all` is needed.
    let texts = rule.text.flatMap { phrase in found(phrase).map { (phrase.wordCount, $0) } }
    let all = rule.all.map(found)
    guard rule.text.isEmpty || !texts.isEmpty, all.allSatisfy({ !$0.isEmpty }) else { return [] }
    let deepest = texts.map(\.1.depth).max() ?? 0
    let most = texts.filter { $0.1.depth == deepest }.map(\.0).max() ?? 0
    let longest = texts.filter { $0.1.depth == deepest && $0.0 == most }.map(\.1)
    // The rule is there when the last of its phrases is.
    let needed = (all + [longest]).filter { !$0.isEmpty }
    let last = needed.map { $0.min { $0.end < $1.end }! }.max { $0.end < $1.end }!
    let depth = (all.joined() + texts.map(\.1)).map(\.depth).max()!
    // What a wrapper says around the reply forbids nothing in it.
    let forbidding = rule.unless.flatMap { reading.matches(of: $0) }
    guard forbidding.allSatisfy({ $0.endDepth < depth }) else { return [] }
    return [
      measures(
        isText: true, depth: depth,
        words: most + rule.all.map(\.wordCount).reduce(0, +) + commandWords,
        specificity(rule, reading, at: last)!, end: last.end)
    ]
  }

  // MARK: - Codes

  private func specificity(
    _ rule: RuleSpec, _ reading: NaiveReading, at match: NaiveReading.Match
  ) -> (status: Int, code: Int)? {
    specificity(rule, code: match.lineCode, status: reading.status(atDepth: match.endDepth))
  }

  /// How many parts of the status code and digits of the reply code the rule gives, if they fit.
  private func specificity(
    _ rule: RuleSpec, code: String?, status: [String]?
  ) -> (status: Int, code: Int)? {
    func given(_ pattern: [String], in value: [String]?) -> Int? {
      guard let value else { return nil }
      let fits = zip(pattern, value).allSatisfy { $0 == "x" || $0 == $1 }
      return fits ? pattern.count { $0 != "x" } : nil
    }
    // Without a reply code its class is known from the status code; any other digit is not.
    let digits = code?.map(String.init) ?? status.map { [$0[0], "?", "?"] }
    let codes = rule.codes.compactMap { given($0.map(String.init), in: digits) }
    if rule.codes.isEmpty {
      // Without a code a rule speaks of failures.
      if digits?[0] == "2" || digits?[0] == "3" { return nil }
    } else if codes.isEmpty {
      return nil
    }
    let statuses = rule.statuses.compactMap {
      given($0.split(separator: ".").map(String.init), in: status)
    }
    if !rule.statuses.isEmpty, statuses.isEmpty { return nil }
    return (statuses.max() ?? 0, codes.max() ?? 0)
  }

  // MARK: - Ties

  /// The length of the longest chain of `over` below a rule.
  private func overRank(_ id: String) -> Int {
    let over = catalogue.rules.first { $0.id == id }?.over ?? []
    return over.map { overRank($0) + 1 }.max() ?? 0
  }

  private func hostFit(_ rule: RuleSpec, _ remoteHost: String?) -> Int {
    var hosts = catalogue.sources[rule.source] ?? []
    // A rule of a file without hosts speaks for those of a rule that it stands over.
    let lower = rule.over.compactMap { id in catalogue.rules.first { $0.id == id } }
    if hosts.isEmpty {
      hosts = lower.lazy.compactMap { catalogue.sources[$0.source] }.first { !$0.isEmpty } ?? []
    }
    guard !hosts.isEmpty, let remoteHost else { return 1 }
    let name = remoteHost.lowercased()
    return hosts.contains { name == $0 || name.hasSuffix("." + $0) } ? 2 : 0
  }
}

/// A reply as a list of things, each with all the ways to read it.
struct NaiveReading {
  struct Form {
    let piece: PhraseSpec.Piece
    /// The index of the thing that follows.
    let next: Int
    /// Where it ends in the reply.
    let end: Int
  }

  struct Match: Hashable {
    let end: Int
    /// The smallest of its words: how far inside all of it is said.
    let depth: Int
    /// That of its last word.
    let endDepth: Int
    let lineCode: String?

    /// The same, as if all of it were said where it ends.
    var reachingIn: Match {
      Match(end: end, depth: endDepth, endDepth: endDepth, lineCode: lineCode)
    }
  }

  private struct Thing {
    var forms: [Form]
    let depth: Int
    let lineCode: String?
    /// Whether it is the first of a quoted reply: words around that and in it make no phrase together.
    let beginsQuote: Bool
  }

  /// The codes that a reply quoted at some depth shows itself.
  private struct Level {
    var codes: [String] = []
    /// Each with the number of reply codes before it.
    var statuses: [(parts: [String], codes: Int)] = []
    var hasWords = false

    /// In a transcript the first failure counts, not the successes before it.
    var codeIndex: Int? {
      codes.firstIndex { $0 >= "400" } ?? (codes.isEmpty ? nil : 0)
    }
    var code: String? { codeIndex.map { codes[$0] } }

    /// The first that does not belong to a reply of another class before.
    var status: [String]? {
      statuses.first { status in
        guard let codeIndex, status.codes <= codeIndex else { return true }
        return codes[codeIndex].hasPrefix(status.parts[0])
      }?.parts
    }
  }

  private var overridesWrapper = false
  /// Whether words were said under one status code, and another then counted: the naive matcher,
  /// which sees the whole, cannot judge that.
  var changesStatus: Bool {
    overridesWrapper || levels.contains { $0.status != $0.statuses.first?.parts }
  }

  private var things: [Thing] = []
  /// The names of hosts: where each begins among the things, and where it ends in the reply.
  private var names: [(start: Int, end: Int)] = []
  /// The URLs: where each begins among the things and where its path does, and where it ends in the reply.
  private var urls: [(start: Int, path: Int, end: Int)] = []
  private var levels = [Level()]

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { read($0) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    var lexer = ReplyLexer(bytes)
    var tokens: [Token] = []
    var lineCode: String?
    var (isBehindQuote, beginsQuote) = (false, false)
    while let token = lexer.next() {
      switch token.kind {
      case .replyCode:
        if token.opensQuote {
          levels.append(Level())
          (isBehindQuote, beginsQuote) = (false, true)
        }
        if token.closesQuote { isBehindQuote = levels.count > 1 }
        lineCode = String(token.code)
        levels[levels.count - 1].codes.append(lineCode!)
      case .statusCode:
        let level = levels[levels.count - 1]
        // In a transcript that of the next reply is not this one's.
        if let code = level.code, code != lineCode { continue }
        // Behind words, a number of another class than the code's is no status.
        if level.hasWords, let code = level.code, !code.hasPrefix("\(token.code >> 20)") {
          continue
        }
        if level.statuses.isEmpty, level.hasWords, self.status != nil { overridesWrapper = true }
        let status = EnhancedStatusCode(packed: token.code)!.description
        levels[levels.count - 1].statuses.append(
          (status.split(separator: ".").map(String.init), level.codes.count))
      case .address, .ip, .word:
        tokens.append(token)
        levels[levels.count - 1].hasWords = true
        let depth = levels.count - (isBehindQuote ? 2 : 1)
        things.append(
          Thing(forms: [], depth: depth, lineCode: lineCode, beginsQuote: beginsQuote))
        beginsQuote = false
      }
    }
    var urlEnd = 0
    for (index, token) in tokens.enumerated() {
      func add(_ piece: PhraseSpec.Piece, end: Int) {
        let next = tokens.indices.first { $0 > index && tokens[$0].start >= end } ?? tokens.count
        things[index].forms.append(Form(piece: piece, next: next, end: end))
      }
      switch token.kind {
      case .address: add(.placeholder("address"), end: token.end)
      case .ip: add(.placeholder("ip"), end: token.end)
      default: add(.word(token.folded(in: bytes)), end: token.end)
      }
      if token.isCount { add(.placeholder("count"), end: token.end) }
      let names =
        switch token.spanClass {
        case .name: ["domain", "host", "blocklist"]
        case .url: ["url"]
        case .duration: ["duration"]
        case .size: ["size"]
        default: [String]()
        }
      for name in names { add(.placeholder(name), end: token.spanEnd) }
      if token.spanClass == .url {
        urlEnd = token.spanEnd
        let host = index + 1 < tokens.count ? tokens[index + 1] : nil
        let path = host.flatMap { host in
          host.spanClass == .name && host.start < urlEnd
            ? tokens.indices.first { tokens[$0].start >= host.spanEnd } ?? tokens.count : nil
        }
        urls.append((index, path ?? index + 2, urlEnd))
      }
      if token.spanClass == .name, token.start >= urlEnd {
        let labels = bytes[token.start..<token.spanEnd].split(
          separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let (before, last) = (labels[labels.count - 2].last ?? 0, labels[labels.count - 1])
        let isCapitalized =
          before >= UInt8(ascii: "a") && last[last.startIndex] <= UInt8(ascii: "Z")
        if labels.count > 2, last.count < 8, !isCapitalized {
          self.names.append((index, token.spanEnd))
        }
      }
    }
  }

  // MARK: - Codes

  /// Those of the innermost reply; where it shows none, those of the wrapper around it hold.
  var code: String? { code(atDepth: levels.count - 1) }
  var status: [String]? { status(atDepth: levels.count - 1) }

  func code(atDepth depth: Int) -> String? {
    levels[...depth].reversed().lazy.compactMap(\.code).first
  }

  func status(atDepth depth: Int) -> [String]? {
    let level = levels[depth]
    if let own = level.status { return own }
    guard depth > 0, let outer = status(atDepth: depth - 1) else { return nil }
    guard let code = level.code else { return outer }
    return code.hasPrefix(outer[0]) ? outer : nil
  }

  // MARK: - The command

  /// The one that was named last.
  var command: String? {
    things.indices.reversed().lazy.compactMap { index in
      CatalogueSpec.commands.first { command in
        things[index].forms.contains {
          $0.piece == .word(command.value) && !isPieceOfName(index...index, end: $0.end)
            && !isInPath(index...index, end: $0.end)
        }
      }?.key
    }.first
  }

  // MARK: - Phrases

  /// Every place where the phrase is said.
  func matches(of phrase: PhraseSpec) -> Set<Match> {
    // What stands before the first word or after the last does not matter.
    var pieces = phrase.pieces[...]
    while pieces.first == .gap { pieces.removeFirst() }
    while pieces.last == .gap { pieces.removeLast() }
    var matches: Set<Match> = []
    for start in things.indices {
      collect(pieces, at: start, partStart: start, isFirst: true, depth: .max, &matches)
    }
    return matches
  }

  /// Whether a phrase begins with this part in the path of a URL, and that is no code.
  private func isInPath(_ part: ClosedRange<Int>, end: Int) -> Bool {
    guard let url = urls.last(where: { $0.start <= part.upperBound }) else { return false }
    let isCode = things[part.upperBound].forms.contains {
      if case .word(let word) = $0.piece { word.contains { "0"..."9" ~= $0 } } else { false }
    }
    return end <= url.end && part.lowerBound >= url.path && !isCode
  }

  /// Whether a part of a phrase is only a piece of a host's name, or ends in the middle of one.
  private func isPieceOfName(_ part: ClosedRange<Int>, end: Int) -> Bool {
    guard let name = names.last(where: { $0.start <= part.upperBound }), end <= name.end else {
      return false
    }
    return part.count == 1 || end < name.end && part.lowerBound < name.start
  }

  private func collect(
    _ pieces: ArraySlice<PhraseSpec.Piece>, at start: Int, partStart: Int,
    isFirst: Bool, depth: Int, _ found: inout Set<Match>
  ) {
    guard let piece = pieces.first else { return }
    let rest = pieces.dropFirst()
    if piece == .gap {
      for next in start..<max(start, things.count) {
        collect(rest, at: next, partStart: next, isFirst: false, depth: depth, &found)
      }
      return
    }
    guard start < things.count else { return }
    for form in things[start].forms where form.piece == piece {
      if rest.isEmpty || rest.first == .gap,
        isPieceOfName(partStart...form.next - 1, end: form.end)
          || isFirst && isInPath(partStart...form.next - 1, end: form.end)
      {
        continue
      }
      let last = things[form.next - 1]
      let depth = min(depth, last.depth)
      if rest.isEmpty {
        found.insert(
          Match(end: form.end, depth: depth, endDepth: last.depth, lineCode: last.lineCode))
      } else if rest.first == .gap || form.next == things.count
        || !things[form.next].beginsQuote
      {
        collect(
          rest, at: form.next, partStart: partStart, isFirst: isFirst, depth: depth, &found)
      }
    }
  }
}
