import ArgumentParser
import BounceCatalogue
import BounceMessages

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One reply, from the command line or from standard input.
struct ReplyArgument: ParsableArguments {
  @Argument(help: "The reply; several words are joined. '-' or nothing: standard input.")
  var reply: [String] = []

  func validate() throws {
    if !reply.isEmpty, reply.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError("The reply is empty: put what the server said between quotes.")
    }
  }

  /// - Returns: The reply; of a whole mail message, what tells the reason.
  func read(for classifier: BounceClassifier) throws -> RecipientReport {
    try failIfFiles()
    let isGiven = !reply.isEmpty && reply != ["-"]
    var bytes = isGiven ? Array(reply.joined(separator: " ").utf8) : try readStandardInput()
    if let failure = UnreadableInput(beginningWith: bytes) {
      throw Failure("Standard input cannot be read: \(failure).")
    }
    bytes.trimPrefix([UInt8].byteOrderMark)
    if bytes.allSatisfy(\.isBlank) {
      throw Failure("Standard input holds no reply: pass on what the server said.")
    }
    if bytes.count > InputReply.mostBytes {
      bytes.removeSubrange(InputReply.mostBytes...)
      Console.note("Note: the reply is longer than 1 MiB; the rest of it is ignored.")
    }
    guard let message = MailMessage(bytes) else {
      var events = EventReports(classifier)
      let reports = bytes.withUnsafeBufferPointer { events.reports(in: $0) }
      if !reports.isEmpty {
        if reports.count > 1 {
          Console.note(
            """
            Note: the JSON tells of \(reports.count) recipients; this is about one of them. For all: \
            whybounce classify --input json
            """)
        }
        return classifier.tellingReport(among: reports)
      }
      if MarkupText.isMarkup(bytes) { bytes = MarkupText(bytes).bytes }
      let recipients = classifier.recipients(inText: bytes)
      if recipients.count > 1 {
        Console.note(
          """
          Note: the text speaks of \(recipients.count) recipients, and this is one answer. Pass on \
          what it says of each alone, or the whole message with its header.
          """)
      }
      return RecipientReport(nil, bytes)
    }
    let reports = classifier.reports(in: message)
    var cutter = MessageCutter(limit: InputReply.mostBytes)
    bytes.withUnsafeBytes { cutter.add($0) }
    if cutter.hasPieces {
      Console.note(
        """
        Note: the mailbox has several messages; this is about the first. For all: \
        whybounce classify --input messages
        """)
    } else if reports.count > 1 {
      Console.note(
        """
        Note: the message reports on \(reports.count) recipients; this is about one of them. For all: \
        whybounce classify --input messages
        """)
    }
    let report = classifier.tellingReport(among: reports)
    if report.text.allSatisfy(\.isBlank) {
      throw Failure(
        "The message on standard input has no text of its own: pass on what the server said.")
    }
    return report
  }

  /// The name of a bounce's file is no reply: to explain it as one would help nobody.
  private func failIfFiles() throws {
    guard let first = reply.first, reply.allSatisfy(FileManager.default.fileExists) else { return }
    var isFolder = false
    _ = FileManager.default.fileExists(atPath: first, isDirectory: &isFolder)
    if isFolder {
      throw Failure(
        "'\(first)' is a folder: put what the server said between quotes.", exitCode: .wrongUsage)
    }
    throw Failure(
      """
      '\(first)' is a file. To read it as one reply or bounce message: whybounce < \(first.shellWord) \
      (as many replies: whybounce classify \(reply.map(\.shellWord).joined(separator: " ")))
      """, exitCode: .wrongUsage)
  }

  private func readStandardInput() throws -> [UInt8] {
    let input = FileDescriptor.standardInput
    if input.isTerminal {
      Console.note("Type or paste the reply, then press Return and Ctrl-D. (--help: all commands)")
    }
    var bytes: [UInt8] = []
    do {
      while bytes.count <= InputReply.mostBytes {
        let chunk = try input.nextBytes()
        if chunk.isEmpty { break }
        bytes += chunk
      }
    } catch {
      throw Failure("Standard input cannot be read: \(error).")
    }
    return bytes
  }
}
