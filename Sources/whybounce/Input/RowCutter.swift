/// Cuts a table into rows: CSV (RFC 4180), in which a quoted cell may have line breaks, or TSV, in which a
/// line is a row. The first row names the columns; blank lines are no rows. Semicolons stand between the
/// columns where the first row has those and no commas: so do spreadsheets that write 1,5 for 1.5.
struct RowCutter: BlockCutter {
  private let form: DelimitedForm
  private let field: String
  private let limit: Int
  private var block = InputBlock()

  private var head: TableHead?
  private var separator: UInt8
  private(set) var failure: UnreadableInput?

  /// How many lines have ended, also within rows.
  private var lineCount = 0
  /// A row whose end has not come: where its bytes begin in the block, the line on which it begins, and
  /// how many bytes it has, kept or not.
  private var row: (start: Int, line: Int, length: Int)?
  private var place = Place.cellStart

  /// Where in a row of CSV the next byte stands.
  private enum Place {
    case cellStart, plain, quoted
    /// Behind a quotation mark in a quoted cell: its end, or the first of two.
    case behindQuote
  }

  /// - Parameters:
  ///   - field: The column that has to be there.
  ///   - limit: How many bytes to keep of a row.
  init(_ form: DelimitedForm, field: String, limit: Int) {
    (self.form, self.field, self.limit) = (form, field, limit)
    separator = form.separator
  }

  var byteCount: Int { block.bytes.count }
  var hasPieces: Bool { !block.pieces.isEmpty }

  mutating func add(_ chunk: UnsafeRawBufferPointer) {
    var start = 0
    for (index, byte) in chunk.enumerated() {
      let isLineBreak = byte == 0x0A
      if form == .csv { step(over: byte) }
      guard isLineBreak else { continue }
      lineCount += 1
      if place == .quoted { continue }
      keep(UnsafeRawBufferPointer(rebasing: chunk[start..<index]), isEnd: true)
      start = index + 1
    }
    if start < chunk.count {
      keep(UnsafeRawBufferPointer(rebasing: chunk[start...]), isEnd: false)
    }
  }

  private mutating func step(over byte: UInt8) {
    switch (place, byte) {
    case (.quoted, UInt8(ascii: "\"")): place = .behindQuote
    case (.quoted, _): break
    case (.cellStart, UInt8(ascii: "\"")), (.behindQuote, UInt8(ascii: "\"")): place = .quoted
    case (_, separator), (_, 0x0A): place = .cellStart
    // (What stands between the columns is known where their names end.)
    case (_, UInt8(ascii: ";")) where head == nil: place = .cellStart
    // (The mark of byte order stands before the first cell.)
    case (.cellStart, _) where lineCount == 0 && [UInt8].byteOrderMark.contains(byte): break
    default: place = .plain
    }
  }

  /// Takes bytes of one row.
  private mutating func keep(_ bytes: UnsafeRawBufferPointer, isEnd: Bool) {
    var current = row ?? (byteCount, 0, 0)
    if row == nil {
      // Line breaks within these bytes have been counted.
      current.line = lineCount + (isEnd ? 0 : 1) - bytes.count { $0 == 0x0A }
    }
    // One byte more than the limit: it may be the CR of a CRLF.
    block.bytes.append(
      contentsOf: UnsafeRawBufferPointer(
        rebasing: bytes.prefix(limit + 1 - (byteCount - current.start))))
    current.length += bytes.count
    row = current
    if isEnd { endRow() }
  }

  private mutating func endRow() {
    guard let row else { return }
    self.row = nil
    var isTruncated = row.length > byteCount - row.start
    if !isTruncated, row.length > 0, block.bytes.last == 0x0D { block.bytes.removeLast() }
    if byteCount - row.start > limit {
      block.bytes.removeLast()
      isTruncated = true
    }
    if row.line == 1, block.bytes[row.start...].starts(with: [UInt8].byteOrderMark) {
      block.bytes.removeSubrange(row.start..<row.start + [UInt8].byteOrderMark.count)
    }
    if row.start == byteCount { return }
    if head == nil {
      readColumns(block.bytes[row.start...])
      block.bytes.removeLast(byteCount - row.start)
    } else if failure == nil {
      block.pieces.append(
        InputBlock.Piece(line: row.line, range: row.start..<byteCount, isTruncated: isTruncated))
    }
  }

  private mutating func readColumns(_ header: ArraySlice<UInt8>) {
    var columns = cells(of: header)
    if form == .csv, columns.count == 1, columns[0].contains(";") {
      separator = UInt8(ascii: ";")
      columns = cells(of: header)
    }
    head = TableHead(columns: columns, separator: separator)
    if !columns.contains(field) { failure = .noColumn(field, others: columns) }
  }

  private func cells(of row: ArraySlice<UInt8>) -> [String] {
    row.withUnsafeBufferPointer { row in
      var (cells, texts) = (RowCells(row, form, separator: separator), [String]())
      var cell: [UInt8] = []
      while cells.takeCell(into: &cell) == .cell {
        texts.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll()
      }
      return texts
    }
  }

  mutating func finish() {
    if row != nil { endRow() }
  }

  mutating func abandonLine() { row = nil }

  mutating func take(into taken: inout InputBlock) {
    taken.removeAll()
    let start = row?.start ?? byteCount
    taken.bytes.append(contentsOf: block.bytes[start...])
    block.bytes.removeLast(byteCount - start)
    swap(&block, &taken)
    row?.start = 0
    taken.head = head ?? TableHead()
  }
}
