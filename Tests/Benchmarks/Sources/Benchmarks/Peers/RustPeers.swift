#if RUST_PEERS
  import CRustPeers

  /// A matcher of Rust's.
  final class RustPeer: Peer {
    typealias Compile = (
      UnsafePointer<UnsafePointer<UInt8>?>, UnsafePointer<Int>, Int
    ) -> OpaquePointer?

    let name: String
    private let peer: OpaquePointer

    private init(_ name: String, _ literals: Literals, _ compile: Compile) throws {
      let peer = literals.withPointers(to: UInt8.self) { compile($0, $1, literals.texts.count) }
      guard let peer else { throw Failure("\(name): the phrases do not compile") }
      (self.name, self.peer) = (name, peer)
    }

    static func ahoCorasick(_ literals: Literals) throws -> RustPeer {
      try RustPeer("Rust aho-corasick, dense", literals) { rust_aho_corasick($0, $1, $2) }
    }

    static func regexSet(_ literals: Literals) throws -> RustPeer {
      try RustPeer("Rust RegexSet", literals) { rust_regex_set($0, $1, $2) }
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
