/// One step through a reply's text: a folded character of a word, or something that separates words.
///
/// Letter case, punctuation and spacing do not count in a phrase, so both the lexer and the
/// vocabulary look-up see text through this window alone. Invalid UTF-8 is read as Latin-1, which
/// is what servers that do not speak UTF-8 mostly send; every byte sequence is thus legal input.
struct WordUnit {
  enum Kind { case separator, letter, ideograph }

  /// The folded scalar value; 0 for a separator.
  var value: UInt32
  var length: Int
  /// An ideograph is a word of its own: its script puts no spaces between words.
  var kind: Kind

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      self.init(value: UInt32(byte), length: 1, kind: .letter)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      self.init(value: UInt32(byte | 0x20), length: 1, kind: .letter)
    case 0..<0x80:
      self.init(value: 0, length: 1, kind: .separator)
    default:
      self.init(beyondASCII: bytes, at: index)
    }
  }

  private init(value: UInt32, length: Int, kind: Kind) {
    (self.value, self.length, self.kind) = (value, length, kind)
  }

  @inline(never)
  private init(beyondASCII bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    let (scalar, length) = Self.decode(bytes, at: index)
    if let (value, kind) = Self.known(scalar.value) {
      self.init(value: value, length: length, kind: kind)
    } else {
      self.init(scalar, length: length)
    }
  }

  /// What the Unicode properties say: apart from the rest, because asking them is dear.
  @inline(never)
  private init(_ scalar: Unicode.Scalar, length: Int) {
    let properties = scalar.properties
    switch scalar.value {
    case _ where Self.hasNoSpaces(scalar.value) || properties.isIdeographic:
      self.init(value: scalar.value, length: length, kind: .ideograph)
    case 0x0130, 0x0131:  // Turkish dotted and dotless i: upper-casing and lower-casing mix them
      self.init(value: 0x69, length: length, kind: .letter)
    case 0xFF10...0xFF5A where properties.isAlphabetic || properties.numericType != nil:
      let narrow = scalar.value - 0xFEE0
      self.init(
        value: narrow < 0x5B && narrow > 0x40 ? narrow | 0x20 : narrow, length: length,
        kind: .letter)
    case _ where properties.isAlphabetic || properties.numericType == .decimal:
      let folded = (properties.lowercaseMapping.unicodeScalars.first ?? scalar).value
      // A sigma at a word's end is a sigma.
      self.init(value: folded == 0x03C2 ? 0x03C3 : folded, length: length, kind: .letter)
    case _ where properties.canonicalCombiningClass != .notReordered:
      self.init(value: scalar.value, length: length, kind: .letter)
    default:
      self.init(value: 0, length: length, kind: .separator)
    }
  }

  /// Thai, kana, Hangul.
  private static func hasNoSpaces(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0E7F, 0x3041...0x30FF, 0xAC00...0xD7AF, 0xFF66...0xFF9F: true
    default: false
    }
  }

  /// What the Unicode properties say of the letters that replies have most, found without them.
  @inline(__always)
  private static func known(_ scalar: UInt32) -> (value: UInt32, kind: Kind)? {
    func letter(_ folded: UInt32) -> (value: UInt32, kind: Kind)? { (folded, .letter) }
    let ideograph: (value: UInt32, kind: Kind) = (scalar, .ideograph)
    let separator: (value: UInt32, kind: Kind) = (0, .separator)
    // By blocks of 256, so that the way to a letter is short.
    switch scalar >> 8 {
    case 0x00:  // Latin
      switch scalar {
      case 0xDF...0xF6, 0xF8...0xFF: return letter(scalar)
      case 0xC0...0xD6, 0xD8...0xDE: return letter(scalar + 0x20)
      case 0xAA, 0xB5, 0xBA: return letter(scalar)
      default: return separator
      }
    case 0x01:
      switch scalar {
      case 0x100...0x12F, 0x132...0x137, 0x14A...0x177: return letter(scalar | 1)
      case 0x139...0x148, 0x179...0x17E: return letter(scalar + (scalar & 1))
      default: return nil
      }
    case 0x03:  // Combining marks, Greek
      switch scalar {
      case 0x300...0x34E: return letter(scalar)
      case 0x3B1...0x3C1, 0x3C3...0x3C9: return letter(scalar)
      case 0x391...0x3A1, 0x3A3...0x3A9: return letter(scalar + 0x20)
      default: return nil
      }
    case 0x04:  // Cyrillic
      switch scalar {
      case 0x430...0x45F: return letter(scalar)
      case 0x410...0x42F: return letter(scalar + 0x20)
      case 0x400...0x40F: return letter(scalar + 0x50)
      case 0x490...0x4BF: return letter(scalar | 1)
      default: return nil
      }
    case 0x05: return 0x5D0...0x5EA ~= scalar ? letter(scalar) : nil  // Hebrew
    case 0x06:  // Arabic
      return 0x620...0x64A ~= scalar || 0x671...0x6D3 ~= scalar ? letter(scalar) : nil
    case 0x09:  // Devanagari
      return 0x904...0x939 ~= scalar || 0x93E...0x94C ~= scalar ? letter(scalar) : nil
    case 0x0C, 0x0D:  // Telugu, Kannada, Malayalam
      switch scalar {
      case 0xC15...0xC28, 0xC2A...0xC39, 0xC3E...0xC44, 0xC95...0xCA8, 0xCAA...0xCB3,
        0xD15...0xD39, 0xD3E...0xD44, 0xD4D:
        return letter(scalar)
      default: return nil
      }
    case 0x0E: return scalar <= 0xE7F ? ideograph : nil  // Thai
    case 0x20: return scalar <= 0x203A ? separator : nil
    case 0x30:  // kana
      switch scalar {
      case 0x3041...0x3096, 0x30A1...0x30FA: return ideograph
      case 0x3000...0x3003: return separator
      default: return nil
      }
    case 0x4E...0x9F, 0xAC...0xD6: return ideograph  // Han, Hangul
    case 0xFF: return 0xFF01...0xFF0F ~= scalar ? separator : nil
    default: return nil
    }
  }

  /// The letters of `known`, by the properties alone: for the test that both say the same.
  static func isAlike(_ scalar: Unicode.Scalar) -> Bool {
    guard let (value, kind) = known(scalar.value) else { return true }
    let properties = scalar.properties
    let isIdeograph =
      properties.isIdeographic || hasNoSpaces(scalar.value)
    return switch kind {
    case .ideograph: isIdeograph && value == scalar.value
    case .letter:
      value == properties.lowercaseMapping.unicodeScalars.first?.value
        && (properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered)
    case .separator:
      !properties.isAlphabetic && properties.canonicalCombiningClass == .notReordered
        && properties.numericType != .decimal && !isIdeograph
    }
  }

  /// The scalar at an index and its length in bytes; a byte that starts no valid sequence is Latin-1.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[index]
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    let latin1 = (Unicode.Scalar(first), 1)
    guard length > 1, index + length <= bytes.count else { return latin1 }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return latin1 }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= shortest, let scalar = Unicode.Scalar(value) else { return latin1 }
    return (scalar, length)
  }
}

extension String {
  /// Text as the matcher reads it: what is no UTF-8 is Latin-1.
  init(readable bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    self = Array(bytes).withUnsafeBufferPointer { bytes in
      var scalars = String.UnicodeScalarView()
      var index = 0
      while index < bytes.count {
        let (scalar, length) = WordUnit.decode(bytes, at: index)
        scalars.append(scalar)
        index += length
      }
      return String(scalars)
    }
  }
}

/// Cuts a phrase into folded words, exactly as the lexer cuts a reply.
package func foldedWords(of phrase: String) -> [String] {
  var words: [String] = []
  var word = ""
  var phrase = phrase
  phrase.withUTF8 { bytes in
    var index = 0
    while index < bytes.count {
      let unit = WordUnit(bytes, at: index)
      if unit.kind != .letter, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if let scalar = Unicode.Scalar(unit.value), unit.kind != .separator {
        if unit.kind == .ideograph {
          words.append(String(scalar))
        } else {
          word.unicodeScalars.append(scalar)
        }
      }
      index += unit.length
    }
  }
  return word.isEmpty ? words : words + [word]
}
