/// Texts that stay where they are until the program ends, so that measured loops touch nothing else.
struct Texts: @unchecked Sendable {
  let all: [UnsafeBufferPointer<UInt8>]
  let byteCount: Int

  init(_ texts: [[UInt8]]) {
    byteCount = texts.reduce(0) { $0 + $1.count }
    // One behind the other, as a program would have read them from a file.
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: byteCount + 64)
    bytes.initialize(repeating: 0)
    var start = 0
    all = texts.map { text in
      let place = UnsafeMutableBufferPointer(rebasing: bytes[start..<start + text.count])
      _ = place.update(fromContentsOf: text)
      start += text.count
      return UnsafeBufferPointer(place)
    }
  }
}

/// The same random numbers in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
