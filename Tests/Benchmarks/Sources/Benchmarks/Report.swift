/// Everything that was measured; what was not asked for is empty.
struct Report {
  let origin: String
  var ruleCount = 0
  var literalCount = 0
  /// Phrases found in all replies together, the same by every matcher.
  var foundCount = 0
  var isPinned = false
  var matchers: [Matchers.Row] = []
  var allocationsPerReply: Double?
  var growth: [Growth.Row] = []
  var adversarial: [Adversarial.Row] = []
  /// The length of the short replies, and the sizes of the long ones.
  var adversarialSizes: (short: Int, long: [Int]) = (0, [])
  var commandLine: [CommandLineRuns.Row] = []
  var start: Start?
  var buildTimes: [BuildTimes.Row] = []

  func nanoseconds(_ id: String) -> Double? {
    matchers.first { $0.id == id }?.nanosecondsPerReply
  }

  var verdict: Double? { nanoseconds(Matchers.verdict) }

  /// Ordinary text does not compete.
  var worstAdversarial: Adversarial.Row? { adversarial.dropFirst().max { $0.worst < $1.worst } }
}
