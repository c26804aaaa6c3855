#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A character encoding of mail (RFC 2045, 5.1: the parameter `charset`) other than UTF-8.
struct CharacterEncoding {
  /// What the C library calls it.
  private let name: String

  /// The encodings in which reports come, by the names of the IANA registry, each with the one that the
  /// C library is asked for: a larger one where mail programs send more than the registered one has.
  /// No other name reaches the library, because hostile mail names what it likes.
  private static let names: [String: String] = [
    "iso-2022-jp": "ISO-2022-JP", "euc-jp": "EUC-JP", "shift_jis": "CP932", "windows-31j": "CP932",
    "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "big5": "BIG5-HKSCS",
    "euc-kr": "CP949", "ks_c_5601-1987": "CP949", "tis-620": "TIS-620",
    "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "iso-2022-kr": "ISO-2022-KR", "x-sjis": "CP932",
    "iso-8859-8-i": "ISO-8859-8", "iso-8859-8-e": "ISO-8859-8",
  ]

  /// - Returns: `nil` for UTF-8, its part ASCII, and names that no report has.
  init?(_ charset: String) {
    let charset = charset.lowercased()
    let numbered = ["iso-8859-": 1...16, "windows-": 1250...1258]
    let isNumbered = numbered.contains { prefix, numbers in
      charset.hasPrefix(prefix)
        && Int(charset.dropFirst(prefix.count)).map(numbers.contains) == true
    }
    guard let name = isNumbered ? charset.uppercased() : Self.names[charset] else { return nil }
    self.name = name
  }

  /// The encoding of text that names none and switches to Japanese by escapes (RFC 1468).
  init?(escapesIn text: [UInt8]) {
    let isJapanese = text.indices.contains { index in
      text[index] == 0x1B
        && [[0x24, 0x42], [0x24, 0x40]].contains { text[(index + 1)...].starts(with: $0) }
    }
    guard isJapanese else { return nil }
    name = "ISO-2022-JP"
  }

  /// The text in UTF-8; what is wrong in it stays as it is. Where the C library does not know the
  /// encoding, everything does.
  func decoded(_ text: [UInt8]) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else {
      return text
    }
    defer { iconv_close(converter) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 12) { buffer in
      text.withUnsafeBytes { text in
        var next = UnsafeMutablePointer(
          mutating: text.baseAddress?.assumingMemoryBound(to: CChar.self))
        var rest = text.count
        while rest > 0 {
          var output = buffer.baseAddress
          var room = buffer.count
          let result = iconv(converter, &next, &rest, &output, &room)
          let failure = errno
          decoded += UnsafeRawBufferPointer(buffer).prefix(buffer.count - room)
          guard result == -1, failure != E2BIG, rest > 0 else { continue }
          // The byte has no meaning here, or its sequence no end.
          decoded.append(text[text.count - rest])
          next = next?.successor()
          rest -= 1
        }
        // The library may hold a letter back, to which an accent could follow.
        var output = buffer.baseAddress
        var room = buffer.count
        _ = iconv(converter, nil, nil, &output, &room)
        decoded += UnsafeRawBufferPointer(buffer).prefix(buffer.count - room)
      }
    }
    return decoded
  }
}
