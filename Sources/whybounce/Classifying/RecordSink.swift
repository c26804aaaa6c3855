/// Where the output of a run goes, block after block in the order of the input.
struct RecordSink {
  private let progress = ProgressLine()
  /// Whether a file could not be read, or a line held no reply.
  private(set) var hasFailed = false
  /// By category, or by the peer's class.
  private var counts: [String: Int] = [:]
  /// How many lines held no reply: they are in none of the counts.
  private var badLineCount = 0

  /// Writes what stands before all records.
  func begin(_ header: String) throws { try Output.print(header) }

  mutating func write(_ result: borrowing BlockResult) throws {
    try result.output.withBytes(Output.write)
    badLineCount += result.errors.count
    for (line, message) in result.errors {
      complain("\(result.file ?? "-"):\(line): error: \(message)")
    }
    if let failure = result.failure {
      let name = result.file.map { "'\($0)'" } ?? "Standard input"
      complain("Error: \(name) cannot be read: \(failure).")
    }
    progress.count += result.replyCount
    progress.show()
  }

  private mutating func complain(_ message: String) {
    progress.clear()
    Console.note(message)
    hasFailed = true
  }

  mutating func add(_ counts: [String: Int]) {
    self.counts.merge(counts, uniquingKeysWith: +)
  }

  func end(withSummary: Bool) {
    progress.clear()
    guard withSummary else { return }
    var rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (name: $0.key, count: $0.value) }
    rows.append(("total", counts.values.reduce(0, +)))
    if badLineCount > 0 {
      rows.append(
        (badLineCount == 1 ? "line without a reply" : "lines without a reply", badLineCount))
    }
    let width = rows.map { String($0.count).count }.max() ?? 0
    for (name, count) in rows {
      Console.note("\(String(count).rightColumn(width))  \(name)")
    }
  }
}
