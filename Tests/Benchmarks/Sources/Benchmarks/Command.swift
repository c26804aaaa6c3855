import Foundation

/// A program that runs to its end, with all it prints.
struct Command {
  struct Output {
    let text: String
    let errors: String
    let exitCode: Int32
  }

  private let path: String
  private let arguments: [String]

  /// - Parameter name: A path, or a name to look up in `PATH`.
  init(_ name: String, _ arguments: String...) throws {
    try self.init(name, arguments)
  }

  init(_ name: String, _ arguments: [String]) throws {
    guard let path = Self.path(of: name) else { throw Failure("there is no program '\(name)'") }
    (self.path, self.arguments) = (path, arguments)
  }

  static func path(of name: String) -> String? {
    if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
    return (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// - Parameter environment: What to add to this program's.
  func run(environment: [String: String] = [:]) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Through files: nothing can fill up while the other is read.
    let folder = try TemporaryFolder()
    let files = ["out", "err"].map { folder.path + "/" + $0 }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = files.map {
      String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
    }
    return Output(text: texts[0], errors: texts[1], exitCode: process.terminationStatus)
  }
}

/// A folder that goes when nobody needs it any longer.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/whybounce-benchmarks-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }
}
