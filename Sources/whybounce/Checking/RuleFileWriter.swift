import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Replaces rule files that `format` or `check --fix` has changed.
enum RuleFileWriter {
  /// Writes all files, or none where one cannot be written or is not what was read.
  static func write(_ texts: [String: (old: [UInt8], new: [UInt8])]) throws {
    let paths = texts.keys.sorted()
    for path in paths { try checkThatItCanBeWritten(path, texts[path]!.old) }
    for path in paths { try write(texts[path]!.new, to: path) }
  }

  private static func checkThatItCanBeWritten(_ path: String, _ text: [UInt8]) throws {
    let mode = try? FileManager.default.attributesOfItem(atPath: path.withoutLinks)[
      .posixPermissions]
    // The superuser may write everywhere, and yet the file says that nobody is to.
    let isProtected = (mode as? UInt).map { $0 & 0o222 == 0 } ?? false
    guard !isProtected, FileManager.default.isWritableFile(atPath: path) else {
      throw Failure("'\(path)' is read-only, so nothing was changed: make it writable first.")
    }
    guard FileManager.default.contents(atPath: path).map(Array.init) == text else {
      throw Failure("'\(path)' has just been changed by somebody else: check again.")
    }
  }

  /// Writes a file at once, so that it is never half written. Whose it is and who may read it stays as
  /// it was where it is replaced, and a link still leads to it. What is no file, such as a pipe, is
  /// written to and not replaced.
  static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    let target = path.withoutLinks
    do {
      let old = try? FileManager.default.attributesOfItem(atPath: target)
      let isReplaced = old.map { $0[.type] as? FileAttributeType == .typeRegular } ?? true
      try Data(bytes).write(to: URL(filePath: target), options: isReplaced ? .atomic : [])
      if isReplaced, let old {
        // (Only the superuser can give a file away.)
        let owner = old.filter { [.ownerAccountID, .groupOwnerAccountID].contains($0.key) }
        try? FileManager.default.setAttributes(owner, ofItemAtPath: target)
        let mode = old.filter { $0.key == .posixPermissions }
        try FileManager.default.setAttributes(mode, ofItemAtPath: target)
      }
    } catch let error as CocoaError {
      throw Failure("'\(path)' cannot be written: \(error.reason).")
    }
  }
}

extension CocoaError {
  /// What the operating system said, if that is what went wrong.
  var reason: String {
    (underlying as? POSIXError).map { "\(SystemError(number: $0.code.rawValue))" } ?? "\(self)"
  }
}
