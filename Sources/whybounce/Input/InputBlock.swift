/// Replies, or lines of NDJSON, one behind the other in one run of bytes.
struct InputBlock {
  struct Piece {
    /// The line on which it begins, counted from 1.
    let line: Int
    var range: Range<Int>
    /// Whether it went on behind these bytes.
    var isTruncated: Bool
  }

  var bytes: [UInt8] = []
  var pieces: [Piece] = []
  /// The file they stand in; `nil` for standard input.
  var file: String?
  var format = InputFormat.lines
  /// What a table's first row says.
  var head = TableHead()
  /// Why the file cannot be read any further.
  var failure: UnreadableInput?

  /// Keeps the memory, unless a giant line has made it large.
  mutating func removeAll() {
    failure = nil
    if bytes.capacity > 1 << 20 { bytes = [] }
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
  }
}

/// What the first row of a table tells of the others.
struct TableHead {
  /// The names of the columns.
  var columns: [String] = []
  /// What stands between them.
  var separator = DelimitedForm.csv.separator
}
