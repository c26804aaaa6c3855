extension DiagnosticCollector {
  /// Reports a `#` that was probably meant as a part of the value in front of it.
  func unquotedHash(_ comment: SourceLocation, from start: SourceLocation) {
    error(
      .unquotedHash,
      "'#' begins a comment, so the value ends before it: put the value in quotes, or a space behind "
        + "the '#'",
      at: comment, fix: Fix(quotingUpTo: comment, from: start, isCertain: false))
  }
}

extension SourceLocation {
  /// The comment behind a value, where it has no space after its `#`, as in `Blocked #5.7.1`.
  var commentThatLooksLikeText: SourceLocation? {
    guard let lineEnd = file.line(file.lineNumber(of: bytes.upperBound))?.upperBound,
      bytes.upperBound < lineEnd,
      file.bytes[bytes].first.map({ !"'\"|>".utf8.contains($0) }) ?? true
    else { return nil }
    let rest = file.bytes[bytes.upperBound..<lineEnd]
    guard let hash = rest.firstIndex(where: { $0 != UInt8(ascii: " ") }), hash > rest.startIndex,
      rest[hash] == UInt8(ascii: "#"), hash + 1 < lineEnd,
      !" \t#".utf8.contains(file.bytes[hash + 1])
    else { return nil }
    return SourceLocation(file: file, bytes: hash..<lineEnd)
  }
}
