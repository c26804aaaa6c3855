/// The part of a walk that reads names, URLs, addresses and numbers as placeholders, beside the words: see
/// `ReplyWalk`.
extension ReplyWalk {
  /// Steps with those that are awake; one whose placeholder is no longer part of its suffix ends.
  mutating func stepReadings(_ symbol: UInt32, endingAt end: Int) {
    var index = 0
    while index < memory.readings.count {
      guard memory.readings[index].isAwake else {
        index += 1
        continue
      }
      memory.readings[index].state = image.next(memory.readings[index].state, symbol)
      memory.readings[index].since += 1
      let reading = memory.readings[index]
      if image.depth(of: reading.state) <= reading.since {
        memory.readings.remove(at: index)
        continue
      }
      report(
        image.states[reading.state, .ending], since: reading.since, skew: reading.skew, end: end,
        name: reading.name)
      index += 1
    }
  }

  /// Adds a reading that takes a thing as one placeholder, from each state that has such an edge.
  mutating func fork(_ tokenClass: TokenClass, _ start: Int, _ end: Int, _ older: Int) {
    func forked(_ origin: WalkMemory.Reading) -> WalkMemory.Reading? {
      let target = image.next(origin.state, tokenClass.rawValue)
      guard target != 0 else { return nil }
      var reading = origin
      (reading.state, reading.resumeAt, reading.isAwake) = (target, UInt32(end), false)
      (reading.since, reading.token) = (0, tokenCount)
      if tokenClass == .name { reading.name = Offsets(start: UInt32(start), end: UInt32(end)) }
      return reading
    }
    add(forked(WalkMemory.Reading(state: state)))
    for index in 0..<older where memory.readings[index].isAwake {
      add(forked(memory.readings[index]))
    }
  }

  /// Adds a reading unless it says the same as another: then the one that begins later stays, which
  /// leaves the parts of a phrase before it the most room.
  private mutating func add(_ reading: WalkMemory.Reading?) {
    guard let reading else { return }
    for index in 0..<memory.readings.count {
      let other = memory.readings[index]
      guard other.state == reading.state, other.resumeAt == reading.resumeAt,
        other.since == reading.since
      else { continue }
      if reading.skew + other.token < other.skew + reading.token {
        memory.readings[index] = reading
      }
      return
    }
    guard memory.readings.count < memory.readings.capacity else { return }
    memory.readings.append(reading)
  }

  @inline(__always)
  mutating func wakeReadings(at position: Int) {
    if memory.readings.count > 0 { wakeSleepingReadings(at: position) }
  }

  private mutating func wakeSleepingReadings(at position: Int) {
    for index in 0..<memory.readings.count {
      guard !memory.readings[index].isAwake, memory.readings[index].resumeAt <= position else {
        continue
      }
      memory.readings[index].isAwake = true
      memory.readings[index].skew += tokenCount - memory.readings[index].token
      let reading = memory.readings[index]
      report(
        image.states[reading.state, .ending], since: 0, skew: reading.skew,
        end: Int(reading.resumeAt), name: reading.name)
    }
  }
}
