import CMeasuring

/// A time measured in several rounds.
struct Timing {
  /// Nanoseconds for one pass, a value for each round, in order of size.
  let rounds: [Double]

  init(_ rounds: [Double]) { self.rounds = rounds.sorted() }

  var median: Double { rounds[rounds.count / 2] }
  /// Half of the distance between the quartiles, beside the median.
  var spread: Double {
    (rounds[rounds.count * 3 / 4] - rounds[rounds.count / 4]) / 2 / median
  }

  /// Measures contestants side by side: each takes its turn in every round, so that what happens to the
  /// machine happens to all.
  ///
  /// - Parameters:
  ///   - rounds: How many.
  ///   - milliseconds: How long a turn should take at least: a contestant makes as many passes.
  static func sideBySide(
    rounds: Int, milliseconds: Double, _ contestants: [() -> Void]
  ) -> [Timing] {
    let passes = contestants.map { contestant in
      contestant()  // lazy automata are built, caches are warm
      let once = nanoseconds(contestant)
      return max(1, Int((milliseconds * 1e6 / max(once, 1)).rounded(.up)))
    }
    var times = contestants.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (place, contestant) in contestants.enumerated() {
        let time = nanoseconds { for _ in 0..<passes[place] { contestant() } }
        times[place].append(time / Double(passes[place]))
      }
    }
    return times.map(Timing.init)
  }

  static func nanoseconds(_ body: () -> Void) -> Double {
    let start = thread_nanoseconds()
    body()
    return Double(thread_nanoseconds() - start)
  }
}

/// Takes a value, so that the compiler cannot leave out what made it.
@inline(never) @_optimize(none)
func use(_ value: Int) {}
