import ReplyMatcher

/// Reads the phrases of the rule language: words, `*` for any run of words, `{placeholder}`s.
struct PhraseReader {
  private static let longestSegment = 64
  private static let mostPlaceholders = 4
  private static let quotedReply = "reply"

  let diagnostics: DiagnosticCollector
  /// Whether the phrase belongs to a wrapper, and may end in `{reply}`.
  let isWrapper: Bool

  func read(_ text: Located<String>) -> Phrase? {
    var segments: [[Phrase.Piece]] = [[]]
    var quotesReply = false
    var placeholders = 0
    var rest = text.value[...]
    while let special = rest.firstIndex(where: { $0 == "*" || $0 == "{" }) {
      guard append(rest[..<special], to: &segments, text) else { return nil }
      if rest[special] == "*" {
        segments.append([])
        rest = rest[rest.index(after: special)...]
        continue
      }
      guard let end = rest[special...].firstIndex(of: "}") else {
        return fail("a '{' without its '}'; a placeholder is written '{ip}'", text)
      }
      let name = String(rest[rest.index(after: special)..<end])
      rest = rest[rest.index(after: end)...]
      if isWrapper, name == Self.quotedReply {
        guard rest.allSatisfy({ !$0.isLetter && $0 != "*" && $0 != "{" }) else {
          return fail("'{reply}' stands at the end: all that follows is the quoted reply", text)
        }
        // The end of a name is known only when the next word has been read: too late.
        if case .placeholder(let last) = segments[segments.count - 1].last,
          last != .ip, last != .address
        {
          return fail("'{reply}' follows a word, {ip} or {address}, not {\(last.rawValue)}", text)
        }
        quotesReply = true
      } else if let placeholder = Placeholder(rawValue: name) {
        segments[segments.count - 1].append(.placeholder(placeholder))
        placeholders += 1
      } else {
        let known = Placeholder.allCases.map(\.rawValue) + (isWrapper ? [Self.quotedReply] : [])
        return fail(
          "there is no placeholder '{\(name)}'\(suggestion(for: name, orOneOf: known))", text)
      }
    }
    guard append(rest, to: &segments, text) else { return nil }
    let phrase = Phrase(
      source: text.value, location: text.location, segments: segments.filter { !$0.isEmpty },
      quotesReply: quotesReply)
    return check(phrase, placeholders: placeholders, text) ? phrase : nil
  }

  private func check(_ phrase: Phrase, placeholders: Int, _ text: Located<String>) -> Bool {
    if phrase.wordCount == 0 {
      return fail(
        text.value.isEmpty
          ? "an empty phrase: write some words of the reply, or leave the key out"
          : "the phrase '\(text.value)' has no words of its own, so it would match every reply",
        text)
    }
    if phrase.segments.contains(where: { $0.count > Self.longestSegment }) {
      return fail(
        "more than \(Self.longestSegment) words in a row: shorten the phrase to what tells "
          + "this reply from others", text)
    }
    if placeholders > Self.mostPlaceholders {
      return fail("more than \(Self.mostPlaceholders) placeholders: use '*' for the others", text)
    }
    if case .word(let word) = phrase.segments[0][0], word.count == 3, CodePattern(word) != nil,
      word.allSatisfy(\.isNumber)
    {
      return fail("the reply code belongs in 'code: \(word)', not in the phrase", text)
    }
    return true
  }

  /// Adds the words of a literal part.
  private func append(
    _ part: Substring, to segments: inout [[Phrase.Piece]], _ text: Located<String>
  ) -> Bool {
    var literal = String(part)
    let opaque = literal.withUTF8 { bytes -> Token.Kind? in
      var lexer = ReplyLexer(bytes)
      while let token = lexer.next() {
        if token.kind == .address || token.kind == .ip { return token.kind }
      }
      return nil
    }
    if let opaque {
      let name = opaque == .ip ? "an IP address" : "a mail address"
      let placeholder = opaque == .ip ? "{ip}" : "{address}"
      return fail(
        "the phrase names \(name), which differs in every reply: write \(placeholder)", text)
    }
    segments[segments.count - 1] += foldedWords(of: literal).map { .word($0) }
    return true
  }

  private func fail(_ message: String, _ text: Located<String>) -> Bool {
    diagnostics.error(message, at: text.location)
    return false
  }

  private func fail(_ message: String, _ text: Located<String>) -> Phrase? {
    diagnostics.error(message, at: text.location)
    return nil
  }
}
