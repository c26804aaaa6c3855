/// What a reply answered, as sending servers name it in the words around the reply. Later versions may
/// know more: give a `switch` a `default`.
public enum SMTPCommand: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// Nothing yet: the server's greeting (RFC 5321, 3.1).
  case connect
  /// RFC 5321, 4.1.1.1: the client's greeting, in its older form.
  case helo = "HELO"
  /// RFC 5321, 4.1.1.1: the client's greeting, which asks for extensions.
  case ehlo = "EHLO"
  /// RFC 2033: HELO of LMTP, over which mail is delivered to a local store.
  case lhlo = "LHLO"
  /// RFC 3207.
  case startTLS = "STARTTLS"
  /// RFC 4954.
  case auth = "AUTH"
  /// RFC 5321, 4.1.1.2: a mail begins, with the address to which its bounces go.
  case mailFrom = "MAIL FROM"
  /// RFC 5321, 4.1.1.3: a recipient of the mail.
  case rcptTo = "RCPT TO"
  /// RFC 5321, 4.1.1.6: the question whether there is such a user.
  case vrfy = "VRFY"
  /// RFC 5321, 4.1.1.4: the message follows.
  case data = "DATA"
  /// The message itself.
  case endOfData = "end of DATA"
  /// RFC 3030: DATA in chunks.
  case bdat = "BDAT"
  /// RFC 5321, 4.1.1.5: the mail that has been begun is dropped.
  case rset = "RSET"
  /// RFC 5321, 4.1.1.10: the end of the session.
  case quit = "QUIT"

  /// Whether no recipient was named yet: what such a reply says of a user or domain is about others.
  public var isBeforeRecipients: Bool {
    switch self {
    case .connect, .helo, .ehlo, .lhlo, .startTLS, .auth, .mailFrom: true
    case .rcptTo, .vrfy, .data, .endOfData, .bdat, .rset, .quit: false
    }
  }

  /// How the tables number it; 0 is none.
  package var number: UInt32 { 1 + UInt32(Self.allCases.firstIndex(of: self)!) }

  package init?(number: UInt32) {
    guard number > 0, Int(number) <= Self.allCases.count else { return nil }
    self = Self.allCases[Int(number) - 1]
  }
}
