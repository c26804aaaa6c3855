import BounceCatalogue

/// The widths of the columns in which `classify` shows replies to a person.
struct ReplyColumns {
  private let placeWidth: Int
  private let categoryWidth: Int
  /// `nil` where there is no room for it.
  private let ruleWidth: Int?
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
    ruleWidth = width.map { $0 < 100 ? nil : min(Self.widestRule, $0 / 4) } ?? Self.widestRule
    self.width = width
  }

  /// - Parameter className: The category, or the peer's class.
  func row(_ verdict: Verdict, _ className: String, _ line: Int, naming file: String?) -> String {
    row(
      line, file, className, verdict.action.rawValue, verdict.code?.description,
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
      place.rightColumn(placeWidth), className.column(categoryWidth), action.column(9),
      (code ?? "").column(3), ruleWidth.map((rule ?? "").column),
    ].compactMap(\.self).joined(separator: "  ")
    let room = width.map { max(20, $0 - head.visibleWidth - 2) }
    return head + "  " + (room.map(text.shortened) ?? text.visible) + "\n"
  }
}
