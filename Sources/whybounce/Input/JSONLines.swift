#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads NDJSON: one JSON object a line.
enum JSONLines {
  /// A line has room for a reply of the greatest length with every byte escaped, and other fields.
  static let mostBytes = 16 << 20

  static let invalid = "The line is no valid JSON."

  /// Decodes a line, or says in one sentence what is wrong with it.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from line: Line, with decoder: JSONDecoder
  ) -> Result<Value, Failure> {
    if line.isTruncated {
      return .failure(Failure("The line is longer than 16 MiB."))
    }
    // Bytes that are no UTF-8 become U+FFFD instead of spoiling the line.
    let text = String(decoding: line.bytes, as: UTF8.self)
    do {
      return .success(try decoder.decode(type, from: Data(text.utf8)))
    } catch let error as DecodingError {
      if case .dataCorrupted = error, let repaired = LoneSurrogates.replaced(in: line.bytes) {
        return decode(type, from: Line(number: line.number, bytes: repaired), with: decoder)
      }
      return .failure(Failure(sentence(for: error)))
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure("\(error)"))
    }
  }

  private static func sentence(for error: DecodingError) -> String {
    func field(_ path: [any CodingKey], atTop: String = "The line") -> String {
      let keys = path.prefix { $0.intValue == nil }.map(\.stringValue)
      return keys.isEmpty ? atTop : "The field '\(keys.joined(separator: "."))'"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(field(context.codingPath, atTop: "The object")) has no field '\(key.stringValue)'."
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let expected =
        switch type {
        case _ where context.codingPath.isEmpty: "JSON object"
        case is String.Type: "string"
        case is Bool.Type: "boolean"
        case is [Any].Type: "list"
        default: "object"
        }
      return "\(field(context.codingPath)) is no \(expected)."
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "\(field(context.codingPath)): \(context.debugDescription)"
    case .dataCorrupted: return invalid
    @unknown default: return "The line cannot be read."
    }
  }
}

/// Reads the replies in one field of NDJSON lines. A dot in the field's name leads into an object, as
/// `bounce.reason` into `{"bounce": {"reason": "550 …"}}`, unless the key itself has it.
struct JSONReplyDecoder {
  let field: String
  let limit: Int
  private let decoder = JSONDecoder()

  /// - Parameters:
  ///   - field: The field of each object that holds the reply.
  ///   - limit: How many bytes of a reply to keep.
  init(field: String, limit: Int) {
    (self.field, self.limit) = (field, limit)
    decoder.userInfo[.replyField] = field
  }

  /// The reply on a line, or what is wrong there.
  func reply(on line: Line) -> InputReply {
    var reply = InputReply(line: line.number)
    switch JSONLines.decode(ReplyField.self, from: line, with: decoder) {
    case .success(let field):
      reply.bytes = Array(field.text.utf8.prefix(limit))
      reply.isTruncated = field.text.utf8.count > limit
      reply.accept = field.accept
    case .failure(let failure):
      reply.error = failure.message
    }
    return reply
  }
}

extension JSONReplyDecoder {
  private static let mostNamed = 4
  private static let longestName = 40

  /// What is wrong with an object that has no field of the usual name, and none that events have: what it
  /// has instead, and that one of those can be named. `nil` where that is not so, or there is nothing else.
  func remark(onObjectWithoutReply line: Line) -> String? {
    guard field == InputFormat.usualField,
      case .success(let object) = JSONLines.decode(ObjectNames.self, from: line, with: decoder),
      !object.names.isEmpty, !object.names.contains(field)
    else { return nil }
    let shown = object.names.sorted().prefix(Self.mostNamed).map {
      "'\($0.visible.shortened(to: Self.longestName))'"
    }
    let others = object.names.count - shown.count
    return """
      None of the object's fields is known to hold a reply. It has \
      \(shown.joined(separator: ", "))\(others > 0 ? " and \(others) more" : ""): name one with --field.
      """
  }
}

/// The names of an object's fields.
private struct ObjectNames: Decodable {
  let names: [String]

  init(from decoder: any Decoder) throws {
    names = try decoder.container(keyedBy: ReplyField.Key.self).allKeys.map(\.stringValue)
  }
}

extension CodingUserInfoKey {
  /// The path of the field that holds the reply.
  fileprivate static let replyField = CodingUserInfoKey(rawValue: "replyField")!
}

private struct ReplyField: Decodable {
  struct Key: CodingKey {
    let stringValue: String
    init(stringValue: String) { self.stringValue = stringValue }

    var intValue: Int? { nil }
    init?(intValue: Int) { nil }
  }

  let text: String
  /// By the fields of labelled replies; empty where they are not there, or mean something else.
  let accept: [String]

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    text = try Self.text(at: decoder.userInfo[.replyField] as? String ?? "", in: values)
    let category = try? values.decodeIfPresent(String.self, forKey: Key(stringValue: "category"))
    accept =
      (try? values.decodeIfPresent([String].self, forKey: Key(stringValue: "accept")))
      ?? category.map { [$0] } ?? []
  }

  private static func text(
    at path: String, in values: KeyedDecodingContainer<Key>
  ) throws -> String {
    let whole = Key(stringValue: path)
    for dot in path.indices where path[dot] == "." && !values.contains(whole) {
      let key = Key(stringValue: String(path[..<dot]))
      guard values.contains(key) else { continue }
      let inner = try values.nestedContainer(keyedBy: Key.self, forKey: key)
      return try text(at: String(path[path.index(after: dot)...]), in: inner)
    }
    return try values.decode(String.self, forKey: whole)
  }
}
