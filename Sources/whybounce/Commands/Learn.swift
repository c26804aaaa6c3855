import ArgumentParser
import BounceCatalogue
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce learn`
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Learn from the rules what other words are most like.",
    discussion: """
      Replies whose words no rule knows are judged by their likeness to the phrases and examples of \
      all rules. What speaks for which category is learned from those, and stands in a file beside \
      them. Run it now and then, when many rules have changed: a rule answers without it, too. Rules \
      that extend the standard catalogue use what that has learned; with --output they get a file of \
      their own, which takes its place.

      EXAMPLES
        whybounce learn
        whybounce learn --check
        whybounce learn --rules ~/mail/rules --output ~/mail/rules/likeness.yaml
      """)

  @Option(
    help: ArgumentHelp("The folder with the rule files.", valueName: "folder"),
    completion: .directory)
  var rules = "Rules"

  @Option(
    help: ArgumentHelp(
      "Where the file goes; left out: 'likeness.yaml' in the folder.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var output: String?

  @Flag(help: "Write nothing; exit with 1 where the file was learned from other rules.")
  var check = false

  private var path: String { output ?? "\(rules)/likeness.yaml" }

  func run() throws {
    let catalogue = try Catalogue(folder: rules)
    try checkThatItIsMeant(for: catalogue)
    let samples = LikenessSamples(catalogue.classifier)
    var learner = LikenessLearner(samples)
    learner.learn()
    let file = LikenessFile(samples, learner)
    let formatting = Formatting(text: Array(file.text.utf8), name: path)
    formatting.diagnostics.report()
    guard let formatted = formatting.files.first else { throw ExitCode.failure }
    if check {
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure("There is no file '\(path)'.", exitCode: .wrongUsage)
      }
      guard FileManager.default.contents(atPath: path) == Data(formatted.text.utf8) else {
        throw Failure(
          "'\(path)' was learned from other rules. To learn anew: whybounce learn --rules \(rules.shellWord)"
            + (output.map { " --output \($0.shellWord)" } ?? ""))
      }
      return try Output.print("What '\(path)' has learned is up to date.")
    }
    try RuleFileWriter.write(formatted.text.utf8, to: path)
    try Output.print(
      "\(file.weightCount) weights from \(samples.samples.count) phrases and examples: \(path)")
  }

  /// Rules that extend the standard catalogue are served by what that has learned. Weights of their own
  /// would take its place for good, and nobody should come to have them by accident.
  func checkThatItIsMeant(for catalogue: Catalogue) throws(Failure) {
    let standard = catalogue.borrowed.rules.count
    guard standard > 0, output == nil, !FileManager.default.fileExists(atPath: path) else { return }
    throw Failure(
      """
      The rules in '\(rules)' extend the standard catalogue, and what that has learned serves them \
      too. A file of their own would take its place, and be learned from all \(standard) standard rules \
      as well. If you want that: whybounce learn --rules \(rules.shellWord) --output \(path.shellWord)
      """)
  }
}
