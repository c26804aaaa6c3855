import BounceCatalogue
import CMeasuring
import RuleCompiler

/// The same replies by catalogues of ten and a hundred times the rules.
struct Growth {
  struct Row {
    let factor: Int
    let ruleCount: Int
    let phraseCount: Int
    /// Processor time: making and reading the YAML files, the proofs and the examples.
    let compileSeconds: Double
    let nanosecondsPerReply: Double
    let spread: Double
    /// To the standard catalogue.
    let ratio: Double
  }

  static func rows(_ standard: BounceClassifier, _ replies: Replies, _ options: Options) throws
    -> [Row]
  {
    let rules = standard.rules
    var catalogues = [
      (
        factor: 1, rules: rules.count,
        phrases: rules.reduce(0) { $0 + $1.text.count + $1.all.count + $1.forbidden.count },
        seconds: 0.0, classifier: standard
      )
    ]
    for factor in [10, 100] {
      let count = rules.count * (factor - 1)
      progress("Compiling \(count) synthetic rules beside the \(rules.count) of the catalogue")
      let start = thread_nanoseconds()
      let (classifier, phrases) = try compile(count, beside: standard)
      let seconds = Double(thread_nanoseconds() - start) / 1e9
      try compare(classifier, with: standard, replies)
      catalogues.append(
        (factor, rules.count + count, catalogues[0].phrases + phrases, seconds, classifier))
    }

    let texts = Texts(replies.bytes)
    let timings = Timing.sideBySide(
      rounds: options.rounds, milliseconds: options.isQuick ? 10 : 60,
      catalogues.map { catalogue in
        { use(texts.all.reduce(0) { $0 &+ (catalogue.classifier.match($1).ruleIndex ?? 0) }) }
      })
    return zip(catalogues, timings).map { catalogue, timing in
      Row(
        factor: catalogue.factor, ruleCount: catalogue.rules, phraseCount: catalogue.phrases,
        compileSeconds: catalogue.seconds,
        nanosecondsPerReply: timing.median / Double(texts.all.count), spread: timing.spread,
        ratio: timing.median / timings[0].median)
    }
  }

  /// The made-up rules fit no reply, so every verdict has to stay.
  private static func compare(
    _ classifier: BounceClassifier, with standard: BounceClassifier, _ replies: Replies
  ) throws {
    for text in replies.texts {
      let (before, after) = (standard.classify(text).rule, classifier.classify(text).rule)
      guard before != after else { continue }
      throw Failure("among more rules, '\(text)' goes from \(before as Any) to \(after as Any)")
    }
  }

  /// Compiles so many rules as somebody's package would, who extends the standard catalogue.
  private static func compile(_ ruleCount: Int, beside standard: BounceClassifier) throws
    -> (classifier: BounceClassifier, phraseCount: Int)
  {
    let folder = try TemporaryFolder()
    var synthetic = SyntheticRules(like: standard)
    for file in synthetic.files(ruleCount: ruleCount) {
      _ = try folder.write(Array(file.text.utf8), to: file.name)
    }
    do {
      let classifier = try BounceClassifier(
        compiling: folder.path, sharing: .catalogue(standard))
      return (classifier, synthetic.phraseCount)
    } catch {
      let messages = error.diagnostics.filter { $0.severity == .error }
      throw Failure(
        "the synthetic rules do not compile, \(messages.count) errors:\n"
          + messages.prefix(5).map { $0.rendered() }.joined(separator: "\n"))
    }
  }
}
