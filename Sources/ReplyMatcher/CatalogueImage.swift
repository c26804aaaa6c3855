/// A compiled catalogue: one array of numbers and one run of text.
///
/// The build-tool plugin writes both as string literals (a Swift array literal of this size would
/// take minutes to compile); the rule compiler builds them in memory. Either way the same matcher
/// walks the same tables, so both give the same answers.
///
///     numbers: │ offset and rows of each section │ vocabulary │ edges │ states │ … │ info │
///     text:    │ folded vocabulary, rule ids, causes, remedies, links, examples … │
///
/// This file is the only one that owns memory by hand: the numbers are copied once into memory that
/// lives as long as the image, and `Table` checks every index in debug builds. Elsewhere the matcher
/// only reads the buffers that it is lent, which debug builds check too.
package final class CatalogueImage: Sendable {
  /// The sections, in the order in which they stand.
  package enum Section: Int, CaseIterable {
    case vocabulary, edges, states, outputs, phrases, segments, symbols
    case rules, patterns, codeTrie, statuses, ruleLists
    case categories, wrappers, peers, sources, hosts, info
  }

  // Each column enum draws one row of its section.

  /// A hash table, open addressing, empty where `symbol` is 0.
  package enum VocabularyColumn: Int, CaseIterable { case hash, textStart, textLength, symbol }
  /// A hash table by state and symbol, open addressing, empty where `target` is 0.
  package enum EdgeColumn: Int, CaseIterable { case state, symbol, target }
  /// The automaton's states; 0 is the root. `outputs` is the first of the state's own outputs, which
  /// end where those of the next row begin; `outputLink` the nearest suffix with outputs, or 0.
  package enum StateColumn: Int, CaseIterable { case fail, depth, outputs, outputLink }
  package enum OutputColumn: Int, CaseIterable { case phrase, segment }
  /// `owner` is a rule, or with `role` `Role.wrapper` a wrapper; `words` counts the literal ones.
  package enum PhraseColumn: Int, CaseIterable {
    case owner, role, words, firstSegment, segmentCount
  }
  /// The parts of a phrase between its `*`.
  package enum SegmentColumn: Int, CaseIterable { case firstSymbol, length }
  /// `label` is the placeholder (1 + index in `Placeholder.allCases`), or 0 for a word.
  package enum SymbolColumn: Int, CaseIterable { case symbol, label }
  /// `required` has a bit for each role that must be seen before the rule holds; `allWords` counts
  /// the literal words of its `all` phrases; `over` is its place above the rules it names; `dialect`
  /// is the source whose hosts it speaks for.
  package enum RuleColumn: Int, CaseIterable {
    case info, category, source, dialect, firstCode, codeCount, firstStatus, statusCount
    case required, allWords, over, yields, firstPhrase, phraseCount
  }
  /// Packed `CodePattern`s and `StatusPattern`s.
  package enum PatternColumn: Int, CaseIterable { case packed }
  /// A trie on the three digits of the reply code: the rules that need no words. 0: no child.
  package enum CodeTrieColumn: Int, CaseIterable {
    case child0, child1, child2, child3, child4, child5, child6, child7, child8, child9
    case childAny, firstRule, ruleCount
  }
  /// A hash table by packed `StatusPattern`, empty where `ruleCount` is 0.
  package enum StatusColumn: Int, CaseIterable { case packed, firstRule, ruleCount }
  package enum RuleListColumn: Int, CaseIterable { case rule }
  /// In rank order.
  package enum CategoryColumn: Int, CaseIterable { case info, isUndecided }
  package enum WrapperColumn: Int, CaseIterable {
    case quotesReply, namesHost, namesIP, commandStart, commandLength, phraseStart, phraseLength
  }
  package enum PeerColumn: Int, CaseIterable { case info }
  package enum SourceColumn: Int, CaseIterable { case info, firstHost, hostCount }
  /// Host name suffixes, in lower case.
  package enum HostColumn: Int, CaseIterable { case textStart, textLength }
  /// Records of strings and lists, read in order by `InfoReader`.
  package enum InfoColumn: Int, CaseIterable { case value }

  /// The bits of `RuleColumn.required` and the values of `PhraseColumn.role`.
  package enum Role {
    package static let text: UInt32 = 0
    package static let firstAll: UInt32 = 1
    package static let lastAll: UInt32 = 28
    package static let unless: UInt32 = 30
    package static let wrapper: UInt32 = 31
  }

  let vocabulary: Table<VocabularyColumn>
  let edges: Table<EdgeColumn>
  let states: Table<StateColumn>
  let outputs: Table<OutputColumn>
  let phrases: Table<PhraseColumn>
  let segments: Table<SegmentColumn>
  let symbols: Table<SymbolColumn>
  let rules: Table<RuleColumn>
  let patterns: Table<PatternColumn>
  let codeTrie: Table<CodeTrieColumn>
  let statuses: Table<StatusColumn>
  let ruleLists: Table<RuleListColumn>
  let categories: Table<CategoryColumn>
  let wrappers: Table<WrapperColumn>
  let peers: Table<PeerColumn>
  let sources: Table<SourceColumn>
  let hosts: Table<HostColumn>
  let info: Table<InfoColumn>
  nonisolated(unsafe) let text: UnsafeBufferPointer<UInt8>
  nonisolated(unsafe) private let numbers: UnsafeMutableBufferPointer<UInt32>
  private let ownsText: Bool

  /// Takes freshly compiled tables.
  package convenience init(numbers: [UInt32], text: [UInt8]) {
    let copiedNumbers = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: numbers.count)
    _ = copiedNumbers.initialize(from: numbers)
    let copiedText = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = copiedText.initialize(from: text)
    self.init(numbers: copiedNumbers, text: UnsafeBufferPointer(copiedText), ownsText: true)
  }

  /// Takes the literals of generated code: the numbers in the form of `TableEncoding`, the text
  /// in place.
  package convenience init(numbers: StaticString, count: Int, text: StaticString) {
    let decoded = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: count)
    TableEncoding.decode(
      UnsafeBufferPointer(start: numbers.utf8Start, count: numbers.utf8CodeUnitCount),
      into: decoded)
    let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    self.init(numbers: decoded, text: text, ownsText: false)
  }

  private init(
    numbers: UnsafeMutableBufferPointer<UInt32>, text: UnsafeBufferPointer<UInt8>, ownsText: Bool
  ) {
    self.numbers = numbers
    self.text = text
    self.ownsText = ownsText
    let numbers = UnsafeBufferPointer(numbers)
    vocabulary = Table(.vocabulary, in: numbers)
    edges = Table(.edges, in: numbers)
    states = Table(.states, in: numbers)
    outputs = Table(.outputs, in: numbers)
    phrases = Table(.phrases, in: numbers)
    segments = Table(.segments, in: numbers)
    symbols = Table(.symbols, in: numbers)
    rules = Table(.rules, in: numbers)
    patterns = Table(.patterns, in: numbers)
    codeTrie = Table(.codeTrie, in: numbers)
    statuses = Table(.statuses, in: numbers)
    ruleLists = Table(.ruleLists, in: numbers)
    categories = Table(.categories, in: numbers)
    wrappers = Table(.wrappers, in: numbers)
    peers = Table(.peers, in: numbers)
    sources = Table(.sources, in: numbers)
    hosts = Table(.hosts, in: numbers)
    info = Table(.info, in: numbers)
  }

  deinit {
    numbers.deallocate()
    if ownsText { text.deallocate() }
  }

  func string(start: UInt32, length: UInt32) -> String {
    String(decoding: text[Int(start)..<Int(start + length)], as: UTF8.self)
  }
}

