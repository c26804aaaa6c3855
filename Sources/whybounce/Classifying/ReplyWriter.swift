/// Classifies replies and writes what was found, each reply behind the one before it. A thread has a
/// writer of its own.
protocol ReplyWriter {
  /// Goes to another file; `nil` is standard input.
  mutating func begin(file name: String?)

  mutating func append(
    _ reply: UnsafeBufferPointer<UInt8>, from origin: RecordOrigin, to output: inout OutputBytes)

  /// How many replies were written, by category or by the peer's class.
  var counts: [String: Int] { get }
}
