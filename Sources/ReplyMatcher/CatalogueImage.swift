/// A compiled catalogue: one array of numbers and one run of text.
///
/// The build-tool plugin writes both as string literals (a Swift array literal of this size would
/// take minutes to compile); the rule compiler builds them in memory. Either way the same matcher
/// walks the same tables, so both give the same answers.
///
///     numbers: │ rows and columns of each section │ vocabulary │ edges │ states │ … │ info │
///     text:    │ folded vocabulary, rule ids, causes, remedies, links, examples … │
///
/// The numbers are packed (`TableEncoding`). What a walk reads is unpacked once; of the rest, some
/// rows are read in place, for those replies that need them: so a program starts at once.
///
/// This file owns memory by hand: the unpacked numbers live as long as the image, and `Table` checks
/// every index in debug builds. `WalkMemory` does for the time of a walk, and `PackedTable` reads what is
/// packed. Elsewhere the matcher only reads the buffers that it is lent, which debug builds check too.
package final class CatalogueImage: Sendable {
  /// The sections, in the order in which they stand.
  package enum Section: Int, CaseIterable {
    case vocabulary, longWords, states, depths, edges
    case endings, continuations, parents, nodes, outputs
    case phrases, pieces
    case rules, forbidden, patterns, codeTrie, statuses, ruleLists
    case categories, guards, wrappers, peers, events, sources, hosts, info
    case features, weights

    /// Whether it is read in place: walks seldom do, or only some of those who look at what one found.
    var isReadInPlace: Bool {
      switch self {
      case .depths, .phrases, .pieces, .guards, .peers, .events, .info: true
      default: false
      }
    }
  }

  // Each column enum draws one row of its section.

  /// A hash table, open addressing, empty where `symbol` is 0. `longWord` is 1 + a row of `longWords`
  /// where the key is only a hash; see `WordKey`.
  package enum VocabularyColumn: Int, CaseIterable { case keyLow, keyHigh, symbol, longWord }
  package enum LongWordColumn: Int, CaseIterable { case textStart, textLength }
  /// The automaton's states:
  ///
  ///     │ edgeFilter │ edgesAndBits: firstEdge, edgeBits │ fail │ ending │
  ///
  /// State 0 is the root, and the states below `firstInnerState` (the root's `edgesAndBits`) stand for a
  /// phrase's first symbol: each has that symbol's number, or depth 0 where no phrase begins so
  /// (every word below has a phrase). The edges are 2^`edgeBits` rows of `edges` from `firstEdge` on,
  /// and `edgeFilter` has a bit for each symbol there: 0 where there are none. `edgeBits` are the
  /// lowest five bits of `edgesAndBits`.
  /// `ending` is the row of the longest suffix at which phrases, or parts of them, end; 0: none does.
  ///
  /// (Four states stand in a cache line, and none in two.)
  package enum StateColumn: Int, CaseIterable { case edgeFilter, edgesAndBits, fail, ending }
  package static let edgeBitsWidth: UInt32 = 5
  /// How many symbols lead to each state.
  package enum DepthColumn: Int, CaseIterable { case depth }
  /// Small hash tables, open addressing, empty where `symbol` is 0.
  package enum EdgeColumn: Int, CaseIterable { case symbol, target }
  /// The states at which phrases, or parts of them, end: `depth` is the state's, `next` the ending of
  /// its longest suffix that has one. Row 0 is none.
  ///
  /// A *node* is the beginning of phrases, cut after one of their parts: all phrases that begin
  /// `user *` share one, so that the word `user` costs the same however many they are. The node of
  /// a first part stands in the ending itself. The others are rows of `nodes`, named by the
  /// `continuation`; `parents` filters the nodes before them, of which hardly any was reached: see
  /// `Marks`, where `mark` stands too: it is 0 where nobody asks later if the node was reached.
  package enum EndingColumn: Int, CaseIterable {
    case depth, next, mark, firstOutput, outputCount, tracedCount, continuation, parents
  }
  /// The nodes of later parts that end in one state. Row 0 is none.
  package enum ContinuationColumn: Int, CaseIterable { case firstNode, nodeCount }
  /// For each row of `nodes`, the mark of the parts before.
  package enum ParentColumn: Int, CaseIterable { case mark }
  /// The nodes of later parts. Row 0 is none. Of a node's outputs, those behind `outputCount` forbid a
  /// rule: only a trace looks at them.
  package enum NodeColumn: Int, CaseIterable { case mark, firstOutput, outputCount, tracedCount }
  /// The phrases that end at a node. `rank` is the winner's, as far as the tables tell (see
  /// `Candidate.rank`), above the bits of the `Role`; phrases of rules that need nothing else come
  /// first, the highest rank before. `phrase` is the row of the phrase as it is written, with all its
  /// alternatives.
  package enum OutputColumn: Int, CaseIterable { case phrase, owner, rankAndRole }
  package static let roleBitsWidth: UInt32 = 7
  /// The phrases as they are written, with their alternatives. Those of a rule stand together: of `text`,
  /// `all`, `unless`, then of its guards. `firstIndex` is the place of the first alternative among all
  /// phrases of the rule, one for each alternative.
  package enum PhraseColumn: Int, CaseIterable { case firstPiece, pieceCount, firstIndex }
  /// What a written phrase is made of: see `Piece`.
  package enum PieceColumn: Int, CaseIterable { case piece }
  /// `required` is 0 where one phrase is enough; else it has a bit for each role that must be seen
  /// before the rule holds, and no mark in its rows of `forbidden` may be reached: a hash table, open
  /// addressing, of a power of two of slots, or of none. `commands` has a bit for each `SMTPCommand` that
  /// the reply may answer, or is 0 where that does not matter. `moreWords` counts the literal words of its
  /// `all` phrases, and what its command stands for; `over` is its place above the rules it names;
  /// `dialect` is the source whose hosts it speaks for.
  package enum RuleColumn: Int, CaseIterable {
    case info, category, source, dialect, firstCode, codeCount, firstStatus, statusCount
    case required, commands, moreWords, firstForbidden, forbiddenSlots
    case over, yields, firstPhrase, phraseCount
  }
  /// The nodes at which phrases end that the rule or its guards forbid, by their marks; 0 where a slot
  /// is empty.
  package enum ForbiddenColumn: Int, CaseIterable { case mark }
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
  /// In rank order. `suppresses` is 1 where an address is given up.
  package enum CategoryColumn: Int, CaseIterable { case info, isUndecided, suppresses }
  package enum WrapperColumn: Int, CaseIterable {
    case quotesReply, needsCode, endsReport, namesHost, namesIP, namesRecipient
    case command, phraseStart, phraseLength
  }
  /// The phrases of guards stand among those of each rule that names them, behind `unless`.
  package enum GuardColumn: Int, CaseIterable { case info }
  package enum PeerColumn: Int, CaseIterable { case info }
  /// One for each file that tells what the fields of JSON events hold.
  package enum EventColumn: Int, CaseIterable { case info }
  /// `staysHome` is 1 for a provider: its words from another's server are hardly its own. Filters and
  /// blocklists speak on everybody's servers. `isShared` is 1 for codes and phrases that all servers share:
  /// likeness can tell more than codes, or than a few words.
  package enum SourceColumn: Int, CaseIterable {
    case info, firstHost, hostCount, staysHome, isShared
  }
  /// Host name suffixes, in lower case.
  package enum HostColumn: Int, CaseIterable { case textStart, textLength }
  /// Records of strings and lists, read in order by `InfoReader`.
  package enum InfoColumn: Int, CaseIterable { case value }
  /// A hash table of `LikenessFeatures`, open addressing, empty where `weightCount` is 0.
  package enum FeatureColumn: Int, CaseIterable { case key, firstWeight, weightCount }
  /// How much a feature speaks for a category, above `weightZero`, or against it, below: the category
  /// stands above the bits of the weight.
  package enum WeightColumn: Int, CaseIterable { case categoryAndWeight }
  package static let weightBitsWidth: UInt32 = 16

  /// A piece of a written phrase: a mark, a placeholder by its place in `Placeholder.allCases`, or a word by
  /// its symbol. Parentheses stand in no others, and have one bar at least.
  package enum Piece {
    package static let gap: UInt32 = 0
    package static let opening: UInt32 = 1
    package static let bar: UInt32 = 2
    package static let closing: UInt32 = 3
    package static let firstPlaceholder: UInt32 = 4
    package static let firstWord: UInt32 = 16
  }

  /// The bits of `RuleColumn.required` and what the lowest bits of `OutputColumn.rankAndRole` are.
  package enum Role {
    package static let text: UInt32 = 0
    package static let firstAll: UInt32 = 1
    package static let lastAll: UInt32 = 28
    /// The text of a rule that needs nothing else.
    package static let onlyText: UInt32 = 29
    package static let unless: UInt32 = 30
    package static let wrapper: UInt32 = 31
    /// Stands beside an output's role where the phrase has placeholders.
    package static let captures: UInt32 = 32
    /// Stands there where the rule names codes that the reply must have.
    package static let namesCodes: UInt32 = 64
  }

  /// In memory that a walk may point to.
  nonisolated(unsafe) let matchingTables: UnsafeMutablePointer<MatchingTables>
  var matching: MatchingTables { @inline(__always) get { matchingTables.pointee } }
  let phrases: PackedTable<PhraseColumn>
  let pieces: PackedTable<PieceColumn>
  let guards: PackedTable<GuardColumn>
  let peers: PackedTable<PeerColumn>
  let events: PackedTable<EventColumn>
  let info: PackedTable<InfoColumn>
  nonisolated(unsafe) private let unpacked: UnsafeMutableBufferPointer<UInt32>
  /// The numbers and the text, where they are no literals.
  nonisolated(unsafe) private let owned: [UnsafeBufferPointer<UInt8>]

  /// Takes freshly compiled tables.
  package convenience init(numbers: [UInt8], text: [UInt8]) {
    func copy(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
      let copied = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = copied.initialize(from: bytes)
      return UnsafeBufferPointer(copied)
    }
    let (numbers, text) = (copy(numbers), copy(text))
    self.init(numbers: numbers, text: text, owned: [numbers, text])
  }

  /// Takes the literals of generated code.
  package convenience init(numbers: StaticString, text: StaticString) {
    func bytes(_ literal: StaticString) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    }
    self.init(numbers: bytes(numbers), text: bytes(text), owned: [])
  }

  private init(
    numbers: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>,
    owned: [UnsafeBufferPointer<UInt8>]
  ) {
    let packed = PackedSections(numbers)
    unpacked = packed.unpacked(areLiteral: owned.isEmpty)
    self.owned = owned
    matchingTables = .allocate(capacity: 1)
    matchingTables.initialize(
      to: MatchingTables(
        UnsafeBufferPointer(unpacked), depths: PackedTable(packed[.depths]), text))
    phrases = PackedTable(packed[.phrases])
    pieces = PackedTable(packed[.pieces])
    guards = PackedTable(packed[.guards])
    peers = PackedTable(packed[.peers])
    events = PackedTable(packed[.events])
    info = PackedTable(packed[.info])
  }

  deinit {
    matchingTables.deallocate()
    unpacked.deallocate()
    for bytes in owned { bytes.deallocate() }
  }

  func string(start: UInt32, length: UInt32) -> String {
    String(decoding: matching.text[Int(start)..<Int(start + length)], as: UTF8.self)
  }
}

