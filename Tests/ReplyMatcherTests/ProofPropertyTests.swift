import RealRules
import ReplyMatcher
import Testing

@testable import RuleCompiler

/// What the compiler proves of random rules, held against the naive matcher: every claim is true, and
/// what brute force finds was claimed.
@Suite struct ProofPropertyTests {
  static let shares: [Range<UInt64>] = (0..<4).map { 1000 + $0 * 30..<1000 + ($0 + 1) * 30 }

  /// A random catalogue, and what is claimed of it.
  struct Case {
    let catalogue: CatalogueSpec
    let replies: [NaiveReading]
    let findings: [ProofFinding]
    let naive: NaiveMatcher
    /// In the order of the tables.
    let rules: [RuleSpec]

    init(seed: UInt64) throws {
      var random = RandomCatalogue(seed: seed, .init(severalPhrases: true))
      catalogue = random.catalogue()
      let replies = (0..<30).map { _ in NaiveReading(Array(random.reply().joined().utf8)) }
      self.replies = replies.filter { !$0.changesStatus }
      findings = try TestCatalogue.findings(catalogue.yamls)
      naive = NaiveMatcher(catalogue: catalogue)
      rules = catalogue.rules.sorted { $0.id < $1.id }
    }

    func id(_ candidate: Candidate) -> String { rules[Int(candidate.rule)].id }

    /// Each rule that fits, with its best measures; the winner first.
    func ranking(_ reading: NaiveReading) -> [(id: String, measures: [Int])] {
      var seen: Set<String> = []
      return naive.ranking(reading).filter { seen.insert($0.id).inserted }
    }

    func stands(_ upper: String, over lower: String) -> Bool {
      let over = rules.first { $0.id == upper }!.over
      return over.contains(lower) || over.contains { stands($0, over: lower) }
    }

    /// The first of the measures: those that are no tie-breaks.
    static func specificity(_ measures: [Int]) -> ArraySlice<Int> { measures.prefix(7) }

    func isAmbiguous(
      _ a: String, _ b: String, in ranking: [(id: String, measures: [Int])]
    ) -> Bool {
      let top = ranking.filter {
        Self.specificity($0.measures) == Self.specificity(ranking[0].measures)
      }.map(\.id)
      return top.contains(a) && top.contains(b) && !stands(a, over: b) && !stands(b, over: a)
    }
  }

  // MARK: - Claims are true

  @Test(arguments: shares)
  func claimsAreTrue(seeds: Range<UInt64>) throws {
    var claims = 0
    for seed in seeds {
      let example = try Case(seed: seed)
      claims += example.findings.count
      for finding in example.findings {
        #expect(isTrue(finding, example), "seed \(seed): \(describe(finding, example))")
      }
    }
    // Were the catalogues too tame, all would be true.
    #expect(claims > 0)
  }

  private func isTrue(_ finding: ProofFinding, _ example: Case) -> Bool {
    let naive = example.naive
    switch finding {
    case .ambiguous(let own, let other, let reply):
      return example.isAmbiguous(
        example.id(own), example.id(other), in: example.ranking(NaiveReading(Array(reply.utf8))))
    case .unreachableRule(let loss):
      let id = example.id(loss.own)
      let ranking = example.ranking(NaiveReading(Array(loss.reply.utf8)))
      return ranking.contains { $0.id == id } && ranking[0].id != id
        && example.replies.allSatisfy { naive.winner($0) != id }
    case .unreachablePhrase(let loss):
      // The phrase makes an unreachable rule when it is the rule's only one.
      var catalogue = example.catalogue
      let index = catalogue.rules.firstIndex { $0.id == example.id(loss.own) }!
      let phrases = catalogue.rules[index].text
      guard let number = phrases.firstIndex(where: { $0.description == loss.phrase?.source }) else {
        return true
      }
      catalogue.rules[index].text = [phrases[number]]
      let alone = NaiveMatcher(catalogue: catalogue)
      return example.replies.allSatisfy { alone.winner($0) != example.id(loss.own) }
    case .redundantPhrase(let rule, let phrase, _, _), .forbiddenPhrase(let rule, let phrase, _):
      // Without it the rule fits the same replies.
      let spec = example.rules[rule]
      var without = spec
      if phrase < spec.text.count {
        without.text.remove(at: phrase)
        if without.text.isEmpty { return example.replies.allSatisfy { !naive.fits(spec, $0) } }
      } else if phrase < spec.text.count + spec.all.count {
        without.all.remove(at: phrase - spec.text.count)
        if case .forbiddenPhrase = finding {
          return example.replies.allSatisfy { !naive.fits(spec, $0) }
        }
      } else {
        without.unless.remove(at: phrase - spec.text.count - spec.all.count)
      }
      return example.replies.allSatisfy { naive.fits(spec, $0) == naive.fits(without, $0) }
    }
  }

  // MARK: - What was proved needs no proof