/// One section of the image as rows of named columns.
struct Table<Column: RawRepresentable<Int> & CaseIterable & Sendable>: Sendable {
  nonisolated(unsafe) private let base: UnsafePointer<UInt32>
  private let stride: Int
  let count: Int

  init(_ section: CatalogueImage.Section, in numbers: UnsafeBufferPointer<UInt32>) {
    let (start, rows) = (
      Int(numbers[2 * section.rawValue]), Int(numbers[2 * section.rawValue + 1])
    )
    stride = Column.allCases.count
    count = rows
    precondition(start + rows * stride <= numbers.count, "the catalogue's tables are damaged")
    base = numbers.baseAddress! + start
  }

  subscript(row: Int, column: Column) -> UInt32 {
    @inline(__always) get {
      assert(0 <= row && row < count)
      return base[row &* stride &+ column.rawValue]
    }
  }

  subscript(row: UInt32, column: Column) -> UInt32 {
    @inline(__always) get { self[Int(row), column] }
  }
}

/// Numbers as printable ASCII: five bits a character, least significant first, the sixth bit
/// saying that more follow. The 64 characters `0` to `o` need no escapes in a raw string literal.
package enum TableEncoding {
  private static let zero = UInt8(ascii: "0")

  package static func encode(_ numbers: [UInt32]) -> String {
    var characters: [UInt8] = []
    for number in numbers {
      var rest = number
      while rest > 31 {
        characters.append(zero + UInt8(rest & 31 | 32))
        rest >>= 5
      }
      characters.append(zero + UInt8(rest))
    }
    return String(decoding: characters, as: UTF8.self)
  }

  static func decode(
    _ characters: UnsafeBufferPointer<UInt8>, into numbers: UnsafeMutableBufferPointer<UInt32>
  ) {
    var (index, value, shift): (Int, UInt32, UInt32) = (0, 0, 0)
    for character in characters {
      let bits = UInt32(character &- zero)
      value |= (bits & 31) << shift
      shift += 5
      if bits < 32 {
        numbers[index] = value
        (index, value, shift) = (index + 1, 0, 0)
      }
    }
    precondition(index == numbers.count, "the generated tables are damaged: rebuild")
  }
}
