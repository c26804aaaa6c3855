/// The tables as printable ASCII, to stand in generated code as a string literal.
///
///     │ rows, columns and the columns' widths of each section │ section │ section │ … │ padding │
///
/// A number takes as many characters as the largest one of its column, six bits each, the lowest
/// first. So it is found without reading what stands before it. The 64 characters `0` to `o` need no
/// escapes in a raw string literal.
///
/// Of a section that is read in place, the rows stand one behind the other. Of one that is unpacked,
/// the columns do, and of each column the first characters of all rows, the second ones and so on:
/// so the processor takes many of them at a time.
package enum TableEncoding {
  /// "0". (A plain number, so that no debug build asks for each character whether it has been set.)
  static let zero: UInt8 = 0x30
  static let rowCountWidth = 5
  /// A number is read with the eight characters that begin with it.
  static let padding = 8

  package static func encode(_ sections: [(rows: UInt32, numbers: [UInt32])]) -> [UInt8] {
    var characters: [UInt8] = []
    func append(_ number: UInt32, width: Int) {
      for place in 0..<width {
        characters.append(zero + UInt8(truncatingIfNeeded: number >> UInt32(6 * place) & 63))
      }
    }
    let widths = sections.map { columnWidths(rows: Int($0.rows), of: $0.numbers) }
    for (section, widths) in zip(sections, widths) {
      append(section.rows, width: rowCountWidth)
      append(UInt32(widths.count), width: 1)
      for width in widths { append(UInt32(width), width: 1) }
    }
    for ((kind, section), widths) in zip(zip(CatalogueImage.Section.allCases, sections), widths)
    where !widths.isEmpty {
      characters +=
        kind.isReadInPlace
        ? rows(of: section.numbers, widths) : columns(of: section.numbers, widths)
    }
    append(0, width: padding)
    return characters
  }

  /// The numbers' characters. (There are a million numbers: plain loops are fast in debug builds too.)
  private static func rows(of numbers: [UInt32], _ widths: [Int]) -> [UInt8] {
    let count = numbers.count / widths.count * widths.reduce(0, +)
    // (The library would note the length 0 in the memory that all empty arrays share.)
    if count == 0 { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { characters, initializedCount in
      var (column, place) = (0, 0)
      for number in numbers {
        var (rest, end) = (number, place &+ widths[column])
        while place < end {
          characters.initializeElement(at: place, to: zero &+ UInt8(truncatingIfNeeded: rest & 63))
          (rest, place) = (rest >> 6, place &+ 1)
        }
        column = column &+ 1 == widths.count ? 0 : column &+ 1
      }
      initializedCount = place
    }
  }

  /// The same, column by column.
  private static func columns(of numbers: [UInt32], _ widths: [Int]) -> [UInt8] {
    let rows = numbers.count / widths.count
    let count = rows * widths.reduce(0, +)
    if count == 0 { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { characters, initializedCount in
      var place = 0
      for column in widths.indices {
        for shift in stride(from: UInt32(0), to: UInt32(6 * widths[column]), by: 6) {
          var index = column
          let end = place &+ rows
          while place < end {
            let character = zero &+ UInt8(truncatingIfNeeded: numbers[index] >> shift & 63)
            characters.initializeElement(at: place, to: character)
            (index, place) = (index &+ widths.count, place &+ 1)
          }
        }
      }
      initializedCount = place
    }
  }

  private static func columnWidths(rows: Int, of numbers: [UInt32]) -> [Int] {
    let count = rows == 0 ? 0 : numbers.count / rows
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { bits in
      bits.initialize(repeating: 0)
      var column = 0
      for number in numbers {
        bits[column] |= number
        column = column &+ 1 == count ? 0 : column &+ 1
      }
      return bits.map { (UInt32.bitWidth - $0.leadingZeroBitCount + 5) / 6 }
    }
  }

  /// The bits that count of eight characters, where a number has so many of them.
  static func mask(width: Int) -> UInt64 { 0x3F3F_3F3F_3F3F & (1 << UInt64(8 * width) - 1) }

  /// The number whose characters begin at a place. Eight can be read there.
  @inline(__always)
  static func number(at place: UnsafePointer<UInt8>, mask: UInt64) -> UInt32 {
    let characters = UInt64(
      littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
    // Six bits of each byte, then twelve of each sixteen, side by side.
    let sixes = (characters &- UInt64(zero) &* 0x0101_0101_0101_0101) & mask
    let twelves = sixes & 0x003F_003F_003F | sixes >> 2 & 0x0FC0_0FC0_0FC0
    return UInt32(
      truncatingIfNeeded: twelves & 0xFFF | twelves >> 4 & 0xFF_F000 | twelves >> 8 & 0xFF00_0000)
  }
}
