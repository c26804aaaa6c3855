import BounceCatalogue
import Foundation

/// How long generated Swift compiles: rules in a package of somebody's own.
struct BuildTimes {
  struct Row {
    let ruleCount: Int
    /// YAML to Swift, with all proofs.
    let rulesSeconds: Double
    /// Swift to an object file, optimised.
    let swiftSeconds: Double
    let sourceMegabytes: Double
  }

  /// - Parameters:
  ///   - ruleCompiler: `whybounce-rulec`.
  ///   - modules: The folder where the built modules lie.
  static func rows(_ standard: BounceClassifier, ruleCompiler: String, modules: String) throws
    -> [Row]
  {
    try [1500, 15000].map { count in
      progress("Building \(count) rules")
      let folder = try TemporaryFolder()
      var synthetic = SyntheticRules(like: standard)
      for file in synthetic.files(ruleCount: count) {
        _ = try folder.write(file.text.utf8, to: file.name)
      }
      _ = try folder.write("rules: [.]\ncatalogue: alone\n".utf8, to: "whybounce.yaml")
      let (source, object) = ("\(folder.path)/Rules.swift", "\(folder.path)/Rules.o")
      let rulesSeconds = try seconds(
        Command(ruleCompiler, "swift", folder.path, source, "Synthetic", "../../Rules"))
      let swiftSeconds = try seconds(
        Command(
          "swiftc", "-O", "-parse-as-library", "-module-name", "Synthetic", "-swift-version", "6",
          "-I", modules, "-c", source, "-o", object))
      let size = FileManager.default.contents(atPath: source)?.count ?? 0
      return Row(
        ruleCount: count, rulesSeconds: rulesSeconds, swiftSeconds: swiftSeconds,
        sourceMegabytes: Double(size) / 1e6)
    }
  }

  private static func seconds(_ command: Command) throws -> Double {
    let start = Date()
    let output = try command.run()
    guard output.exitCode == 0 else {
      throw Failure(String((output.text + output.errors).prefix(2000)))
    }
    return Date().timeIntervalSince(start)
  }
}
