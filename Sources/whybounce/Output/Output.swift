import ArgumentParser

/// Standard output.
enum Output {
  static func write(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try FileDescriptor.standardOutput.write(bytes)
    } catch {
      // The reader has seen enough (`| head`): nothing went wrong.
      if error.isBrokenPipe { throw ExitCode.success }
      throw Failure("The output cannot be written: \(error).")
    }
  }

  /// Writes a text, which gets a line break at its end.
  static func print(_ text: String) throws {
    var text = text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}
