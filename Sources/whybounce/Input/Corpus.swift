import ArgumentParser

/// How a corpus is written.
struct CorpusOptions: ParsableArguments {
  @Option(
    help: """
      Replies as lines of text, or as a field of JSON objects, one a line. Left out: by the file's \
      ending, .ndjson or .jsonl.
      """)
  var input: Corpus.Format?

  @Option(
    help: ArgumentHelp(
      "With NDJSON input: the field with the reply; left out: '\(InputFormat.usualField)'.",
      valueName: "name"))
  var field: String?

  /// These say how to read a file, and nothing where there is none.
  func fail(without option: String) throws {
    if input != nil || field != nil {
      throw ValidationError("--input and --field are for the file of \(option).")
    }
  }

  func corpus(_ file: String) -> Corpus {
    let ending = InputFormat(ofFile: file)
    if input == nil, ending != .lines, ending != .ndjson {
      Console.note("Note: '\(file)' is read as lines of text.")
    }
    return Corpus(
      file: file, input: input ?? (ending == .ndjson ? .ndjson : .lines),
      field: field ?? InputFormat.usualField)
  }
}

/// A file of replies, which may be larger than memory.
struct Corpus {
  enum Format: String, CaseIterable, ExpressibleByArgument { case lines, ndjson }

  /// `-` for standard input.
  let file: String
  let input: Format
  let field: String

  /// Reads every reply. Says on standard error which lines are bad.
  func readReplies(_ body: (InputReply) -> Void) throws(Failure) -> BadLines {
    let progress = ProgressLine(isBeforeOutput: true)
    var badLines = BadLines()
    func take(_ reply: InputReply) {
      if let error = reply.error {
        progress.clear()
        badLines.add(error, at: reply.line, of: file)
      } else {
        body(reply)
        progress.count += 1
      }
    }
    do {
      let descriptor = file == "-" ? .standardInput : try FileDescriptor.opened(file)
      defer { if file != "-" { descriptor.close() } }
      func read() throws -> [UInt8] {
        progress.show()
        return try descriptor.nextBytes()
      }
      switch input {
      case .lines:
        var replies = LineReader(joinsReplies: true, limit: InputReply.mostBytes, read: read)
        while let reply = try replies.next() {
          take(
            InputReply(line: reply.number, bytes: reply.bytes, isTruncated: reply.isTruncated))
        }
      case .ndjson:
        let decoder = JSONReplyDecoder(field: field, limit: InputReply.mostBytes)
        var lines = LineReader(limit: JSONLines.mostBytes, read: read)
        while let line = try lines.next() { take(decoder.reply(on: line)) }
      }
    } catch {
      throw Failure("'\(file)' cannot be read: \(error).")
    }
    progress.clear()
    return badLines
  }
}

/// Lines of a corpus that hold no reply: the others count, and the run fails when it has reported
/// them.
struct BadLines {
  private var count = 0

  /// Says on standard error what is wrong with a line, and counts it.
  mutating func add(_ error: String, at line: Int, of file: String) {
    Console.note("\(file):\(line): error: \(error)")
    count += 1
  }

  func failIfAny() throws(Failure) {
    if count > 0 {
      throw Failure("\(count) bad \(count == 1 ? "line was" : "lines were") left out.")
    }
  }
}
