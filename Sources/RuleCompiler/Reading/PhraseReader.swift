import ReplyMatcher

/// Reads the phrases of the rule language: words, `*` for any run of words, `{placeholder}`s.
struct PhraseReader {
  private static let longestSegment = 64
  let diagnostics: DiagnosticCollector
  /// Whether the phrase belongs to a wrapper, and may end in a `WrapperEnd`.
  let isWrapper: Bool

  /// What is wrong with a phrase.
  private struct Mistake {
    let kind: DiagnosticKind
    let message: String
    /// The part of the phrase that it is about.
    var part: Substring?

    init(_ kind: DiagnosticKind, _ message: String, in part: Substring? = nil) {
      (self.kind, self.message, self.part) = (kind, message, part)
    }

    init(_ mistake: WrittenPhrase.Mistake) {
      kind = .strayAlternatives
      switch mistake {
      case .barOutside(let bar):
        message = "a '|' outside of parentheses: alternatives are written '(a | b)'"
        part = bar
      case .unclosed(let opening):
        message = "a '(' without its ')': alternatives are written '(a | b)'"
        part = opening
      case .nested(let inner):
        message = "parentheses in parentheses: write each alternative in full"
        part = inner
      case .tooMany:
        message =
          "more than \(WrittenPhrase.mostPhrases) phrases in one: share its alternatives among several"
      }
    }
  }

  /// The phrases for which one stands in the file. Reports everything that is wrong, and gives none then.
  func read(_ written: Located<String>) -> [Phrase] {
    var value = written.value
    let signs = value.withUTF8(Signs.init)
    var mistakes = (signs.mayBeExpression ? ExpressionMistake.all(in: value) : [])
      .map { Mistake(.regularExpression, $0.message, in: $0.part) }
    var phrases: [Phrase] = []
    // Taken for words, they would lead to further messages that say less.
    if mistakes.isEmpty {
      for text in alternatives(of: value, hasBar: signs.hasBar, &mistakes) {
        let phrase = parse(text, of: written, &mistakes)
        check(phrase, &mistakes)
        if !mistakes.isEmpty { break }
        phrases.append(phrase)
      }
    }
    for mistake in mistakes { report(mistake, in: written) }
    return mistakes.isEmpty ? phrases : []
  }

  private func alternatives(
    of text: String, hasBar: Bool, _ mistakes: inout [Mistake]
  ) -> [String] {
    guard hasBar else { return [text] }
    do throws(WrittenPhrase.Mistake) {
      return try WrittenPhrase(text).phrases
    } catch {
      mistakes.append(Mistake(error))
      return []
    }
  }

  private func report(_ mistake: Mistake, in text: Located<String>) {
    let place = mistake.part.flatMap { Self.place(of: $0, in: text) } ?? text.location
    guard mistake.kind == .unknownPlaceholder, let name = mistake.part?.dropFirst().dropLast()
    else { return diagnostics.error(mistake.kind, mistake.message, at: place) }
    let ofWrappers = isWrapper ? [Placeholder.recipient] + WrapperEnd.allCases.map(\.rawValue) : []
    let known = Placeholder.allCases.map(\.rawValue) + ofWrappers
    diagnostics.unknown(mistake.kind, mistake.message, String(name), at: place, among: known) {
      "{\($0)}"
    }
  }

  private static func place(of part: Substring, in text: Located<String>) -> SourceLocation? {
    // What was read out of the phrase has no place in it of its own.
    let isSlice = part.base == text.value
    let before = isSlice ? text.value[..<part.startIndex].ranges(of: part).count : 0
    return text.location.part(part, after: before)
  }

  private func parse(
    _ text: String, of written: Located<String>, _ mistakes: inout [Mistake]
  ) -> Phrase {
    var segments: [[Phrase.Piece]] = [[]]
    var following: WrapperEnd?
    var namesRecipient = false
    func append(_ pieces: [Phrase.Piece]) { segments[segments.count - 1] += pieces }
    var scanner = PhraseScanner(text)
    while let piece = scanner.next() {
      switch piece {
      case .words(let words): append(self.words(in: words, &mistakes))
      case .gap: segments.append([])
      case .unclosed(let rest):
        mistakes.append(
          Mistake(.strayBrace, "a '{' without its '}'; a placeholder is written '{ip}'", in: rest))
      case .braces(let written):
        let name = String(written.dropFirst().dropLast())
        if isWrapper, let end = WrapperEnd(rawValue: name) {
          checkEnd(
            written, after: segments[segments.count - 1].last, before: scanner.rest, &mistakes)
          following = end
        } else if isWrapper, name == Placeholder.recipient {
          append([.placeholder(.address)])
          namesRecipient = true
        } else if let placeholder = Placeholder(rawValue: name) {
          append([.placeholder(placeholder)])
        } else {
          mistakes.append(
            Mistake(.unknownPlaceholder, "there is no placeholder '\(written)'", in: written))
          // In its place, so that nothing else seems to be the beginning of the phrase.
          append([.placeholder(.count)])
        }
      }
    }
    return Phrase(
      source: text, written: written, segments: segments.filter { !$0.isEmpty },
      following: following, namesRecipient: namesRecipient)
  }

