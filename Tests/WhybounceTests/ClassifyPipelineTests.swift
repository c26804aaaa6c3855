import Foundation
import RealRules
import Testing

@testable import whybounce

/// Input in blocks and several threads: nobody sees them.
@Suite struct ClassifyPipelineTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let replyCount = 1600

  /// Half a megabyte: several blocks. Some replies are long, so that there need not be more of them.
  private func manyReplies() -> [UInt8] {
    (0..<Self.replyCount).reduce(into: []) { bytes, number in
      let reply =
        switch number % 4 {
        case 0: "550-5.1.1 User \(number)\n550 5.1.1 unknown\n"
        case 1: "452 4.2.2 Mailbox full, number \(number)\r\n\n"
        case 2: "554 \(String(repeating: "x", count: 2 * (number % 1500)))\n"
        default: "554 Bad DNS PTR resource record \(number)\n"
        }
      bytes += reply.utf8
    }
  }

  @Test(arguments: ["ndjson", "text"]) func orderIsKept(format: String) throws {
    let input = manyReplies()
    let file = try scratch.file("replies.txt", input)
    func run(_ arguments: [String]) throws -> BuiltProgram.Result {
      try BuiltProgram.run(["classify", "--format", format, "--summary"] + arguments, input: input)
    }
    let one = try run(["--jobs", "1"])
    #expect(one.exitCode == 0 && one.output.split(separator: "\n").count == Self.replyCount)
    for jobs in [["--jobs", "2"], ["--jobs", "7"], []] {
      let several = try run(jobs)
      #expect(several.output == one.output && several.error == one.error)
    }
    let files = try run([file.path, "/nonexistent", file.path])
    #expect(files.exitCode == 1 && files.output.split(separator: "\n").count == 2 * Self.replyCount)
  }

  @Test(arguments: ["0", "-1", "x", "2000"]) func wrongJobs(count: String) throws {
    #expect(try BuiltProgram.run(["classify", "--jobs", count]).exitCode == 2)
  }

  /// A reply's record does not wait for the next reply.
  @Test(arguments: ["1", "4"]) func recordsComeAtOnce(jobs: String) throws {
    let (input, output) = (Pipe(), Pipe())
    let process = BuiltProgram.process(["classify", "--jobs", jobs])
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    for number in 1...3 {
      try input.fileHandleForWriting.write(contentsOf: Data("550 5.1.1 a\n".utf8))
      let descriptor = output.fileHandleForReading.fileDescriptor
      let hasOutput = FileDescriptor(rawValue: descriptor).becomesReadable(within: .seconds(60))
      try #require(hasOutput, "record \(number)")
      let record = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      #expect(record.contains("\(number)  recipient-unknown"))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  // MARK: - Blocks

  @Test func blocksAreSmall() throws {
    let input = manyReplies()
    let file = try scratch.file("replies.txt", input)
    var source = BlockSource(files: [file.path], format: .lines)
    var (block, pieceCount) = (InputBlock(), 0)
    while source.read(into: &block) {
      #expect(block.bytes.count < 1 << 18)
      pieceCount += block.pieces.count
    }
    #expect(pieceCount == Self.replyCount)
  }

  /// A reply without end takes no more memory than its first MiB.
  @Test(arguments: ["550-x y z\n", "550-", "x", "\n", "550-\u{FEFF}\r\n"])
  func endlessReplies(piece: String) throws {
    // (Of empty lines little more than a MiB: each of them costs as much as a long one.)
    let count = min((4 << 20) / piece.utf8.count, 1_100_000)
    let file = try scratch.file("endless.txt", Array(String(repeating: piece, count: count).utf8))
    var source = BlockSource(files: [file.path], format: .lines)
    var block = InputBlock()
    while source.read(into: &block) {
      #expect(block.pieces.count == 1 && block.pieces[0].isTruncated)
      #expect(block.bytes.capacity < 3 << 20)
      #expect(block.pieces[0].range.count == InputReply.mostBytes)
    }
  }

  @Test func whatCannotBeRead() throws {
    let file = try scratch.file("a.txt", Array("550 a".utf8))
    var source = BlockSource(
      files: ["/nonexistent", file.path, scratch.folder.path], format: .lines)
    var (block, seen) = (InputBlock(), [String]())
    while source.read(into: &block) {
      seen.append("\(block.pieces.count) \(block.failure.map { "\($0)" } ?? "")")
    }
    #expect(seen == ["0 No such file or directory", "1 ", "0 Is a directory"])
  }
}

extension FileDescriptor {
  fileprivate func becomesReadable(within time: Duration) -> Bool {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {
      if isReadable { return true }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return false
  }
}
