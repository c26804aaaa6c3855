// The only file that calls the operating system directly.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the operating system said when a call failed.
struct SystemError: Error, CustomStringConvertible {
  let number: Int32

  static var last: SystemError { SystemError(number: errno) }

  var description: String { String(cString: strerror(number)) }

  /// Whether the reader of a pipe has gone away, as with `| head`.
  var isBrokenPipe: Bool { number == EPIPE }
}

// Inside `FileDescriptor` these names mean its own methods.
private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(number, bytes, count)
}
private func systemRead(_ number: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(number, bytes, count)
}
private func systemClose(_ number: Int32) { _ = close(number) }

/// An open file, pipe or terminal.
struct FileDescriptor {
  let rawValue: Int32

  static let standardInput = FileDescriptor(rawValue: STDIN_FILENO)
  static let standardOutput = FileDescriptor(rawValue: STDOUT_FILENO)
  static let standardError = FileDescriptor(rawValue: STDERR_FILENO)

  static func opened(_ path: String) throws(SystemError) -> FileDescriptor {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    return FileDescriptor(rawValue: descriptor)
  }

  func close() { systemClose(rawValue) }

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The width of the terminal, if it is one that tells.
  var columns: Int? {
    var size = winsize()
    guard ioctl(rawValue, numericCast(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether reading gives something at once: bytes, the end, or an error.
  var isReadable: Bool {
    var request = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// Reads the next bytes over those of a buffer, as soon as there are some.
  ///
  /// - Returns: How many there were; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      let result = buffer.withUnsafeMutableBytes { systemRead(rawValue, $0.baseAddress!, $0.count) }
      if result >= 0 { return result }
      try wait(for: POLLIN, after: .last)
    }
  }

  /// As many bytes as are read at once.
  static let chunkSize = 1 << 16

  /// The next bytes, as soon as there are some; empty at the end.
  func nextBytes() throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.chunkSize)
    bytes.removeLast(bytes.count - (try read(into: &bytes)))
    return bytes
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var start = 0
    while start < bytes.count {
      let result = systemWrite(rawValue, bytes.baseAddress! + start, bytes.count - start)
      if result < 0 { try wait(for: POLLOUT, after: .last) }
      start += max(0, result)
    }
  }

  func write(_ text: String) throws {
    try Array(text.utf8).withUnsafeBytes { try write($0) }
  }

  /// Some programs leave pipes in non-blocking mode: waits until the call can be made again.
  private func wait(for events: Int32, after failure: SystemError) throws(SystemError) {
    switch failure.number {
    case EINTR: return
    case EAGAIN:
      var request = pollfd(fd: rawValue, events: Int16(events), revents: 0)
      _ = poll(&request, 1, -1)
    default: throw failure
    }
  }
}
