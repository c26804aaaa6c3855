import CHyperscan

/// Hyperscan with a literal database: as fast as it gets, all phrases in one pass.
final class Hyperscan: Peer {
  let name = "Hyperscan, literals"
  private var database: OpaquePointer?
  private var scratch: OpaquePointer?

  init(_ literals: Literals) throws {
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    let count = literals.texts.count
    let status = literals.withPointers(to: CChar.self) { pointers, lengths in
      hs_compile_lit_multi(
        pointers, [UInt32](repeating: 0, count: count), Array(0..<UInt32(count)), lengths,
        UInt32(count), UInt32(HS_MODE_BLOCK), nil, &database, &error)
    }
    guard status == HS_SUCCESS else {
      throw Failure("Hyperscan: \(error.map { String(cString: $0.pointee.message) } ?? "?")")
    }
    guard hs_alloc_scratch(database, &scratch) == HS_SUCCESS else {
      throw Failure("Hyperscan: no scratch")
    }
  }

  func scan(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    scan(text, &count) { _, _, _, _, context in
      context!.assumingMemoryBound(to: Int.self).pointee += 1
      return 0
    }
    return count
  }

  func literals(in text: UnsafeBufferPointer<UInt8>) -> Set<Int> {
    final class Found { var ids: Set<Int> = [] }
    let found = Found()
    scan(text, Unmanaged.passUnretained(found).toOpaque()) { id, _, _, _, context in
      Unmanaged<Found>.fromOpaque(context!).takeUnretainedValue().ids.insert(Int(id))
      return 0
    }
    return withExtendedLifetime(found) { found.ids }
  }

  @inline(__always)
  private func scan(
    _ text: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer,
    _ handler: match_event_handler
  ) {
    let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
    hs_scan(database, start, UInt32(text.count), 0, scratch, handler, context)
  }
}
