import Dispatch
import Synchronization

extension Range<Int> {
  /// What becomes of each number, in order. The processors share the work: every build waits for the
  /// rules.
  func concurrentMap<Result: Sendable>(_ transform: @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = transform(lowerBound + index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
