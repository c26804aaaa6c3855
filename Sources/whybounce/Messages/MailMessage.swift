import BounceCatalogue

/// A mail message (RFC 5322) that reports why another one came back: a bounce, as it is stored.
///
/// Its parts (MIME, RFC 2045 and 2046) are the report for people, often the same for programs, and the
/// message that comes back.
struct MailMessage {
  /// What the servers said, as the report for programs has it (RFC 3464, 2.3.6), for each recipient.
  private(set) var diagnostics: [[UInt8]] = []
  /// The text of all reports, decoded, without the header and the returned message.
  private(set) var report: [UInt8] = []

  private static let deepestPart = 8

  /// - Returns: `nil` where the text is no mail message, or has nothing to read.
  init?(_ text: some Collection<UInt8>) {
    guard Self.mayBegin(text) else { return nil }
    var rest = Array(text)[...].drop(while: \.isLineBreak)
    let header = MailHeader(removedFrom: &rest)
    guard header.isOfMessage else { return nil }
    _ = add(rest, header, depth: 0)
    guard report.contains(where: { $0 > 0x20 }) else { return nil }
  }

  /// Whether the text begins with a field's name, or with the line that a mailbox file puts before a
  /// message. Replies hardly ever do.
  static func mayBegin(_ text: some Collection<UInt8>) -> Bool {
    let start = text.drop(while: \.isLineBreak).prefix(64)
    return start.starts(with: "From ".utf8)
      || start.first.map(\.isFieldNameLetter) == true
        && start.drop(while: \.isFieldNameLetter).first == UInt8(ascii: ":")
  }

  /// Adds the text of a part.
  ///
  /// - Returns: Whether the report goes on: `false` at the returned message.
  private mutating func add(
    _ body: ArraySlice<UInt8>, _ header: MailHeader, depth: Int
  ) -> Bool {
    guard depth < Self.deepestPart else { return false }
    let type = header.contentType
    switch (type.main, type.sub) {
    case ("multipart", _):
      guard let boundary = type.boundary else { break }
      let parts = body.parts(between: Array(boundary.utf8)).map { part in
        var rest = part
        return (header: MailHeader(removedFrom: &rest), body: rest)
      }
      // Of a text in two forms the plain one is enough.
      let isAlternative = type.sub == "alternative"
      let plain = isAlternative ? parts.filter { $0.header.contentType.sub == "plain" } : []
      for part in plain.isEmpty ? parts : plain {
        guard add(part.body, part.header, depth: depth + 1) else { return false }
      }
      return true
    case ("message", "delivery-status"), ("message", "global-delivery-status"):
      addDiagnostics(header.decoded(body)[...])
    case ("message", _):
      // Somebody may have forwarded the bounce itself.
      var rest = header.decoded(body)[...]
      let inner = MailHeader(removedFrom: &rest)
      return inner.contentType.isReport && report.isEmpty && add(rest, inner, depth: depth + 1)
    case ("text", "rfc822-headers"): return false
    case ("text", "html"):
      report += MarkupText(header.decoded(body)).bytes + [0x0A]
      return true
    case ("text", _): break
    default: return true
    }
    report += header.decoded(body) + [0x0A]
    return true
  }

  private mutating func addDiagnostics(_ body: ArraySlice<UInt8>) {
    var rest = body
    while !rest.isEmpty {
      var paragraph = rest.removeParagraph()
      let fields = MailHeader(removedFrom: &paragraph)
      let action = fields["action"]?.lowercased() ?? ""
      guard let diagnostic = fields["diagnostic-code"],
        !["delivered", "relayed", "expanded"].contains(where: action.contains)
      else { continue }
      let telling = [
        ("Final-Recipient", fields["final-recipient"]), ("Status", fields["status"]),
        ("Remote-MTA", fields["remote-mta"]), ("Diagnostic-Code", diagnostic),
      ]
      let lines = telling.compactMap { name, value in value.map { "\(name):\($0)" } }
      diagnostics.append(Array(lines.joined(separator: "\n").utf8))
    }
  }
}

extension BounceClassifier {
  /// For each recipient of whom a message reports, the text that tells the most.
  func tellingTexts(in message: MailMessage) -> [[UInt8]] {
    message.diagnostics.count > 1 ? message.diagnostics : [tellingText(in: message)]
  }

  /// The text that tells the most of a mail message: what a server said of the first recipient of whom
  /// it gave a reason, else the whole report.
  func tellingText(in message: MailMessage) -> [UInt8] {
    message.diagnostics.first { diagnostic in
      let verdict = classify(diagnostic)
      return verdict.basis == .text && category(verdict.category)?.isUndecided == false
    } ?? message.report
  }
}
