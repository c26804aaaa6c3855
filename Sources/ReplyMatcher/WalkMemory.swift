/// What one walk remembers, in memory of the stack: classifying allocates nothing.
///
/// All of it is lent by `with`, which owns it; every access is checked in debug builds.
/// A reply built from the rules' own words can want more: that goes to `Overflow`, on the heap.
struct WalkMemory {
  /// A state in which the last `since` symbols and the placeholder before them belong together.
  struct Reading: BitwiseCopyable {
    var state: UInt32
    var since: UInt32 = 0
    /// Where the thing ends that was taken as a placeholder; until then the reading sleeps.
    var resumeAt: UInt32 = 0
    var isAwake = true
    /// The token at which it was made, and by how many tokens its symbols are fewer.
    var token: UInt32 = 0
    var skew: UInt32 = 0
    /// The last name taken as a placeholder.
    var name: Offsets = Offsets()
  }

  /// A rule of several phrases, or of one that others forbid.
  struct PendingRule: BitwiseCopyable {
    var rule: UInt32
    /// A bit for each role seen.
    var roles: UInt32 = 0
    /// The most literal words of a `text` phrase seen at the greatest depth, and that depth.
    var words: UInt32 = 0
    var textDepth: UInt32 = 0
    /// The last phrase that counts, where it ends, and the token at which it does.
    var phrase: UInt32 = 0
    var end: UInt32 = 0
    var token: UInt32 = 0
    /// The greatest of any phrase seen.
    var depth: UInt32 = 0
    var fit = Candidate.CodeFit()
    /// Whether a phrase with placeholders was seen.
    var captures = false

    /// Whether a `text` phrase says more than that which was seen: further inside, or in more words.
    @inline(__always)
    func isBehind(words: UInt32, depth: UInt32) -> Bool {
      depth > textDepth || depth == textDepth && words > self.words
    }
  }

  /// No two are alike, and each needs a phrase of its own that has come as far as it: four would be
  /// many. Beyond the limit the newest is dropped.
  var readings: FixedList<Reading>
  var pending: FixedList<PendingRule>
  var marks: Marks
  let letters: UnsafeMutableRawBufferPointer
  /// `nil` for ordinary replies.
  var overflow: Overflow?

  final class Overflow {
    /// By mark, those of each node further and further inside.
    var marks: [UInt32: [Marks.Slot]] = [:]
    var pending: [UInt32: PendingRule] = [:]
  }

  /// Calls the body with empty memory. The sizes stay within 1,024 bytes each: more than that, and
  /// Swift would take them from the heap.
  static func with<Result>(_ body: (consuming WalkMemory) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Reading.self, capacity: 16) { readings in
      let pendingCapacity = 1023 / MemoryLayout<PendingRule>.stride
      return withUnsafeTemporaryAllocation(of: PendingRule.self, capacity: pendingCapacity) {
        pending in
        withUnsafeTemporaryAllocation(of: Marks.Slot.self, capacity: Marks.capacity) { marks in
          withUnsafeTemporaryAllocation(byteCount: LetterBlock.memorySize, alignment: 8) {
            letters in
            body(
              WalkMemory(
                readings: FixedList(readings), pending: FixedList(pending), marks: Marks(marks),
                letters: letters))
          }
        }
      }
    }
  }

  /// Forgets everything.
  mutating func reset() {
    readings.removeAll()
    pending.removeAll()
    marks.removeAll()
    overflow = nil
  }

  // MARK: - Marks

  /// Notes that a node was reached: the token at which it was first, so far inside.
  @inline(__always)
  mutating func mark(_ mark: UInt32, token: UInt32, depth: UInt32, endDepth: UInt32) {
    let slot = Marks.Slot(mark: mark, token: token, depth: depth, endDepth: endDepth)
    if !marks.add(slot) { markBeyond(slot) }
  }

  private mutating func markBeyond(_ slot: Marks.Slot) {
    let overflow = overflow ?? Overflow()
    self.overflow = overflow
    var known = overflow.marks[slot.mark] ?? []
    overflow.marks[slot.mark] = nil
    if let last = known.indices.last, known[last].depth >= slot.depth {
      known[last].reach(endDepth: slot.endDepth)
    } else {
      known.append(slot)
    }
    overflow.marks[slot.mark] = known
  }

  /// How far inside a node was reached before a token, by its mark; `nil` where it was not.
  @inline(__always)
  func depth(of mark: UInt32, before token: UInt32) -> UInt32? {
    let known = marks.depth(of: mark, before: token)
    guard let overflow else { return known }
    let beyond = overflow.marks[mark]?.last { $0.token < token }?.depth
    return beyond.map { max($0, known ?? 0) } ?? known
  }

  // MARK: - Pending rules

  /// Changes what is known of a rule, which is nothing at first.
  @inline(__always)
  mutating func update(rule: UInt32, _ change: (inout PendingRule) -> Void) {
    for index in 0..<pending.count where pending[index].rule == rule {
      return change(&pending[index])
    }
    var entry = PendingRule(rule: rule)
    if pending.count < pending.capacity {
      change(&entry)
      pending.append(entry)
      return
    }
    let overflow = overflow ?? Overflow()
    self.overflow = overflow
    change(&overflow.pending[rule, default: entry])
  }
}

