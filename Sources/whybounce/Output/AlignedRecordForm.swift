import BounceCatalogue
import ReplyMatcher

/// A row of aligned columns, for people.
struct AlignedRecordForm: RecordForm {
  private let hasPeer: Bool
  /// Whether rows name their file: there are several.
  private let namesFiles: Bool
  private let placeWidth: Int
  private let categoryWidth: Int
  private static let (actionWidth, codeWidth) = (9, 3)
  /// `nil` where there is no room for it.
  private let ruleWidth: Int?
  /// Of twenty ids, nineteen have room in this; the longest would put every reply far to the right.
  private static let widestRule = 34
  /// `nil` where lines have no end.
  private let width: Int?

  /// - Parameters:
  ///   - files: The names of the files, where there are several.
  ///   - width: The terminal's.
  init(_ context: RecordContext, _ classifier: BounceClassifier, files: [String], width: Int?) {
    (hasPeer, namesFiles, self.width) = (context.peer != nil, !files.isEmpty, width)
    placeWidth = 5 + (files.map { $0.visibleWidth + 1 }.max() ?? 0)
    // A peer's classes stand in place of the categories.
    let classes =
      context.peer.map { Array($0.classes.values) + $0.temporaryClasses.values }
      ?? classifier.categories.map(\.id.rawValue)
    categoryWidth = classes.map(\.count).max() ?? 0
    ruleWidth = width.map { $0 < 100 ? nil : min(Self.widestRule, $0 / 4) } ?? Self.widestRule
  }

  /// The columns before the code and those behind it.
  private enum Fragment: Int { case verdict, rule }

  func fragments(of answer: RuleAnswer, peerClass: String?) -> [[UInt8]] {
    let className = hasPeer ? peerClass ?? "-" : answer.category.rawValue
    return [
      Array(verdictColumns(className, answer.action.rawValue).utf8),
      Array(ruleColumn(answer.rule?.rawValue ?? "").utf8),
    ]
  }

  private func verdictColumns(_ className: String, _ action: String) -> String {
    "  " + className.column(categoryWidth) + "  " + action.column(Self.actionWidth) + "  "
  }

  private func ruleColumn(_ rule: String) -> String {
    (ruleWidth.map { "  " + rule.column($0) } ?? "") + "  "
  }

  func fileCell(_ name: String?) -> [UInt8] {
    namesFiles ? Array("\((name ?? "-").visible):".utf8) : []
  }

  func append(_ record: Record, _ template: RecordTemplate, to output: inout OutputBytes) {
    func append(_ fragment: Fragment) {
      template.append(fragment.rawValue...fragment.rawValue, to: &output)
    }
    let placeWidth = beginRow(record.origin, record.file, in: &output)
    append(.verdict)
    if record.match.code != 0 {
      output.append(decimal: Int(record.match.code))
    } else {
      output.append(spaces: Self.codeWidth)
    }
    append(.rule)
    output.append(visible: record.text, width: textWidth(besides: placeWidth))
    output.append(UInt8(ascii: "\n"))
  }

  func append(
    badLine error: String, from origin: RecordOrigin, file: [UInt8], to output: inout OutputBytes
  ) {
    let placeWidth = beginRow(origin, file, in: &output)
    output.append(verdictColumns("-", "-"))
    output.append(spaces: Self.codeWidth)
    output.append(ruleColumn(""))
    var text = "(\(error))"
    text.withUTF8 { output.append(visible: $0, width: textWidth(besides: placeWidth)) }
    output.append(UInt8(ascii: "\n"))
  }

  /// Adds the file and the line. Returns how many columns they take: long numbers need more than usual.
  private func beginRow(
    _ origin: RecordOrigin, _ file: [UInt8], in output: inout OutputBytes
  ) -> Int {
    let line = String(origin.line)
    let width = String(decoding: file, as: UTF8.self).visibleWidth + line.utf8.count
    output.append(spaces: placeWidth - width)
    output.append(file)
    output.append(line)
    return max(placeWidth, width)
  }

  private func textWidth(besides placeWidth: Int) -> Int? {
    width.map { width in
      // Two spaces stand between columns.
      let columns = [placeWidth, categoryWidth, Self.actionWidth, Self.codeWidth, ruleWidth]
      return max(20, columns.compactMap(\.self).reduce(width) { $0 - $1 - 2 })
    }
  }
}

extension OutputBytes {
  fileprivate mutating func append(spaces count: Int) {
    for _ in 0..<max(0, count) { append(UInt8(ascii: " ")) }
  }
}
