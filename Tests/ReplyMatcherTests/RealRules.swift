import FoundationEssentials
import ReplyMatcher

@testable import RuleCompiler

/// The catalogue of this repository, compiled from its YAML, and real replies to try it on.
enum RealRules {
  private static let package = String(
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }
      .joined())

  static let folder = package + "/Rules"
  static let compilation = RuleCompilation(folder: folder)
  static var classifier: BounceClassifier {
    get throws {
      try compilation.classifier ?? { throw InvalidRules(diagnostics: compilation.diagnostics) }()
    }
  }
  static let examples = compilation.classifier?.rules.flatMap(\.examples) ?? []
  /// Some of them, from all files, where each is tried in several ways.
  static let someExamples = stride(from: 0, to: examples.count, by: 5).map { examples[$0] }

  /// The open evaluation corpus, where it lies beside the repository; else none.
  static let corpus: [String] = {
    struct Reply: Decodable { let text: String }
    let data = FileManager.default.contents(atPath: package + "/../shared/corpus/replies.ndjson")
    return data?.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(Reply.self, from: Data($0)).text
    } ?? []
  }()
}
