import BounceCatalogue
import CMeasuring
import Foundation

/// Counts instructions, exactly: valgrind runs this program again, for one contestant.
struct Instructions {
  private let folder: TemporaryFolder
  private let program: String

  init() throws {
    folder = try TemporaryFolder()
    program = folder.path + "/Benchmarks"
    // Debian's valgrind stumbles over the debug information that Swift's linker writes.
    let strip = try Command("strip", "--strip-debug", "-o", program, CommandLine.arguments[0]).run()
    guard strip.exitCode == 0 else { throw Failure("strip: \(strip.errors)") }
  }

  /// The instructions of one pass over all replies.
  func ofOnePass(by id: String, _ options: Options) throws -> Double {
    let command = try Command(
      "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--instr-atstart=no",
      program, "--count-instructions", id, "--corpus", options.corpus)
    let output = try command.run()
    let line = output.errors.split(separator: "\n").first { $0.contains("Collected : ") }
    guard output.exitCode == 0, let count = line?.split(separator: " ").last.flatMap({ Double($0) })
    else { throw Failure("valgrind: \(output.errors.suffix(2000))") }
    return count
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
