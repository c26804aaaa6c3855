import BounceCatalogue
import ReplyMatcher
import RuleCompiler

/// Counts which rules and phrases the replies of a corpus use.
struct RuleCoverage {
  struct Use {
    let rule: Rule
    /// How many replies it wins, and how many it fits.
    fileprivate(set) var winCount = 0
    fileprivate(set) var fitCount = 0
    /// Its own phrases: `text`, then `all`, then `unless`.
    fileprivate(set) var phrases: [Phrase]
  }

  struct Phrase {
    /// As it stands behind its key: `unless: greylisted`.
    let text: String
    let line: Int
    /// Whether a reply says it, with codes that the rule takes.
    fileprivate(set) var isUsed = false
  }

  private var tracer: ReplyTracer
  /// By id.
  private(set) var uses: [Use]
  /// How many replies there were, and how many of them no rule fits.
  private(set) var count = 0
  private(set) var unmatchedCount = 0

  /// - Parameter phraseLines: Where the phrases of each rule stand.
  init(_ classifier: BounceClassifier, phraseLines: [[Int]]) {
    tracer = ReplyTracer(classifier)
    uses = zip(classifier.rules, phraseLines).map { rule, lines in
      let phrases =
        rule.text.map { "text: \($0)" } + rule.all.map { "all: \($0)" }
        + rule.unless.map { "unless: \($0)" }
      return Use(rule: rule, phrases: zip(phrases, lines).map { Phrase(text: $0, line: $1) })
    }
  }

  mutating func add(_ reply: [UInt8]) {
    let trace = tracer.trace(reply)
    count += 1
    for candidate in trace.candidates { uses[Int(candidate.rule)].fitCount += 1 }
    for said in trace.phrases where said.takesCodes {
      let (rule, index) = (Int(said.rule), Int(said.index))
      // (Behind its own phrases are those of its guards.)
      if index < uses[rule].phrases.count { uses[rule].phrases[index].isUsed = true }
    }
    if let winner = trace.candidates.first {
      uses[Int(winner.rule)].winCount += 1
    } else {
      unmatchedCount += 1
    }
  }
}

extension RuleCoverage {
  /// Reads a corpus and prints what its replies use.
  static func report(on corpus: Corpus, folder: String) throws {
    let compilation = try RuleCompilation(existing: folder)
    let classifier = try compilation.required(\.draft, of: folder)
    var coverage = RuleCoverage(classifier, phraseLines: compilation.phraseLines)
    let badLines = try corpus.readReplies { coverage.add($0.bytes) }
    let catalogue = Catalogue(
      classifier: classifier, folder: compilation.folder, borrowed: compilation.borrowed)
    let terminal = Terminal(.standardOutput)
    let page = Page(
      width: terminal.columns ?? 160, isColored: ColorChoice.auto.isOn(for: terminal))
    try Output.print(CoverageReport(coverage, of: catalogue).text(on: page))
    try badLines.failIfAny()
  }
}
