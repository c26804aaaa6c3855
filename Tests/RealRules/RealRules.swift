import BounceCatalogue
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
  private static let package: String = {
    let folders = #filePath.split(separator: "/").dropLast(3)
    return "/" + folders.joined(separator: "/")
  }()

  package static let folder = package + "/Rules"
  package static let compilation = RuleCompilation(folder: folder)
  package static var classifier: BounceClassifier {
    get throws {
      try compilation.classifier ?? { throw Mistakes(diagnostics: compilation.diagnostics) }()
    }
  }

  /// The targets of the example package, whose rules extend those of this one or stand alone.
  package static let exampleTargets = package + "/Tests/ExamplePackage/Sources"
  /// Those of its `AcmeMail`, which extend them.
  package static let acmeMail = RuleCompilation(
    target: exampleTargets + "/AcmeMail", sharing: .catalogue(.standard))

  private struct Mistakes: Error, CustomStringConvertible {
    let diagnostics: [Diagnostic]
    var description: String { diagnostics.map { $0.rendered() }.joined(separator: "\n") }
  }

  package static let examples = compilation.classifier?.rules.flatMap(\.examples) ?? []
  /// Some of them, from all files, where each is tried in several ways.
  package static let someExamples = stride(from: 0, to: examples.count, by: 5).map { examples[$0] }

  private static let corpusFolder = package + "/../shared/corpus"

  private static func corpusObjects<Value: Decodable>(
    _ type: Value.Type, in file: String
  ) -> [Value] {
    let data = FileManager.default.contents(atPath: "\(corpusFolder)/\(file)")
    return data?.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(type, from: Data($0))
    } ?? []
  }

  /// The replies of the open evaluation corpus, where it lies beside the repository; else none.
  package static let corpus: [String] = {
    struct Reply: Decodable { let text: String }
    return corpusObjects(Reply.self, in: "replies.ndjson").map(\.text)
  }()

  /// Its whole messages, each with the categories that are accepted for its recipients.
  package static let corpusMessages: [(bytes: [UInt8], accept: Set<String>)] = {
    struct Message: Decodable {
      struct Recipient: Decodable { let accept: [String] }
      let file: String
      let recipients: [Recipient]
    }
    return corpusObjects(Message.self, in: "messages.ndjson").compactMap { message in
      FileManager.default.contents(atPath: "\(corpusFolder)/messages/\(message.file)").map {
        (Array($0), Set(message.recipients.flatMap(\.accept)))
      }
    }
  }()
}