/// A range of bytes, in half the space of a `Range<Int>`.
struct Offsets: BitwiseCopyable {
  var start: UInt32 = 0
  var end: UInt32 = 0

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// A list in memory that somebody else owns.
struct FixedList<Element: BitwiseCopyable> {
  private let memory: UnsafeMutableBufferPointer<Element>
  private(set) var count = 0

  init(_ memory: UnsafeMutableBufferPointer<Element>) { self.memory = memory }

  var capacity: Int { memory.count }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(0 <= index && index < count)
      return memory[index]
    }
    @inline(__always) nonmutating _modify {
      assert(0 <= index && index < count)
      yield &memory[index]
    }
  }

  mutating func append(_ element: Element) {
    precondition(count < capacity)
    memory.initializeElement(at: count, to: element)
    count += 1
  }

  mutating func removeAll() { count = 0 }

  /// Takes an element out; the last one gets its place.
  mutating func remove(at index: Int) {
    self[index] = self[count - 1]
    count -= 1
  }
}

/// The nodes that were reached, by their *marks*, in a hash table of the stack: open addressing.
package struct Marks {
  /// A node's mark: twice its number, and 1 more where phrases of `unless` end.
  package static func mark(number: UInt32, forbids: Bool) -> UInt32 {
    number << 1 | (forbids ? 1 : 0)
  }

  struct Slot: BitwiseCopyable {
    let mark: UInt32
    /// The token at which the node was reached first, so far inside.
    let token: UInt32
    /// How many replies quote the innermost one that has all that leads to the node.
    let depth: UInt32
    /// The same of the innermost one in which the last part stands.
    private(set) var endDepth: UInt32

    @inline(__always)
    mutating func reach(endDepth: UInt32) { self.endDepth = max(self.endDepth, endDepth) }
  }

  static let capacity = 64
  private let slots: UnsafeMutableBufferPointer<Slot>
  /// A bit for each slot that is taken: the others hold nothing yet.
  private var taken: UInt64 = 0
  /// The same for nodes at which phrases of `unless` end.
  private var forbidding: UInt64 = 0
  private var count = 0
  private(set) var filter = Filter()

  /// A bit for each 64th of the nodes, by the lowest bits of their numbers and by the next ones: nearly all
  /// that are asked for were not reached.
  package struct Filter {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    @inline(__always)
    fileprivate mutating func insert(_ mark: UInt32) {
      // (`&<<` takes six bits.)
      low |= 1 &<< UInt64(mark &>> 1)
      high |= 1 &<< UInt64(mark &>> 7)
    }

    /// Whether a node may have been reached.
    @inline(__always)
    func mayHave(_ mark: UInt32) -> Bool {
      low &>> UInt64(mark &>> 1) & high &>> UInt64(mark &>> 7) & 1 == 1
    }

    /// Whether any of the nodes that have bits here may have been reached.
    @inline(__always)
    func mayHaveAny(of bits: UInt32) -> Bool {
      UInt32(truncatingIfNeeded: low | low &>> 32) & bits != 0
    }

    /// The bit of a node among those of several.
    package static func bit(of mark: UInt32) -> UInt32 { 1 &<< (mark &>> 1 & 31) }
  }

  init(_ slots: UnsafeMutableBufferPointer<Slot>) { self.slots = slots }

  mutating func removeAll() { (taken, forbidding, count, filter) = (0, 0, 0, Filter()) }

  /// How far inside a node was reached before a token; `nil` where it was not.
  func depth(of mark: UInt32, before token: UInt32) -> UInt32? {
    var deepest: UInt32?
    var slot = Self.firstSlot(of: mark)
    while isTaken(slot) {
      if slots[slot].mark == mark, slots[slot].token < token {
        deepest = max(deepest ?? 0, slots[slot].depth)
      }
      slot = Self.slot(behind: slot)
    }
    return deepest
  }

  /// Whether any of the nodes here at which phrases of `unless` end fits.
  @inline(__always)
  func containsForbidding(where fits: (Slot) -> Bool) -> Bool {
    var rest = forbidding
    while rest != 0 {
      if fits(slots[rest.trailingZeroBitCount]) { return true }
      rest &= rest &- 1
    }
    return false
  }

  /// Adds a node, unless it was reached as far inside before; `false` where there is no room.
  @inline(__always)
  mutating func add(_ new: Slot) -> Bool {
    filter.insert(new.mark)
    var slot = Self.firstSlot(of: new.mark)
    while isTaken(slot) {
      if slots[slot].mark == new.mark, slots[slot].depth >= new.depth {
        slots[slot].reach(endDepth: new.endDepth)
        return true
      }
      slot = Self.slot(behind: slot)
    }
    guard count < Self.capacity * 3 / 4 else { return false }
    slots[slot] = new
    taken |= 1 &<< UInt64(slot)
    forbidding |= UInt64(new.mark & 1) &<< UInt64(slot)
    count &+= 1
    return true
  }

  @inline(__always)
  private func isTaken(_ slot: Int) -> Bool { taken &>> UInt64(slot) & 1 == 1 }

  /// The slot at which the search for a node begins, which ends at an empty one: a quarter of them are.
  @inline(__always)
  private static func firstSlot(of mark: UInt32) -> Int {
    Int(truncatingIfNeeded: CatalogueImage.mixed(mark) &>> 26)
  }

  @inline(__always)
  private static func slot(behind slot: Int) -> Int { (slot &+ 1) & (capacity - 1) }
}
