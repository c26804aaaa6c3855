#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The fields at the head of a mail message (RFC 5322, 2.2), or of one of its parts.
struct MailHeader {
  private var fields: [(name: String, value: String)] = []
  /// Whether servers have written into it: then a line without a field's name is one that broke on the
  /// way.
  private var isTransported = false

  /// Takes the fields and the blank line behind them off; nothing, where the text begins with none.
  init(removedFrom text: inout ArraySlice<UInt8>) {
    var rest = text
    if rest.starts(with: "From ".utf8) { _ = rest.removeLine() }
    while !rest.isEmpty {
      let line = rest.removeLine()
      if line.isEmpty { break }
      let name = line.prefix(while: \.isFieldNameLetter)
      if !name.isEmpty, line.dropFirst(name.count).first == UInt8(ascii: ":") {
        add(name, line.dropFirst(name.count + 1))
      } else if !fields.isEmpty, line.first == 0x20 || line.first == 0x09 || isTransported {
        fields[fields.count - 1].value += String(decoding: line, as: UTF8.self)
      } else {
        fields.removeAll()
        return
      }
    }
    text = rest
  }

  private mutating func add(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
    let name = String(decoding: name, as: UTF8.self).lowercased()
    fields.append((name, String(decoding: value, as: UTF8.self)))
    if ["received", "return-path", "message-id"].contains(name) { isTransported = true }
  }

  /// The value of the first field with this name, in lower case.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Whether there are fields that a message has and a delivery report has not.
  var isOfMessage: Bool {
    let telling = ["from", "to", "subject", "date", "received", "message-id", "return-path"]
    return fields.count { telling.contains($0.name) } > 1
  }

  /// What the body is (RFC 2045, 5): plain text, unless the header says something else.
  var contentType: ContentType { ContentType(self["content-type"] ?? "text/plain") }

  struct ContentType {
    let main: Substring
    let sub: Substring
    /// What separates the parts.
    let boundary: String?

    fileprivate init(_ value: String) {
      let pieces = value.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      let names = (pieces.first ?? "").lowercased().split(separator: "/")
      (main, sub) = names.count == 2 ? (names[0], names[1]) : ("text", "plain")
      boundary = pieces.first { $0.lowercased().hasPrefix("boundary=") }
        .map { $0.dropFirst("boundary=".count).filter { $0 != "\"" } }
    }

    /// Whether it is a report about another message (RFC 6522).
    var isReport: Bool { (main, sub) == ("multipart", "report") }
  }

  /// The body as it was before it was made fit for transport (RFC 2045, 6).
  func decoded(_ body: ArraySlice<UInt8>) -> [UInt8] {
    let encoding = self["content-transfer-encoding"]?.lowercased().filter { !$0.isWhitespace }
    return switch encoding {
    case "base64":
      Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map { [UInt8]($0) }
        ?? Array(body)
    case "quoted-printable": body.quotedPrintableDecoded
    default: Array(body)
    }
  }
}

extension UInt8 {
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }

  /// A letter as field names have them: printable ASCII without the colon (RFC 5322, 2.2).
  var isFieldNameLetter: Bool { 0x21...0x7E ~= self && self != UInt8(ascii: ":") }
}

extension ArraySlice<UInt8> {
  /// Takes the first line off, and gives it without its line break.
  mutating func removeLine() -> ArraySlice<UInt8> {
    let line = prefix { $0 != 0x0A }
    self = dropFirst(line.count + 1)
    return line.last == 0x0D ? line.dropLast() : line
  }

  /// Takes the lines up to the next blank one off.
  mutating func removeParagraph() -> ArraySlice<UInt8> {
    let all = self
    while !isEmpty {
      let end = startIndex
      if removeLine().isEmpty { return all[..<end] }
    }
    return all
  }

  /// The parts of a body that stand between lines with a boundary (RFC 2046, 5.1).
  func parts(between boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    let marker = Array("--".utf8) + boundary
    var parts: [ArraySlice<UInt8>] = []
    var partStart: Int?
    var rest = self
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      let line = rest.removeLine()
      guard line.starts(with: marker) else { continue }
      if let partStart { parts.append(self[partStart..<lineStart]) }
      partStart = line.dropFirst(marker.count).starts(with: "--".utf8) ? nil : rest.startIndex
    }
    if let partStart { parts.append(self[partStart...]) }
    return parts
  }

  /// `=3D` becomes `=`, and a `=` at the end of a line joins it with the next (RFC 2045, 6.7).
  fileprivate var quotedPrintableDecoded: [UInt8] {
    var decoded: [UInt8] = []
    var rest = self
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        decoded.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      if digits.count == 2 {
        decoded.append(UInt8(digits[0] << 4 | digits[1]))
        rest = rest.dropFirst(2)
      } else if rest.first == 0x0A || rest.starts(with: [0x0D, 0x0A]) {
        _ = rest.removeLine()
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }
}