  @Test(arguments: shares)
  func theSameIsFoundBesideProvedRules(seeds: Range<UInt64>) throws {
    var provedCount = 0
    for seed in seeds {
      let example = try Case(seed: seed)
      var random = SplitMix64(seed: seed)
      var isProved = example.rules.map { _ in random.chance(70) }
      // No fault may lie between proved rules alone.
      for finding in example.findings {
        switch finding {
        case .ambiguous(let own, let other, _):
          if isProved[Int(other.rule)] { isProved[Int(own.rule)] = false }
        case .unreachableRule(let loss), .unreachablePhrase(let loss):
          isProved[Int(loss.own.rule)] = false
        case .redundantPhrase(let rule, _, _, _), .forbiddenPhrase(let rule, _, _):
          isProved[rule] = false
        }
      }
      provedCount += isProved.count { $0 }
      let found = try TestCatalogue.findings(example.catalogue.yamls, isProved: isProved)
      #expect(
        Set(found.map { fault($0, example) }) == Set(example.findings.map { fault($0, example) }),
        "seed \(seed), proved: \(isProved)\n\(example.catalogue.yamls)")
    }
    #expect(provedCount > 0)
  }

  /// What a finding complains about.
  private func fault(_ finding: ProofFinding, _ example: Case) -> String {
    switch finding {
    case .ambiguous(let own, let other, _):
      [example.id(own), example.id(other)].sorted().joined(separator: "+")
    case .unreachableRule(let loss): example.id(loss.own)
    case .unreachablePhrase(let loss): "\(example.id(loss.own)): \(loss.phrase?.source ?? "")"
    case .redundantPhrase(let rule, let phrase, _, _), .forbiddenPhrase(let rule, let phrase, _):
      "\(example.rules[rule].id): \(phrase)"
    }
  }

  // MARK: - Nothing is missed

  /// A rule's own phrases, said alone with each code.
  private func replies(_ rule: RuleSpec) -> [[String]] {
    func text(_ phrase: PhraseSpec) -> String {
      phrase.pieces.map { piece in
        switch piece {
        case .word(let word): return word
        case .gap: return "zzz"
        case .placeholder("address"): return "a@b.example"
        case .placeholder("ip"): return "192.0.2.9"
        case .placeholder("url"): return "https://qq.rr/"
        case .placeholder("count"): return "77"
        case .placeholder("duration"): return "77 hours"
        case .placeholder("size"): return "77 kb"
        case .placeholder: return "qq.rr"
        }
      }.joined(separator: " ")
    }
    let all = rule.all.map(text)
    let samples = rule.text.isEmpty ? [all] : rule.text.map { [text($0)] + all }
    let codes = ["", "550 ", "551 ", "552 ", "500 ", "450 ", "451 "]
    let statuses =
      ["", "5.1.1 ", "5.1.2 ", "5.2.1 ", "5.2.2 ", "4.1.1 ", "4.1.2 ", "4.2.1 ", "4.2.2 "]
      + ["2.1.1 ", "2.1.2 ", "2.2.1 ", "2.2.2 "]
    return samples.map { sample in
      codes.flatMap { code in
        statuses.map { (code + $0 + sample.joined(separator: " zzz ")) }
      }
    }
  }

  @Test(arguments: shares)
  func nothingIsMissed(seeds: Range<UInt64>) throws {
    var found = 0
    for seed in seeds {
      let example = try Case(seed: seed)
      var claims: Set<String> = []
      for finding in example.findings {
        switch finding {
        case .ambiguous(let own, let other, _):
          claims.insert([example.id(own), example.id(other)].sorted().joined(separator: "+"))
        case .unreachableRule(let loss): claims.insert(example.id(loss.own))
        case .unreachablePhrase, .redundantPhrase, .forbiddenPhrase: break
        }
      }
      for rule in example.rules {
        for fault in faults(of: rule, example) {
          found += 1
          #expect(
            claims.contains(fault),
            "seed \(seed): \(fault) was not found\n\(example.catalogue.yamls)")
        }
      }
    }
    #expect(found > 0)
  }

  /// The rules with which this one is ambiguous, and itself where it loses every reply.
  private func faults(of rule: RuleSpec, _ example: Case) -> [String] {
    var faults: Set<String> = []
    var fits = false
    var canWin = false
    for reply in replies(rule).joined() {
      // Few codes fit a rule, and it costs less to ask for it alone.
      let reading = NaiveReading(Array(reply.utf8))
      guard example.naive.fits(rule, reading) else { continue }
      let ranking = example.ranking(reading)
      guard let own = ranking.first(where: { $0.id == rule.id }) else { continue }
      fits = true
      for other in ranking where other.id != rule.id {
        if example.isAmbiguous(rule.id, other.id, in: ranking) {
          faults.insert([rule.id, other.id].sorted().joined(separator: "+"))
        }
      }
      let mine = Case.specificity(own.measures)
      canWin =
        canWin
        || !ranking.contains { other in
          let theirs = Case.specificity(other.measures)
          let isSure = example.rules.first { $0.id == other.id }!.unless.isEmpty
          return isSure && other.id != rule.id
            && (mine.lexicographicallyPrecedes(theirs)
              || mine == theirs && example.stands(other.id, over: rule.id))
        }
    }
    // Phrases in any order are left to the claims' own test.
    let isOnePhrase = rule.all.isEmpty || (rule.text.isEmpty && rule.all.count == 1)
    return faults + (fits && !canWin && isOnePhrase ? [rule.id] : [])
  }

  private func describe(_ finding: ProofFinding, _ example: Case) -> String {
    "\(finding)\n" + example.catalogue.yamls.joined(separator: "\n---\n")
  }
}
