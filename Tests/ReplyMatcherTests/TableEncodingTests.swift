import Testing

@testable import ReplyMatcher
@testable import RuleCompiler

/// The catalogue as generated code holds it is the catalogue as the compiler built it.
@Suite struct TableEncodingTests {
  private func decoded(_ text: String, count: Int) -> [UInt32] {
    Array(text.utf8).withUnsafeBufferPointer { characters in
      [UInt32](unsafeUninitializedCapacity: count) { numbers, initialized in
        TableEncoding.decode(
          characters, into: UnsafeMutableBufferPointer(rebasing: numbers[..<count]))
        initialized = count
      }
    }
  }

  @Test func everyNumberComesBack() {
    var random = SplitMix64(seed: 7)
    let edges = (0..<32).flatMap { [UInt32(1) << $0, (UInt32(1) << $0) - 1, ~(UInt32(1) << $0)] }
    // Of every length, small ones being the most frequent in the tables.
    let others = (0..<2000).map { UInt32(truncatingIfNeeded: random.next()) >> UInt32($0 % 32) }
    let numbers = edges + others + [0, 31, 32, .max]
    let text = TableEncoding.encode(numbers)
    #expect(decoded(text, count: numbers.count) == numbers)
    #expect(decoded("", count: 0) == [])
  }

  /// In `#"…"#` neither a quotation mark nor `\#` may occur.
  @Test func theTextNeedsNoEscapes() {
    let text = TableEncoding.encode((0..<5000).map { $0 &* 0x9E37_79B1 })
    #expect(text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "o")).contains($0) })
    #expect(!text.contains("\"") && !text.contains("#"))
  }

  @Test func generatedCodeHoldsTheSameTables() throws {
    let compilation = RealRules.compilation
    let original = try RealRules.classifier
    let tables = try #require(compilation.tables)
    let emitter = SwiftEmitter(compilation, moduleName: "Test", runtimeModule: "ReplyMatcher")
    let source = try #require(emitter.source())
    let numbers = try #require(literal(after: "numbers: #\"", endingWith: "\"#", in: source))
    let text = try #require(literal(after: "text: \"", endingWith: "\")", in: source))
    #expect(source.contains("count: \(tables.numbers.count),"))
    #expect(decoded(numbers, count: tables.numbers.count) == tables.numbers)
    #expect(Array(unescaped(text).utf8) == tables.text)

    let image = CatalogueImage(
      numbers: decoded(numbers, count: tables.numbers.count), text: Array(unescaped(text).utf8))
    let classifier = BounceClassifier(image: image)
    for example in RealRules.examples {
      #expect(classifier.classify(example) == original.classify(example))
    }
  }

  private func literal(
    after start: String, endingWith end: String, in source: String
  ) -> String? {
    for line in source.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      guard line.hasPrefix(start) else { continue }
      let rest = line.dropFirst(start.count)
      // A quotation mark in the text is escaped, so the last one ends it.
      return rest.last == ","
        ? String(rest.dropLast(end.count + 1)) : String(rest.dropLast(end.count))
    }
    return nil
  }

  private func unescaped(_ literal: String) -> String {
    var text = String.UnicodeScalarView()
    var rest = literal.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escape = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      switch escape {
      case "n": text.append("\n")
      case "u":
        let digits = rest.dropFirst().prefix { $0 != "}" }
        rest = rest.dropFirst(digits.count + 2)
        text.append(Unicode.Scalar(UInt32(String(digits), radix: 16)!)!)
      default: text.append(escape)
      }
    }
    return String(text)
  }
}
