import Foundation
import Testing

/// Expected output in a file. `UPDATE_GOLDEN=1 swift test` writes the files anew, for you to read.
func expectGolden(
  _ text: String, _ file: URL, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(
    text == expected, "see \(file.lastPathComponent)", sourceLocation: sourceLocation)
}
