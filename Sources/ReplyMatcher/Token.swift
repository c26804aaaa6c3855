/// What a placeholder of the rule language stands for, as far as a reply's form can tell.
///
/// The raw value is the symbol under which the automaton knows it; words follow from
/// `Symbol.firstWord`.
package enum TokenClass: UInt32, CaseIterable, Sendable {
  case address = 1
  case ip
  /// A dotted host or domain name.
  case name
  case url
  /// A whole number.
  case count
  /// A number with a unit of time, or `hh:mm:ss`.
  case duration
  /// A number with a unit of storage.
  case size
}

/// An edge label of the automaton: 0 for a word in no phrase, a token class, or a word's number.
package enum Symbol {
  package static let unknownWord: UInt32 = 0
  package static let firstWord: UInt32 = 16
}

/// A piece of a reply: three machine words, so that it travels in registers.
package struct Token {
  package enum Kind: UInt8 {
    case word
    /// A mail address. Its inner words never count: a local part may say anything.
    case address
    case ip
    /// The reply code in front of a reply or of one of its continuation lines.
    case replyCode
    /// The enhanced status code in front of a reply.
    case statusCode
  }

  /// The folded word's `WordKey`; or a code.
  package let key: UInt64
  let offsets: Offsets
  private var spanOffset: UInt32 = 0
  package let kind: Kind
  /// Whether the key is only a hash.
  package var isLong = false
  /// Whether the word is a whole number, and so can be read as `count` too.
  package var isCount = false
  /// Whether a reply code begins a reply quoted in the middle of other text.
  package var opensQuote = false
  /// Whether it says that the quoted reply has ended: what follows is its wrapper's.
  package var closesQuote = false
  /// A larger thing that begins with this word: it can be read as one token of this class …
  package private(set) var spanClass: TokenClass?

  @inline(__always)
  init(kind: Kind, start: Int, end: Int, key: UInt64 = 0) {
    offsets = Offsets(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    (self.kind, self.key) = (kind, key)
  }

  package var start: Int { Int(offsets.start) }
  package var end: Int { Int(offsets.end) }
  /// … that ends here.
  package var spanEnd: Int { Int(spanOffset) }
  /// The reply code, or the enhanced status code in the packed form of `StatusPattern`; 0 for others.
  package var code: UInt32 {
    kind == .replyCode || kind == .statusCode ? UInt32(truncatingIfNeeded: key) : 0
  }

  @inline(__always)
  mutating func begin(_ tokenClass: TokenClass?, endingAt end: Int) {
    (spanClass, spanOffset) = (tokenClass, UInt32(truncatingIfNeeded: end))
  }
}
