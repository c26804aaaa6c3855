@_spi(Benchmarks) import BounceCatalogue

/// Texts made to be slow: from the rules' own words, from near misses, and from whatever the lexer has
/// to look ahead for.
struct HostileTexts {
  /// Some text that is repeated until it is long enough.
  struct Seed {
    let name: String
    let bytes: [UInt8]
    /// What stands once, at the very end.
    var ending: [UInt8] = []
    /// Whether the bytes are to be one word, however long: no space between them.
    var isOneRun = false

    init(_ name: String, _ text: String, ending: String = "", isOneRun: Bool = false) {
      self.init(name, Array(text.utf8), ending: ending, isOneRun: isOneRun)
    }

    init(_ name: String, _ bytes: [UInt8], ending: String = "", isOneRun: Bool = false) {
      (self.name, self.bytes, self.isOneRun) = (name, bytes, isOneRun)
      self.ending = Array(ending.utf8)
    }

    /// The text, of exactly this size.
    func text(ofSize size: Int) -> [UInt8] {
      var text: [UInt8] = []
      text.reserveCapacity(size + bytes.count + 1)
      while text.count < size - ending.count {
        text += bytes
        if !isOneRun { text.append(0x20) }
      }
      text.removeLast(max(0, text.count - max(0, size - ending.count)))
      return text + ending
    }
  }

  /// The phrases as replies say them: placeholders and `*` filled.
  let phrases: [String]
  let words: [String]
  private let ordinary: [String]

  init(_ classifier: BounceClassifier, _ replies: Replies) {
    phrases = classifier.rules.flatMap { $0.text + $0.all + $0.forbidden }.map(Self.filled)
    words = Set(phrases.flatMap(foldedWords)).sorted()
    // Without those behind which nothing more is read.
    ordinary = replies.texts.filter { reply in
      let text = Array((reply + " more").utf8)
      return classifier.readLength(of: text) == text.count
    }
  }

  private static func filled(_ phrase: String) -> String {
    let fillings = [
      "{ip}": "192.0.2.7", "{address}": "a@b.example", "{domain}": "mail.example.net",
      "{host}": "mx.example.org", "{blocklist}": "zen.example.org", "{url}": "http://a.example/b",
      "{count}": "17", "{duration}": "5 minutes", "{size}": "10 MB", "*": " and so on ",
    ]
    return fillings.reduce(phrase) { $0.replacing($1.key, with: $1.value) }
  }

  /// Ordinary text, which all the others are compared with.
  var ordinarySeed: Seed { Seed("ordinary: the replies joined", ordinary.joined(separator: "\n")) }

  var seeds: [Seed] { ownWords + codes + forms + characters }

  // MARK: - The rules' own words

  private var ownWords: [Seed] {
    var numbers = SeededNumbers(seed: 9)
    let cut = phrases.map { $0.split(separator: " ").dropLast().joined(separator: " ") }
    let shuffled = phrases.shuffled(using: &numbers)
    let salad = foldedWords(of: phrases.joined(separator: " ")).shuffled(using: &numbers)
    return [
      Seed("every phrase, one after the other", shuffled.joined(separator: " ")),
      Seed(
        "every phrase without its last word", cut.shuffled(using: &numbers).joined(separator: " ")),
      Seed(
        "the first word of every phrase",
        shuffled.map { String($0.prefix { $0 != " " }) }.joined(separator: " ")),
      Seed("the catalogue's words, shuffled", salad.joined(separator: " ")),
      Seed("user user user", "user"),
      Seed("two words in turn", "user unknown"),
      Seed("mailbox account recipient user", "mailbox account recipient user"),
      Seed("words that open phrases with *", openings.joined(separator: " ")),
      Seed(
        "replies with the status at the very end", ordinary.joined(separator: "\n"),
        ending: " (#5.1.1)"),
    ]
  }

  /// What stands before a `*`: each is remembered until the phrase is complete.
  private var openings: [String] {
    BounceClassifier.standard.rules.flatMap(\.text).filter { $0.contains("*") }
      .map { Self.filled(String($0.prefix { $0 != "*" })) }
  }

