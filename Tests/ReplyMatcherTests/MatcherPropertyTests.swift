import ReplyMatcher
import Testing

/// The matcher against the naive one, on random rules and random replies.
@Suite struct MatcherPropertyTests {
  static let replies = 40

  /// A catalogue, and a reply on which both matchers should agree.
  struct Case {
    var catalogue: CatalogueSpec
    var reply: [String]
    var remoteHost: String?

    var text: [UInt8] { Array(reply.joined().utf8) }

    /// What each finds; `nil` where the naive matcher, which sees the whole at once, cannot judge.
    func winners(
      _ classifier: BounceClassifier, _ naive: NaiveMatcher
    ) -> (matcher: String?, naive: String?)? {
      let text = text
      let reading = NaiveReading(text)
      if reading.changesStatus { return nil }
      return (
        classifier.winner(text, remoteHost: remoteHost),
        naive.winner(reading, remoteHost: remoteHost)
      )
    }

    /// The same for a catalogue that has yet to be compiled.
    func winners() -> (matcher: String?, naive: String?)? {
      guard let classifier = try? TestCatalogue.compile(catalogue.yamls) else { return nil }
      return winners(classifier, NaiveMatcher(catalogue: catalogue))
    }

    func isBad() -> Bool {
      catalogue.rules.allSatisfy(\.isLegal) && winners().map { $0.matcher != $0.naive } ?? false
    }

    /// The smallest case to which the disagreement can be traced by leaving things out.
    func shrunk() -> Case {
      var smallest = self
      while let smaller = smallest.smaller().first(where: { $0.isBad() }) { smallest = smaller }
      return smallest
    }

    private func smaller() -> [Case] {
      func changed(_ change: (inout Case) -> Void) -> Case {
        var copy = self
        change(&copy)
        return copy
      }
      var cases = reply.indices.map { index in changed { $0.reply.remove(at: index) } }
      for rule in catalogue.rules.indices {
        cases.append(changed { $0.catalogue.rules.remove(at: rule) })
        for list in [\RuleSpec.codes, \.statuses, \.commands, \.over] {
          for index in catalogue.rules[rule][keyPath: list].indices {
            cases.append(changed { $0.catalogue.rules[rule][keyPath: list].remove(at: index) })
          }
        }
        for list in [\RuleSpec.text, \.all, \.unless] {
          for index in catalogue.rules[rule][keyPath: list].indices {
            cases.append(changed { $0.catalogue.rules[rule][keyPath: list].remove(at: index) })
            for piece in catalogue.rules[rule][keyPath: list][index].pieces.indices {
              cases.append(
                changed {
                  $0.catalogue.rules[rule][keyPath: list][index].pieces.remove(at: piece)
                })
            }
          }
        }
      }
      return cases
    }
  }

  private func check(_ seeds: Range<UInt64>, _ options: RandomCatalogue.Options) throws {
    // How many replies were judged, and how many of those some rule won.
    var (judged, won) = (0, 0)
    for seed in seeds {
      var random = RandomCatalogue(seed: seed, options)
      let catalogue = random.catalogue()
      let classifier = try TestCatalogue.compile(catalogue.yamls)
      let naive = NaiveMatcher(catalogue: catalogue)
      for _ in 0..<Self.replies {
        let remoteHost = random.random.pick([nil, "in.mx.example", "MX.example", "amx.example"])
        let example = Case(catalogue: catalogue, reply: random.reply(), remoteHost: remoteHost)
        guard let winners = example.winners(classifier, naive) else { continue }
        judged += 1
        won += winners.matcher == nil ? 0 : 1
        guard winners.matcher != winners.naive else { continue }
        let shrunk = example.shrunk()
        let found = shrunk.winners()
        Issue.record(
          """
          seed \(seed): the matcher says \(found?.matcher ?? "none"), \
          the naive one \(found?.naive ?? "none")
          reply: \(String(decoding: shrunk.text, as: UTF8.self).debugDescription)
          remote host: \(remoteHost ?? "none")
          \(shrunk.catalogue.yamls.joined(separator: "\n---\n"))
          """)
        return
      }
    }
    // Were the generators to miss each other, everything would agree.
    #expect(judged > seeds.count * Self.replies / 2)
    #expect(won > judged / 4)
  }

  static let shares: [Range<UInt64>] = (0..<8).map { $0 * 80..<($0 + 1) * 80 }

  @Test(arguments: shares)
  func theSameRuleWins(seeds: Range<UInt64>) throws {
    try check(seeds, .init(severalPhrases: false))
  }

  @Test(arguments: shares)
  func theSameRuleWinsWithAllAndUnless(seeds: Range<UInt64>) throws {
    try check(seeds, .init(severalPhrases: true))
  }
}
