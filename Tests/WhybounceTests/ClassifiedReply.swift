import BounceCatalogue
import Foundation

@testable import whybounce

/// A reply and what was found, with the place where it was read: what records are held against.
///
/// Its JSON form is the verdict's own object with four more fields, and `as` where a peer is named.
struct ClassifiedReply: Encodable {
  let verdict: Verdict
  /// The line on which the reply begins.
  let line: Int
  /// `nil` for standard input.
  let file: String?
  /// Whether only the reply's first part was read.
  let truncated: Bool
  /// The class in another system's words, where it was asked for.
  let peerClass: PeerClass?

  private enum CodingKeys: String, CodingKey {
    case line, file, truncated, error
    case peer = "as"
  }

  func encode(to encoder: any Encoder) throws {
    try verdict.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(line, forKey: .line)
    try values.encode(file, forKey: .file)
    try values.encode(truncated, forKey: .truncated)
    // Where there is an error, there is no verdict.
    try values.encodeNil(forKey: .error)
    try values.encodeIfPresent(peerClass, forKey: .peer)
  }
}

/// What another system calls a verdict.
struct PeerClass: Encodable {
  let system: String
  @OrNull var `class`: String?
  @OrNull var provider: String?

  init(_ verdict: Verdict, of peer: Peer) {
    (system, `class`, provider) = (
      peer.id, peer.className(of: verdict), peer.sourceName(of: verdict)
    )
  }
}

extension ClassifiedReply {
  /// What is counted: the peer's class, where one is named.
  var className: String { peerClass.map { $0.class ?? "-" } ?? verdict.category.rawValue }

  /// The cells of a CSV or TSV row, in the order of the columns.
  var cells: [String] {
    [
      file?.visible ?? "", String(line),
      verdict.category.rawValue, verdict.action.rawValue, verdict.bounce.rawValue,
      verdict.retry.rawValue, verdict.basis.rawValue, verdict.rule?.rawValue ?? "",
      verdict.provider ?? "", verdict.code?.description ?? "", verdict.status?.description ?? "",
      verdict.details.remoteHost?.visible ?? "", verdict.details.command?.rawValue ?? "",
      verdict.text.visible, verdict.causes.map(\.cause).joined(separator: " | "),
      "", verdict.details.recipient?.visible ?? "",
    ] + (peerClass.map { [$0.class ?? "", $0.provider ?? ""] } ?? [])
  }
}

extension JSONText {
  /// One line, for programs.
  static func line(_ value: some Encodable) throws -> String {
    try text(value, [.sortedKeys, .withoutEscapingSlashes])
  }
}
