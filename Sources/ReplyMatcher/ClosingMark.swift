// Programs put a reply between marks: `'550 5.1.1 …', responseCode: 550`, `(550, b'5.1.1 …')`,
// `"response": "550 …", …`. What stands behind the second mark is theirs.
extension UnsafeBufferPointer<UInt8> {
  /// The part of a reply's text that stands inside the marks around it; all of it where there are none.
  ///
  /// - Parameters:
  ///   - text: From behind the reply's codes on.
  ///   - head: Where the reply begins, with its codes.
  /// - Complexity: O(*n*) in the length of the text.
  func insideMarks(_ text: Range<Int>, ofReplyAt head: Int) -> Range<Int> {
    // The last code may stand alone inside them: `550 b'5.1.1 …'`.
    var codeStart = text.lowerBound
    while codeStart > head, !self[codeStart - 1].isCodeMark { codeStart -= 1 }
    for start in [head, codeStart] where start > 0 {
      if let end = closing(start - 1, in: text) { return text.lowerBound..<end }
    }
    // Or no code does: `(550, b'No such user')`.
    var opening = text.lowerBound
    while opening < text.upperBound, self[opening].isOne(of: ",", " ") { opening += 1 }
    if opening < text.upperBound, self[opening].isOne(of: "b", "u") { opening += 1 }
    let inner = min(opening + 1, text.upperBound)..<text.upperBound
    guard opening < text.upperBound, self[opening] != UInt8(ascii: "("),
      let end = closing(opening, in: inner)
    else { return text }
    return inner.lowerBound..<end
  }

  /// Where the mark stands that closes the one at a place; `nil` where there is none, or no text
  /// between them.
  private func closing(_ opening: Int, in text: Range<Int>) -> Int? {
    let mark = self[opening]
    if mark == UInt8(ascii: "(") { return closingParenthesis(in: text) }
    guard mark.isOne(of: "'", "\"", "`") else { return nil }
    let isEscaped = opening > 0 && self[opening - 1] == UInt8(ascii: "\\")
    for index in text.dropFirst() where self[index] == mark {
      // It is no apostrophe, nor a quotation inside.
      guard index + 1 == count || isEnd(index + 1, behind: mark) else { continue }
      if (self[index - 1] == UInt8(ascii: "\\")) == isEscaped {
        return isEscaped ? index - 1 : index
      }
    }
    return nil
  }

  private func closingParenthesis(in text: Range<Int>) -> Int? {
    var open = 1
    for index in text {
      switch self[index] {
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"): open -= 1
      default: continue
      }
      if open == 0 { return index > text.lowerBound ? index : nil }
    }
    return nil
  }

  /// Whether the text behind a mark can be that of a program.
  private func isEnd(_ index: Int, behind mark: UInt8) -> Bool {
    mark == UInt8(ascii: "\"")
      ? !self[index].isAlphanumeric : self[index].isOne(of: ",", ")", "]", "}", ";", "\n", "\r")
  }
}

extension UInt8 {
  /// What can stand before a code inside marks.
  fileprivate var isCodeMark: Bool { isOne(of: "'", "\"", "`", " ", "\n") }
}
