import Foundation

/// How long a person waits for one answer, and what the program weighs.
struct Start {
  let milliseconds: Double
  let spread: Double
  let peakMegabytes: Double
  /// A program that does nothing, for the part that is the system's.
  let emptyMilliseconds: Double
  let binaryMegabytes: Double
  let staticBinaryMegabytes: Double?
  /// The static one, which loads no libraries.
  let staticMilliseconds: Double?

  init(_ options: Options, whybounce: String) throws {
    let measured = try MeasuredRun()
    func runs(_ program: String, _ arguments: [String]) throws -> (Timing, peak: Double) {
      let runs = try measured.runs(options.isQuick ? 9 : 31, of: [program] + arguments, core: 0)
      return (Timing(runs.map { $0.seconds * 1000 }), runs.map(\.peakMegabytes).max()!)
    }
    let explain = ["explain", "550 5.1.1 User unknown"]
    let (timing, peak) = try runs(whybounce, explain)
    (milliseconds, spread, peakMegabytes) = (timing.median, timing.spread, peak)
    emptyMilliseconds = try runs("/bin/true", []).0.median
    binaryMegabytes = Self.size(of: whybounce)
    staticBinaryMegabytes = options.staticWhybounce.map(Self.size)
    staticMilliseconds = try options.staticWhybounce.map { try runs($0, explain).0.median }
  }

  private static func size(of file: String) -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return Double((attributes?[.size] as? NSNumber)?.intValue ?? 0) / 1e6
  }
}
