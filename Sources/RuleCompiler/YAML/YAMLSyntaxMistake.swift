/// A syntax error as libyaml reports it, and what it means to somebody who writes rules.
///
/// libyaml speaks of scalars and block mappings, and often at the place where it gave up instead of
/// the one where the mistake is.
struct YAMLSyntaxMistake {
  let problem: String
  let context: String?
  /// Where libyaml gave up.
  let place: SourceLocation
  /// Where the thing begins that it was reading.
  let start: SourceLocation?

  func report(to diagnostics: DiagnosticCollector) {
    let diagnostic = diagnostic
    diagnostics.error(
      diagnostic.kind, diagnostic.message, at: diagnostic.place ?? place, notes: diagnostic.notes,
      fix: diagnostic.fix)
  }

  private typealias Finding = (
    kind: DiagnosticKind, message: String, place: SourceLocation?, notes: [Diagnostic.Note],
    fix: Fix?
  )

  private var diagnostic: Finding {
    let value = LineValue(on: place)
    if place.byte == UInt8(ascii: "\t") {
      return (
        .tab, "a tab stands where YAML wants spaces: indent with two spaces a level", nil, [],
        place.file.spacesForTabs(from: place)
      )
    }
    // YAML takes the line that has them for a text, and complains of the next one.
    let lines = [place.line, ContentLine.above(place.line, of: place.file)?.number, start?.line]
    if let space = lines.lazy.compactMap({ $0.flatMap(place.file.foreignSpace) }).first {
      return (
        .badIndentation, SourceFile.foreignSpaceMessage, space, [], Fix(plainSpacesFor: space)
      )
    }
    switch problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      return (.unclosedQuote, "this quote is not closed", start, [], nil)
    case "did not find expected ',' or ']'": return unclosed("[", "]")
    case "did not find expected ',' or '}'": return unclosed("{", "}")
    case "mapping values are not allowed in this context":
      return value.map(unquotedColon) ?? badIndentation
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return (
        .badEscape,
        "'\\' begins an escape in double quotes: use single quotes, or write '\\\\' for a backslash",
        nil, [], nil
      )
    case "could not find expected ':'":
      return missingColon(on: ContentLine(start?.line ?? place.line, of: place.file))
    case "did not find expected alphabetic or numeric character",
      "found character that cannot start any token", "did not find expected comment or line break":
      return value.map { unquotedSign($0) } ?? plain
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      return value.flatMap(textBehindValue) ?? badIndentation
    case "block sequence entries are not allowed in this context":
      return (.badIndentation, "the first '-' of a list stands on a line of its own", nil, [], nil)
    case "did not find expected node content":
      return (.yamlSyntax, "a value is missing here", nil, [], nil)
    default: return plain
    }
  }

  /// libyaml's own words.
  private var plain: Finding {
    let notes = start.map { [Diagnostic.Note("\(context ?? ""), which began here", at: $0)] }
    return (.yamlSyntax, "YAML syntax: \(problem)", nil, notes ?? [], nil)
  }

  /// - Parameter line: The line that is at fault.
  private func missingColon(on line: ContentLine?) -> Finding {
    guard let line, let key = line.key, line.isAmongKeys else {
      return (
        .missingColon, "a key without its ':', or a value that does not belong here",
        line?.firstWord ?? start, [], nil
      )
    }
    let start = line.bytes.lowerBound
    let end = start + key.utf8.count
    if end < line.bytes.upperBound, line.file.bytes[end] == UInt8(ascii: ":") {
      let place = SourceLocation(file: line.file, bytes: start..<end + 1)
      return (
        .missingColon, "a space is missing behind '\(key):'", place, [],
        Fix(writing: "\(key): ", for: place)
      )
    }
    let place = SourceLocation(file: line.file, bytes: start..<end)
    // Below another key it can also be the rest of a text.
    return (
      .missingColon, "the key '\(key)' lacks its ':'", place, [],
      Fix(writing: "\(key):", for: place, isCertain: line.beginsMapping)
    )
  }

  /// A line that lacks its colon, where the next one is the first that YAML cannot read: to YAML they
  /// are one text.
  private var missingColonAbove: Finding? {
    guard let line = ContentLine(place.line, of: place.file), let above = line.above,
      above.indentation == line.indentation, above.beginsMapping, !above.isEntry
    else { return nil }
    return missingColon(on: above)
  }

  private var badIndentation: Finding {
    if let missingColonAbove { return missingColonAbove }
    let notes = (sibling ?? start).map {
      [Diagnostic.Note("it does not line up with what begins here", at: $0)]
    }
    return (
      .badIndentation,
      "this line is indented differently from those it belongs to: keys of one mapping, and the '-' "
        + "of one list, stand below each other",
      place.firstText, notes ?? [], nil
    )
  }

  /// The entry with which the line should line up: libyaml tells the mapping around it.
  private var sibling: SourceLocation? {
    guard let line = ContentLine(place.line, of: place.file) else { return nil }
    var deeper: ContentLine?
    var other = line.above
    while let next = other, next.indentation > line.indentation {
      if next.isListEntry == line.isListEntry, next.indentation <= deeper?.indentation ?? .max {
        deeper = next
      }
      other = next.above
    }
    if let deeper, line.isListEntry || line.isKnownEntry && deeper.isKnownEntry {
      return deeper.firstWord.firstText
    }
    return start == nil && other?.isEntry == true ? other?.firstWord.firstText : nil
  }

  private func unclosed(_ opening: String, _ closing: String) -> Finding {
    if let byte = place.byte, "{[".utf8.contains(byte) {
      return (
        .unquotedBrace,
        "inside '\(opening) \(closing)' a value with '\(Unicode.Scalar(byte))' in it has to stand in "
          + "quotes", nil, [], nil
      )
    }
    guard place.line != start?.line else {
      return (
        .unclosedBracket, "a ',' or the closing '\(closing)' is missing before this", nil,
        start.map { [.init("the '\(opening)' stands here", at: $0)] } ?? [], nil
      )
    }
    return (
      .unclosedBracket, "this '\(opening)' is not closed", start,
      [.init("its '\(closing)' was expected before this", at: place)], nil
    )
  }

  private func unquotedColon(_ value: LineValue) -> Finding {
    guard value.start < place.bytes.lowerBound else { return badIndentation }
    let words = place.file.text(value.start..<place.bytes.lowerBound).split(separator: " ")
    if !value.isBehindKey {
      if words.count == 1 { return badIndentation }
      if let missingColonAbove { return missingColonAbove }
    }
    let word = words.last
    if let word, MappingForm.everyKey.contains(String(word)) {
      return (.twoKeysOnALine, "'\(word):' has to stand on a line of its own", nil, [], nil)
    }
    return (
      .unquotedColon, "a value with ': ' in it has to stand in quotes", nil, [],
      // Quotes around a part of the value, or that stand there already, do not help.
      value.isBehindKey && !"'\"".utf8.contains(value.file.bytes[value.start])
        ? value.quoting(isCertain: true) : nil
    )
  }

  private func unquotedSign(_ value: LineValue) -> Finding {
    let sign = Character(Unicode.Scalar(place.file.bytes[value.start]))
    guard "*&!|>%@`?".contains(sign) else { return plain }
    return (
      .unquotedSign, "a value that begins with '\(sign)' has to stand in quotes", value.location,
      [], value.quoting(isCertain: true)
    )
  }

  /// The nearest quotation mark above that begins a value, and has no second one on its line.
  private func unclosedQuoteAbove(_ value: LineValue) -> SourceLocation? {
    let file = value.file
    var line = ContentLine.above(place.line, of: file)
    while let above = line {
      let place = SourceLocation(file: file, bytes: above.bytes)
      if let other = LineValue(on: place), file.bytes[other.start] == file.bytes[value.start],
        !file.bytes[other.location.bytes].dropFirst().contains(file.bytes[value.start])
      {
        return SourceLocation(file: file, bytes: other.start..<other.start + 1)
      }
      line = above.above
    }
    return nil
  }

  /// `{ip} is listed`, `[192.0.2.1] is listed` and `"Acme" mail` end for YAML before they end.
  private func textBehindValue(_ value: LineValue) -> Finding? {
    guard value.start < place.bytes.lowerBound else { return nil }
    switch place.file.bytes[value.start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let text = place.file.text(value.start..<place.bytes.lowerBound)
      return (
        .unquotedBrace, "a value that begins with '\(text.prefix(1))' has to stand in quotes",
        value.location, [],
        value.quoting(isCertain: text.isBracedWord)
      )
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      // What seems to open here closes one that was opened above.
      if place.bytes.lowerBound <= value.start + 1, let quote = unclosedQuoteAbove(value) {
        return (.unclosedQuote, "this quote is not closed", quote, [], nil)
      }
      let other = place.file.bytes[value.start] == UInt8(ascii: "'") ? "double" : "single"
      return (
        .textBehindQuote,
        "the value ends with its closing quote, and more text follows: put all of it in \(other) "
          + "quotes", nil, [.init("the value begins here", at: value.location)],
        nil
      )
    default: return nil
    }
  }
}

extension String {
  /// Whether it begins with a placeholder or an address, which nobody means as a mapping or list.
  fileprivate var isBracedWord: Bool {
    prefixMatch(of: /{[a-z]+}|\[(\d+\.\d+\.\d+\.\d+|(IPv6:)?[0-9A-Fa-f]*:[0-9A-Fa-f:]+)\]/) != nil
  }
}

extension ContentLine {
  /// Whether a line beside it, of the same mapping, begins with a key of the rule language.
  fileprivate var isAmongKeys: Bool {
    [above, below].contains { $0?.indentation == indentation && $0?.isKnownEntry == true }
  }
}

extension SourceLocation {
  fileprivate var byte: UInt8? {
    bytes.lowerBound < file.bytes.count ? file.bytes[bytes.lowerBound] : nil
  }

  /// What stands first on its line.
  fileprivate var firstText: SourceLocation {
    guard let line = file.line(line),
      let first = file.bytes[line].firstIndex(where: { $0 != UInt8(ascii: " ") })
    else { return self }
    let end = file.bytes[first..<line.upperBound].firstIndex(of: UInt8(ascii: " "))
    return SourceLocation(file: file, bytes: first..<(end ?? line.upperBound))
  }
}
