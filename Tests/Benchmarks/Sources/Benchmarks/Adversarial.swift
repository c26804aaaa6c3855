import BounceCatalogue

/// How much slower than ordinary text the worst text is that we can think of.
struct Adversarial {
  struct Row {
    let name: String
    /// Nanoseconds per byte, and how many times as long as ordinary text of the same size: as many
    /// short replies, then for each of `sizes`; `nil` where it would have taken too long.
    var times: [(nanoseconds: Double, ratio: Double)?]

    var worst: Double { times.compactMap { $0?.ratio }.max() ?? 0 }
  }

  let classifier: BounceClassifier
  /// Of single replies, beside many short ones.
  let sizes: [Int]
  /// The length of short replies: that of ordinary ones.
  let replySize: Int
  private let replies: Replies
  private let texts: HostileTexts
  private let isQuick: Bool

  /// What is this slow in one megabyte is not tried in more.
  private static let hopeless = 50.0

  init(_ classifier: BounceClassifier, _ replies: Replies, _ options: Options) {
    (self.classifier, self.replies, isQuick) = (classifier, replies, options.isQuick)
    replySize = replies.bytes.reduce(0) { $0 + $1.count } / replies.texts.count
    sizes = [1 << 20, options.isQuick ? 4 << 20 : 64 << 20]
    texts = HostileTexts(classifier, replies)
  }

  /// Ordinary text first, then the others, the worst first.
  func rows() -> [Row] {
    let ordinary = row(of: texts.ordinarySeed, comparedWith: nil)
    let seeds = texts.seeds + searched()
    return [ordinary]
      + seeds.map { row(of: $0, comparedWith: ordinary) }.sorted { $0.worst > $1.worst }
  }

  private func row(of seed: HostileTexts.Seed, comparedWith ordinary: Row?) -> Row {
    var row = Row(name: seed.name, times: [])
    func add(_ text: Texts, runs: Int) {
      let time = perByte(text, runs: runs)
      row.times.append((time, time / (ordinary?.times[row.times.count]?.nanoseconds ?? time)))
    }
    add(Texts(ordinary == nil ? replies.bytes : shortReplies(of: seed)), runs: 5)
    for size in sizes {
      if row.worst > Self.hopeless {
        row.times.append(nil)
      } else {
        // The largest takes long enough to be measured once.
        add(Texts([seed.text(ofSize: size)]), runs: size > 1 << 20 ? 1 : 3)
      }
    }
    return row
  }

  /// The text, cut into replies.
  private func shortReplies(of seed: HostileTexts.Seed) -> [[UInt8]] {
    let step = replySize - seed.ending.count
    let text = seed.text(ofSize: 1000 * step + seed.ending.count).dropLast(seed.ending.count)
    return stride(from: 0, to: text.count, by: step).map {
      Array(text[$0..<min($0 + step, text.count)]) + seed.ending
    }
  }

  /// The fastest of some runs: a neighbour can only make them slower.
  private func perByte(_ text: Texts, runs: Int) -> Double {
    let times = (0..<runs).map { _ in
      Timing.nanoseconds {
        use(text.all.reduce(0) { $0 &+ (classifier.match($1).ruleIndex ?? 0) })
      }
    }
    return times.min()! / Double(text.byteCount)
  }

  // MARK: - Searching

  /// Of all words and phrases of the catalogue, those that are slowest when repeated.
  private func searched() -> [HostileTexts.Seed] {
    func worst(_ name: String, _ texts: [String]) -> HostileTexts.Seed? {
      let tried = isQuick ? texts.enumerated().filter { $0.offset % 20 == 0 }.map(\.element) : texts
      let slowest = tried.max { time(of: $0) < time(of: $1) }
      return slowest.map { HostileTexts.Seed("\(name): '\($0)'", $0) }
    }
    var times: [String: Double] = [:]
    func time(of text: String) -> Double {
      if let known = times[text] { return known }
      let repeated = HostileTexts.Seed("", text).text(ofSize: 2048)
      let time = repeated.withUnsafeBufferPointer { repeated in
        (0..<3).map { _ in
          Timing.nanoseconds { use(classifier.match(repeated).ruleIndex ?? 0) }
        }.min()!
      }
      times[text] = time
      return time
    }
    let phrases = Array(Set(texts.phrases)).sorted()
    let cut = Set(phrases.map { $0.split(separator: " ").dropLast().joined(separator: " ") })
    return [
      worst("the worst word again and again", texts.words),
      worst("the worst phrase again and again", phrases),
      worst("the worst cut phrase again and again", cut.filter { !$0.isEmpty }.sorted()),
    ].compactMap(\.self)
  }
}
