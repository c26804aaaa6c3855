/// A provider's or filter's own error code, such as `TSS04` or `OFR_416`: rules name it in their
/// phrases, in the provider's spelling.
package enum ErrorCode {
  /// Whether a word of a phrase is such a code: capital letters with digits among them, or joined to
  /// others by `_`, `:` or `#`.
  package static func isCode(_ word: Substring) -> Bool {
    guard let first = word.utf8.first, let last = word.utf8.last, isCapitalOrDigit(first),
      isCapitalOrDigit(last), word.utf8.contains(where: isCapital)
    else { return false }
    let marks = word.utf8.filter { !isCapital($0) }
    return !marks.allSatisfy { $0 == UInt8(ascii: "-") }
      && marks.allSatisfy { isCapitalOrDigit($0) || "_:#-".utf8.contains($0) }
  }

  fileprivate static func capital(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "a") <= byte && byte <= UInt8(ascii: "z") ? byte - 32 : byte
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z")
  }

  fileprivate static func isCapitalOrDigit(_ byte: UInt8) -> Bool {
    isCapital(byte) || UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
  }
}

/// The error codes that a rule's phrases name.
package struct ErrorCodes: Sendable {
  private let codes: [[UInt8]]

  init(_ codes: [String]) { self.codes = codes.map { Array($0.utf8) } }

  /// Where the first of these codes that a text names stands in it.
  func first(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    for code in codes {
      if let range = find(code, in: text) { return range }
    }
    return nil
  }

  private func find(_ code: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    func isInside(_ index: Int) -> Bool {
      text.indices.contains(index) && ErrorCode.isCapitalOrDigit(ErrorCode.capital(text[index]))
    }
    guard code.count <= text.count else { return nil }
    for start in 0...text.count - code.count where !isInside(start - 1) {
      let end = start + code.count
      if !isInside(end),
        text[start..<end].elementsEqual(code, by: { ErrorCode.capital($0) == $1 })
      {
        return start..<end
      }
    }
    return nil
  }
}
