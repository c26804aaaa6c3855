@_spi(Benchmarks) import BounceCatalogue
import Foundation

/// The replies that are measured: real ones, where the corpus is there.
struct Replies {
  let texts: [String]
  /// Where they come from, for the report.
  let origin: String

  init(corpus path: String, _ classifier: BounceClassifier) throws {
    if let data = FileManager.default.contents(atPath: path) {
      struct Line: Decodable { let text: String }
      let decoder = JSONDecoder()
      // As far as whybounce reads them, so that all matchers read the same.
      texts = try data.split(separator: 0x0A).map {
        let text = Array(try decoder.decode(Line.self, from: $0).text.utf8)
        return String(decoding: text.prefix(classifier.readLength(of: text)), as: UTF8.self)
      }
      origin = "\(texts.count) real replies"
    } else {
      texts = classifier.rules.flatMap(\.examples)
      origin = "\(texts.count) examples of the rules: there is no corpus at \(path)"
    }
  }

  var bytes: [[UInt8]] { texts.map { Array($0.utf8) } }

  /// The replies as lines, again and again in another order, up to a size.
  func file(ofSize size: Int) -> (bytes: [UInt8], count: Int) {
    var numbers = SeededNumbers(seed: 5)
    let lines = texts.map { Array($0.replacing("\n", with: " ").replacing("\r", with: " ").utf8) }
    var (bytes, count): ([UInt8], Int) = ([], 0)
    bytes.reserveCapacity(size + 4096)
    while bytes.count < size {
      for line in lines.shuffled(using: &numbers) where bytes.count < size {
        bytes += line
        bytes.append(0x0A)
        count += 1
      }
    }
    return (bytes, count)
  }
}
