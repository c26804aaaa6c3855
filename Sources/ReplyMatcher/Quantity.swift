/// Numbers with a unit: how `{duration}` and `{size}` read them.
package enum Quantity {
  /// Seconds by unit of time, bytes by unit of storage.
  private static let units: [(name: StaticString, tokenClass: TokenClass, factor: Int)] = [
    ("s", .duration, 1), ("sec", .duration, 1), ("secs", .duration, 1),
    ("second", .duration, 1), ("seconds", .duration, 1),
    ("m", .duration, 60), ("min", .duration, 60), ("mins", .duration, 60),
    ("minute", .duration, 60), ("minutes", .duration, 60),
    ("h", .duration, 3600), ("hr", .duration, 3600), ("hrs", .duration, 3600),
    ("hour", .duration, 3600), ("hours", .duration, 3600),
    ("d", .duration, 86_400), ("day", .duration, 86_400), ("days", .duration, 86_400),
    ("week", .duration, 604_800), ("weeks", .duration, 604_800),
    ("b", .size, 1), ("byte", .size, 1), ("bytes", .size, 1),
    ("octet", .size, 1), ("octets", .size, 1),
    ("k", .size, 1 << 10), ("kb", .size, 1 << 10), ("kib", .size, 1 << 10),
    ("kilobyte", .size, 1 << 10), ("kilobytes", .size, 1 << 10),
    ("mb", .size, 1 << 20), ("mib", .size, 1 << 20),
    ("megabyte", .size, 1 << 20), ("megabytes", .size, 1 << 20),
    ("g", .size, 1 << 30), ("gb", .size, 1 << 30), ("gib", .size, 1 << 30),
    ("gigabyte", .size, 1 << 30), ("gigabytes", .size, 1 << 30),
  ]

  /// The unit that these letters name, in any letter case.
  private static func unit(
    _ letters: UnsafeBufferPointer<UInt8>
  ) -> (tokenClass: TokenClass, factor: Int)? {
    for unit in units where unit.name.utf8CodeUnitCount == letters.count {
      var index = 0
      while index < letters.count, letters[index] | 0x20 == unit.name.utf8Start[index] {
        index += 1
      }
      if index == letters.count { return (unit.tokenClass, unit.factor) }
    }
    return nil
  }

  static func tokenClass(ofUnit letters: UnsafeBufferPointer<UInt8>) -> TokenClass? {
    unit(letters)?.tokenClass
  }

  /// The seconds in `5 minutes` or `01:30:00`; the bytes in `10 MB`.
  static func value(of text: String) -> Int? {
    let clock = text.split(separator: ":")
    if clock.count > 1 {
      // hh:mm or hh:mm:ss
      let parts = clock.compactMap { Int($0) }
      return (parts + [0]).prefix(3).reduce(0) { $0 * 60 + $1 }
    }
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "," }
    let letters = Array(text.dropFirst(number.count).drop { $0 == " " }.utf8)
    let factor = letters.withUnsafeBufferPointer { unit($0)?.factor }
    // A comma groups thousands when three digits follow, else it is a decimal point.
    let groups = number.split(separator: ",")
    let isGrouped = groups.count > 1 && groups.dropFirst().allSatisfy { $0.count == 3 }
    let plain = isGrouped ? groups.joined() : groups.joined(separator: ".")
    guard let factor, let amount = Double(plain) else { return nil }
    // Rounded down by `Int`: `rounded` wants libm, which a program without Foundation may lack.
    let product = amount * Double(factor)
    return product < 0x1p63 ? Int(product) : nil
  }
}
