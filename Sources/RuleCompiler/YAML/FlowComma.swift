extension SourceLocation {
  /// Whether a value begins behind a comma of a list in `[ ]` and without a quote: it may be the rest
  /// of a sentence that the comma has cut.
  var isBehindComma: Bool {
    let isBlank: (UInt8) -> Bool = { " \t\r\n".utf8.contains($0) }
    guard let first = file.bytes[bytes].first, !"'\"".utf8.contains(first),
      let mark = file.bytes[..<bytes.lowerBound].last(where: { !isBlank($0) })
    else { return false }
    return mark == UInt8(ascii: ",")
  }
}

extension Located<String> {
  /// What to say about a reply without a code that a comma may have cut off.
  var commaRemark: String? {
    location.isBehindComma && !value.hasReplyCode(orStatusCode: true)
      ? "in [ ] a comma ends a reply: put one that has a comma in quotes" : nil
  }
}
