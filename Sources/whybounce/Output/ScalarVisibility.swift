extension Unicode.Scalar {
  /// Whether it shows nothing by itself, but may act on a terminal or on the text around it.
  var isInvisible: Bool {
    if isFrequentLetter { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Whether it stands in a block whose characters all show as they are, and none of them on the
  /// one before it. Most text is made of these, and they do not pay for Unicode's properties.
  var isFrequentLetter: Bool {
    switch value {
    // ASCII, Latin, Greek, Cyrillic, Hebrew, Arabic with its marks, dashes and quotation marks, kana
    // and Chinese with theirs, Korean.
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300, 0x370..<0x483, 0x5D0..<0x5EB, 0x606..<0x610,
      0x61D..<0x64B, 0x671..<0x6D5, 0x2010..<0x2028, 0x2030..<0x205F, 0x3001..<0x302A,
      0x3041..<0x3097, 0x30A0..<0x3100, 0x4E00..<0xA000, 0xAC00..<0xD7A4, 0xFF01..<0xFF61:
      true
    default: false
    }
  }
}
