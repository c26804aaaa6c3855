import BounceCatalogue
import Foundation

/// How long generated Swift compiles: rules in a package of somebody's own. In processor time.
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
    let measured = try MeasuredRun()
    return try [1500, 15000].map { count in
      progress("Building \(count) rules")
      let folder = try TemporaryFolder()
      var synthetic = SyntheticRules(like: standard)
      for file in synthetic.files(ruleCount: count) {
        _ = try folder.write(file.text.utf8, to: file.name)
      }
      _ = try folder.write("rules: [.]\ncatalogue: alone\n".utf8, to: "whybounce.yaml")
      let (source, object) = ("\(folder.path)/Rules.swift", "\(folder.path)/Rules.o")
      let rulesRun = try measured.run(
        [ruleCompiler, "swift", folder.path, source, "Synthetic", "../../Rules"], core: nil)
      let swiftRun = try measured.run(
        [
          "swiftc", "-O", "-parse-as-library", "-module-name", "Synthetic", "-swift-version", "6",
          "-I", modules, "-c", source, "-o", object,
        ], core: nil)
      let size = FileManager.default.contents(atPath: source)?.count ?? 0
      return Row(
        ruleCount: count, rulesSeconds: rulesRun.processorSeconds,
        swiftSeconds: swiftRun.processorSeconds,
        sourceMegabytes: Double(size) / 1e6)
    }
  }
}
