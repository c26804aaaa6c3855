/// Bytes on their way to the output. An array would be asked with each append whether it is shared.
struct OutputBytes: ~Copyable, Sendable {
  nonisolated(unsafe) private var memory: UnsafeMutableRawPointer
  private var capacity = 256
  private(set) var count = 0

  init() { memory = .allocate(byteCount: capacity, alignment: 1) }

  deinit { memory.deallocate() }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  var array: [UInt8] { withBytes(Array.init) }

  /// Takes all bytes away; keeps the memory, unless there is more than so much of it.
  mutating func removeAll(keepingAtMost limit: Int) {
    if capacity > limit { self = OutputBytes() }
    count = 0
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    if bytes.count > capacity &- count { grow(by: bytes.count) }
    (memory + count).copyMemory(from: start, byteCount: bytes.count)
    count &+= bytes.count
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    append(UnsafeRawBufferPointer(bytes))
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Adds a number in decimal digits.
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var (rest, digits) = (number.magnitude, 1)
    while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
    if digits > capacity - count { grow(by: digits) }
    rest = number.magnitude
    for place in (count..<count + digits).reversed() {
      memory.storeBytes(
        of: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10), toByteOffset: place,
        as: UInt8.self)
      rest /= 10
    }
    count += digits
  }

  @inline(never)
  private mutating func grow(by count: Int) {
    capacity = max(2 * capacity, self.count + count)
    let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    grown.copyMemory(from: memory, byteCount: self.count)
    memory.deallocate()
    memory = grown
  }
}
