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

  /// Whether `known` says what the properties say: for the test that it does.
  static func isAlike(_ scalar: Unicode.Scalar) -> Bool {
    guard let (value, kind) = known(scalar.value) else { return true }
    let unit = WordUnit(scalar, length: 1)
    return unit.value == value && unit.kind == kind
  }

  /// The scalar at an index and its length in bytes; a byte that starts no valid sequence is Latin-1.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    /// The bits that a byte at this distance adds; `nil` where it continues no sequence.
    @inline(__always)
    func continuation(_ distance: Int) -> UInt32? {
      let byte = index &+ distance < bytes.count ? bytes[index &+ distance] : 0
      return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    let first = UInt32(bytes[index])
    switch first {
    case 0xC2...0xDF:
      guard let second = continuation(1) else { break }
      return (scalar((first & 0x1F) << 6 | second), 2)
    case 0xE0...0xEF:
      guard let second = continuation(1), let third = continuation(2) else { break }
      let value = (first & 0x0F) << 12 | second << 6 | third
      guard value >= 0x800, !(0xD800...0xDFFF ~= value) else { break }
      return (scalar(value), 3)
    case 0xF0...0xF4:
      guard let second = continuation(1), let third = continuation(2),
        let fourth = continuation(3)
      else { break }
      let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
      guard 0x1_0000...0x10_FFFF ~= value else { break }
      return (scalar(value), 4)
    default: break
    }
    return (Unicode.Scalar(UInt8(first)), 1)
  }

  /// A value that is known to be one.
  @inline(__always)
  private static func scalar(_ value: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(value).unsafelyUnwrapped
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

// For other modules, which would run the generic initialiser unspecialised:

package func readableText(of bytes: UnsafeBufferPointer<UInt8>) -> String {
  String(readable: bytes)
}

/// A character of such text, and how many bytes it has.
package func readableScalar(
  in bytes: UnsafeBufferPointer<UInt8>, at index: Int
) -> (scalar: Unicode.Scalar, length: Int) {
  WordUnit.decode(bytes, at: index)
}

/// Cuts a phrase into folded words, exactly as the lexer cuts a reply.
package func foldedWords(of phrase: String) -> [String] {
  var words: [String] = []
  var word = ""
  var phrase = phrase
  phrase.withUTF8 { bytes in
    var index = 0
    while index < bytes.count {
      let end = word.isEmpty ? endOfPlainWord(bytes, at: index) : index
      if end > index {
        words.append(
          String(decoding: UnsafeBufferPointer(rebasing: bytes[index..<end]), as: UTF8.self))
        index = end
        continue
      }
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

/// Where a word ends that stands there as it is folded, as most do: in small letters of ASCII and digits;
/// where it begins, if it does not.
private func endOfPlainWord(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
  var index = start
  while index < bytes.count {
    let byte = bytes[index]
    let isPlain = byte &- UInt8(0x61) < 26 || byte &- UInt8(0x30) < 10
    if !isPlain { return byte &- UInt8(0x41) < 26 || byte >= 0x80 ? start : index }
    index += 1
  }
  return index
}