/// The tables that a walk reads.
///
/// It has them by value, so that a walk counts no references; the image lives longer than any walk.
struct MatchingTables: Sendable {
  let vocabulary: Table<CatalogueImage.VocabularyColumn>
  let longWords: Table<CatalogueImage.LongWordColumn>
  let states: Table<CatalogueImage.StateColumn>
  let firstInnerState: UInt32
  let depths: PackedTable<CatalogueImage.DepthColumn>
  let edges: Table<CatalogueImage.EdgeColumn>
  let endings: Table<CatalogueImage.EndingColumn>
  let continuations: Table<CatalogueImage.ContinuationColumn>
  let parents: Table<CatalogueImage.ParentColumn>
  let nodes: Table<CatalogueImage.NodeColumn>
  let outputs: Table<CatalogueImage.OutputColumn>
  let rules: Table<CatalogueImage.RuleColumn>
  let forbidden: Table<CatalogueImage.ForbiddenColumn>
  let patterns: Table<CatalogueImage.PatternColumn>
  let codeTrie: Table<CatalogueImage.CodeTrieColumn>
  let statuses: Table<CatalogueImage.StatusColumn>
  let ruleLists: Table<CatalogueImage.RuleListColumn>
  let categories: Table<CatalogueImage.CategoryColumn>
  let wrappers: Table<CatalogueImage.WrapperColumn>
  let sources: Table<CatalogueImage.SourceColumn>
  let hosts: Table<CatalogueImage.HostColumn>
  let features: Table<CatalogueImage.FeatureColumn>
  let weights: Table<CatalogueImage.WeightColumn>
  nonisolated(unsafe) let text: UnsafeBufferPointer<UInt8>

