/// A mail message (RFC 5322) that may report what became of another one: a bounce, a complaint, an
/// automatic reply.
///
/// Its parts (MIME, RFC 2045 and 2046) are the report for people, often the same for programs, and the
/// message that it is about.
package struct MailMessage {
  /// Its own; of a report that somebody passed on, that report's.
  private(set) var header: MailHeader
  /// The text of all reports, decoded, without the header and the message that they are about.
  private(set) var text: [UInt8] = []
  /// The same as a page (HTML), where there are two forms of it.
  private(set) var page: [UInt8] = []
  /// What stands in the text behind the beginning of the message that it is about: that message, perhaps
  /// followed by more of the report.
  private(set) var textBehindReturned: ArraySlice<UInt8> = []
  /// What the reports for programs say: of each recipient, or of the whole.
  private(set) var reports: [Report] = []
  /// The header of the message that it is about.
  private(set) var returned: MailHeader?

  struct Report {
    enum Kind {
      /// RFC 3464: what became of the message.
      case delivery
      /// RFC 8098: what the recipient did with it.
      case disposition
      /// RFC 5965: a complaint about it.
      case feedback
    }

    let kind: Kind
    let fields: MailHeader
  }

  /// What lies deeper is not read.
  private static let deepestPart = 8

  /// - Returns: `nil` where the text is no mail message, or has nothing to read.
  package init?(_ text: some Collection<UInt8>) {
    guard Self.mayBegin(text) else { return nil }
    var rest = Array(text)[...].drop(while: \.isLineBreak)
    header = MailHeader(removedFrom: &rest)
    guard header.isOfMessage else { return nil }
    _ = add(rest, header, depth: 0)
    if self.text.allSatisfy({ $0 <= 0x20 }), reports.isEmpty, returned == nil {
      // Fields of a report that somebody has copied are no header.
      guard !header.isOfRecipient else { return nil }
      if header.isOfReport { self.text = Array(header.lines(of: ["subject"]).joined().utf8) }
    }
  }

  /// Whether the text begins with a field's name, or with the line that a mailbox file puts before a
  /// message. Replies hardly ever do.
  package static func mayBegin(_ text: some Collection<UInt8>) -> Bool {
    let start = text.drop(while: \.isLineBreak).prefix(64)
    return start.starts(with: "From ".utf8)
      || start.first.map(\.isFieldNameLetter) == true
        && start.drop(while: \.isFieldNameLetter).first == UInt8(ascii: ":")
  }

  /// Whether the text begins with the header of a message.
  package static func begins(_ text: some Collection<UInt8>) -> Bool {
    guard mayBegin(text) else { return false }
    var rest = Array(text)[...].drop(while: \.isLineBreak)
    return MailHeader(removedFrom: &rest).isOfMessage
  }

  /// Adds a part.
  ///
  /// - Returns: Whether the report goes on: `false` at the message that it is about.
  private mutating func add(
    _ body: ArraySlice<UInt8>, _ header: MailHeader, depth: Int
  ) -> Bool {
    guard depth < Self.deepestPart else { return true }
    let type = header.contentType
    switch (type.main, type.sub) {
    case ("multipart", _):
      guard let boundary = type.boundary else { break }
      let parts = body.parts(between: Array(boundary.utf8)).map { part in
        var rest = part
        return (header: MailHeader(removedFrom: &rest), body: rest)
      }
      guard !parts.isEmpty else { break }
      // Of a text in two forms the plain one is mostly enough.
      let isAlternative = type.sub == "alternative"
      let plain = isAlternative ? parts.filter { $0.header.contentType.sub == "plain" } : []
      if !plain.isEmpty {
        for part in parts where part.header.contentType.sub == "html" {
          page += MarkupText(part.header.decoded(part.body)).bytes
        }
      }
      let wanted = plain.isEmpty ? parts : plain
      // (The text may quote the message before the report for programs comes.)
      let lastReport = wanted.lastIndex { $0.header.contentType.isDeliveryStatus } ?? 0
      for (index, part) in wanted.enumerated() {
        let goesOn = add(part.body, part.header, depth: depth + 1)
        guard goesOn || index < lastReport else { return false }
      }
      return true
    case _ where type.isDeliveryStatus:
      let bytes = header.decoded(body)
      let known = reports.count
      addReports(.delivery, bytes)
      // (Some label the report for people so, too.)
      var rest = bytes[...]
      guard reports.count == known, MailHeader(removedFrom: &rest).isEmpty else { return true }
      return addText(bytes, depth: depth)
    case ("message", "disposition-notification"), ("message", "global-disposition-notification"):
      addReports(.disposition, header.decoded(body))
      return true
    case ("message", "feedback-report"):
      addReports(.feedback, header.decoded(body))
      return true
    case ("message", _), ("text", "rfc822-headers"):
      var rest = header.decoded(body)[...]
      let inner = MailHeader(removedFrom: &rest)
      return addMessage(rest, inner, depth: depth)
    case ("text", "html"): return addText(MarkupText(header.decoded(body)).bytes, depth: depth)
    case ("text", _): break
    default:
      // Some call the report for programs by another name; and some attach messages as files.
      let bytes = header.decoded(body)
      var rest = bytes[...]
      let inner = MailHeader(removedFrom: &rest)
      if inner.isOfDeliveryReport { addReports(.delivery, bytes) }
      return inner.isOfReturnedMessage ? addMessage(rest, inner, depth: depth) : true
    }
    return addText(header.decoded(body), depth: depth)
  }

  /// Adds the message that the report is about; or a report that somebody passed on, in place of his
  /// own words.
  private mutating func addMessage(
    _ body: ArraySlice<UInt8>, _ header: MailHeader, depth: Int
  ) -> Bool {
    // (List software does so without being a mail system, but takes no answers either.)
    let isPassedOn =
      header.contentType.isReport
      || header.isFromMailSystem
        && (!self.header.isOfReport || !self.header.isFromMailSystem && header.takesNoBounce)
    guard reports.isEmpty, isPassedOn else {
      returned = returned ?? header
      return false
    }
    (self.header, text) = (header, [])
    return add(body, header, depth: depth + 1)
  }

  /// Adds text, up to a message that stands in it without any part of its own.
  private mutating func addText(_ added: [UInt8], depth: Int) -> Bool {
    var rest = added[...]
    while !rest.isEmpty {
      let start = rest.startIndex
      let inner = MailHeader(removedFrom: &rest)
      // Somebody may have copied the report for programs.
      let report = Report(kind: .delivery, fields: inner)
      if report.recipient != nil { reports.append(report) }
      // What somebody passes on in a letter has lost the fields that servers wrote.
      let isPassedOn = inner.isOfMessage && inner.isFromMailSystem && !self.header.isOfReport
      let standsInText = !text.isEmpty || start > 0 || added.starts(with: ">From ".utf8)
      if inner.isOfReturnedMessage || isPassedOn, standsInText {
        addLines(added[..<start])
        let goesOn = addMessage(rest, inner, depth: depth)
        if !goesOn { textBehindReturned = rest }
        return goesOn
      }
      if rest.startIndex == start { rest.removeTextBlock() }
    }
    addLines(added[...])
    text.append(0x0A)
    return true
  }

  /// Adds lines, but for those that name the subject of the message (RFC 5322, 3.6.5): a person wrote it,
  /// and its words tell no reason.
  private mutating func addLines(_ lines: ArraySlice<UInt8>) {
    var rest = lines
    while !rest.isEmpty {
      let start = rest.startIndex
      let line = rest.removeLine()
      let label = line.prefix(40).prefix { $0 != UInt8(ascii: ":") }
      let namesSubject =
        label.count < line.count
        && String(decoding: label, as: UTF8.self).lowercased().contains("subject")
      if !namesSubject { text += lines[start..<rest.startIndex] }
    }
  }

  /// Reads the page in place of the plain text, which may say no more than that there is one.
  mutating func turnToPage() { (text, page) = (page, []) }

  private mutating func addReports(_ kind: Report.Kind, _ body: [UInt8]) {
    var rest = body[...]
    while !rest.isEmpty {
      var paragraph = rest.removeParagraph()
      let fields = MailHeader(removedFrom: &paragraph, joiningBrokenLines: true)
      // (The first group of a delivery report is about no recipient. Not all addresses are of the Internet.)
      if kind == .delivery ? fields.isOfRecipient : !fields.isEmpty {
        reports.append(Report(kind: kind, fields: fields))
      }
    }
  }
}

