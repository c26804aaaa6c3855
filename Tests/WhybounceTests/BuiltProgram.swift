import Foundation
import RealRules

/// The program as it was built, run as a process of its own.
enum BuiltProgram {
  struct Result {
    let exitCode: Int32
    let output: String
    let error: String
  }

  /// Beside the test bundle.
  private static var url: URL {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let place = bundle ?? URL(filePath: CommandLine.arguments[0])
    return place.deletingLastPathComponent().appending(path: "whybounce")
  }

  /// The program, to be given its input and output.
  static func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    process.environment = sanitizers.merging(["PATH": "/usr/bin:/bin"]) { $1 }
    return process
  }

  /// - Parameters:
  ///   - input: Standard input.
  ///   - directory: Where it runs.
  static func run(
    _ arguments: [String], input: [UInt8] = [], directory: URL? = nil
  ) throws -> Result {
    // Files instead of pipes: no output is too large for them.
    let scratch = try Scratch()
    let inputFile = try scratch.file("input", input)
    let (outputFile, errorFile) = (try scratch.file("output"), try scratch.file("error"))
    let process = process(arguments)
    process.currentDirectoryURL = directory
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    return Result(
      exitCode: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}
