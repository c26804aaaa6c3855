import ArgumentParser

/// How replies stand in a file.
enum InputFormat: String, CaseIterable, ExpressibleByArgument {
  case lines, ndjson, messages

  /// What a file's ending says: the one place for this rule.
  init(ofFile name: String) {
    let ending = name.split(separator: "/").last?.split(separator: ".").dropFirst().last
    self =
      switch ending?.lowercased() {
      case "ndjson", "jsonl": .ndjson
      case "eml": .messages
      default: .lines
      }
  }
}
