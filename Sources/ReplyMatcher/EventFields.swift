/// What the fields of a JSON event about a mail hold, such as of a provider's webhook, by their names; and
/// what the types of events mean. Several files may say so: what the first says goes first.
package struct EventFields: Sendable {
  /// What a field holds. The catalogue has its tables in this order.
  package enum Role: String, CaseIterable, Sendable {
    case reply, code, status, recipient, host, type, wrapped
  }

  /// The names, those that are preferred first. Dots lead into objects.
  package let names: [Role: [String]]
  /// Types of events, and what each means in words that rules know.
  package let types: [(type: String, text: String)]

  package init(names: [Role: [String]], types: [(type: String, text: String)]) {
    (self.names, self.types) = (names, types)
  }

  /// A name without what does not count: letter case, hyphens, underscores and spaces.
  package static func folded(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.compactMap { byte in
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }
}

extension BounceClassifier {
  /// What the catalogue says about events. It is built anew each time: keep it.
  package var eventFields: EventFields {
    let files = (0..<UInt32(image.events.count)).map(image.eventFields)
    return EventFields(
      names: files.reduce(into: [:]) { $0.merge($1.names, uniquingKeysWith: +) },
      types: files.flatMap(\.types))
  }
}

extension CatalogueImage {
  fileprivate func eventFields(_ index: UInt32) -> EventFields {
    var reader = InfoReader(self, at: events[index, .info])
    let names = EventFields.Role.allCases.map { ($0, reader.strings()) }
    return EventFields(
      names: Dictionary(uniqueKeysWithValues: names),
      types: reader.list { (type: $0.string(), text: $0.string()) })
  }
}
