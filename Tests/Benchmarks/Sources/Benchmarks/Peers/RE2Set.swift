import CRE2

/// RE2::Set, which tells for each phrase whether the text says it.
final class RE2Set: Peer {
  let name: String
  private let set: OpaquePointer
  /// RE2 gives up where its automaton outgrows this.
  private static let memoryLimit: Int64 = 4 << 30

  init(_ literals: Literals, named name: String = "RE2::Set") throws {
    self.name = name
    let set = literals.withPointers(to: CChar.self) { pointers, lengths in
      re2_set_compile(pointers, lengths, literals.texts.count, Self.memoryLimit)
    }
    guard let set else { throw Failure("RE2: the phrases do not compile") }
    self.set = set
  }

  func scan(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
    let count = re2_set_scan(set, start, text.count)
    precondition(count >= 0, "RE2 ran out of memory")
    return count
  }

  func literals(in text: UnsafeBufferPointer<UInt8>) -> Set<Int> {
    let count = scan(text)
    return Set(UnsafeBufferPointer(start: re2_set_matches(set), count: count).map { Int($0) })
  }
}