extension MailMessage.Report {
  /// The addresses under which the recipient is known: that to which the mail went in the end (RFC 3464,
  /// 2.3.2), and that which the sender wrote.
  var addresses: [String] {
    ["final-recipient", "original-recipient"].compactMap { name in
      guard let value = fields[name] else { return nil }
      // Behind the type; an address may be written in any script (RFC 6533).
      let address = value.utf8.split(separator: UInt8(ascii: ";"), maxSplits: 1).last
      return address.flatMap { Mailbox(beginning: Array($0)[...], isWhole: true)?.address }
        ?? value.addresses.first
    }
  }

  /// Of the addresses, the first that is more than a name inside the mail system.
  var recipient: String? { addresses.first(where: \.hasDottedDomain) ?? addresses.first }

  /// The one that the sender wrote, if it is another.
  var originalRecipient: String? {
    addresses.last.flatMap { $0.lowercased() == recipient?.lowercased() ? nil : $0 }
  }

  /// Whether the message was deleted, read or not (RFC 8098, 3.2.6.2).
  var isOfDeletion: Bool {
    kind == .disposition && fields["disposition"]?.lowercased().contains("deleted") == true
  }

  /// What became of the delivery (RFC 3464, 2.3.3): "failed", where the report does not say; `nil` for
  /// other reports.
  var action: String? {
    guard kind == .delivery else { return nil }
    let value = fields["action"]?.drop(while: \.isWhitespace).lowercased() ?? ""
    // (Of an address that was only tried, Postfix says whether it is deliverable.)
    return ["delayed", "delivered", "deliverable", "relayed", "expanded"]
      .first(where: value.hasPrefix) ?? "failed"
  }

  /// Whether the mail did not arrive, or not yet.
  var isFailure: Bool { action == "failed" || action == "delayed" }
}
