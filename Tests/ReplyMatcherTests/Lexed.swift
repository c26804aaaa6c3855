@testable import ReplyMatcher

/// A reply's tokens, asked for by kind, so that the tables of the lexer's tests stay short.
struct Lexed {
  private let bytes: [UInt8]
  let tokens: [Token]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens = bytes.withUnsafeBufferPointer { bytes in
      var lexer = ReplyLexer(bytes)
      var tokens: [Token] = []
      while let token = lexer.next() { tokens.append(token) }
      return tokens
    }
  }

  init(_ reply: String) { self.init(Array(reply.utf8)) }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func texts(_ kind: Token.Kind) -> [String] {
    tokens.filter { $0.kind == kind }.map { text($0.start, $0.end) }
  }

  /// As they read after folding.
  var words: [String] {
    bytes.withUnsafeBufferPointer { bytes in
      tokens.filter { $0.kind == .word }.map { $0.folded(in: bytes) }
    }
  }

  var addresses: [String] { texts(.address) }
  var ips: [String] { texts(.ip) }
  var counts: [String] { tokens.filter(\.isCount).map { text($0.start, $0.end) } }

  /// Reply codes and enhanced status codes, in order.
  var codes: [String] {
    tokens.filter { $0.kind == .replyCode || $0.kind == .statusCode }
      .map { text($0.start, $0.end) }
  }

  /// The reply codes at which a quoted reply begins.
  var quotes: [String] { tokens.filter(\.opensQuote).map { text($0.start, $0.end) } }

  /// The things that begin with a word and can be read as one placeholder.
  func spans(_ tokenClass: TokenClass) -> [String] {
    tokens.filter { $0.spanClass == tokenClass }.map { text($0.start, $0.spanEnd) }
  }
}

extension Token {
  /// Its text as it reads after folding.
  func folded(in bytes: UnsafeBufferPointer<UInt8>) -> String {
    var word = String.UnicodeScalarView()
    var index = start
    while index < end {
      let unit = WordUnit(bytes, at: index)
      word.append(Unicode.Scalar(unit.value)!)
      index += unit.length
    }
    return String(word)
  }
}
