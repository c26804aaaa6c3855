import Testing

@testable import ReplyMatcher

/// Where words begin and end, and which letters are the same.
@Suite struct LexerWordTests {
  static let table: [(text: String, words: [String])] = [
    ("User unknown", ["user", "unknown"]),
    ("USER,unknown!", ["user", "unknown"]),
    ("  user\t\r\n  unknown  ", ["user", "unknown"]),
    ("over-quota user_unknown not/found", ["over", "quota", "user", "unknown", "not", "found"]),
    ("don't can’t", ["don", "t", "can", "t"]),
    ("“user”—unknown…", ["user", "unknown"]),
    ("user\u{A0}unknown", ["user", "unknown"]),
    ("x1 2y 3", ["x1", "2y", "3"]),
    ("", []),
    (" .,;:!?<>()[]{}\"'`@#$%^&*-_=+|\\/~\u{7F}\0\u{1B}", []),

    // Letter case
    ("EMPFÄNGER Größe", ["empfänger", "größe"]),
    ("ПОЧТОВЫЙ ЯЩИК", ["почтовый", "ящик"]),
    ("ΆΓΝΩΣΤΟΣ ΠΑΡΑΛΉΠΤΗΣ X", ["άγνωστοσ", "παραλήπτησ", "x"]),
    ("ＵＳＥＲ ｕｎｋｎｏｗｎ ５５", ["user", "unknown", "55"]),
    // Turkish upper-cases i to İ and lower-cases I to ı, which no other language expects.
    ("KULLANICI kullanıcı GEÇERSİZ geçersiz", ["kullanici", "kullanici", "geçersiz", "geçersiz"]),

    // A mark that combines with a letter belongs to it.
    ("cafe\u{301} x", ["cafe\u{301}", "x"]),

    // Scripts without spaces: every character is a word, so that a phrase can begin anywhere.
    ("邮箱已满", ["邮", "箱", "已", "满"]),
    ("QQ邮箱55", ["qq", "邮", "箱", "55"]),
    ("メール、不明。", ["メ", "ー", "ル", "不", "明"]),
    ("한국", ["한", "국"]),
    ("ผู้ใช้", ["ผ", "\u{E39}", "\u{E49}", "ใ", "ช", "\u{E49}"]),
    ("𠮷野", ["𠮷", "野"]),
  ]

  @Test(arguments: table)
  func findsWords(text: String, words: [String]) {
    #expect(Lexed(text).words == words)
  }

  /// A phrase is cut where the reply is cut, or it would never be found.
  @Test(arguments: table)
  func phrasesAreCutAlike(text: String, words: [String]) {
    #expect(foldedWords(of: text) == words)
  }

  /// The vocabulary is looked up by the key of the folded word.
  @Test(arguments: table)
  func keysOfWords(text: String, words: [String]) {
    let tokens = Lexed(text).tokens.filter { $0.kind == .word }
    #expect(tokens.map(\.key) == words.map { WordKey(word: $0).value })
    #expect(tokens.map(\.isLong) == words.map { WordKey(word: $0).isLong })
  }

  /// The vocabulary holds folded words and is read through the same window as the reply.
  @Test(arguments: table)
  func foldingTwiceChangesNothing(text: String, words: [String]) {
    for word in words { #expect(foldedWords(of: word) == [word]) }
  }

  /// What is known of frequent letters without asking Unicode is what Unicode says.
  @Test func shortCutsAgreeWithUnicode() {
    for value in 0x80..<0x3_0000 {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      #expect(WordUnit.isAlike(scalar), "U+\(String(value, radix: 16))")
    }
  }

  @Test func everyLetterFoldsToItself() {
    for value in 0x80..<0x3_0000 {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let folded = foldedWords(of: String(scalar))
      #expect(
        folded.isEmpty || foldedWords(of: folded[0]) == folded, "U+\(String(value, radix: 16))")
    }
  }

  @Test func finalSigmaIsASigma() {
    #expect(Lexed("παραλήπτης").words == Lexed("ΠΑΡΑΛΉΠΤΗΣ").words)
  }

  // MARK: - Bytes that are no UTF-8

  static let latin1: [(bytes: [UInt8], words: [String])] = [
    (Array("Empf".utf8) + [0xE4] + Array("nger".utf8), ["empfänger"]),
    (Array("EMPF".utf8) + [0xC4] + Array("NGER".utf8), ["empfänger"]),
    (Array("Gr".utf8) + [0xF6, 0xDF] + Array("e".utf8), ["größe"]),
    // Latin-1's no-break space and its guillemets
    (
      Array("bo".utf8) + [0xEE] + Array("te".utf8) + [0xA0, 0xAB] + Array("x".utf8) + [0xBB],
      ["boîte", "x"]
    ),
    // Too long a form of '/', a surrogate, beyond Unicode, cut off
    ([0xC0, 0xAF], ["à"]),
    ([0xED, 0xA0, 0x80], ["í"]),
    ([0xF4, 0x90, 0x80, 0x80], ["ô"]),
    ([0x61, 0xE6, 0x97], ["aæ"]),
    ([0x61, 0xC3], ["aã"]),
  ]

  @Test(arguments: latin1)
  func otherBytesAreLatin1(bytes: [UInt8], words: [String]) {
    #expect(Lexed(bytes).words == words)
  }
}
