/// Reads the reply, and what is kept, from rows of tables.
struct RowReader {
  private let field: String
  private let keptNames: [String]
  private var (form, separator) = (DelimitedForm.csv, DelimitedForm.csv.separator)
  /// By column: whether it has the reply, and its place among what is kept.
  private var uses: [(isReply: Bool, kept: Int?)] = []

  /// The reply of the row that was read last.
  private(set) var text: [UInt8] = []
  private(set) var kept: [KeptValue] = []

  /// - Parameters:
  ///   - field: The column that holds the reply.
  ///   - keptNames: The columns that go into the record.
  init(field: String, keptNames: [String]) { (self.field, self.keptNames) = (field, keptNames) }

  /// Goes to rows that have these columns. (Of several with one name, the first counts.)
  mutating func begin(_ form: DelimitedForm, _ head: TableHead) {
    (self.form, separator) = (form, head.separator)
    let columns = head.columns
    uses = columns.map { _ in (false, nil) }
    if let index = columns.firstIndex(of: field) { uses[index].isReply = true }
    for (place, name) in keptNames.enumerated() {
      if let index = columns.firstIndex(of: name) { uses[index].kept = place }
    }
  }

  /// - Returns: What is wrong with the row; `nil` where nothing is.
  mutating func read(_ row: UnsafeBufferPointer<UInt8>) -> String? {
    text.removeAll(keepingCapacity: true)
    kept = keptNames.map { _ in .missing }
    var cells = RowCells(row, form, separator: separator)
    var (cell, hasReply) = ([UInt8](), false)
    for use in uses {
      cell.removeAll(keepingCapacity: true)
      switch cells.takeCell(into: &cell) {
      case .cell: break
      case .end: return hasReply ? nil : "The row has no cell for the column '\(field)'."
      case .unpairedQuote: return "A quotation mark in this row has no second one."
      }
      if use.isReply { (text, hasReply) = (cell, true) }
      if let place = use.kept { kept[place] = .text(cell) }
    }
    return nil
  }
}
