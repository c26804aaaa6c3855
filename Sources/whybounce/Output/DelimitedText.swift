/// Tables as text for other programs. A line of a table ends with LF.
enum DelimitedText {
  /// A row by RFC 4180.
  static func csvRow(_ cells: [String]) -> String {
    cells.map(csvCell).joined(separator: ",") + "\n"
  }

  /// A row of tab-separated values, in which a cell never holds a tab or a line break.
  static func tsvRow(_ cells: [String]) -> String {
    cells.map(tsvCell).joined(separator: "\t") + "\n"
  }

  /// Spreadsheets run a cell with one of these at its beginning as a formula: an apostrophe keeps
  /// it text. (https://owasp.org/www-community/attacks/CSV_Injection)
  private static let formulaMarks: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]

  static func csvCell(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map(formulaMarks.contains) ?? false
    let cell = isFormula ? "'" + text : text
    let isQuoted = cell.unicodeScalars.contains { ["\"", ",", "\r", "\n"].contains($0) }
    return isQuoted ? "\"" + doublingQuotes(in: cell) + "\"" : cell
  }

  private static func doublingQuotes(in text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
  }

  static func tsvCell(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { cell, scalar in
      switch scalar {
      case "\t": cell += "\\t"
      case "\n": cell += "\\n"
      case "\r": cell += "\\r"
      case "\\": cell += "\\\\"
      default: cell.unicodeScalars.append(scalar)
      }
    }
  }
}
