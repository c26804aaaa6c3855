// Programs put a reply between marks: `'550 5.1.1 …', responseCode: 550`, `(550, b'5.1.1 …')`,
// `"response": "smtp; 550 …", …`. What stands behind the second mark is theirs.
extension UnsafeBufferPointer<UInt8> {
  /// The part of a reply's text that stands inside the marks around it; all of it where there are none.
  ///
  /// - Parameters:
  ///   - text: From behind the reply's codes on.
  ///   - head: Where the reply begins, with its codes.
  /// - Complexity: O(*n*) in the length of the text.
  func insideMarks(_ text: Range<Int>, ofReplyAt head: Int) -> Range<Int> {
    // `(550, b'5.1.1 No such user')`, `status=bounced (No such user)`.
    var (opening, isProgram) = (text.lowerBound, 0 < head && head == text.lowerBound)
    func skip(_ marks: Unicode.Scalar...) {
      while opening < text.upperBound, marks.contains(where: { self[opening] == UInt8(ascii: $0) })
      {
        isProgram = isProgram || self[opening] != 0x20
        opening += 1
      }
    }
    skip(",", " ")
    skip("b", "u")
    if isProgram, opening < text.upperBound {
      let inner = opening + 1..<text.upperBound
      if let end = closing(opening, in: inner) {
        let start = status(at: inner.lowerBound)?.end ?? inner.lowerBound
        return Swift.min(start, end)..<end
      }
    }
    // The last code may stand alone inside them: `550 b'5.1.1 …'`.
    var codeStart = text.lowerBound
    while codeStart > head, !self[codeStart - 1].isBeforeCode { codeStart -= 1 }
    for opening in [head - 1, codeStart - 1, openingOfCell(before: head)] {
      if let end = closing(opening, in: text) { return text.lowerBound..<end }
    }
    return text
  }

  /// Where the mark stands that closes the one at a place; `nil` where there is none, or no text
  /// between them.
  private func closing(_ opening: Int, in text: Range<Int>) -> Int? {
    guard opening >= 0 else { return nil }
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

  /// Where the quotation mark stands with which a JSON string or a table's cell begins that holds more
  /// than the reply; -1 where there is none near.
  private func openingOfCell(before head: Int) -> Int {
    let reach = Swift.max(0, head - 128)..<head
    guard let mark = reach.last(where: { self[$0].isOne(of: "\"", "'") }) else { return -1 }
    let before = self[..<mark].last { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: " ") }
    return before?.isOne(of: ":", ",", "=", "[", "(", "\t") ?? true ? mark : -1
  }
}

extension UInt8 {
  /// What can stand before a code inside marks.
  fileprivate var isBeforeCode: Bool { isOne(of: "'", "\"", "`", " ", "\n") }
}