  // MARK: - Codes and wrappers

  private var codes: [Seed] {
    [
      Seed("codes", "550 5.1.1"),
      Seed("lines of codes", "\n550-5.1.1 552-5.2.2\n"),
      Seed("quotes in quotes", "said: 550 5.1.1"),
      Seed("wrappers in wrappers", "host mx.example[192.0.2.1] said: 550"),
      Seed("a transcript", "\n<<< 550 5.1.1 user unknown\n>>> DATA"),
      Seed("almost codes", "550. 5.1 5.1.1.1 599x 5..1"),
      Seed("status marks", "(#5.1.1) (4.2.2) dsn=5.0.0"),
    ]
  }

  // MARK: - Things with a form of their own

  private var forms: [Seed] {
    [
      Seed("addresses", "<a@b.example>"),
      Seed("address literals without end", "a@[b"),
      Seed("addresses of addresses", "a@b@c@d", isOneRun: true),
      Seed("names", "mail.example.net"),
      Seed("one name of many labels", "a.b.", isOneRun: true),
      Seed("host names after listed", "listed at zen.example.org"),
      Seed("IP addresses", "192.0.2.7"),
      Seed("almost IP addresses", "192.0.2. 1.2.3.4.5 300.1.1.1 192.0.2.1x"),
      Seed("IPv6 addresses", "2001:db8::1"),
      Seed("almost IPv6 addresses", "a:b:c:d:e:f:a:b:c"),
      Seed("colons", ":", isOneRun: true),
      Seed("hexadecimal digits and colons", "abcd:", isOneRun: true),
      Seed("URLs", "http://a.example/b"),
      Seed("one long URL", "http://a/", isOneRun: true),
      Seed("almost URLs", "http: // https:/ ftp:"),
      Seed("schemes without end", "a://", isOneRun: true),
      Seed("numbers", "17"),
      Seed("durations", "5 minutes 10:30:00"),
      Seed("almost durations", "5 minuteness 10:3 1.5,2.5"),
      Seed("sizes", "10 MB 3,000 bytes"),
      Seed("digits and dots", "1.2,3.", isOneRun: true),
    ]
  }

  // MARK: - Characters

  private var characters: [Seed] {
    [
      Seed("one word", "a", isOneRun: true),
      Seed("words of 1 MB", String(repeating: "user", count: 1 << 18)),
      Seed("one number", "1", isOneRun: true),
      Seed("letters of one byte", "a b c d e f"),
      Seed("address characters without @", "a!b#c$d%", isOneRun: true),
      Seed("address characters in short runs", "a! #b $c %d ^e &f"),
      Seed("dots", ".", isOneRun: true),
      Seed("hyphens", "a-b-", isOneRun: true),
      Seed("at signs", "@", isOneRun: true),
      Seed("spaces", " ", isOneRun: true),
      Seed("line breaks", "\n", isOneRun: true),
      Seed("line breaks and words", "a\nb\r\n"),
      Seed("capitals", "USER UNKNOWN MAILBOX FULL"),
      Seed("accents", "é", isOneRun: true),
      Seed("words with accents", "boîte aux lettres pleine élève"),
      Seed("Greek in capitals", "ΑΣ ΟΔΟΣ"),
      Seed("Russian", "почтовый ящик переполнен"),
      Seed("ideographs", "邮箱不存在用户", isOneRun: true),
      Seed("Thai", "กขค", isOneRun: true),
      Seed("combining marks", "e\u{301}\u{302}\u{303}", isOneRun: true),
      Seed("full width", "ＵＳＥＲ ｕｎｋｎｏｗｎ"),
      Seed("emoji", "😀", isOneRun: true),
      Seed("invalid UTF-8", [0xC3, 0x28, 0xA0, 0xE2, 0x82, 0xFF, 0xF0, 0x9F, 0x98]),
      Seed("beginnings of UTF-8", [0xF0, 0x9F, 0x98], isOneRun: true),
      Seed("zero bytes", [0], isOneRun: true),
    ]
  }
}
