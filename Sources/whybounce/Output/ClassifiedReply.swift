import BounceCatalogue

/// A reply and what was found, with the place where it was read.
///
/// Its JSON form is the verdict's own object with four more fields.
struct ClassifiedReply: Encodable {
  let verdict: Verdict
  /// The line on which the reply begins.
  let line: Int
  /// `nil` for standard input.
  let file: String?
  /// Whether only the reply's first part was read.
  let truncated: Bool
  /// Why the line holds no reply.
  let error: String?

  private enum CodingKeys: String, CodingKey { case line, file, truncated, error }

  func encode(to encoder: any Encoder) throws {
    try verdict.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(line, forKey: .line)
    try values.encode(file, forKey: .file)
    try values.encode(truncated, forKey: .truncated)
    try values.encode(error, forKey: .error)
  }
}

extension ClassifiedReply {
  static let columns = [
    "file", "line", "category", "action", "bounce", "retry", "basis", "rule", "provider", "code",
    "status", "remote_host", "command", "text", "cause", "error",
  ]

  /// The cells of a CSV or TSV row, in the order of `columns`.
  var cells: [String] {
    [
      file?.visible ?? "", String(line),
      verdict.category.rawValue, verdict.action.rawValue, verdict.bounce.rawValue,
      verdict.retry.rawValue, verdict.basis.rawValue, verdict.rule?.rawValue ?? "",
      verdict.provider ?? "", verdict.code?.description ?? "", verdict.status?.description ?? "",
      verdict.details.remoteHost?.visible ?? "", verdict.details.command?.visible ?? "",
      verdict.text.visible, verdict.causes.map(\.cause).joined(separator: " | "),
      error?.visible ?? "",
    ]
  }
}

/// The widths of the columns in which `classify` shows replies to a person.
struct ReplyColumns {
  private let placeWidth: Int
  private let categoryWidth: Int
  private let ruleWidth: Int
  /// `nil` where lines have no end.
  private let width: Int?

  /// - Parameters:
  ///   - files: The names of the files, where there are several.
  ///   - width: The terminal's.
  init(catalogue: Catalogue, files: [String], width: Int?) {
    placeWidth = 5 + (files.map { $0.visibleWidth + 1 }.max() ?? 0)
    let classifier = catalogue.classifier
    categoryWidth = classifier.categories.map(\.id.rawValue.count).max() ?? 0
    let longestRule = classifier.rules.map(\.id.rawValue.count).max() ?? 0
    ruleWidth = min(longestRule, width.map { max(16, $0 / 4) } ?? longestRule)
    self.width = width
  }

  func row(_ reply: ClassifiedReply, naming file: String?) -> String {
    let place = (file.map { "\($0.visible):" } ?? "") + String(reply.line)
    let verdict = reply.verdict
    let head = [
      String(repeating: " ", count: max(0, placeWidth - place.visibleWidth)) + place,
      verdict.category.rawValue.column(categoryWidth), verdict.action.rawValue.column(9),
      (verdict.code?.description ?? "").column(3),
      (verdict.rule?.rawValue ?? "").column(ruleWidth),
    ].joined(separator: "  ")
    let text = reply.error.map { "(\($0))" } ?? verdict.text
    let room = width.map { max(20, $0 - head.visibleWidth - 2) }
    return head + "  " + (room.map(text.shortened) ?? text.visible) + "\n"
  }
}
