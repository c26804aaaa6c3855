import ReplyMatcher

// The values of single keys: what they may be, and what each of them lacks.
extension RuleReader {
  /// Reports an id that is none, and gives it as it was meant: what stands below is read all the same.
  func goodID(_ id: Located<String>, _ name: String) -> Located<String> {
    let words = id.value.lowercased().split { !$0.isLetter && !$0.isNumber }
    let spelled = words.joined(separator: "-")
    let isGood = id.value == spelled && spelled.utf8.allSatisfy { $0 < 0x80 } && !spelled.isEmpty
    if isGood { return id }
    let hasSpelling = !spelled.isEmpty && spelled.utf8.allSatisfy { $0 < 0x80 }
    diagnostics.error(
      .badID,
      "\(name) is made of lower-case letters, digits and single hyphens; '\(id.value)' is not",
      at: id.location,
      // Not certain: other files may speak of the id.
      fix: hasSpelling ? Fix(writing: spelled, for: id.location, isCertain: false) : nil)
    return hasSpelling ? Located(value: spelled, location: id.location) : id
  }

  func checkCode(_ code: Located<String>) -> Bool {
    isGood(code, .badReplyCode, ValueMistake(replyCode: code.value))
  }

  func checkStatus(_ status: Located<String>) -> Bool {
    isGood(status, .badStatusCode, ValueMistake(status: status.value))
  }

  private func isGood(
    _ text: Located<String>, _ kind: DiagnosticKind, _ mistake: ValueMistake?
  ) -> Bool {
    guard let mistake else { return true }
    diagnostics.error(
      kind, mistake.message, at: text.location,
      fix: mistake.correction.flatMap { Fix(writing: $0, for: text.location) })
    return false
  }

  func hosts<Key>(_ mapping: MappingReader<Key>, _ key: Key) -> [String] {
    let hosts = mapping.list(key).filter { isGood($0, .badHost, ValueMistake(host: $0.value)) }
    let places = Dictionary(
      hosts.map { ($0.value, $0.location) }, uniquingKeysWith: { first, _ in first })
    for host in hosts {
      var parent = host.value[...]
      while let dot = parent.firstIndex(of: ".") {
        parent = parent[dot...].dropFirst()
        guard let place = places[String(parent)] else { continue }
        diagnostics.error(
          .coveredHost, "'\(host.value)' is covered by '\(parent)', which takes all names below it",
          at: host.location, notes: [.init("that stands here", at: place)],
          fix: Fix(removing: host.location))
        break
      }
    }
    return hosts.map(\.value)
  }

  func links<Key>(_ mapping: MappingReader<Key>, _ key: Key) -> [String] {
    mapping.list(key).compactMap { link in
      let scheme = ["https://", "http://"].first { link.value.hasPrefix($0) }
      let name = link.value.dropFirst(scheme?.count ?? 0).prefix { $0 != "/" && $0 != "#" }
      if link.value.contains(where: { $0.isWhitespace || "<>\"".contains($0) }) {
        diagnostics.error(
          .badLink, "'\(link.value)' is no link: it holds spaces, quotes or brackets",
          at: link.location)
      } else if scheme == nil {
        diagnostics.error(
          .badLink, "'\(link.value)' is no link: it has to begin with https://", at: link.location)
      } else if !name.contains(".") || name.hasPrefix(".") || name.hasSuffix(".") {
        diagnostics.error(
          .badLink, "'\(link.value)' is no link: it names no host", at: link.location)
      } else {
        return link.value
      }
      return nil
    }
  }

  /// Names of fields, each different from the others.
  func fieldNames<Key>(_ mapping: MappingReader<Key>, _ key: Key) -> [Located<String>] {
    var seen: [[UInt8]: Located<String>] = [:]
    return mapping.list(key).filter { name in
      guard isGood(name, .badFieldName, ValueMistake(fieldName: name.value)) else { return false }
      let folded = EventFields.folded(name.value.utf8)
      guard let first = seen[folded] else {
        seen[folded] = name
        return true
      }
      diagnostics.error(
        .duplicateValue,
        "the field '\(name.value)' is the same as '\(first.value)': letter case, hyphens and "
          + "underscores do not count", at: name.location,
        notes: [.init("that stands here", at: first.location)], fix: Fix(removing: name.location))
      return false
    }
  }

  /// Phrases, each different from the others.
  func phrases<Key>(
    _ mapping: MappingReader<Key>, _ key: Key, isWrapper: Bool = false
  ) -> [Phrase] {
    let reader = PhraseReader(diagnostics: diagnostics, isWrapper: isWrapper)
    var seen: [[[Phrase.Piece]]: Phrase] = [:]
    return replies(mapping, key).flatMap(reader.read).filter { phrase in
      guard let first = seen[phrase.segments], first.following == phrase.following else {
        seen[phrase.segments] = phrase
        return true
      }
      diagnostics.error(
        .duplicateValue,
        "the phrase '\(phrase.source)' has the same words as '\(first.source)': letter case and "
          + "punctuation do not count",
        at: phrase.location, notes: [.init("that stands here", at: first.location)],
        fix: phrase.removal)
      return false
    }
  }

  /// Words of replies, in which a `#` is common.
  func replies<Key>(_ mapping: MappingReader<Key>, _ key: Key) -> [Located<String>] {
    let replies = mapping.list(key)
    for reply in replies {
      guard let comment = reply.location.commentThatLooksLikeText else { continue }
      diagnostics.unquotedHash(comment, from: reply.location)
    }
    return replies
  }

  /// Examples that cannot be won because they have no reply code. (What else keeps a rule from
  /// winning shows when the rules are tried on them.)
  func checkHaveCodes(_ examples: [Located<String>], for codes: [Located<String>]) {
    let patterns = codes.compactMap { CodePattern($0.value) }
    guard let first = codes.first, !patterns.isEmpty else { return }
    // Where only the status code is known, so is the class.
    let takesClass = patterns.contains { $0.fixedDigits == 1 }
    for example in examples where !example.value.hasReplyCode(orStatusCode: takesClass) {
      diagnostics.error(
        .exampleWithoutCode,
        "this example has no reply code, and its rule wants 'code: \(first.value)': "
          + (example.commaRemark ?? "begin it with the code that the server gave"),
        at: example.location)
    }
  }
}

extension String {
  /// Whether anything in a reply can be its reply code, or its enhanced status code.
  func hasReplyCode(orStatusCode: Bool) -> Bool {
    let words = split { !$0.isLetter && !$0.isNumber && $0 != "." }
    return words.contains { word in
      (CodePattern(word) != nil && !word.contains("x"))
        || (orStatusCode && EnhancedStatusCode(word) != nil)
    }
  }
}
