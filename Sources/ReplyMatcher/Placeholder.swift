/// A typed detail that a phrase captures: `{ip}`, `{address}`, `{duration}` ….
package enum Placeholder: String, CaseIterable, Sendable {
  case address, ip, domain, host, blocklist, url, count, duration, size

  /// What takes the recipient's address, in wrappers only.
  package static let recipient = "recipient"

  /// So many a phrase may have.
  package static let mostInPhrase = 4

  /// The form of the text it stands for.
  package var tokenClass: TokenClass {
    switch self {
    case .address: .address
    case .ip: .ip
    case .domain, .host, .blocklist: .name
    case .url: .url
    case .count: .count
    case .duration: .duration
    case .size: .size
    }
  }
}
