import Foundation

/// Runs programs by `measured-run`, which stands beside this program.
struct MeasuredRun {
  struct Run {
    let seconds: Double
    let processorSeconds: Double
    let peakMegabytes: Double
  }

  private let tool: String

  init() throws {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    tool = folder.appending(path: "measured-run").path(percentEncoded: false)
  }

  /// - Parameters:
  ///   - core: The one core that the program may use; `nil` for all.
  ///   - output: A file for what it prints, which is thrown away otherwise.
  func run(
    _ command: [String], core: Int?, input: String? = nil, isPiped: Bool = false,
    output: String = "/dev/null"
  ) throws -> Run {
    try runs(1, of: command, core: core, input: input, isPiped: isPiped, output: output)[0]
  }

  func runs(
    _ count: Int, of command: [String], core: Int?, input: String? = nil, isPiped: Bool = false,
    output: String = "/dev/null"
  ) throws -> [Run] {
    var arguments = ["-n", "\(count)", "-c", "\(core ?? -1)", "-o", output]
    if let input { arguments += ["-i", input] + (isPiped ? ["-p"] : []) }
    let output = try Command(tool, arguments + command).run()
    return try output.text.split(separator: "\n").map { line in
      let fields = line.split(separator: " ").compactMap { Double($0) }
      guard fields.count == 4, fields[3] == 0 else {
        throw Failure("\(command.joined(separator: " ")): \(line)\n\(output.errors)")
      }
      return Run(
        seconds: fields[0], processorSeconds: fields[1], peakMegabytes: fields[2] / 1024)
    }
  }
}
