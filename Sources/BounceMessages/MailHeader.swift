/// The fields at the head of a mail message (RFC 5322, 2.2), or of one of its parts.
struct MailHeader {
  private var fields: [Field] = []
  /// Whether servers have written into it: then a line without a field's name is one that broke on the
  /// way.
  private var isTransported = false

  private struct Field {
    /// As it is written, and in lower case.
    let spelling, name: String
    var value: String

    var line: String { "\(spelling):\(TransferEncoding.wordsDecoded(value))" }
  }

  /// Takes the fields and the blank line behind them off; nothing, where the text begins with none.
  ///
  /// - Parameter joinsBrokenLines: Whether a line without a field's name is sure to be one that broke.
  init(removedFrom text: inout ArraySlice<UInt8>, joiningBrokenLines joinsBrokenLines: Bool = false)
  {
    isTransported = joinsBrokenLines
    var rest = text
    // (The line that a mailbox file puts before a message, perhaps quoted on the way.)
    let hasMailboxLine = ["From ", ">From "].contains { rest.starts(with: $0.utf8) }
    if hasMailboxLine { _ = rest.removeLine() }
    while !rest.isEmpty {
      let line = rest.removeLine()
      if line.isEmpty { break }
      // (A rule across the page is no field, and ends what could be a header: so no line is read twice.)
      let name = line.isRule ? line.prefix(0) : line.prefix(while: \.isFieldNameLetter)
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
    let spelling = String(decoding: name, as: UTF8.self)
    let field = Field(
      spelling: spelling, name: spelling.lowercased(),
      value: String(decoding: value, as: UTF8.self))
    fields.append(field)
    if ["received", "return-path", "message-id"].contains(field.name) { isTransported = true }
  }

  var isEmpty: Bool { fields.isEmpty }

  /// The value of the first field with this name, in lower case.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The values of all fields with this name.
  func values(of name: String) -> [String] { fields.lazy.filter { $0.name == name }.map(\.value) }

  /// Each field as a line, with the words readable.
  var lines: [String] { fields.map(\.line) }

  /// The same without those that tell how a part is written (RFC 2045, 3 to 8), those that name the
  /// recipient, since the type of an address is no word of a server, and what a program did with the mail:
  /// who refuses it, deletes it.
  var tellingLines: [String] {
    fields.filter { field in
      !field.name.hasPrefix("content-")
        && !["mime-version", "final-recipient", "original-recipient", "disposition"]
          .contains(field.name)
    }.map(\.line)
  }

  /// The lines of the first fields with these names.
  func lines(of names: [String]) -> [String] {
    names.compactMap { name in fields.first { $0.name == name }?.line }
  }

  /// Whether there are fields that a message has and a delivery report has not.
  var isOfMessage: Bool { messageFieldCount > 1 }

  /// Whether it is, in the middle of a text, that of a message which a server has sent on. (Reports name
  /// some fields of the message themselves.)
  var isOfReturnedMessage: Bool { isTransported && messageFieldCount > 2 }

  /// Whether it is the first group of a report for programs (RFC 3464, 2.2).
  var isOfDeliveryReport: Bool { self["reporting-mta"] != nil }

  /// Whether it is what such a report says of a recipient (RFC 3464, 2.3).
  var isOfRecipient: Bool { self["final-recipient"] != nil || self["diagnostic-code"] != nil }

  private var messageFieldCount: Int {
    let telling = ["from", "to", "subject", "date", "received", "message-id", "return-path"]
    return fields.count { telling.contains($0.name) }
  }

  /// Whether a program wrote the message in answer to another (RFC 3834, 5; RFC 5321, 4.5.5; RFC 6522).
  var isOfReport: Bool {
    isFromMailSystem || contentType.isReport || self["x-failed-recipients"] != nil
      || self["auto-submitted"]?.lowercased().contains("auto") == true
      || takesNoBounce
  }

  /// Whether nobody is to be told if it cannot be delivered (RFC 5321, 4.5.5).
  var takesNoBounce: Bool { self["return-path"]?.filter { !$0.isWhitespace } == "<>" }

  /// Whether the message comes from a mail system itself, and no person's mailbox (RFC 2142, 5; RFC
  /// 3834, 2).
  var isFromMailSystem: Bool {
    ["mailer-daemon", "postmaster"].contains(where: senders.contains)
  }

  /// Whether the message comes from an address that takes no answers.
  var isFromProgram: Bool {
    let senders = senders.filter { !"-_.".contains($0) }
    return ["noreply", "donotreply"].contains(where: senders.contains)
  }

  /// Whether no person seems to have written the message for another, nor for a list.
  var isOfMassMail: Bool {
    let precedence = self["precedence"]?.lowercased() ?? ""
    return listAddress == nil && ["bulk", "junk"].contains(where: precedence.contains)
  }

  private var senders: String {
    (values(of: "from") + values(of: "sender")).joined().lowercased()
  }

  /// To whom the message went, if that is one alone and no list.
  var onlyRecipient: String? {
    guard listAddress == nil else { return nil }
    return ["to", "cc"].flatMap { values(of: $0).flatMap(\.addresses) }.onlyAddress
  }

  /// To where mail for the list goes through which the message came (RFC 2369, 3.4).
  var listAddress: String? {
    ["list-post", "x-beenthere"].lazy.compactMap { self[$0]?.addresses.first }.first
  }

  /// The same, where the list's own software wrote the message.
  var ownListAddress: String? {
    func domain(_ address: String) -> Substring { address.drop { $0 != "@" } }
    guard let list = listAddress, let author = self["from"]?.addresses.first,
      domain(list).lowercased() == domain(author).lowercased()
    else { return nil }
    return list
  }

  /// What the body is (RFC 2045, 5): plain text, unless the header says something else.
  var contentType: ContentType { ContentType(self["content-type"] ?? "text/plain") }

  struct ContentType {
    let main: Substring
    let sub: Substring
    /// What separates the parts.
    let boundary: String?
    /// The character encoding.
    let charset: String?

    fileprivate init(_ value: String) {
      let pieces = value.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
      let names = (pieces.first ?? "").lowercased().filter { !$0.isWhitespace }
        .split(separator: "/")
      (main, sub) = names.count == 2 ? (names[0], names[1]) : ("text", "plain")
      func parameter(_ name: String) -> String? {
        let values = pieces.compactMap { piece -> Substring? in
          // A long one may stand in several: `boundary*0=…; boundary*1=…` (RFC 2231, 3).
          let label = piece.prefix { $0 != "=" && $0 != "*" }.filter { !$0.isWhitespace }
          guard label.lowercased() == name else { return nil }
          let value = piece.drop { $0 != "=" }.dropFirst().trimmingPrefix(while: \.isWhitespace)
          // Between quotation marks, spaces count.
          return value.first == "\""
            ? value.dropFirst().prefix { $0 != "\"" } : value.prefix { !$0.isWhitespace }
        }
        return values.isEmpty ? nil : values.joined()
      }
      (boundary, charset) = (parameter("boundary"), parameter("charset"))
    }

    /// Whether it is a report about another message (RFC 6522).
    var isReport: Bool { (main, sub) == ("multipart", "report") }

    /// Whether it is what such a report says for programs (RFC 3464; RFC 6533).
    var isDeliveryStatus: Bool {
      main == "message" && ["delivery-status", "global-delivery-status"].contains(sub)
    }
  }

  /// The body as it was before it was made fit for transport, text in UTF-8.
  func decoded(_ body: ArraySlice<UInt8>) -> [UInt8] {
    let encoding = self["content-transfer-encoding"]?.lowercased().filter { !$0.isWhitespace }
    let bytes =
      switch encoding {
      case "base64": TransferEncoding.base64Decoded(body) ?? Array(body)
      case "quoted-printable": TransferEncoding.quotedPrintableDecoded(body)
      default: Array(body)
      }
    let characters = contentType.charset.flatMap(CharacterEncoding.init)
    return (characters ?? CharacterEncoding(escapesIn: bytes))?.decoded(bytes) ?? bytes
  }
}
