import Testing

@testable import ReplyMatcher

/// Things with a form of their own: addresses, IP addresses, names, URLs, numbers with units.
@Suite struct LexerFormTests {
  // MARK: - Addresses

  static let addresses: [(text: String, addresses: [String])] = [
    ("<user@example.com>: unknown", ["user@example.com"]),
    ("rcpt:<user@example.com>, to=user@example.com", ["user@example.com", "user@example.com"]),
    (
      "(a@b.example) [c@d.example] 'e@f.example' \"g@h.example\"",
      ["a@b.example", "c@d.example", "e@f.example", "g@h.example"]
    ),
    ("user@example.com. Next", ["user@example.com"]),
    ("a@b.example,c@d.example;e@f.example", ["a@b.example", "c@d.example", "e@f.example"]),
    ("first.last+tag@mail.example.co.uk", ["first.last+tag@mail.example.co.uk"]),
    ("a{b}c|d~e^f!g$h%i&j*k#l_m-n@example.com", ["a{b}c|d~e^f!g$h%i&j*k#l_m-n@example.com"]),
    ("bounces-42_user+example.com@list.example", ["bounces-42_user+example.com@list.example"]),
    // '=' also stands before addresses (`to=`), so only the end of such a local part is seen.
    ("bounce-user=example.com@list.example", ["example.com@list.example"]),
    ("user@[192.0.2.1] unknown", ["user@[192.0.2.1]"]),
    ("user@[IPv6:2001:db8::1]", ["user@[IPv6:2001:db8::1]"]),
    ("user@localhost", ["user@localhost"]),
    ("müller@example.com", ["müller@example.com"]),
    // Scripts without spaces touch what stands beside them.
    ("用户user@example.com不存在", ["user@example.com"]),
    ("受信者：user@example.com", ["user@example.com"]),

    ("user @ example.com", []),
    ("user@ x", []),
    ("@example.com", []),
    ("user@-", []),
    ("user@[192.0.2.1", []),
    ("at@", []),
  ]

  @Test(arguments: addresses)
  func findsAddresses(text: String, addresses: [String]) {
    #expect(Lexed(text).addresses == addresses)
  }

  @Test func anAddresssWordsDoNotCount() {
    #expect(Lexed("to no.such.user@mailbox.full.example now").words == ["to", "now"])
    #expect(Lexed("no.such.user@mailbox.full.example").spans(.name) == [])
  }

  @Test(arguments: [
    ("user@bücher.example", "user@bücher.example"),
    ("to\u{A0}user@example.com", "user@example.com"),
    ("to：user@example.com", "user@example.com"),
    ("ผู้ใช้user@example.com", "user@example.com"),
  ])
  func addressesAmongOtherScripts(text: String, address: String) {
    #expect(Lexed(text).addresses == [address])
  }

  // MARK: - IP addresses

  static let ips: [(text: String, ips: [String])] = [
    ("192.0.2.1", ["192.0.2.1"]),
    (
      "[192.0.2.1] (192.0.2.2) <192.0.2.3> '192.0.2.4'",
      ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"]
    ),
    (
      "ip=192.0.2.1, ip:192.0.2.2; 192.0.2.3. Next",
      ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    ),
    ("192.0.2.1:25 192.0.2.0/24 192.0.2.1#25", ["192.0.2.1", "192.0.2.0", "192.0.2.1"]),
    ("mx.example.com[192.0.2.1]", ["192.0.2.1"]),
    ("0.0.0.0 255.255.255.255", ["0.0.0.0", "255.255.255.255"]),
    ("2001:db8::1 [2001:DB8::2] (fe80::1%eth0)", ["2001:db8::1", "2001:DB8::2", "fe80::1"]),
    ("2001:db8:0:0:0:0:0:1", ["2001:db8:0:0:0:0:0:1"]),
    ("2001:0db8:0000:0000:0000:0000:0000:0001", ["2001:0db8:0000:0000:0000:0000:0000:0001"]),
    ("IPv6:2001:db8::1.", ["2001:db8::1"]),
    ("::ffff:192.0.2.1", ["192.0.2.1"]),
    ("中192.0.2.1中", ["192.0.2.1"]),

    // Versions, numbers that are too large, parts of names
    ("1.2.3 8.14.4 version 1.2.3.4.5", []),
    ("256.0.0.1 1.2.3.456 1.2.3.1000", []),
    ("v1.2.3.4 1.2.3.4a 1.2.3.4_5", []),
    ("192.0.2.1.example.com", []),
    // Times, hardware addresses, Perl modules, ratios
    ("12:34:56 2026-11-24T12:34:56", []),
    ("00:1a:2b:3c:4d:5e", []),
    ("Mail::SpamAssassin std::string", []),
    ("12345::1", []),
  ]

  @Test(arguments: ips)
  func findsIPs(text: String, ips: [String]) {
    #expect(Lexed(text).ips == ips)
  }

  @Test(
    arguments: [
      ("1:::2", []),
      ("64:ff9b::192.0.2.33", ["64:ff9b::192.0.2.33"]),
      ("192.0.2.1-pool.example.com", []),
    ] as [(String, [String])])
  func rareIPs(text: String, ips: [String]) {
    #expect(Lexed(text).ips == ips)
  }

  // MARK: - Names

