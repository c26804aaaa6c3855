/// Cuts text into folded words, by the rules of whybounce: letter case, punctuation and spacing do
/// not count.
///
/// Written anew from `Sources/ReplyMatcher/WordUnit.swift`, which no other package can call. Were they
/// to differ, the matchers would find different phrases, and the comparison would say so.
func foldedWords(of text: String) -> [String] {
  var words: [String] = []
  var word = ""
  func endWord() {
    if !word.isEmpty { words.append(word) }
    word = ""
  }
  for scalar in text.unicodeScalars {
    switch fold(scalar) {
    case .separator: endWord()
    case .letter(let folded): word.unicodeScalars.append(folded)
    case .ideograph:
      endWord()
      words.append(String(scalar))
    }
  }
  endWord()
  return words
}

private enum FoldedScalar {
  case separator
  case letter(Unicode.Scalar)
  /// A word of its own.
  case ideograph
}

private func fold(_ scalar: Unicode.Scalar) -> FoldedScalar {
  let properties = scalar.properties
  switch scalar.value {
  case 0x30...0x39, 0x61...0x7A: return .letter(scalar)
  case 0x41...0x5A: return .letter(Unicode.Scalar(scalar.value | 0x20)!)
  case 0..<0x80: return .separator
  case 0x0E00...0x0E7F, 0x3041...0x30FF, 0xAC00...0xD7AF, 0xFF66...0xFF9F: return .ideograph
  case _ where properties.isIdeographic: return .ideograph
  case 0x0130, 0x0131: return .letter("i")
  case 0xFF10...0xFF5A where properties.isAlphabetic || properties.numericType != nil:
    return fold(Unicode.Scalar(scalar.value - 0xFEE0)!)
  case _ where properties.isAlphabetic || properties.numericType == .decimal:
    let folded = properties.lowercaseMapping.unicodeScalars.first ?? scalar
    return .letter(folded == "ς" ? "σ" : folded)
  case _ where properties.canonicalCombiningClass != .notReordered: return .letter(scalar)
  default: return .separator
  }
}

/// Whether a word standing alone could be read as a reply code.
func isReplyCode(_ word: String) -> Bool {
  word.utf8.count == 3 && (200...599).contains(UInt16(word) ?? 0)
}

extension Replies {
  /// The replies as literal matchers want them: folded words between single spaces. Numbers that our
  /// lexer could take for reply codes become others.
  var normalised: [[UInt8]] {
    texts.map { text in
      let words = foldedWords(of: text).map { isReplyCode($0) ? "\(UInt16($0)! + 400)" : $0 }
      return Array(" \(words.joined(separator: " ")) ".utf8)
    }
  }
}
