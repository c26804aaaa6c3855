import ReplyMatcher

/// The two forms of a table, written straight into bytes, exactly as `DelimitedText` writes them.
enum DelimitedForm: Sendable {
  case csv, tsv

  var separator: UInt8 {
    switch self {
    case .csv: UInt8(ascii: ",")
    case .tsv: UInt8(ascii: "\t")
    }
  }

  /// Adds a cell.
  func append(_ text: String, to row: inout OutputBytes) {
    switch self {
    case .csv: row.append(DelimitedText.csvCell(text))
    case .tsv: row.append(DelimitedText.tsvCell(text))
    }
  }

  func cell(_ text: String) -> [UInt8] {
    var bytes = OutputBytes()
    append(text, to: &bytes)
    return bytes.array
  }

  /// Adds a cell of bytes from a reply: what is no UTF-8 is Latin-1, what cannot be seen is made
  /// visible.
  func append(visible bytes: UnsafeBufferPointer<UInt8>, to row: inout OutputBytes) {
    guard bytes.showAsTheyStand else {
      return append(readableText(of: bytes).visible, to: &row)
    }
    switch self {
    case .csv: appendCSV(bytes, to: &row)
    case .tsv: append(bytes, doubling: UInt8(ascii: "\\"), to: &row)
    }
  }

  private func appendCSV(_ bytes: UnsafeBufferPointer<UInt8>, to row: inout OutputBytes) {
    let quote = UInt8(ascii: "\"")
    let isQuoted = PlainASCII.index(of: quote, or: separator, in: bytes, from: 0) < bytes.count
    if isQuoted { row.append(quote) }
    if let first = bytes.first, "=+-@".utf8.contains(first) { row.append(UInt8(ascii: "'")) }
    if isQuoted {
      append(bytes, doubling: quote, to: &row)
      row.append(quote)
    } else {
      row.append(bytes)
    }
  }

  private func append(
    _ bytes: UnsafeBufferPointer<UInt8>, doubling mark: UInt8, to row: inout OutputBytes
  ) {
    var start = 0
    while true {
      let place = PlainASCII.index(of: mark, or: mark, in: bytes, from: start)
      row.append(UnsafeBufferPointer(rebasing: bytes[start..<place]))
      guard place < bytes.count else { return }
      row.append(mark)
      row.append(mark)
      start = place + 1
    }
  }
}
