extension DiagnosticCollector {
  /// Reports a text in a list that is a mapping to YAML, for its `: `.
  func unquotedColon(_ colon: SourceLocation, of text: YAMLNode) {
    error(
      .unquotedColon, "a value with ': ' in it has to stand in quotes", at: colon,
      fix: text.quoting)
  }
}

extension YAMLNode {
  /// The colon of `- 550 <a@b.example>: no such user`, which makes a mapping of a text.
  var unquotedColon: SourceLocation? {
    guard case .mapping(let pairs) = content, pairs.count == 1,
      location.file.text(location.bytes) != "{",
      case .scalar(let text) = pairs[0].value.content, !text.isEmpty,
      pairs[0].value.location.line == location.line
    else { return nil }
    let colon = pairs[0].key.location.bytes.upperBound
    return SourceLocation(file: location.file, bytes: colon..<colon)
  }

  /// Quotes around it, where it has a line of a list to itself: in `[ ]` a comma can be a part of it.
  /// A word in front of the colon can have been meant as a key.
  fileprivate var quoting: Fix? {
    guard case .mapping(let pairs) = content, pairs[0].value.location.isOnOneLine,
      case .scalar(let key) = pairs[0].key.content, let line = location.file.line(location.line)
    else { return nil }
    let before = location.file.text(line.lowerBound..<location.bytes.lowerBound)
    guard before.wholeMatch(of: /\ *- +/) != nil else { return nil }
    return LineValue(from: location)?.quoting(isCertain: key.wholeMatch(of: /[a-z-]+/) == nil)
  }
}
