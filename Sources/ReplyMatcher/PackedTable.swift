#if canImport(Glibc)
  import Glibc
#endif

/// The sections of an image as `TableEncoding` packs them.
struct PackedSections {
  struct Column {
    /// Where its number begins in a row.
    let offset: Int
    let width: Int
    let mask: UInt64
  }

  struct Section {
    fileprivate(set) var start: UnsafePointer<UInt8>
    let rows: Int
    let rowWidth: Int
    let columns: [Column]
  }

  private var sections: [Section] = []

  init(_ characters: UnsafeBufferPointer<UInt8>) {
    var place = characters.baseAddress!
    func next(width: Int) -> Int {
      defer { place += width }
      return Int(TableEncoding.number(at: place, mask: TableEncoding.mask(width: width)))
    }
    for _ in CatalogueImage.Section.allCases {
      let rows = next(width: TableEncoding.rowCountWidth)
      var (columns, rowWidth): ([Column], Int) = ([], 0)
      for _ in 0..<next(width: 1) {
        let width = next(width: 1)
        columns.append(
          Column(offset: rowWidth, width: width, mask: TableEncoding.mask(width: width)))
        rowWidth += width
      }
      sections.append(Section(start: place, rows: rows, rowWidth: rowWidth, columns: columns))
    }
    for index in sections.indices {
      sections[index].start = place
      place += sections[index].rows * sections[index].rowWidth
    }
    precondition(
      characters.baseAddress! + characters.count == place + TableEncoding.padding,
      "the generated tables are damaged: rebuild")
  }

  subscript(section: CatalogueImage.Section) -> Section { sections[section.rawValue] }

  /// The numbers of those sections that are not read in place, as `Table` reads them: behind the
  /// offset and the rows of each section.
  ///
  /// - Parameter areLiteral: Whether the characters are a literal, a part of the program's file.
  func unpacked(areLiteral: Bool) -> UnsafeMutableBufferPointer<UInt32> {
    let unpackedSections = CatalogueImage.Section.allCases.filter { !$0.isReadInPlace }
    let head = 2 * sections.count
    // Each begins with a cache line, so that rows of a power of two never lie in two.
    func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
    let numbers = UnsafeMutableBufferPointer<UInt32>.allocateInHugePages(
      capacity: unpackedSections.reduce(aligned(head)) {
        $0 + aligned(self[$1].rows * self[$1].columns.count)
      })
    numbers[..<head].initialize(repeating: 0)
    var start = aligned(head)
    for section in unpackedSections {
      numbers[2 * section.rawValue] = UInt32(start)
      numbers[2 * section.rawValue + 1] = UInt32(self[section].rows)
      self[section].unpack(to: numbers.baseAddress! + start)
      start += aligned(self[section].rows * self[section].columns.count)
      if areLiteral { self[section].giveBack() }
    }
    return numbers
  }
}

extension UnsafeMutableBufferPointer {
  /// Memory for large tables, of which the system gives huge pages, where it has such, on the first
  /// write: to get as much page by page takes longer than to fill it.
  fileprivate static func allocateInHugePages(capacity: Int) -> Self {
    #if canImport(Glibc)
      let hugePageSize = 2 << 20
      let size = capacity * MemoryLayout<Element>.stride
      guard size >= hugePageSize else { return .allocate(capacity: capacity) }
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: hugePageSize)
      // (Of what is left behind the last whole one, most would be empty.)
      madvise(memory, size / hugePageSize * hugePageSize, Int32(MADV_HUGEPAGE))
      return Self(
        start: memory.bindMemory(to: Element.self, capacity: capacity), count: capacity)
    #else
      return .allocate(capacity: capacity)
    #endif
  }
}

extension PackedSections.Section {
  /// Tells the system that the characters of a literal have been read: so a program never holds them all
  /// in memory. (Should somebody read them again, they come from the program's file.)
  fileprivate func giveBack() {
    #if canImport(Glibc)
      let pageSize = UInt(getpagesize())
      let first = (UInt(bitPattern: start) + pageSize - 1) / pageSize * pageSize
      let end = UInt(bitPattern: start + rows * rowWidth) / pageSize * pageSize
      if first < end {
        madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_DONTNEED)
      }
    #endif
  }

  /// Writes all numbers. Every start of the program waits for this.
  fileprivate func unpack(to first: UnsafeMutablePointer<UInt32>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { numbers in
      numbers.initialize(repeating: 0)
      for (index, column) in columns.enumerated() {
        for row in stride(from: 0, to: rows, by: numbers.count) {
          let count = min(numbers.count, rows - row)
          read(count, of: column, from: row, into: numbers.baseAddress!)
          var target = first + (row * columns.count + index)
          for row in 0..<count {
            target.initialize(to: numbers[row])
            target += columns.count
          }
        }
      }
    }
  }

  /// Reads numbers of a column: each character's bits in a loop of its own, which the compiler turns
  /// into vectors.
  private func read(
    _ count: Int, of column: PackedSections.Column, from first: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    var characters = start + (column.offset * rows + first)
    for row in 0..<count { numbers[row] = 0 }
    for place in 0..<UInt32(column.width) {
      for row in 0..<count {
        numbers[row] |= UInt32(characters[row] &- TableEncoding.zero) &<< (6 &* place)
      }
      characters += rows
    }
  }
}

/// A section that is read in place: a number costs some steps more than in a `Table`, and nothing
/// before it is asked for.
struct PackedTable<Column: RawRepresentable<Int> & CaseIterable & Sendable>: Sendable {
  nonisolated(unsafe) private let start: UnsafePointer<UInt8>
  let count: Int
  private let rowWidth: Int
  private let offsets: [3 of Int]
  private let masks: [3 of UInt64]

  init(_ section: PackedSections.Section) {
    (start, count, rowWidth) = (section.start, section.rows, section.rowWidth)
    let columns = section.columns
    precondition(columns.isEmpty || columns.count == Column.allCases.count)
    offsets = .init { $0 < columns.count ? columns[$0].offset : 0 }
    masks = .init { $0 < columns.count ? columns[$0].mask : 0 }
  }

  subscript(row: UInt32, column: Column) -> UInt32 {
    @inline(__always) get {
      assert(row < count)
      let place = Int(row) &* rowWidth &+ offsets[column.rawValue]
      return TableEncoding.number(at: start + place, mask: masks[column.rawValue])
    }
  }
}
