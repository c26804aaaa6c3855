import ReplyMatcher

/// The catalogue's names of fields, to be looked up by the keys of JSON.
struct EventFieldNames: Sendable {
  /// What a field is to an event.
  struct Use {
    let role: EventFields.Role
    /// Its place among the names for the same thing: the lowest is preferred.
    let rank: Int
    /// The keys of the objects in which it lies, the innermost first.
    fileprivate let path: [[UInt8]]

    /// Of a string that is a reply by its own words.
    static let unnamedReply = Use(role: .reply, rank: .max, path: [])
  }

  /// By their last part.
  private let uses: [[UInt8]: [Use]]
  private let texts: [[UInt8]: String]
  /// Whether a string that is a reply is wanted, whatever its name.
  let wantsReplies: Bool

  private static let longestKey = 64

  /// - Parameter roles: Those that are wanted.
  init(_ fields: EventFields, _ roles: [EventFields.Role] = EventFields.Role.allCases) {
    wantsReplies = roles.contains(.reply)
    var uses: [[UInt8]: [Use]] = [:]
    for (role, names) in fields.names where roles.contains(role) {
      for (rank, name) in names.enumerated() {
        let parts = name.utf8.split(separator: UInt8(ascii: ".")).map(EventFields.folded)
        guard let last = parts.last else { continue }
        uses[last, default: []].append(
          Use(role: role, rank: rank, path: parts.dropLast().reversed()))
      }
    }
    self.uses = uses
    texts = Dictionary(
      fields.types.map { (EventFields.folded($0.type.utf8), $0.text) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A key as the names are looked up.
  static func folded(_ key: some Collection<UInt8>) -> [UInt8] {
    key.count > longestKey ? [] : EventFields.folded(key)
  }

  /// What a field holds.
  ///
  /// - Parameter path: Its folded key, behind those of the objects around it.
  func uses(at path: [[UInt8]]) -> [Use] {
    guard let key = path.last, let uses = uses[key] else { return [] }
    return uses.filter { path.dropLast().reversed().starts(with: $0.path) }
  }

  /// What a type of event means in words that rules know.
  func text(ofType type: [UInt8]) -> String? { texts[Self.folded(type)] }
}
