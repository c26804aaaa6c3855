/// Classifies replies and writes what was found, each reply behind the one before it. A thread has a
/// writer of its own.
protocol ReplyWriter {
  /// Goes to another file; `nil` is standard input.
  mutating func begin(file name: String?)

  /// - Parameters:
  ///   - line: The line on which the reply begins.
  ///   - isTruncated: Whether only the reply's first part was read.
  ///   - error: Why the line holds no reply.
  mutating func append(
    _ reply: UnsafeBufferPointer<UInt8>, line: Int, isTruncated: Bool, error: String?,
    to output: inout OutputBytes)

  /// How many replies were written, by category or by the peer's class.
  var counts: [String: Int] { get }
}
