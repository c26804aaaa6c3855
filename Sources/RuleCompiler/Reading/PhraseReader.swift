import ReplyMatcher

/// Reads the phrases of the rule language: words, `*` for any run of words, `{placeholder}`s.
struct PhraseReader {
  private static let longestSegment = 64
  private static let mostPlaceholders = 4

  let diagnostics: DiagnosticCollector
  /// Whether the phrase belongs to a wrapper, and may end in a `WrapperEnd`.
  let isWrapper: Bool

  /// What is wrong with a phrase.
  private struct Mistake: Error {
    let kind: DiagnosticKind
    let message: String
    /// The part of the phrase that it is about.
    var part: Substring?

    init(_ kind: DiagnosticKind, _ message: String, in part: Substring? = nil) {
      (self.kind, self.message, self.part) = (kind, message, part)
    }
  }

  /// Reports what is wrong, and gives `nil` then.
  func read(_ text: Located<String>) -> Phrase? {
    do throws(Mistake) {
      let phrase = try parse(text)
      try check(phrase)
      return phrase
    } catch {
      let part = error.part.flatMap { text.location.part(String($0)) }
      let place = part ?? text.location
      if error.kind == .unknownPlaceholder, let name = error.part?.dropFirst().dropLast() {
        let ends = isWrapper ? WrapperEnd.allCases.map(\.rawValue) : []
        let known = Placeholder.allCases.map(\.rawValue) + ends
        diagnostics.unknown(
          error.kind, error.message, String(name), at: place, among: known
        ) { "{\($0)}" }
      } else {
        diagnostics.error(error.kind, error.message, at: place)
      }
      return nil
    }
  }

  private func parse(_ text: Located<String>) throws(Mistake) -> Phrase {
    var segments: [[Phrase.Piece]] = [[]]
    var following: WrapperEnd?
    var value = text.value
    let hasSpecial = value.withUTF8(Signs.init).hasSpecial
    var rest = value[...]
    while hasSpecial, let special = rest.firstIndex(where: { $0 == "*" || $0 == "{" }) {
      segments[segments.count - 1] += try words(in: rest[..<special])
      if rest[special] == "*" {
        segments.append([])
        rest = rest[rest.index(after: special)...]
        continue
      }
      guard let end = rest[special...].firstIndex(of: "}") else {
        throw Mistake(
          .strayBrace, "a '{' without its '}'; a placeholder is written '{ip}'",
          in: rest[special...])
      }
      let written = rest[special...end]
      let name = String(written.dropFirst().dropLast())
      rest = rest[rest.index(after: end)...]
      if isWrapper, let end = WrapperEnd(rawValue: name) {
        try checkEnd(written, after: segments[segments.count - 1].last, before: rest)
        following = end
      } else if let placeholder = Placeholder(rawValue: name) {
        segments[segments.count - 1].append(.placeholder(placeholder))
      } else {
        throw Mistake(.unknownPlaceholder, "there is no placeholder '\(written)'", in: written)
      }
    }
    segments[segments.count - 1] += try words(in: rest)
    return Phrase(
      source: text.value, location: text.location, segments: segments.filter { !$0.isEmpty },
      following: following)
  }

  private func checkEnd(
    _ written: Substring, after piece: Phrase.Piece?, before rest: Substring
  ) throws(Mistake) {
    guard rest.allSatisfy({ !$0.isLetter && $0 != "*" && $0 != "{" }) else {
      throw Mistake(
        .replyNotLast, "'\(written)' stands at the end: it is all that follows", in: written)
    }
    // The end of a name is known only when the next word has been read: too late.
    if case .placeholder(let last) = piece, last != .ip, last != .address {
      throw Mistake(
        .replyAfterName, "'\(written)' follows a word, {ip} or {address}, not {\(last.rawValue)}",
        in: written)
    }
  }

  private func check(_ phrase: Phrase) throws(Mistake) {
    if phrase.wordCount == 0 {
      throw Mistake(
        .phraseWithoutWords,
        "the phrase '\(phrase.source)' has no words of its own, so it would match every reply")
    }
    if phrase.segments.contains(where: { $0.count > Self.longestSegment }) {
      throw Mistake(
        .phraseTooLong,
        "more than \(Self.longestSegment) words in a row: shorten the phrase to what tells "
          + "this reply from others")
    }
    if phrase.placeholderCount > Self.mostPlaceholders {
      throw Mistake(
        .tooManyPlaceholders,
        "more than \(Self.mostPlaceholders) placeholders: use '*' for the others")
    }
    try checkHead(of: phrase)
  }

  /// A phrase that is copied from a log begins with codes, which have keys of their own.
  private func checkHead(of phrase: Phrase) throws(Mistake) {
    guard case .word(let first) = phrase.segments[0][0], let digit = first.utf8.first,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit
    else { return }
    let head = phrase.source.prefix { !$0.isWhitespace }
    let isMark: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    let code = head.drop(while: isMark).prefix { !isMark($0) || $0 == "." }
    if EnhancedStatusCode(code) != nil {
      throw Mistake(
        .statusInPhrase, "the status code belongs in 'status: \(code)', not in the phrase",
        in: code)
    }
    if first.count == 3, CodePattern(first) != nil, first.allSatisfy(\.isNumber) {
      throw Mistake(
        .codeInPhrase, "the reply code belongs in 'code: \(first)', not in the phrase",
        in: first[...])
    }
  }

  /// The words of a literal part.
  private func words(in part: Substring) throws(Mistake) -> [Phrase.Piece] {
    var literal = String(part)
    let signs = literal.withUTF8(Signs.init)
    if signs.hasBrace, part.contains("}") {
      throw Mistake(.strayBrace, "a '}' without its '{'; a placeholder is written '{ip}'", in: "}")
    }
    let opaque = literal.withUTF8 { bytes -> (kind: Token.Kind, text: String)? in
      guard signs.mayBelongToAddress else { return nil }
      var lexer = ReplyLexer(bytes)
      while let token = lexer.next() {
        guard token.kind == .address || token.kind == .ip else { continue }
        return (token.kind, String(decoding: bytes[token.start..<token.end], as: UTF8.self))
      }
      return nil
    }
    if let opaque {
      let (name, placeholder) =
        opaque.kind == .ip ? ("an IP address", "{ip}") : ("a mail address", "{address}")
      throw Mistake(
        .addressInPhrase,
        "the phrase names \(name), which differs in every reply: write \(placeholder)",
        in: opaque.text[...])
    }
    return foldedWords(of: literal).map { .word($0) }
  }

  /// What a literal part may hold beside words: nearly all parts have neither, and need no second
  /// look.
  private struct Signs {
    private(set) var hasBrace = false
    /// A gap, or the beginning of a placeholder.
    private(set) var hasSpecial = false
    /// No mail or IP address is without.
    private(set) var mayBelongToAddress = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "}"): hasBrace = true
        case UInt8(ascii: "*"), UInt8(ascii: "{"): hasSpecial = true
        case UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: ":"): mayBelongToAddress = true
        default: break
        }
      }
    }
  }
}
