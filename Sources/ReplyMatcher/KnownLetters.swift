/// What the Unicode properties say of the characters that replies have most, found without them: asking
/// is dear.
extension WordUnit {
  typealias Known = (value: UInt32, kind: Kind)

  /// `nil` for characters that have to be asked for.
  @inline(__always)
  static func known(_ scalar: UInt32) -> Known? {
    // By blocks of 256, so that the way to a letter is short.
    switch scalar >> 8 {
    case 0x00: latin(scalar)
    case 0x01: latinExtendedA(scalar)
    case 0x02: latinExtendedB(scalar)
    case 0x03: marksAndGreek(scalar)
    case 0x04: cyrillic(scalar)
    case 0x05: armenianAndHebrew(scalar)
    case 0x06: arabic(scalar)
    case 0x09...0x0D: indic(scalar)
    case 0x0E: scalar <= 0xE7F ? ideograph(scalar) : nil  // Thai
    case 0x10: 0x10D0...0x10FA ~= scalar ? letter(scalar) : nil  // Georgian
    case 0x1E: latinExtendedAdditional(scalar)
    case 0x20: scalar <= 0x203A ? separator : nil
    case 0x30: kana(scalar)
    case 0x4E...0x9F, 0xAC...0xD6: ideograph(scalar)  // Han, Hangul
    case 0xFF: fullWidth(scalar)
    case 0x1F3...0x1F6, 0x1F9: separator  // emoji
    default: nil
    }
  }

  @inline(__always)
  private static func letter(_ folded: UInt32) -> Known { (folded, .letter) }

  @inline(__always)
  private static func ideograph(_ scalar: UInt32) -> Known { (scalar, .ideograph) }

  private static var separator: Known { (0, .separator) }

  @inline(__always)
  private static func latin(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0xDF...0xF6, 0xF8...0xFF: letter(scalar)
    case 0xC0...0xD6, 0xD8...0xDE: letter(scalar + 0x20)
    case 0xAA, 0xB5, 0xBA: letter(scalar)
    default: separator
    }
  }

  @inline(__always)
  private static func latinExtendedA(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x100...0x12F, 0x132...0x137, 0x14A...0x177: letter(scalar | 1)
    case 0x139...0x148, 0x179...0x17E: letter(scalar + (scalar & 1))
    case 0x18F: letter(0x259)
    case 0x1A0, 0x1A1, 0x1DE...0x1EF, 0x1F8...0x1FF: letter(scalar | 1)
    case 0x1AF, 0x1B0, 0x1CD...0x1DC: letter(scalar + (scalar & 1))
    default: nil
    }
  }

  @inline(__always)
  private static func latinExtendedB(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x200...0x21F, 0x222...0x233: letter(scalar | 1)
    case 0x250...0x2AF: letter(scalar)
    default: nil
    }
  }

  @inline(__always)
  private static func marksAndGreek(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x300...0x34E: letter(scalar)
    case 0x3B1...0x3C1, 0x3C3...0x3C9: letter(scalar)
    case 0x3C2: letter(0x3C3)
    case 0x391...0x3A1, 0x3A3...0x3AB: letter(scalar + 0x20)
    case 0x390, 0x3AC...0x3B0, 0x3CA...0x3CE: letter(scalar)
    case 0x386: letter(0x3AC)
    case 0x388...0x38A: letter(scalar + 0x25)
    case 0x38C: letter(0x3CC)
    case 0x38E, 0x38F: letter(scalar + 0x3F)
    default: nil
    }
  }

  @inline(__always)
  private static func cyrillic(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x430...0x45F: letter(scalar)
    case 0x410...0x42F: letter(scalar + 0x20)
    case 0x400...0x40F: letter(scalar + 0x50)
    case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x4FF: letter(scalar | 1)
    case 0x4C1...0x4CE: letter(scalar + (scalar & 1))
    default: nil
    }
  }

  @inline(__always)
  private static func armenianAndHebrew(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x531...0x556: letter(scalar + 0x30)
    case 0x561...0x587, 0x5D0...0x5EA: letter(scalar)
    default: nil
    }
  }

  @inline(__always)
  private static func arabic(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x620...0x669, 0x671...0x6D3, 0x6D5: letter(scalar)
    default: nil
    }
  }

  @inline(__always)
  private static func kana(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0x3041...0x3096, 0x30A1...0x30FA: ideograph(scalar)
    case 0x3005: letter(scalar)
    case 0x3000...0x3003: separator
    default: nil
    }
  }

  @inline(__always)
  private static func fullWidth(_ scalar: UInt32) -> Known? {
    switch scalar {
    case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: separator
    case 0xFF10...0xFF19, 0xFF41...0xFF5A: letter(scalar - 0xFEE0)
    case 0xFF21...0xFF3A: letter(scalar - 0xFEE0 + 0x20)
    default: nil
    }
  }

  @inline(__always)
  private static func latinExtendedAdditional(_ scalar: UInt32) -> Known? {  // Vietnamese above all
    0x1E00...0x1E95 ~= scalar || 0x1EA0...0x1EFF ~= scalar ? letter(scalar | 1) : nil
  }

  /// From Devanagari to Sinhala.
  @inline(__always)
  private static func indic(_ scalar: UInt32) -> Known? {
    indicBits(scalar >> 6) >> UInt64(scalar & 63) & 1 == 1 ? letter(scalar) : nil
  }

  /// A bit for each letter, digit and combining mark among 64 characters of India's and Sri Lanka's
  /// scripts.
  private static func indicBits(_ block: UInt32) -> UInt64 {
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
}
