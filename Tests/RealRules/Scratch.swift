#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for the files of one test, which goes when the test is over.
package final class Scratch: Sendable {
  package let folder = FileManager.default.temporaryDirectory
    .appending(path: "whybounce-test-\(UUID().uuidString)")
  package var path: String { folder.path(percentEncoded: false) }

  /// - Parameter files: What stands in it at first, by name.
  package init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try file(name, text.utf8) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file, and the folders in which it stands.
  @discardableResult
  package func file(_ name: String, _ bytes: some Sequence<UInt8> = [UInt8]()) throws -> URL {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url
  }
}
