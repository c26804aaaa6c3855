/// A reply's tokens a second time, for what the walk does not keep: captured details and the text.
///
/// They are cut as far as somebody asks for them, once for all who ask, and their memory serves the
/// next reply too.
struct ReplyTokens {
  private let image: CatalogueImage
  private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var lexer = ReplyLexer(UnsafeBufferPointer(start: nil, count: 0))
  private var all: [Token] = []
  /// The tokens that phrases are made of, and the symbols by which the automaton knows them.
  private(set) var words: [Token] = []
  private(set) var symbols: [UInt32] = []
  private var filter = SymbolFilter()
  /// How many tokens have been looked at for `words`.
  private var searchedCount = 0

  init(_ image: CatalogueImage) { self.image = image }

  /// Goes to a reply, or a part of one, which has to stay where it is while its tokens are read.
  mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>, replyStart: Int? = nil) {
    self.bytes = bytes
    lexer = ReplyLexer(bytes, replyStart: replyStart)
    all.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
    filter = SymbolFilter()
    searchedCount = 0
  }

  /// The token at this place among all of them; `nil` behind the last.
  mutating func token(at index: Int) -> Token? {
    while all.count <= index {
      guard let token = lexer.next() else { return nil }
      all.append(token)
    }
    return all[index]
  }

  /// The first of these words that can be read as a symbol, or begins a larger thing that can.
  func firstWord(thatCanBegin symbol: UInt32, in range: Range<Int>) -> Int? {
    for index in range {
      if symbols[index] == symbol { return index }
      guard symbol < Symbol.firstWord else { continue }
      let word = words[index]
      if word.spanClass?.rawValue == symbol
        || word.isCount && symbol == TokenClass.count.rawValue
      {
        return index
      }
    }
    return nil
  }

  /// Whether a symbol may be among those of the words that were read; what can begin a larger thing, always.
  func mayHave(_ symbol: UInt32) -> Bool { symbol < Symbol.firstWord || filter.mayHave(symbol) }

  /// Takes the word at a place as a symbol, or the larger thing that begins with it.
  ///
  /// - Returns: The place of the next word, and where what was taken ends; `nil` where it is something else.
  func take(_ symbol: UInt32, at index: Int, before count: Int) -> (next: Int, end: Int)? {
    let word = words[index]
    if symbol == symbols[index] || word.isCount && symbol == TokenClass.count.rawValue {
      return (index + 1, word.end)
    }
    guard let spanClass = word.spanClass, symbol == spanClass.rawValue else { return nil }
    var next = index
    repeat { next += 1 } while next < count && words[next].start < word.spanEnd
    return (next, word.spanEnd)
  }

  /// How many of `words` begin before a place in the reply; reads as far.
  mutating func wordCount(before end: Int) -> Int {
    while let token = token(at: searchedCount), token.start < end {
      searchedCount += 1
      switch token.kind {
      case .replyCode, .statusCode: continue
      case .address: symbols.append(TokenClass.address.rawValue)
      case .ip: symbols.append(TokenClass.ip.rawValue)
      case .word: symbols.append(image.matching.symbol(of: token, in: bytes))
      }
      words.append(token)
      filter.insert(symbols[symbols.count - 1])
    }
    var (count, rest) = (0, words.count)
    while count < rest {
      let middle = (count + rest) / 2
      if words[middle].start < end { count = middle + 1 } else { rest = middle }
    }
    return count
  }
}

/// A bit for each 256th of the symbols.
private struct SymbolFilter {
  private var bits = [4 of UInt64](repeating: 0)

  mutating func insert(_ symbol: UInt32) {
    bits[Int(symbol >> 6 & 3)] |= 1 << UInt64(symbol & 63)
  }

  func mayHave(_ symbol: UInt32) -> Bool {
    bits[Int(symbol >> 6 & 3)] >> UInt64(symbol & 63) & 1 == 1
  }
}
