import ReplyMatcher
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The catalogue of this repository, compiled from its YAML, and real replies to try it on.
///
/// A target of its own: all tests run in one process, and proving some thousand rules unoptimised takes
/// seconds, so that they are compiled once for all who ask.
package enum RealRules {
  private static let package = String(
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }
      .joined())

  package static let folder = package + "/Rules"
  package static let compilation = RuleCompilation(folder: folder)
  package static var classifier: BounceClassifier {
    get throws {
      try compilation.classifier ?? { throw Mistakes(diagnostics: compilation.diagnostics) }()
    }
  }
  private struct Mistakes: Error, CustomStringConvertible {
    let diagnostics: [Diagnostic]
    var description: String { diagnostics.map { $0.rendered() }.joined(separator: "\n") }
  }

  package static let examples = compilation.classifier?.rules.flatMap(\.examples) ?? []
  /// Some of them, from all files, where each is tried in several ways.
  package static let someExamples = stride(from: 0, to: examples.count, by: 5).map { examples[$0] }

  /// The open evaluation corpus, where it lies beside the repository; else none.
  package static let corpus: [String] = {
    struct Reply: Decodable { let text: String }
    let data = FileManager.default.contents(atPath: package + "/../shared/corpus/replies.ndjson")
    return data?.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(Reply.self, from: Data($0)).text
    } ?? []
  }()
}
