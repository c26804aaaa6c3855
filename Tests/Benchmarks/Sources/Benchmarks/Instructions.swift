import BounceCatalogue
import CMeasuring
import Foundation

/// Counts instructions, exactly: valgrind runs this program again, for one contestant.
enum Instructions {
  /// The instructions of one pass over all replies; `nil` where valgrind is missing.
  static func ofOnePass(by id: String, _ options: Options) throws -> Double? {
    let command = try Command(
      "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--instr-atstart=no",
      "--collect-systime=no", CommandLine.arguments[0], "--count-instructions", id, "--corpus",
      options.corpus)
    let output = try command.run()
    guard output.exitCode == 0 else { return nil }
    let line = output.errors.split(separator: "\n").first { $0.contains("Collected : ") }
    return line?.split(separator: " ").last.flatMap { Double($0) }
  }

  /// What runs under valgrind: everything is set up and warm before the counting begins.
  static func run(_ contestant: Matchers.Contestant) {
    use(contestant.pass())
    instructions_start()
    let found = contestant.pass()
    instructions_stop()
    use(found)
  }
}
