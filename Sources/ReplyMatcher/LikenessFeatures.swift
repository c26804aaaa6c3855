/// What `CatalogueImage.likeness(of:in:)` looks at in a reply: its codes, each word, and each pair of
/// neighbours.
///
/// An address, a name, a number and the like count as what they are, whatever they say. Of a quoted
/// reply's wrapper nothing counts. A feature is known by its key, a hash.
package struct LikenessFeatures {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var lexer: ReplyLexer
  private var plainWords: PlainWords
  private let limit: Int
  private let code: UInt32
  /// Subject and detail.
  private let status: UInt32
  private var step = Step.start
  private var last: Piece?
  private var beforeLast: Piece?
  /// Where the last thing ends that was taken as a whole.
  private var thingEnd = 0
  /// How many words and things were read.
  package private(set) var wordCount = 0

  /// The kind of the last feature.
  private enum Step { case start, code, status, word, pair }

  /// A word or a thing of the reply.
  private struct Piece: BitwiseCopyable {
    let id: UInt64
    let offsets: Offsets
  }

  /// Reads a reply's features.
  ///
  /// - Parameter limit: How many words and things are read.
  package static func of<Result>(
    _ match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max,
    _ body: (inout LikenessFeatures) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(byteCount: LetterBlock.memorySize, alignment: 8) { letters in
      var features = LikenessFeatures(of: match, in: bytes, limit: limit, LetterBlock(letters))
      return body(&features)
    }
  }

  private init(
    of match: ReplyMatch, in bytes: UnsafeBufferPointer<UInt8>, limit: Int, _ block: LetterBlock
  ) {
    self.limit = limit
    let start = max(match.replyStart, match.headEnd)
    let trailerStart = match.trailerReach?.last { bytes[$0] == UInt8(ascii: "(") }
    let end = match.replyEnd ?? trailerStart ?? match.restStart ?? bytes.count
    self.bytes = UnsafeBufferPointer(rebasing: bytes[start..<max(start, end)])
    lexer = ReplyLexer(self.bytes)
    plainWords = lexer.plainWords(block)
    (code, status) = (match.code, match.status & Self.statusMask)
  }

  /// The key of the next feature; `nil` behind the last.
  @inline(__always)
  package mutating func next() -> UInt32? {
    if step == .word {
      step = .pair
      if let beforeLast, let last { return Self.key(beforeLast.id, last.id) }
    }
    if step == .start {
      step = .code
      if code != 0 { return Self.key(Self.id(ofCode: code)) }
    }
    if step == .code {
      step = .status
      if status != 0 { return Self.key(Self.id(ofStatus: status)) }
    }
    guard let piece = wordCount < limit ? nextPiece() : nil else { return nil }
    (beforeLast, last) = (last, piece)
    (step, wordCount) = (.word, wordCount &+ 1)
    return Self.key(piece.id)
  }

  @inline(__always)
  private mutating func nextPiece() -> Piece? {
    while true {
      guard let word = plainWords.next() else {
        if let thing = nextThing() { return thing }
        guard lexer.position < bytes.count else { return nil }
        continue
      }
      guard word.start >= thingEnd else { continue }
      return Piece(id: word.key, offsets: Offsets(start: word.start, end: word.end))
    }
  }

  /// What stands between plain words; `nil` where it is none, or nothing.
  private mutating func nextThing() -> Piece? {
    if plainWords.position != lexer.position {
      lexer.didReadPlainWords(endingAt: plainWords.position)
    }
    guard let token = lexer.next() else { return nil }
    plainWords = lexer.plainWords(plainWords.block)
    guard token.start >= thingEnd, let id = Self.id(of: token) else { return nil }
    thingEnd = token.spanClass == nil ? token.end : token.spanEnd
    return Piece(id: id, offsets: token.offsets)
  }

  /// Whether the key that was given out last is that of a word: no code, no pair and no thing.
  package var isWord: Bool {
    step == .word && last.map { $0.id >= Symbol.firstWord } ?? false
  }

  /// The feature whose key was given out last, as rule files write it.
  package var text: String {
    switch step {
    case .start: ""
    case .code: String(code)
    case .status: "x.\(status >> 10).\(status & StatusPattern.anyNumber)"
    case .word: last.map(text) ?? ""
    case .pair: [beforeLast, last].compactMap { $0.map(text) }.joined(separator: " ")
    }
  }

  private func text(of piece: Piece) -> String {
    if let tokenClass = TokenClass.allCases.first(where: { $0.rawValue == piece.id }) {
      return "{\(tokenClass)}"
    }
    return foldedWords(of: String(readable: bytes[piece.offsets.range])).joined()
  }

  /// How much a feature can weigh, in tenths of the logarithm of odds: these are certain beyond doubt.
  package static let weightLimits = -1000...1000

  // MARK: - Keys

  /// The key of no feature: what counts for every reply.
  package static let base: UInt32 = 0

  /// The key of a feature as rule files write it: `quota`, `over quota`, `{ip}`, `552`, `x.2.2`;
  /// `nil` where it is none.
  package static func key(of text: String) -> UInt32? {
    // By bytes: to Swift, a space before a mark of Thai script is no space of its own.
    let pieces = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map(Substring.init)
    if pieces.count == 1 { return id(of: pieces[0]).map { key($0) } }
    guard pieces.count == 2, let first = id(of: pieces[0]), let second = id(of: pieces[1]) else {
      return nil
    }
    return key(first, second)
  }

  /// Never `base`.
  private static func key(_ first: UInt64, _ second: UInt64 = 0) -> UInt32 {
    let mixed = first &* 0x9E37_79B9_7F4A_7C15 ^ second &* 0xC2B2_AE3D_27D4_EB4F
    return UInt32(truncatingIfNeeded: ((mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9) >> 32) | 1
  }

  private static func id(of token: Token) -> UInt64? {
    switch token.kind {
    case .replyCode, .statusCode: nil
    case .address: UInt64(TokenClass.address.rawValue)
    case .ip: UInt64(TokenClass.ip.rawValue)
    case .word:
      (token.spanClass ?? (token.isCount ? .count : nil)).map { UInt64($0.rawValue) } ?? token.key
    }
  }

  private static func id(of piece: Substring) -> UInt64? {
    if piece.utf8.first == UInt8(ascii: "{"),
      let tokenClass = TokenClass.allCases.first(where: { piece == "{\($0)}" })
    {
      return UInt64(tokenClass.rawValue)
    }
    if piece.hasPrefix("x."), let status = StatusPattern(piece) {
      return id(ofStatus: status.packed & statusMask)
    }
    if let code = UInt32(piece) { return 200...599 ~= code ? id(ofCode: code) : nil }
    return foldedWords(of: String(piece)) == [String(piece)]
      ? WordKey(word: String(piece)).value : nil
  }

  private static let statusMask: UInt32 = 1 << 20 - 1

  // (A word's key has a letter in its lowest byte and no gap above it: none is like these.)
  private static func id(ofCode code: UInt32) -> UInt64 { UInt64(code) | 1 << 62 }

  private static func id(ofStatus status: UInt32) -> UInt64 { UInt64(status) | 1 << 63 }
}
