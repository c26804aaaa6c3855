/// Cuts a file into pieces to classify. Input comes in chunks of any size; what is complete can be taken
/// away at any time.
protocol BlockCutter {
  /// How many bytes stand in the block, of complete pieces and others.
  var byteCount: Int { get }
  /// Whether a piece is complete.
  var hasPieces: Bool { get }
  /// Whether the rest of the file does not count.
  var isFull: Bool { get }
  /// What has come shows that the file cannot be read.
  var failure: UnreadableInput? { get }

  mutating func add(_ chunk: UnsafeRawBufferPointer)
  /// The input has ended: what has begun is complete.
  mutating func finish()
  /// The input cannot be read any further: what has begun is lost.
  mutating func abandonLine()
  /// Gives out the complete pieces in exchange for memory to go on with.
  mutating func take(into taken: inout InputBlock)
}

extension [UInt8] {
  /// In UTF-8. Editors on Windows put it in front of a file.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

extension BlockCutter {
  var isFull: Bool { false }
  var failure: UnreadableInput? { nil }
}

extension InputFormat {
  /// What cuts a file of this format.
  ///
  /// - Parameter field: The column of a table that holds the reply.
  func cutter(field: String) -> any BlockCutter {
    switch self {
    case .lines: InputCutter(joinsReplies: true, limit: InputReply.mostBytes)
    case .ndjson: InputCutter(joinsReplies: false, limit: JSONLines.mostBytes)
    case .json: JSONCutter(limit: JSONLines.mostBytes)
    case .csv: RowCutter(.csv, field: field, limit: JSONLines.mostBytes)
    case .tsv: RowCutter(.tsv, field: field, limit: JSONLines.mostBytes)
    case .messages: MessageCutter(limit: InputReply.mostBytes)
    }
  }
}
