import ReplyMatcher

/// Boils a reply down to the phrase that tells it from others: the clause that names the cause,
/// without leading names, trailing links and advice.
///
/// A server says the general first and the cause last ("Service unavailable; client blocked using
/// …", "Recipient address rejected: User unknown"), and then how to go on. So the last clause that
/// gives no advice is taken.
struct PhraseChoice {
  /// What stands between two parts.
  private enum Break: Int, Comparable {
    case none, clause, sentence
    static func < (a: Break, b: Break) -> Bool { a.rawValue < b.rawValue }
  }

  private typealias Clause = ArraySlice<PhrasePart>

  /// Phrases for the reply, the best one first; empty where it has no words.
  private(set) var phrases: [String] = []

  private static let mostWords = 16
  /// With fewer words than this, a clause is said together with the one that introduces it.
  private static let fewestWords = 3
  /// Words that begin advice.
  private static let adviceOpeners: Set = [
    "please", "see", "visit", "contact", "refer", "for", "if", "to", "try", "check", "create",
    "learn",
    "more", "ask", "go",
  ]

  private let bytes: [UInt8]
  private let parts: [PhrasePart]

  init(_ reply: String) {
    bytes = Array(reply.utf8)
    parts = PhraseParts(bytes).parts
    let clauses = clauses()
    let telling = clauses.indices.filter { words(in: clauses[$0]) > 0 }
    let ranked = telling.sorted { (rank(clauses[$0]), $0) > (rank(clauses[$1]), $1) }
    var choices = ranked.map { trimmed(introduced($0, of: clauses)) }
    // What more words there are, where a rule needs them to win from another.
    let causes = ranked.filter { rank(clauses[$0]) > 1 }
    if let first = causes.min(), let last = causes.max() {
      choices.append(trimmed(parts[clauses[first].startIndex..<clauses[last].endIndex]))
    }
    for choice in choices where words(in: choice) > 0 {
      let phrase = written(shortened(choice))
      if !phrases.contains(phrase) { phrases.append(phrase) }
    }
    // Should punctuation or case make something else of a phrase, the bare words remain.
    if let best = phrases.first { phrases.append(best.bareWords) }
  }

  // MARK: - Clauses

  private func clauses() -> [Clause] {
    var clauses: [Clause] = []
    var start = 0
    for index in parts.indices where index > 0 && boundary(before: index) > .none {
      clauses.append(parts[start..<index])
      start = index
    }
    return parts.isEmpty ? [] : clauses + [parts[start...]]
  }

