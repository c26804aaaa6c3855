import ArgumentParser

/// Why a command ends early, in one sentence that says what to do.
struct Failure: Error {
  let message: String
  let exitCode: ExitCode

  init(_ message: String, exitCode: ExitCode = .failure) {
    (self.message, self.exitCode) = (message, exitCode)
  }
}

extension ExitCode {
  /// The command line itself is wrong. (The parser's own code for this is 64.)
  static let wrongUsage = ExitCode(2)
}

/// Messages to the person at the terminal, beside the output.
enum Console {
  /// Prints a line on standard error; what could act on the terminal is made visible.
  static func note(_ message: String) {
    printRaw(message.visible)
  }

  static func error(_ message: String) {
    note("Error: \(message)")
  }

  /// Prints lines whose escape sequences are meant.
  static func printRaw(_ lines: String) {
    // Where standard error is closed, nobody can be told so.
    try? FileDescriptor.standardError.write(lines + "\n")
  }
}
