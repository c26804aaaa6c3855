import ArgumentParser
import BounceCatalogue
import BounceMessages

/// One reply, from the command line or from standard input.
struct ReplyArgument: ParsableArguments {
  @Argument(help: "The reply; several words are joined. '-' or nothing: standard input.")
  var reply: [String] = []

  /// The rest of a longer reply is ignored.
  private static let mostBytes = 1 << 20

  func validate() throws {
    if !reply.isEmpty, reply.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError("The reply is empty: put what the server said between quotes.")
    }
  }

  /// - Returns: The reply; of a whole mail message, what tells the reason.
  func read(for classifier: BounceClassifier) throws -> RecipientReport {
    let isGiven = !reply.isEmpty && reply != ["-"]
    var bytes = isGiven ? Array(reply.joined(separator: " ").utf8) : try readStandardInput()
    if let failure = UnreadableInput(beginningWith: bytes) {
      throw Failure("Standard input cannot be read: \(failure).")
    }
    if bytes.allSatisfy(\.isBlank) {
      throw Failure("Standard input holds no reply: pass on what the server said.")
    }
    if bytes.count > Self.mostBytes {
      bytes.removeSubrange(Self.mostBytes...)
      Console.note("Note: the reply is longer than 1 MiB; the rest of it is ignored.")
    }
    guard let message = MailMessage(bytes) else { return RecipientReport(nil, bytes) }
    let reportCount = classifier.reports(in: message).count
    if reportCount > 1 {
      Console.note(
        """
        Note: the message reports on \(reportCount) recipients; this is about one of them. For all: \
        whybounce classify --input messages
        """)
    }
    let report = classifier.tellingReport(in: message)
    if report.text.allSatisfy(\.isBlank) {
      throw Failure(
        "The message on standard input has no text of its own: pass on what the server said.")
    }
    return report
  }

  private func readStandardInput() throws -> [UInt8] {
    let input = FileDescriptor.standardInput
    if input.isTerminal {
      Console.note("Type or paste the reply, then press Return and Ctrl-D. (--help: all commands)")
    }
    var bytes: [UInt8] = []
    do {
      while bytes.count <= Self.mostBytes {
        let chunk = try input.bytes(atMost: 1 << 16)
        if chunk.isEmpty { break }
        bytes += chunk
      }
    } catch {
      throw Failure("Standard input cannot be read: \(error).")
    }
    return bytes
  }
}
