// Bytes that lie in somebody's buffer are read where they are, whatever the buffer calls them:
//
//     buffer.withUnsafeReadableBytes { classifier.classify($0) }   // SwiftNIO's ByteBuffer
//
// Those of an array, of `Data` or of a string's UTF-8 have a `span`.

extension BounceClassifier {
  // MARK: - Span

  /// Classifies the bytes of a reply, which need not be valid UTF-8.
  public func classify(_ reply: Span<UInt8>, remoteHost: String? = nil) -> Verdict {
    reply.withUnsafeBufferPointer { classify($0, remoteHost: remoteHost) }
  }

  /// Classifies without turning the answer into words.
  public func match(_ reply: Span<UInt8>, remoteHost: String? = nil) -> ReplyMatch {
    reply.withUnsafeBufferPointer { reply in
      match(reply, remoteHost: remoteHost)
    }
  }

  /// The words for what `match(_:remoteHost:)` found in this reply, for the same `remoteHost`.
  public func verdict(
    of match: ReplyMatch, for reply: Span<UInt8>, remoteHost: String? = nil
  ) -> Verdict {
    reply.withUnsafeBufferPointer { verdict(of: match, for: $0, remoteHost: remoteHost) }
  }

  // MARK: - Raw memory

  /// Classifies the bytes of a reply, which need not be valid UTF-8.
  public func classify(_ reply: RawSpan, remoteHost: String? = nil) -> Verdict {
    reply.withUnsafeBytes { classify($0, remoteHost: remoteHost) }
  }

  /// Classifies without turning the answer into words.
  public func match(_ reply: RawSpan, remoteHost: String? = nil) -> ReplyMatch {
    reply.withUnsafeBytes { match($0, remoteHost: remoteHost) }
  }

  /// The words for what `match(_:remoteHost:)` found in this reply, for the same `remoteHost`.
  public func verdict(
    of match: ReplyMatch, for reply: RawSpan, remoteHost: String? = nil
  ) -> Verdict {
    reply.withUnsafeBytes { verdict(of: match, for: $0, remoteHost: remoteHost) }
  }

  /// Classifies the bytes of a reply, which need not be valid UTF-8.
  public func classify(_ reply: UnsafeRawBufferPointer, remoteHost: String? = nil) -> Verdict {
    reply.withMemoryRebound(to: UInt8.self) { classify($0, remoteHost: remoteHost) }
  }

  /// Classifies without turning the answer into words.
  public func match(_ reply: UnsafeRawBufferPointer, remoteHost: String? = nil) -> ReplyMatch {
    reply.withMemoryRebound(to: UInt8.self) { reply in
      match(reply, remoteHost: remoteHost)
    }
  }

  /// The words for what `match(_:remoteHost:)` found in this reply, for the same `remoteHost`.
  public func verdict(
    of match: ReplyMatch, for reply: UnsafeRawBufferPointer, remoteHost: String? = nil
  ) -> Verdict {
    reply.withMemoryRebound(to: UInt8.self) {
      verdict(of: match, for: $0, remoteHost: remoteHost)
    }
  }
}
