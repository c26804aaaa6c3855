import Dispatch
import Synchronization

/// Several threads that classify blocks of input: each reads the next block, classifies it and, when
/// its turn comes, writes what came of it.
///
///     thread 1: │ read 1 │ classify 1            │ write 1 │ read 3 │ classify 3 …
///     thread 2:          │ read 2 │ classify 2             │ write 2 │ read 4 …
///
/// So the order of the input is kept, and no more than one block a thread is in memory.
final class ClassifyPipeline: Sendable {
  private let input: Mutex<Input>
  private let sink: Mutex<RecordSink>

  private struct Input {
    var source: BlockSource
    /// Says that the block that was read last has been written.
    var lastWritten: DispatchSemaphore?
  }

  /// A block's place in the order: it may be written when the one before it is.
  private struct Turn {
    let isBeforeWritten: DispatchSemaphore?
    let isWritten = DispatchSemaphore(value: 0)
  }

  init(_ source: sending BlockSource, _ sink: sending RecordSink) {
    input = Mutex(Input(source: source, lastWritten: nil))
    self.sink = Mutex(sink)
  }

  /// Classifies all input.
  func run(jobs: Int, _ makeClassifier: @Sendable () -> BlockClassifier) {
    if jobs == 1 { return work(makeClassifier()) }
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in work(makeClassifier()) }
  }

  /// Says how it went, when all input has been classified.
  ///
  /// - Returns: Whether anything could not be read.
  func end(withSummary: Bool) -> Bool {
    sink.withLock { sink in
      sink.end(withSummary: withSummary)
      return sink.hasFailed
    }
  }

  private func work(_ classifier: consuming BlockClassifier) {
    var block = InputBlock()
    while let turn = read(into: &block) {
      classifier.classify(block)
      turn.isBeforeWritten?.wait()
      write(classifier.result)
      turn.isWritten.signal()
    }
    sink.withLock { $0.add(classifier.writer.counts) }
  }

  private func read(into block: inout InputBlock) -> Turn? {
    input.withLock { input in
      guard input.source.read(into: &block) else { return nil }
      let turn = Turn(isBeforeWritten: input.lastWritten)
      input.lastWritten = turn.isWritten
      return turn
    }
  }

  private func write(_ result: borrowing BlockResult) {
    sink.withLock { sink in
      do {
        try sink.write(result)
      } catch {
        // At once: another thread may be waiting for input that never comes.
        Whybounce.end(with: error)
      }
    }
  }
}
