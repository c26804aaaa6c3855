/// What is looked up about sources for every reply that names a host: whose host it is.
///
/// The hosts stand in a hash table. A name is looked up once for each of its labels, from the last,
/// because a host below a source's host is the source's too.
final class SourceIndex: Sendable {
  private struct Slot {
    var hash: UInt32 = 0
    /// 1 + the source; 0 in an empty slot.
    var number: UInt32 = 0
  }

  private let image: CatalogueImage
  private let kinds: [SourceKind]
  private let slots: [Slot]

  init(_ image: CatalogueImage) {
    self.image = image
    kinds = (0..<UInt32(image.matching.sources.count)).map(image.sourceKind)
    var capacity = 8
    while capacity < 2 * image.matching.hosts.count { capacity *= 2 }
    var slots = [Slot](repeating: Slot(), count: capacity)
    for source in 0..<UInt32(image.matching.sources.count) {
      let first = image.matching.sources[source, .firstHost]
      for host in first..<first + image.matching.sources[source, .hostCount] {
        let start = Int(image.matching.hosts[host, .textStart])
        var hash = HostHash()
        for index in (start..<start + Int(image.matching.hosts[host, .textLength])).reversed() {
          hash.combine(image.matching.text[index])
        }
        var slot = hash.slot(among: capacity)
        while slots[slot].number != 0 { slot = (slot + 1) & (capacity - 1) }
        slots[slot] = Slot(hash: hash.value, number: source + 1)
      }
    }
    self.slots = slots
  }

  /// The source one of whose hosts this is, or stands above it: the nearest, and of several the first.
  func owner(ofHost host: UnsafeBufferPointer<UInt8>, kind: SourceKind? = nil) -> UInt32? {
    var end = host.count
    // A fully qualified name may end in the root's dot.
    if host.last == UInt8(ascii: ".") { end -= 1 }
    var hash = HostHash()
    var owner: (source: UInt32, start: Int)?
    for index in (0..<end).reversed() {
      hash.combine(host[index])
      guard index == 0 || host[index - 1] == UInt8(ascii: ".") else { continue }
      var slot = hash.slot(among: slots.count)
      while slots[slot].number != 0 {
        let source = slots[slot].number - 1
        let isBetter = owner.map { $0.start != index || source < $0.source } ?? true
        if slots[slot].hash == hash.value, isBetter,
          kind == nil || kind == kinds[Int(source)], image.matching.isHost(host, ofSource: source)
        {
          owner = (source, index)
        }
        slot = (slot + 1) & (slots.count - 1)
      }
    }
    return owner?.source
  }

  /// Whose words a reply speaks: software's or a filter's by the rule, which runs on anybody's hosts;
  /// else by the remote host's owner, if that is known; else by the rule.
  func provider(of rule: UInt32?, remoteHost: UnsafeBufferPointer<UInt8>?) -> UInt32? {
    let named = rule.map { image.matching.rules[$0, .source] }.flatMap { source in
      isNamed(kinds[Int(source)]) ? source : nil
    }
    if let named, image.matching.sources[named, .hostCount] == 0 { return named }
    return remoteHost.flatMap { owner(ofHost: $0) } ?? named
  }

  /// The blocklist in whose file a rule stands.
  func blocklist(ofRule rule: UInt32) -> UInt32? {
    let source = image.matching.rules[rule, .source]
    return kinds[Int(source)] == .blocklist ? source : nil
  }

  /// Whether words of such a source are somebody's own, and not everybody's.
  private func isNamed(_ kind: SourceKind) -> Bool {
    switch kind {
    case .standard, .phrases: false
    case .provider, .software, .filter, .blocklist: true
    }
  }
}

/// A host's hash, from its last letter to its first. Letter case does not count.
private struct HostHash {
  private(set) var value: UInt32 = 0x811C_9DC5

  @inline(__always)
  mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt32(byte | 0x20)) &* 0x0100_0193
  }

  func slot(among capacity: Int) -> Int { Int(value ^ value >> 15) & (capacity - 1) }
}
