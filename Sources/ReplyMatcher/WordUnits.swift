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
      case 0x18F: return letter(0x259)
      case 0x1A0, 0x1A1, 0x1DE...0x1EF, 0x1F8...0x1FF: return letter(scalar | 1)
      case 0x1AF, 0x1B0, 0x1CD...0x1DC: return letter(scalar + (scalar & 1))
      default: return nil
      }
    case 0x02:
      switch scalar {
      case 0x200...0x21F, 0x222...0x233: return letter(scalar | 1)
      case 0x250...0x2AF: return letter(scalar)
      default: return nil
      }
    case 0x03:  // Combining marks, Greek
      switch scalar {
      case 0x300...0x34E: return letter(scalar)
      case 0x3B1...0x3C1, 0x3C3...0x3C9: return letter(scalar)
      case 0x3C2: return letter(0x3C3)
      case 0x391...0x3A1, 0x3A3...0x3AB: return letter(scalar + 0x20)
      case 0x390, 0x3AC...0x3B0, 0x3CA...0x3CE: return letter(scalar)
      case 0x386: return letter(0x3AC)
      case 0x388...0x38A: return letter(scalar + 0x25)
      case 0x38C: return letter(0x3CC)
      case 0x38E, 0x38F: return letter(scalar + 0x3F)
      default: return nil
      }
    case 0x04:  // Cyrillic
      switch scalar {
      case 0x430...0x45F: return letter(scalar)
      case 0x410...0x42F: return letter(scalar + 0x20)
      case 0x400...0x40F: return letter(scalar + 0x50)
      case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x4FF: return letter(scalar | 1)
      case 0x4C1...0x4CE: return letter(scalar + (scalar & 1))
      default: return nil
      }
    case 0x05:  // Armenian, Hebrew
      switch scalar {
      case 0x531...0x556: return letter(scalar + 0x30)
      case 0x561...0x587, 0x5D0...0x5EA: return letter(scalar)
      default: return nil
      }
    case 0x06:  // Arabic
      switch scalar {
      case 0x620...0x669, 0x671...0x6D3, 0x6D5: return letter(scalar)
      default: return nil
      }
    case 0x09...0x0D:  // From Devanagari to Sinhala
      return indicLetters(scalar >> 6) >> UInt64(scalar & 63) & 1 == 1 ? letter(scalar) : nil
    case 0x0E: return scalar <= 0xE7F ? ideograph : nil  // Thai
    case 0x10: return 0x10D0...0x10FA ~= scalar ? letter(scalar) : nil  // Georgian
    case 0x1E:  // More Latin, Vietnamese
      return 0x1E00...0x1E95 ~= scalar || 0x1EA0...0x1EFF ~= scalar ? letter(scalar | 1) : nil
    case 0x20: return scalar <= 0x203A ? separator : nil
    case 0x30:  // kana
      switch scalar {
      case 0x3041...0x3096, 0x30A1...0x30FA: return ideograph
      case 0x3005: return letter(scalar)
      case 0x3000...0x3003: return separator
      default: return nil
      }
    case 0x4E...0x9F, 0xAC...0xD6: return ideograph  // Han, Hangul
    case 0xFF:  // full width
      switch scalar {
      case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: return separator
      case 0xFF10...0xFF19, 0xFF41...0xFF5A: return letter(scalar - 0xFEE0)
      case 0xFF21...0xFF3A: return letter(scalar - 0xFEE0 + 0x20)
      default: return nil
      }
    case 0x1F3...0x1F6, 0x1F9: return separator  // emoji
    default: return nil
    }
  }

  /// A bit for each letter, digit and combining mark among 64 characters of India's and Sri Lanka's
  /// scripts.
  private static func indicLetters(_ block: UInt32) -> UInt64 {
    switch block {
    case 0x24: 0xFFFF_FFFF_FFFF_FFFF
    case 0x25: 0xFFFE_FFCF_FFFF_FFFF
    case 0x26: 0xF3C5_FDFF_FFF9_9FEF
    case 0x27: 0x5003_FFCF_B080_799F
    case 0x28: 0xD36D_FDFF_FFF9_87EE
    case 0x29: 0x003F_FFC0_5E02_3987
    case 0x2A: 0xF3ED_FDFF_FFFB_BFEE
    case 0x2B: 0x1E00_FFCF_0001_3BBF
    case 0x2C: 0xF3ED_FDFF_FFF9_9FEE
    case 0x2D: 0x0002_FFCF_B0C0_399F
    case 0x2E: 0xC3FF_C718_D63D_C7EC
    case 0x2F: 0x0000_FFC0_0081_3DC7
    case 0x30: 0xF3FF_FDFF_FFFD_DFFF
    case 0x31: 0x0000_FFCF_3760_3DDF
    case 0x32: 0xF3EF_FDFF_FFFD_DFEF
    case 0x33: 0x000E_FFCF_7060_3DDF
    case 0x34: 0xFFFF_FFFF_FFFD_DFFF
    case 0x35: 0xFC00_FFCF_80F0_7DDF
    case 0x36: 0x2FFB_FFFF_FC7F_FFEE
    case 0x37: 0x000C_FFC0_FF5F_847F
    default: 0
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
