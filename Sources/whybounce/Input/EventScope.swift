import BounceCatalogue
import ReplyMatcher

/// What an object of JSON, together with the objects in it, says about a mail; those in its lists are scopes
/// of their own, because each may be about another recipient.
struct EventScope {
  private struct Field {
    let role: EventFields.Role
    let rank: Int
    /// In how many objects it lies.
    let depth: Int
    let text: [UInt8]
  }

  /// Of replies and types one of each rank, of all else only the best. So they are few.
  private var fields: [Field] = []
  private(set) var elements: [EventScope] = []

  var isEmpty: Bool { fields.isEmpty && elements.isEmpty }

  mutating func add(_ element: EventScope) { elements.append(element) }

  /// Takes what a field says, unless that is nothing of the kind, or another field says it better.
  mutating func add(_ text: [UInt8], _ use: EventFieldNames.Use, depth: Int) {
    guard let text = use.role.value(in: text) else { return }
    add(Field(role: use.role, rank: use.rank, depth: depth, text: text))
  }

  private mutating func add(_ field: Field) {
    let keepsRanks = field.role == .reply || field.role == .type
    let known = fields.firstIndex {
      $0.role == field.role && (!keepsRanks || $0.rank == field.rank)
    }
    guard let known else { return fields.append(field) }
    let other = fields[known]
    if (field.rank, field.depth) < (other.rank, other.depth) { fields[known] = field }
  }

  /// Takes what JSON in a string says.
  mutating func add(_ inner: EventScope, depth: Int) {
    for field in inner.fields {
      add(Field(role: field.role, rank: field.rank, depth: field.depth + depth, text: field.text))
    }
    elements += inner.elements
  }

  /// The best one for a role.
  subscript(role: EventFields.Role) -> [UInt8]? { all(role).first }

  /// What fields say that are of use for the same, the best first.
  func all(_ role: EventFields.Role) -> [[UInt8]] {
    fields.filter { $0.role == role }.sorted { $0.rank < $1.rank }.map(\.text)
  }
}

extension EventFields.Role {
  /// What a field says, where it is what such a field holds.
  fileprivate func value(in text: [UInt8]) -> [UInt8]? {
    let start = text.drop(while: \.isBlank)
    let value = start.prefix(
      upTo: start.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start.startIndex)
    guard !value.isEmpty else { return nil }
    switch self {
    case .reply, .type: return Array(value)
    case .wrapped: return nil
    case .code:
      // Of a failure; programs have some of their own, such as 498.
      let isCode =
        value.count == 3 && value.allSatisfy(\.isDigit) && "45".utf8.contains(value.first!)
      return isCode ? Array(value) : nil
    case .status:
      // Programs write words behind it.
      let status = value.prefix(12).prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
      return EnhancedStatusCode(String(decoding: status, as: UTF8.self)).map {
        Array($0.description.utf8)
      }
    case .recipient: return Self.address(in: value)
    case .host:
      let name = value.last == UInt8(ascii: ".") ? value.dropLast() : value
      guard name.count < 256, let host = HostName(argument: String(decoding: name, as: UTF8.self)),
        host.text.contains(".")
      else { return nil }
      return Array(host.text.utf8)
    }
  }

  /// An address, perhaps with a name before it: `Ann <ann@example.com>`.
  private static func address(in value: ArraySlice<UInt8>) -> [UInt8]? {
    var address = value
    if address.last == UInt8(ascii: ">"), let start = address.lastIndex(of: UInt8(ascii: "<")) {
      address = address[(start + 1)...].dropLast()
    }
    guard let at = address.lastIndex(of: UInt8(ascii: "@")), at > address.startIndex,
      at + 1 < address.endIndex, address.count < 1000, !address.contains(where: { $0 <= 0x20 })
    else { return nil }
    return Array(address)
  }
}
