/// A reply as a page shows it: on lines that fit, with the matched words marked, and only the
/// telling parts of a very long one.
struct ReplyExcerpt {
  private let reply: ArraySlice<UInt8>
  private let marks: [Range<Int>]

  /// So many lines are shown whole; of a longer reply the beginning, the marked lines and the end.
  private static let mostLines = 24
  private static let leadingLines = 8
  private static let trailingLines = 3
  /// A word up to this width (a link, mostly) stays whole, so that it can be copied.
  private static let widestWord = 200

  /// - Parameter words: Ranges of UTF-8 offsets in the reply, as in `Verdict.matchedWords`.
  init(_ reply: [UInt8], marking words: [Range<Int>]) {
    let blank = reply.prefix(while: \.isBlank).count
    let end = reply.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? blank
    self.reply = reply[blank..<end]
    marks = Self.joined(words.sorted { $0.lowerBound < $1.lowerBound }, in: reply)
  }

  /// Words next to each other become one mark.
  private static func joined(_ words: [Range<Int>], in reply: [UInt8]) -> [Range<Int>] {
    var marks: [Range<Int>] = []
    for word in words where word.upperBound <= reply.count && !word.isEmpty {
      if let last = marks.last, word.lowerBound <= last.upperBound + 2,
        !reply[last.upperBound..<max(word.lowerBound, last.upperBound)].contains(0x0A)
      {
        marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, word.upperBound)
      } else {
        marks.append(word)
      }
    }
    return marks
  }

  /// - Parameter page: Gives the width and the style.
  func lines(on page: Page, indent: String = "  ") -> [String] {
    let rows = rows(width: page.width - indent.count)
    var lines: [String] = []
    var next = 0
    for index in shownRows(of: rows) {
      if index > next {
        lines.append(page.styled("\(indent)… (\(index - next) more lines)", .faint))
      }
      lines += render(rows[index], on: page).map { $0.isEmpty ? "" : indent + $0 }
      next = index + 1
    }
    return lines
  }

  /// The reply's lines, and the parts of those that do not fit, as ranges of its bytes.
  private func rows(width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var (start, column) = (reply.startIndex, 0)
    // Behind the last space, or wide letter, of this row.
    var lastBreak: (offset: Int, column: Int)?
    for scalar in VisibleScalars(reply, offset: reply.startIndex) {
      let offset = scalar.bytes.lowerBound
      if scalar.scalar == "\n" {
        let isCRLF = offset > start && reply[offset - 1] == 0x0D
        rows.append(start..<(isCRLF ? offset - 1 : offset))
        (start, column, lastBreak) = (offset + 1, 0, nil)
        continue
      }
      // One space may hang over the edge: it does not show.
      let isSpace = scalar.scalar == " " || scalar.scalar == "\t"
      let isFull = column + scalar.width > width && !(isSpace && column == width)
      if isFull, lastBreak != nil || column >= max(width, Self.widestWord) {
        let cut = lastBreak ?? (offset, column)
        rows.append(start..<cut.offset)
        (start, column, lastBreak) = (cut.offset, column - cut.column, nil)
      }
      column += scalar.width
      // (Chinese and Japanese have no spaces.)
      if isSpace || scalar.width == 2 { lastBreak = (scalar.bytes.upperBound, column) }
    }
    if start < reply.endIndex { rows.append(start..<reply.endIndex) }
    return rows
  }

  /// The indices of the rows to show.
  private func shownRows(of rows: [Range<Int>]) -> [Int] {
    guard rows.count > Self.mostLines else { return Array(rows.indices) }
    let marked = rows.indices.filter { row in marks.contains { $0.overlaps(rows[row]) } }
    let leading = rows.indices.prefix(Self.leadingLines)
    let trailing = rows.indices.suffix(Self.trailingLines)
    let room = Self.mostLines - Self.leadingLines - Self.trailingLines
    let inside = marked.filter { !leading.contains($0) && !trailing.contains($0) }
    return Array(leading) + inside.prefix(room) + trailing
  }

  /// One row; without colour, a line of carets below it points to the marks.
  private func render(_ row: Range<Int>, on page: Page) -> [String] {
    var text = ""
    var run = ""
    var carets = ""
    var wasMarked = false
    func closeRun() {
      text += page.styled(run, wasMarked && !run.isEmpty ? .matched : nil)
      run = ""
    }
    let marks = marks.filter { $0.overlaps(row) }
    for scalar in VisibleScalars(reply[row], offset: row.lowerBound) {
      let isMarked = marks.contains { $0.contains(scalar.bytes.lowerBound) }
      if isMarked != wasMarked { closeRun() }
      wasMarked = isMarked
      run += scalar.text
      carets += String(repeating: isMarked ? "^" : " ", count: scalar.width)
    }
    closeRun()
    let isPlain = !page.isColored && carets.contains("^")
    return ([text] + (isPlain ? [carets] : [])).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