  static let names: [(text: String, names: [String])] = [
    ("mx.example.com", ["mx.example.com"]),
    (
      "mx.example.com. (mx-1.example.com), [zen.spamhaus.org]; <x.co.uk>:",
      ["mx.example.com", "mx-1.example.com", "zen.spamhaus.org", "x.co.uk"]
    ),
    (
      "host=mx.example.com mx.example.com:25 mx.example.com[192.0.2.1]",
      ["mx.example.com", "mx.example.com", "mx.example.com"]
    ),
    ("1.2.0.192.zen.example", ["1.2.0.192.zen.example"]),
    ("192.0.2.1.example.com", ["192.0.2.1.example.com"]),
    ("XN--BCHER-KVA.Example", ["XN--BCHER-KVA.Example"]),

    ("localhost example", []),
    ("1.2.3 v1.2.3 1.5", []),
    ("end. Next e.g. a.b", []),
    (".com com.", []),
    ("user@mx.example.com", []),
  ]

  @Test(arguments: names)
  func findsNames(text: String, names: [String]) {
    #expect(Lexed(text).spans(.name) == names)
  }

  @Test(arguments: ["mx.example.com!", "{mx.example.com}", "*mx.example.com*", "mx.example.com|x"])
  func namesBesideMarks(text: String) {
    #expect(Lexed(text).spans(.name) == ["mx.example.com"])
  }

  /// A name can also be read as its words: a phrase may say `example com`.
  @Test func aNamesWordsCount() {
    #expect(Lexed("mx.example.com").words == ["mx", "example", "com"])
  }

  // MARK: - URLs

  static let urls: [(text: String, urls: [String])] = [
    ("see http://example.com/a now", ["http://example.com/a"]),
    ("HTTPS://Example.com/A?b=c&d=%20#e", ["HTTPS://Example.com/A?b=c&d=%20#e"]),
    (
      "(http://a.example) <http://b.example> [http://c.example] 'http://d.example'",
      ["http://a.example", "http://b.example", "http://c.example", "http://d.example"]
    ),
    (
      "http://a.example. http://b.example, http://c.example/x,y;z!",
      ["http://a.example", "http://b.example", "http://c.example/x,y;z"]
    ),
    ("http://user@a.example/ x", ["http://user@a.example/"]),
    ("http://a.example/日本 x", ["http://a.example/日本"]),
    ("http://a.example/?u=http://b.example", ["http://a.example/?u=http://b.example"]),
    ("ftp://a.example", ["ftp://a.example"]),

    ("http:/a.example http:a.example mailto:a@b.example", []),
    ("://a.example", []),
  ]

  @Test(arguments: urls)
  func findsURLs(text: String, urls: [String]) {
    #expect(Lexed(text).spans(.url) == urls)
  }

  // MARK: - Numbers with units

  static let durations: [(text: String, durations: [String], seconds: [Int])] = [
    ("in 5 minutes", ["5 minutes"], [300]),
    ("wait 300 seconds, 300s 300 sec", ["300 seconds", "300s", "300 sec"], [300, 300, 300]),
    ("1 hour 2 hrs. 3h", ["1 hour", "2 hrs", "3h"], [3600, 7200, 10_800]),
    ("2 Days 1 DAY", ["2 Days", "1 DAY"], [172_800, 86_400]),
    ("10m 10 min.", ["10m", "10 min"], [600, 600]),
    ("after 00:05:00.", ["00:05:00", "05:00"], [300, 18_000]),
    ("at 10:30", ["10:30"], [37_800]),
    ("1.5 hours", ["1.5 hours", "5 hours"], [5400, 18_000]),
    ("0,5 min", ["0,5 min", "5 min"], [30, 300]),

    ("5 messages 5 mails 5", [], []),
    ("5minutesago 5 minutes2", [], []),
    ("10:30pm 1:2 12:345", [], []),
    ("in 1 week or 2 weeks", ["1 week", "2 weeks"], [604_800, 1_209_600]),
    ("minutes 5", [], []),
  ]

  @Test(arguments: durations)
  func findsDurations(text: String, durations: [String], seconds: [Int]) {
    #expect(Lexed(text).spans(.duration) == durations)
    #expect(durations.map { Quantity.value(of: $0) } == seconds)
  }

  static let sizes: [(text: String, sizes: [String], bytes: [Int])] = [
    ("limit 10 MB", ["10 MB"], [10_485_760]),
    ("10MB 10mb 10 MiB", ["10MB", "10mb", "10 MiB"], [10_485_760, 10_485_760, 10_485_760]),
    ("20971520 bytes", ["20971520 bytes"], [20_971_520]),
    (
      "1,048,576 bytes", ["1,048,576 bytes", "048,576 bytes", "576 bytes"],
      [1_048_576, 48_576, 576]
    ),
    ("1.5 GB", ["1.5 GB", "5 GB"], [1_610_612_736, 5_368_709_120]),
    ("1,5 GB", ["1,5 GB", "5 GB"], [1_610_612_736, 5_368_709_120]),
    ("100 KB 100k", ["100 KB", "100k"], [102_400, 102_400]),

    ("5 kilobytes, 1 Gigabyte", ["5 kilobytes", "1 Gigabyte"], [5120, 1_073_741_824]),
    ("10 MBit 10 mails 10", [], []),
  ]

  @Test(arguments: sizes)
  func findsSizes(text: String, sizes: [String], bytes: [Int]) {
    #expect(Lexed(text).spans(.size) == sizes)
    #expect(sizes.map { Quantity.value(of: $0) } == bytes)
  }

  @Test
  func sizesBeyondAllMeasure() {
    #expect(Quantity.value(of: "99999999999 GB") == nil)
  }

  @Test(
    arguments: [
      ("5 messages and 12345", ["5", "12345"]),
      ("5a a5 x", []),
      ("५ 5", ["5"]),
    ] as [(String, [String])])
  func findsCounts(text: String, counts: [String]) {
    #expect(Lexed(text).counts == counts)
  }
}
