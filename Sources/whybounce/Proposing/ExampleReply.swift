import ReplyMatcher

/// A reply fit to be published as a rule's example.
///
/// What names a person or a sending server is replaced by addresses and names that are reserved for
/// documentation: RFC 2606 (names), RFC 5737 and RFC 3849 (IP addresses). The queries of links go,
/// because they mostly hold such things too.
struct ExampleReply {
  let text: String

  /// Longer replies are cut: an example is there to be read.
  private static let mostBytes = 1000

  init(_ reply: String) {
    text = Replacement.applied(to: Self.laidOut(reply))
  }

  /// The lines of an SMTP reply stay lines; other line breaks and blanks become single spaces.
  private static func laidOut(_ reply: String) -> String {
    var text = String.UnicodeScalarView()
    for line in reply.split(whereSeparator: \.isNewline) {
      let words = line.unicodeScalars.split { scalar in
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      }
      .map { $0.drop(while: isMark) }.filter { !$0.isEmpty }
      guard let first = words.first else { continue }
      if !text.isEmpty { text.append(beginsReplyLine(first) ? "\n" : " ") }
      text += words.joined(separator: " ".unicodeScalars)
      if text.count > mostBytes { break }
    }
    var bytes = 0
    let kept = text.prefix { scalar in
      bytes += UTF8.width(scalar)
      return bytes <= mostBytes
    }
    return String(String.UnicodeScalarView(kept))
  }

  /// An accent without a letter would change the space before it.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isGraphemeExtend
  }

  /// `550` or `550-…`
  private static func beginsReplyLine(_ word: Substring.UnicodeScalarView) -> Bool {
    ReplyCode(rawValue: UInt16(String(word.prefix(3))) ?? 0) != nil
      && (word.count == 3 || word.dropFirst(3).first == "-")
  }
}

/// Finds what is private in a reply, and what stands for it in the example.
private struct Replacement {
  private let bytes: [UInt8]
  private var edits: [(range: Range<Int>, text: String)] = []
  /// What stands for each address, so that the same thing keeps the same name.
  private var addresses: [String: String] = [:]
  private var domains: [String: String] = [:]
  private var ips: [String: String] = [:]

  static func applied(to text: String) -> String {
    var replacement = Replacement(text)
    replacement.find()
    return replacement.result
  }

  private init(_ text: String) { bytes = Array(text.utf8) }

  private var result: String {
    var result: [UInt8] = []
    var end = 0
    for edit in edits {
      result += bytes[end..<edit.range.lowerBound] + Array(edit.text.utf8)
      end = edit.range.upperBound
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  private mutating func find() {
    let tokens = bytes.withUnsafeBufferPointer { bytes in
      var lexer = ReplyLexer(bytes)
      return Array(IteratorSequence(AnyIterator { lexer.next() }))
    }
    // Addresses first: they tell which names are those of the people who write to each other.
    for token in tokens where token.kind == .address { replaceAddress(token) }
    var urlEnd = 0
    for (index, token) in tokens.enumerated() {
      switch (token.kind, token.spanClass) {
      case (.ip, _): replaceIP(token)
      case (_, .url):
        urlEnd = token.spanEnd
        cutQuery(token.start..<token.spanEnd)
      case (_, .name) where token.start >= urlEnd:
        let next = tokens[index...].first { $0.start >= token.spanEnd }
        replaceName(token.start..<token.spanEnd, before: next)
      default: break
      }
    }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    // What stands in a query has gone with it.
    var end = 0
    edits.removeAll { edit in
      defer { end = max(end, edit.range.upperBound) }
      return edit.range.lowerBound < end
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).lowercased()
  }

  private mutating func replaceAddress(_ token: Token) {
    let range = token.start..<token.end
    let address = text(range)
    guard let domain = address.split(separator: "@").last, !Self.isReserved(domain) else { return }
    let example = addresses[address] ?? "\(newUser())@\(exampleDomain(for: String(domain)))"
    addresses[address] = example
    edits.append((range, example))
  }

  private func newUser() -> String {
    let users = ["user", "other", "third"]
    return addresses.count < users.count ? users[addresses.count] : "user\(addresses.count + 1)"
  }

  private mutating func exampleDomain(for domain: String) -> String {
    let reserved = ["example.com", "example.org", "example.net"]
    let example = domains[domain] ?? reserved[min(domains.count, reserved.count - 1)]
    domains[domain] = example
    return example
  }

  private mutating func replaceIP(_ token: Token) {
    let range = token.start..<token.end
    let ip = text(range)
    let isV6 = ip.contains(":")
    let documented = isV6 ? ["2001:db8:"] : ["192.0.2.", "198.51.100.", "203.0.113."]
    guard !documented.contains(where: ip.hasPrefix) else { return }
    let number = ips.count % 254 + 1
    let example = ips[ip] ?? (isV6 ? "2001:db8::\(number)" : "192.0.2.\(number)")
    ips[ip] = example
    edits.append((range, example))
  }

  /// Replaces the domain of an address and names below it, and the name of a client, behind which
  /// its IP address stands. Other names are those of servers and blocklists, which are public.
  private mutating func replaceName(_ range: Range<Int>, before next: Token?) {
    let name = text(range)
    guard !Self.isReserved(name[...]) else { return }
    let owner = domains.keys.sorted().first { name == $0 || name.hasSuffix(".\($0)") }
    if let owner, let example = domains[owner] {
      edits.append((range, name == owner ? example : "mx.\(example)"))
    } else if let next, next.kind == .ip, next.start <= range.upperBound + 2 {
      edits.append((range, "client.example.net"))
    }
  }

  /// A query without digits and escapes is a word that tells the cause.
  private mutating func cutQuery(_ url: Range<Int>) {
    guard let start = bytes[url].firstIndex(of: UInt8(ascii: "?")) else { return }
    let query = start..<url.upperBound
    let isTelling = bytes[query].allSatisfy { byte in
      !(0x30...0x39).contains(byte) && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "@")
    }
    if !isTelling { edits.append((query, "")) }
  }

  /// Whether a name is set aside for examples already.
  private static func isReserved(_ name: Substring) -> Bool {
    let labels = name.split(separator: ".").suffix(2).map(String.init)
    return ["example", "test", "invalid", "localhost"].contains(labels.last ?? "")
      || (labels.first == "example" && ["com", "net", "org"].contains(labels.last ?? ""))
  }
}
