import BounceCatalogue
import Foundation

/// `whybounce classify` on a large file, and `grep` for the same phrases.
struct CommandLineRuns {
  struct Row {
    let name: String
    let seconds: Double
    let processorSeconds: Double
    let repliesPerSecond: Double
    let peakMegabytes: Double
    let megabytesPerSecond: Double
  }

  private let measured: MeasuredRun
  private let whybounce: String
  private let folder: TemporaryFolder
  private let input: (path: String, bytes: Int, replies: Int)
  private let phrases: (path: String, few: String)

  init(_ whybounce: String, _ classifier: BounceClassifier, _ replies: Replies, _ options: Options)
    throws
  {
    self.whybounce = whybounce
    (measured, folder) = (try MeasuredRun(), try TemporaryFolder())
    let file = replies.file(ofSize: options.commandLineMegabytes * 1_000_000)
    input = (try folder.write(file.bytes, to: "replies.txt"), file.bytes.count, file.count)
    let lines = Self.plainPhrases(of: classifier.rules).joined(separator: "\n") + "\n"
    let few = ["user unknown", "mailbox full", "blocked"].joined(separator: "\n") + "\n"
    phrases = (
      try folder.write(lines.utf8, to: "phrases.txt"), try folder.write(few.utf8, to: "few.txt")
    )
  }

  private static func plainPhrases(of rules: [Rule]) -> [String] {
    let phrases = rules.flatMap { $0.text + $0.all + $0.forbidden }
    return Set(phrases.filter { !$0.contains("*") && !$0.contains("{") }).sorted()
  }

  func rows() throws -> [Row] {
    let help = try Command(whybounce, "classify", "--help").run().text
    var rows: [Row] = []
    for format in ["ndjson", "csv", "tsv"] {
      rows.append(try row(format, ["classify", "--format", format], core: 0))
    }
    rows.append(try row("ndjson, from a pipe", ["classify", "--format", "ndjson"], core: 0, .pipe))
    if help.contains("--jobs") {
      let cores = ProcessInfo.processInfo.processorCount
      for format in ["ndjson", "csv"] {
        rows.append(
          try row(
            "\(format), --jobs \(cores)",
            ["classify", "--format", format, "--jobs", "\(cores)"], core: nil))
      }
    } else {
      rows.append(
        try row("ndjson, all cores allowed", ["classify", "--format", "ndjson"], core: nil))
    }
    rows.append(try grep("grep -c -F -f phrases", ["-c", "-F", "-f", phrases.path]))
    rows.append(try grep("grep -c -i -F -f phrases", ["-c", "-i", "-F", "-f", phrases.path]))
    rows.append(try grep("grep -c -i -F -f, 3 phrases", ["-c", "-i", "-F", "-f", phrases.few]))
    return rows
  }

  private enum Way { case file, pipe }

  private func row(_ name: String, _ arguments: [String], core: Int?, _ way: Way = .file) throws
    -> Row
  {
    let run =
      way == .file
      ? try measured.run([whybounce] + arguments + [input.path], core: core)
      : try measured.run([whybounce] + arguments, core: core, input: input.path, isPiped: true)
    return row(named: "whybounce classify, \(name)", run)
  }

  /// grep, writing into a file: into /dev/null it would stop at the first match.
  private func grep(_ name: String, _ arguments: [String]) throws -> Row {
    let command = ["env", "LC_ALL=C", "grep"] + arguments + [input.path]
    return row(
      named: name, try measured.run(command, core: 0, output: folder.path + "/count.txt"))
  }

  private func row(named name: String, _ run: MeasuredRun.Run) -> Row {
    Row(
      name: name, seconds: run.seconds, processorSeconds: run.processorSeconds,
      repliesPerSecond: Double(input.replies) / run.seconds,
      peakMegabytes: run.peakMegabytes,
      megabytesPerSecond: Double(input.bytes) / 1e6 / run.seconds)
  }
}
