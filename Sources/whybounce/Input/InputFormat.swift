import ArgumentParser

/// How replies stand in a file.
enum InputFormat: String, CaseIterable, ExpressibleByArgument {
  case lines, ndjson, json, csv, tsv, messages

  /// The form of a table.
  var table: DelimitedForm? {
    switch self {
    case .csv: .csv
    case .tsv: .tsv
    case .lines, .ndjson, .json, .messages: nil
    }
  }

  /// The name of the field or column with the reply, where nobody gives another.
  static let usualField = "text"

  /// Whether the reply is one of several fields, which have names.
  var hasFields: Bool { self == .ndjson || self == .json || table != nil }

  /// What a file's ending says: the one place for this rule.
  init(ofFile name: String) {
    let ending = name.split(separator: "/").last?.split(separator: ".").dropFirst().last
    self =
      switch ending?.lowercased() {
      case "ndjson", "jsonl": .ndjson
      case "json": .json
      case "csv": .csv
      case "tsv": .tsv
      case "eml", "mbox": .messages
      default: .lines
      }
  }
}
