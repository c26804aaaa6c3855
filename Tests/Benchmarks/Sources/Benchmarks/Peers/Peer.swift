/// Another matcher, which finds the literals in a text.
protocol Peer: AnyObject {
  var name: String { get }
  /// Finds all matches, and counts them.
  func scan(_ text: UnsafeBufferPointer<UInt8>) -> Int
  /// The literals that it finds.
  func literals(in text: UnsafeBufferPointer<UInt8>) -> Set<Int>
}

extension Literals {
  /// Calls a compiler that takes C strings and their lengths.
  func withPointers<Pointee, Result>(
    to type: Pointee.Type, _ body: ([UnsafePointer<Pointee>?], [Int]) throws -> Result
  ) rethrows -> Result {
    // They are few and needed until the end.
    let copies = Texts(texts.map { $0 + [0] }).all
    let pointers = copies.map { UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: type) }
    return try body(pointers, texts.map(\.count))
  }
}
