extension UnsafeBufferPointer<UInt8> {
  /// An address with all of its local part. The lexer leaves out the characters that replies put around
  /// addresses; between angle brackets they are part of it (RFC 5321, 4.1.2): `<o'brien@example.com>`.
  ///
  /// - Parameter found: The address as the lexer finds it.
  package func wholeAddress(_ found: Range<Int>) -> Range<Int> {
    guard byte(found.upperBound) == UInt8(ascii: ">") else { return found }
    var start = found.lowerBound
    let limit = Swift.max(0, start - 256)
    while start > limit, self[start - 1].isLocalPartCharacter { start -= 1 }
    return start > 0 && self[start - 1] == UInt8(ascii: "<") ? start..<found.upperBound : found
  }
}

extension UInt8 {
  /// Whether it can stand in a local part without quotation marks (RFC 5322, 3.2.3; RFC 6531, 3.3).
  package var isLocalPartCharacter: Bool {
    isAddressCharacter || isOne(of: "'", "/", "=", "?", "`") || self >= 0x80
  }
}
