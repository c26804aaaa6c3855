import RealRules
import Testing

@testable import ReplyMatcher
@testable import RuleCompiler

/// The catalogue as generated code holds it is the catalogue as the compiler built it.
@Suite struct TableEncodingTests {
  private typealias Section = CatalogueImage.Section

  /// Encodes these rows as one section of an image that is empty otherwise.
  private func encoded(_ rows: [[UInt32]], as section: Section) -> [UInt8] {
    TableEncoding.encode(
      Section.allCases.map {
        $0 == section
          ? (rows: UInt32(rows.count), numbers: Array(rows.joined())) : (rows: 0, numbers: [])
      })
  }

  private func rows(count: Int, columns: Int) -> [[UInt32]] {
    var random = SplitMix64(seed: UInt64(columns))
    // Columns of every width.
    var rows: [[UInt32]] = []
    for _ in 0..<count {
      rows.append(
        (0..<columns).map { column -> UInt32 in
          UInt32(truncatingIfNeeded: random.next()) >> UInt32(32 - 32 * column / 7)
        })
    }
    return rows + [Array(repeating: 0, count: columns), Array(repeating: .max, count: columns)]
  }

  @Test func everyNumberIsUnpacked() {
    for rows in [rows(count: 2000, columns: 8), rows(count: 40, columns: 8).dropLast(), []] {
      let numbers = encoded(rows, as: .states).withUnsafeBufferPointer {
        let unpacked = PackedSections($0).unpacked(areLiteral: false)
        defer { unpacked.deallocate() }
        return Array(unpacked)
      }
      let start = Int(numbers[2 * Section.states.rawValue])
      #expect(start >= 2 * Section.allCases.count && start % 16 == 0)
      #expect(numbers[2 * Section.states.rawValue + 1] == rows.count)
      #expect(numbers.dropFirst(start).prefix(8 * rows.count).elementsEqual(rows.joined()))
    }
  }

  @Test func everyNumberIsReadInPlace() {
    let rows = rows(count: 2000, columns: 3)
    encoded(rows, as: .phrases).withUnsafeBufferPointer {
      let table = PackedTable<CatalogueImage.PhraseColumn>(PackedSections($0)[.phrases])
      #expect(table.count == rows.count)
      for (row, numbers) in rows.enumerated() {
        let found = CatalogueImage.PhraseColumn.allCases.map { table[UInt32(row), $0] }
        #expect(found == numbers)
      }
    }
  }

  /// In `#"…"#` neither a quotation mark nor `\#` may occur.
  @Test func theTextNeedsNoEscapes() {
    let text = encoded(rows(count: 5000, columns: 8), as: .states)
    #expect(text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "o")).contains($0) })
  }

  @Test func generatedCodeHoldsTheSameTables() throws {
    let compilation = RealRules.compilation
    let original = try RealRules.classifier
    let tables = try #require(compilation.tables)
    let emitter = SwiftEmitter(compilation, moduleName: "Test", runtimeModule: "ReplyMatcher")
    let source = try #require(emitter.source())
    let numbers = try #require(literal(after: "numbers: #\"", endingWith: "\"#", in: source))
    let text = try #require(literal(after: "text: \"", endingWith: "\")", in: source))
    #expect(Array(numbers.utf8) == tables.numbers)
    #expect(Array(unescaped(text).utf8) == tables.text)

    let image = CatalogueImage(numbers: Array(numbers.utf8), text: Array(unescaped(text).utf8))
    let classifier = BounceClassifier(image: image)
    for example in RealRules.someExamples {
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
