import BounceCatalogue

/// A reply and what was found, with the place where it was read.
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
  /// The class that people are shown: the peer's, where one is named.
  var className: String { peerClass.map { $0.class ?? "-" } ?? verdict.category.rawValue }

  static let columns = [
    "file", "line", "category", "action", "bounce", "retry", "basis", "rule", "provider", "code",
    "status", "remote_host", "command", "text", "cause", "error", "recipient",
  ]

  /// Those that follow where a peer is named.
  static let peerColumns = ["as_class", "as_provider"]

  /// The cells of a CSV or TSV row, in the order of `columns`.
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

/// The widths of the columns in which `classify` shows replies to a person.
struct ReplyColumns {
  private let placeWidth: Int
  private let categoryWidth: Int
  private let ruleWidth: Int
  /// Of twenty ids, nineteen have room in this; the longest would put every reply far to the right.
  private static let widestRule = 34
  /// `nil` where lines have no end.
  private let width: Int?

  /// - Parameters:
  ///   - files: The names of the files, where there are several.
  ///   - width: The terminal's.
  ///   - peer: The system whose classes stand in place of the categories.
  init(catalogue: Catalogue, files: [String], peer: Peer?, width: Int?) {
    placeWidth = 5 + (files.map { $0.visibleWidth + 1 }.max() ?? 0)
    let classifier = catalogue.classifier
    let classes =
      peer.map { Array($0.classes.values) + $0.temporaryClasses.values }
      ?? classifier.categories.map(\.id.rawValue)
    categoryWidth = classes.map(\.count).max() ?? 0
    ruleWidth = min(Self.widestRule, width.map { max(16, $0 / 4) } ?? Self.widestRule)
    self.width = width
  }

  func row(_ reply: ClassifiedReply, naming file: String?) -> String {
    let verdict = reply.verdict
    return row(
      reply.line, file, reply.className, verdict.action.rawValue, verdict.code?.description,
      verdict.rule?.rawValue, text: verdict.text)
  }

  /// The row of a line that holds no reply.
  func row(badLine error: String, _ line: Int, naming file: String?) -> String {
    row(line, file, "-", "-", nil, nil, text: "(\(error))")
  }

  private func row(
    _ line: Int, _ file: String?, _ className: String, _ action: String, _ code: String?,
    _ rule: String?, text: String
  ) -> String {
    let place = (file.map { "\($0.visible):" } ?? "") + String(line)
    let head = [
      String(repeating: " ", count: max(0, placeWidth - place.visibleWidth)) + place,
      className.column(categoryWidth), action.column(9), (code ?? "").column(3),
      (rule ?? "").column(ruleWidth),
    ].joined(separator: "  ")
    let room = width.map { max(20, $0 - head.visibleWidth - 2) }
    return head + "  " + (room.map(text.shortened) ?? text.visible) + "\n"
  }
}
