#if RUST_PEERS
  import CRustPeers

  /// A matcher of Rust's.
  final class RustPeer: Peer {
    let name = "Rust aho-corasick, dense"
    private let peer: OpaquePointer

    init(_ literals: Literals) throws {
      let peer = literals.withPointers(to: UInt8.self) {
        rust_aho_corasick($0, $1, literals.texts.count)
      }
      guard let peer else { throw Failure("\(name): the phrases do not compile") }
      self.peer = peer
    }

    func scan(_ text: UnsafeBufferPointer<UInt8>) -> Int {
      rust_scan(peer, text.baseAddress, text.count, nil, 0)
    }

    func literals(in text: UnsafeBufferPointer<UInt8>) -> Set<Int> {
      let count = scan(text)
      let found = [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
        initialized = rust_scan(peer, text.baseAddress, text.count, buffer.baseAddress, count)
      }
      return Set(found)
    }
  }
#endif