  init(
    _ numbers: UnsafeBufferPointer<UInt32>, depths: PackedTable<CatalogueImage.DepthColumn>,
    _ text: UnsafeBufferPointer<UInt8>
  ) {
    vocabulary = Table(.vocabulary, in: numbers)
    longWords = Table(.longWords, in: numbers)
    states = Table(.states, in: numbers)
    firstInnerState = states[0, .edgesAndBits]
    self.depths = depths
    edges = Table(.edges, in: numbers)
    endings = Table(.endings, in: numbers)
    continuations = Table(.continuations, in: numbers)
    parents = Table(.parents, in: numbers)
    nodes = Table(.nodes, in: numbers)
    outputs = Table(.outputs, in: numbers)
    rules = Table(.rules, in: numbers)
    forbidden = Table(.forbidden, in: numbers)
    patterns = Table(.patterns, in: numbers)
    codeTrie = Table(.codeTrie, in: numbers)
    statuses = Table(.statuses, in: numbers)
    ruleLists = Table(.ruleLists, in: numbers)
    categories = Table(.categories, in: numbers)
    wrappers = Table(.wrappers, in: numbers)
    sources = Table(.sources, in: numbers)
    hosts = Table(.hosts, in: numbers)
    features = Table(.features, in: numbers)
    weights = Table(.weights, in: numbers)
    self.text = text
  }

