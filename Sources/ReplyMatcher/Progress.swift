/// What has been seen so far of the phrases with `*` and of the rules with several phrases.
///
/// Few are under way at once, so they stand in a short list without allocation; a reply built from
/// the rules' own words can have more, and those go to a dictionary.
struct Progress {
  struct Entry {
    var key: UInt32 = 0
    /// The next segment of a phrase; the roles seen of a rule.
    var state: UInt32 = 0
    /// The token at which the last segment ended; the most literal words of a text phrase seen.
    var mark: UInt32 = 0
    var phrase: UInt32 = 0
    var end = 0
    var depth: UInt32 = 0
    var statusParts: UInt32 = 0
    var codeDigits: UInt32 = 0
  }

  static func key(phrase: UInt32) -> UInt32 { phrase }
  static func key(rule: UInt32) -> UInt32 { rule | 1 << 31 }

  private var near = [12 of Entry](repeating: Entry())
  private var nearCount = 0
  private var far: [UInt32: Entry] = [:]

  /// Changes the entry of a key, which begins as zeros.
  mutating func update(_ key: UInt32, _ change: (inout Entry) -> Void) {
    for index in 0..<nearCount where near[index].key == key {
      return change(&near[index])
    }
    if nearCount < near.count {
      near[nearCount] = Entry(key: key)
      change(&near[nearCount])
      nearCount += 1
    } else {
      change(&far[key, default: Entry(key: key)])
    }
  }

  func forEachRule(_ body: (_ rule: UInt32, Entry) -> Void) {
    let isRule = { (entry: Entry) in entry.key >> 31 == 1 }
    for index in 0..<nearCount where isRule(near[index]) {
      body(near[index].key & ~(1 << 31), near[index])
    }
    for entry in far.values where isRule(entry) { body(entry.key & ~(1 << 31), entry) }
  }
}
