/// How far a long run is, on standard error: only where somebody watches and the output goes
/// elsewhere, and only when it takes longer than a second.
final class ProgressLine {
  var count = 0
  private let isWanted: Bool
  private var isShown = false
  private var nextTime = ContinuousClock.now + .seconds(1)

  /// - Parameter isBeforeOutput: Whether nothing is printed until the end, so that the line can stand
  ///   where the output will.
  init(isBeforeOutput: Bool = false) {
    isWanted =
      FileDescriptor.standardError.isTerminal
      && (isBeforeOutput || !FileDescriptor.standardOutput.isTerminal)
  }

  func show() {
    guard isWanted, ContinuousClock.now >= nextTime else { return }
    nextTime = .now + .milliseconds(200)
    isShown = true
    print("\r\(count) replies")
  }

  /// Takes the line away, so that something else can be printed.
  func clear() {
    if isShown { print("\r\u{1B}[K") }
    isShown = false
  }

  private func print(_ text: String) {
    // A progress that cannot be shown is not missed.
    try? FileDescriptor.standardError.write(text)
  }
}