  /// What an output's phrase is to its owner, a rule or a wrapper.
  @inline(__always)
  func role(ofOutput output: UInt32) -> UInt32 {
    outputs[output, .rankAndRole] & (CatalogueImage.Role.captures - 1)
  }

  /// How many literal words an output's phrase has.
  func wordCount(ofOutput output: UInt32) -> Int {
    Int(outputs[output, .rankAndRole] >> CatalogueImage.roleBitsWidth & 0xFFFF)
  }
}

/// One section of the image as rows of named columns.
struct Table<Column: RawRepresentable<Int> & CaseIterable & Sendable>: Sendable {
  nonisolated(unsafe) private let base: UnsafePointer<UInt32>
  let count: Int

  #if DEBUG
    /// Kept: unoptimised code would count the columns again for each number that it reads.
    private let stride: Int
  #else
    /// A constant in optimised code.
    private var stride: Int { Column.allCases.count }
  #endif

  init(_ section: CatalogueImage.Section, in numbers: UnsafeBufferPointer<UInt32>) {
    let (start, rows) = (
      Int(numbers[2 * section.rawValue]), Int(numbers[2 * section.rawValue + 1])
    )
    count = rows
    #if DEBUG
      stride = Column.allCases.count
    #endif
    precondition(
      start + rows * Column.allCases.count <= numbers.count, "the catalogue's tables are damaged")
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
