/// The cells of a row of CSV or TSV, one after the other.
struct RowCells {
  enum Result { case cell, end, unpairedQuote }

  private let row: UnsafeBufferPointer<UInt8>
  private let form: DelimitedForm
  private let separator: UInt8
  /// Behind the last cell, one more than the row has.
  private var index = 0

  /// - Parameter row: Stays where it is for as long.
  init(_ row: UnsafeBufferPointer<UInt8>, _ form: DelimitedForm, separator: UInt8) {
    (self.row, self.form, self.separator) = (row, form, separator)
  }

  /// Adds the text of the next cell, without quotation marks and escapes.
  mutating func takeCell(into text: inout [UInt8]) -> Result {
    guard index <= row.count else { return .end }
    if form == .csv, index < row.count, row[index] == UInt8(ascii: "\"") {
      index += 1
      guard takeQuoted(into: &text) else { return .unpairedQuote }
    }
    let end = row[index...].firstIndex(of: separator) ?? row.count
    let rest = UnsafeBufferPointer(rebasing: row[index..<end])
    if form == .tsv, rest.contains(UInt8(ascii: "\\")) {
      appendUnescaped(rest, to: &text)
    } else {
      text.append(contentsOf: rest)
    }
    index = end + 1
    return .cell
  }

  private mutating func takeQuoted(into text: inout [UInt8]) -> Bool {
    let quote = UInt8(ascii: "\"")
    while true {
      let end = PlainASCII.index(of: quote, or: quote, in: row, from: index)
      text.append(contentsOf: UnsafeBufferPointer(rebasing: row[index..<end]))
      guard end < row.count else { return false }
      index = end + 1
      guard index < row.count, row[index] == quote else { return true }
      text.append(quote)
      index += 1
    }
  }

  /// What stands for tabs and line breaks, in the TSV of `classify` and of databases.
  private func appendUnescaped(_ cell: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    var rest = cell[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      switch rest.first {
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "\\"): text.append(byte)
      default:
        text.append(byte)
        continue
      }
      rest = rest.dropFirst()
    }
  }
}
