import ArgumentParser

/// Standard output, buffered.
final class Output {
  private let descriptor: FileDescriptor
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 16

  init(_ descriptor: FileDescriptor = .standardOutput) { self.descriptor = descriptor }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes a large piece at once, behind what is in the buffer.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try flush()
    try send(bytes)
  }

  func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes(send)
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try descriptor.write(bytes)
    } catch {
      // The reader has seen enough (`| head`): nothing went wrong.
      if error.isBrokenPipe { throw ExitCode.success }
      throw Failure("The output cannot be written: \(error).")
    }
  }

  /// For commands that print one text and are done.
  static func print(_ text: String) throws {
    let output = Output()
    try output.write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
    try output.flush()
  }
}
