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
  func append(_ text: String, to row: inout [UInt8]) {
    switch self {
    case .csv: row.append(contentsOf: DelimitedText.csvCell(text).utf8)
    case .tsv: row.append(contentsOf: DelimitedText.tsvCell(text).utf8)
    }
  }

  func cell(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return bytes
  }

  /// Adds a cell of bytes from a reply: what is no UTF-8 is Latin-1, what cannot be seen is made
  /// visible.
  func append(visible bytes: UnsafeBufferPointer<UInt8>, to row: inout [UInt8]) {
    guard PlainASCII.isPrintable(bytes) else {
      return append(readableText(of: bytes).visible, to: &row)
    }
    switch self {
    case .csv: appendCSV(printable: bytes, to: &row)
    case .tsv: appendTSV(printable: bytes, to: &row)
    }
  }

  private func appendCSV(printable bytes: UnsafeBufferPointer<UInt8>, to row: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isQuoted = !PlainASCII.isPlain(bytes, without: "\"", and: ",")
    if isQuoted { row.append(quote) }
    if let first = bytes.first, "=+-@".utf8.contains(first) { row.append(UInt8(ascii: "'")) }
    if isQuoted {
      for byte in bytes {
        if byte == quote { row.append(quote) }
        row.append(byte)
      }
      row.append(quote)
    } else {
      row.append(contentsOf: bytes)
    }
  }

  private func appendTSV(printable bytes: UnsafeBufferPointer<UInt8>, to row: inout [UInt8]) {
    let backslash = UInt8(ascii: "\\")
    if PlainASCII.isPlain(bytes, without: "\\", and: "\\") {
      row.append(contentsOf: bytes)
      return
    }
    for byte in bytes {
      if byte == backslash { row.append(backslash) }
      row.append(byte)
    }
  }
}