  private func boundary(before index: Int) -> Break {
    if parts[index].beginsLine || isCode(index) { return .sentence }
    let gap = gap(before: index)
    var boundary = Break.none
    for (offset, byte) in gap.enumerated() {
      let next = offset + 1 < gap.count ? gap[gap.startIndex + offset + 1] : 0
      switch byte {
      case UInt8(ascii: ";"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        return .sentence
      case UInt8(ascii: ":") where next != 0: boundary = .clause
      case UInt8(ascii: "|"): boundary = .clause
      case UInt8(ascii: "-") where gap.count > 1 && next != 0: boundary = .clause
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"):
        // `message(s)` goes on; so does `client [192.0.2.1] blocked`.
        if offset > 0, !isBracketed(index) { boundary = .clause }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"):
        let isEnding = self.gap(before: index - 1).count == 1
        if !isEnding, !isBracketed(index - 1) { boundary = .clause }
      default: break
      }
    }
    return boundary
  }

  /// Whether a number looks like the code of a further reply in a transcript.
  private func isCode(_ index: Int) -> Bool {
    guard parts[index].kind == .placeholder(.count), parts[index].range.count == 3 else {
      return false
    }
    return "45".utf8.contains(bytes[parts[index].range.lowerBound])
  }

  private func gap(before index: Int) -> ArraySlice<UInt8> {
    let start = index > 0 ? parts[index - 1].range.upperBound : 0
    let end = index < parts.count ? parts[index].range.lowerBound : bytes.count
    return bytes[start..<max(start, end)]
  }

  /// Whether a part that varies stands in brackets of its own.
  private func isBracketed(_ index: Int) -> Bool {
    guard parts[index].kind != .word, let open = gap(before: index).last,
      let close = gap(before: index + 1).first
    else { return false }
    return "([<".utf8.contains(open) && ")]>".utf8.contains(close)
  }

  private func words(in clause: Clause) -> Int { clause.count { $0.kind == .word } }

  /// How likely a clause names the cause; of equals the last one does. Remarks in brackets and single
  /// words are less likely to, advice least of all.
  private func rank(_ clause: Clause) -> Int {
    guard let first = clause.first(where: { $0.kind == .word }) else { return 0 }
    let isAdvice = isAdvice(first) || clause.contains { $0.kind == .placeholder(.url) }
    // `no: [192.0.2.1] is listed` is none: its brackets hold the address alone.
    let isRemark =
      !isBracketed(clause.startIndex)
      && gap(before: clause.startIndex).last.map("([<".utf8.contains) ?? false
    return isAdvice ? 1 : words(in: clause) == 1 || isRemark ? 2 : 3
  }

  private func isAdvice(_ word: PhrasePart) -> Bool {
    let text = String(decoding: bytes[word.range], as: UTF8.self)
    return Self.adviceOpeners.contains(text.lowercased())
  }

  /// A short clause together with what introduces it: `Recipient address rejected: User unknown`.
  private func introduced(_ index: Int, of clauses: [Clause]) -> Clause {
    var clause = clauses[index]
    var index = index
    while index > 0, words(in: clause) < Self.fewestWords,
      boundary(before: clause.startIndex) == .clause, rank(clauses[index - 1]) > 1
    {
      index -= 1
      clause = parts[clauses[index].startIndex..<clause.endIndex]
    }
    return clause
  }

  // MARK: - The phrase

  /// Without what varies at the ends: names and bracketed things before, links behind.
  private func trimmed(_ clause: Clause) -> Clause {
    var clause = clause
    while let last = clause.last, isLoose(last, at: clause.endIndex - 1, leading: false) {
      clause.removeLast()
    }
    while let first = clause.first, isLoose(first, at: clause.startIndex, leading: true) {
      clause.removeFirst()
    }
    return clause
  }

  private func isLoose(_ part: PhrasePart, at index: Int, leading: Bool) -> Bool {
    switch part.kind {
    case .word where leading:
      // A phrase that begins with a reply code is an error.
      CodePattern(String(decoding: bytes[part.range], as: UTF8.self)) != nil
    case .word:
      // `blocked, see https://…`
      index + 1 < parts.count && parts[index + 1].kind == .placeholder(.url)
        && isAdvice(part)
    case .varying, .placeholder(.url): true
    case .placeholder(.count) where isCode(index): true
    case .placeholder(.host), .placeholder(.domain), .placeholder(.count):
      leading || isBracketed(index)
    case .placeholder: isBracketed(index)
    }
  }

  private func shortened(_ clause: Clause) -> Clause {
    var count = 0
    let end = clause.firstIndex { part in
      count += part.kind == .word ? 1 : 0
      return count > Self.mostWords
    }
    return trimmed(clause[..<(end ?? clause.endIndex)])
  }

  private func written(_ clause: Clause) -> String {
    var phrase = ""
    var placeholders = 0
    for index in clause.indices {
      let part = clause[index]
      if index > clause.startIndex { phrase += separator(before: index) }
      switch part.kind {
      case .word: phrase += String(decoding: bytes[part.range], as: UTF8.self)
      case .placeholder(let placeholder) where placeholders < Placeholder.mostInPhrase:
        placeholders += 1
        phrase += "{\(role(of: placeholder, at: index).rawValue)}"
      case .placeholder, .varying:
        if !phrase.hasSuffix("* ") { phrase += "*" }
      }
    }
    return phrase
  }

  /// What stands between two words, as far as it reads well in a rule file; it does not count.
  private func separator(before index: Int) -> String {
    if boundary(before: index) == .sentence { return " " }
    let gap = String(decoding: gap(before: index), as: UTF8.self)
    let isTied = parts[index].kind == .word && parts[index - 1].kind == .word
    if [", ", ": ", "; "].contains(gap)
      || (isTied && ["-", "'", "’", "/", "_", ".", ""].contains(gap))
    {
      return gap
    }
    return " "
  }

  /// A name behind `using`, `by` or `on` in a clause about a list is the blocklist's.
  private func role(of placeholder: Placeholder, at index: Int) -> Placeholder {
    guard placeholder == .host || placeholder == .domain, index > 0 else { return placeholder }
    let words = foldedWords(
      of: String(decoding: bytes[..<parts[index].range.lowerBound], as: UTF8.self))
    let isListed = words.suffix(8).contains { $0.hasSuffix("listed") || $0.hasPrefix("block") }
    return isListed && ["using", "by", "on", "in", "at"].contains(words.last)
      ? .blocklist : placeholder
  }
}

extension String {
  /// A phrase's words without punctuation, `*` for its placeholders.
  fileprivate var bareWords: String {
    split(separator: /\*|\{[a-z]*\}/).map { foldedWords(of: String($0)).joined(separator: " ") }
      .filter { !$0.isEmpty }.joined(separator: " * ")
  }
}