  private func checkEnd(
    _ written: Substring, after piece: Phrase.Piece?, before rest: Substring,
    _ mistakes: inout [Mistake]
  ) {
    guard rest.allSatisfy({ !$0.isLetter && $0 != "*" && $0 != "{" }) else {
      mistakes.append(
        Mistake(
          .replyNotLast, "'\(written)' stands at the end: it is all that follows", in: written))
      return
    }
    // The end of a name is known only when the next word has been read: too late.
    if case .placeholder(let last) = piece, last != .ip, last != .address {
      mistakes.append(
        Mistake(
          .replyAfterName, "'\(written)' follows a word, {ip} or {address}, not {\(last.rawValue)}",
          in: written))
    }
  }

  private func check(_ phrase: Phrase, _ mistakes: inout [Mistake]) {
    // What was meant to be words may be the mistake.
    if phrase.wordCount == 0, mistakes.isEmpty {
      mistakes.append(
        Mistake(
          .phraseWithoutWords,
          "the phrase '\(phrase.source)' has no words of its own, so it would match every reply"))
      return
    }
    if phrase.segments.contains(where: { $0.count > Self.longestSegment }) {
      mistakes.append(
        Mistake(
          .phraseTooLong,
          "more than \(Self.longestSegment) words in a row: shorten the phrase to what tells "
            + "this reply from others"))
    }
    if phrase.placeholderCount > Placeholder.mostInPhrase {
      mistakes.append(
        Mistake(
          .tooManyPlaceholders,
          "more than \(Placeholder.mostInPhrase) placeholders: use '*' for the others"))
    }
    if let mistake = mistakeInHead(of: phrase) { mistakes.append(mistake) }
  }

  /// A phrase that is copied from a log begins with codes, which have keys of their own.
  private func mistakeInHead(of phrase: Phrase) -> Mistake? {
    guard case .word(let first)? = phrase.segments.first?.first, let digit = first.utf8.first,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit
    else { return nil }
    let head = phrase.source.prefix { !$0.isWhitespace }
    let isMark: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    let code = head.drop(while: isMark).prefix { !isMark($0) || $0 == "." }
    if EnhancedStatusCode(code) != nil {
      return Mistake(
        .statusInPhrase, "the status code belongs in 'status: \(code)', not in the phrase",
        in: code)
    }
    if first.count == 3, CodePattern(first) != nil, first.allSatisfy(\.isNumber) {
      return Mistake(
        .codeInPhrase, "the reply code belongs in 'code: \(first)', not in the phrase",
        in: first[...])
    }
    return nil
  }

  /// The words of a literal part.
  private func words(in part: Substring, _ mistakes: inout [Mistake]) -> [Phrase.Piece] {
    var literal = String(part)
    let signs = literal.withUTF8(Signs.init)
    if signs.hasBrace, let brace = part.firstIndex(of: "}") {
      mistakes.append(
        Mistake(
          .strayBrace, "a '}' without its '{'; a placeholder is written '{ip}'",
          in: part[brace...brace]))
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
      mistakes.append(
        Mistake(
          .addressInPhrase,
          "the phrase names \(name), which differs in every reply: write \(placeholder)",
          in: opaque.text[...]))
    }
    return foldedWords(of: literal).map { .word($0) }
  }

  /// What a literal part may hold beside words: nearly all parts have neither, and need no second
  /// look.
  private struct Signs {
    private(set) var hasBrace = false
    /// No alternatives are without.
    private(set) var hasBar = false
    /// No mail or IP address is without.
    private(set) var mayBelongToAddress = false
    /// No regular expression is without, except one that looks like words.
    private(set) var mayBeExpression = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      var (index, last): (Int, UInt8) = (0, 0)
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        // Letters and spaces, as nearly all are, are done with at once: a debug build takes its time
        // with what follows.
        if byte == 0x20 || (byte | 0x20) &- 0x61 < 26 {
          last = byte
          continue
        }
        switch byte {
        case UInt8(ascii: "}"): hasBrace = true
        case UInt8(ascii: "*"):
          if last == UInt8(ascii: ".") || last == UInt8(ascii: ")") { mayBeExpression = true }
        case UInt8(ascii: "|"): hasBar = true
        case UInt8(ascii: "?"):
          if last == UInt8(ascii: "(") || last == UInt8(ascii: ")") { mayBeExpression = true }
        case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "^"), UInt8(ascii: "$"),
          UInt8(ascii: "+"):
          mayBeExpression = true
        case UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: ":"): mayBelongToAddress = true
        default: break
        }
        last = byte
      }
    }
  }
}
