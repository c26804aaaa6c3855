import Foundation
import Testing

/// Expected output in a file of the `Golden` folder. `UPDATE_GOLDEN=1 swift test` writes the files
/// anew; look at the difference before you commit it.
///
/// Escape characters stand in the file as `␛`, so that people can read it.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/\(name).txt")
  let actual = text.replacing("\u{1B}", with: "␛")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try actual.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  let comment = Comment(rawValue: "Golden/\(name).txt\n\(difference(from: expected, to: actual))")
  #expect(actual == expected, comment, sourceLocation: sourceLocation)
}

/// The lines that went (`-`) and came (`+`).
private func difference(from old: String, to new: String) -> String {
  let (old, new) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
  return new.difference(from: old).map { change in
    switch change {
    case .remove(let offset, let line, _): "-\(offset + 1): \(line)"
    case .insert(let offset, let line, _): "+\(offset + 1): \(line)"
    }
  }.joined(separator: "\n")
}
