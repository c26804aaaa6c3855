import BounceCatalogue
import BounceMessages
import ReplyMatcher

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes replies of JSON about mails: one for each recipient, with the codes that stand in fields of their own.
struct EventReports {
  private let classifier: BounceClassifier
  private let names: EventFieldNames
  private var reader: EventReader
  private var codeReader: EventReader

  init(_ classifier: BounceClassifier) {
    self.classifier = classifier
    let fields = classifier.eventFields
    names = EventFieldNames(fields)
    reader = EventReader(names)
    codeReader = EventReader(EventFieldNames(fields, [.code, .status]))
  }

  /// What a text that is JSON, or a log's line with JSON in it, says of each recipient; empty where it is
  /// neither, or has no field that tells.
  mutating func reports(in text: UnsafeBufferPointer<UInt8>) -> [RecipientReport] {
    guard Self.mayHaveFields(text), let (scope, start) = reader.read(text) else { return [] }
    // A reply may have JSON among its words.
    let words = classifier.match(UnsafeBufferPointer(rebasing: text[..<start]))
    if words.code != 0 || words.status != 0 { return [] }
    return events(in: scope, around: Event()).map { event in
      RecipientReport(
        event.recipient.map { String(decoding: $0, as: UTF8.self) },
        remoteHost: event.host.map { String(decoding: $0, as: UTF8.self) }, self.text(of: event))
    }
  }

  /// Whether it is worth while to read a text: nothing says anything without an object and a name.
  private static func mayHaveFields(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var place = text.baseAddress else { return false }
    let end = place + text.count
    while let brace = memchr(place, Int32(UInt8(ascii: "{")), end - place) {
      place = UnsafePointer(brace.assumingMemoryBound(to: UInt8.self)) + 1
      while place < end, place.pointee.isBlank { place += 1 }
      if place < end, place.pointee == UInt8(ascii: "\"") { return true }
    }
    return false
  }

  /// The text of a reply with the codes that stand beside it in the same object, where it shows none itself.
  mutating func completed(
    _ reply: [UInt8], besideIn object: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    guard let (scope, _) = codeReader.read(object) else { return reply }
    let (code, status) = (scope[.code], scope[.status])
    return code == nil && status == nil ? reply : withCodes(reply, code: code, status: status)
  }

  // MARK: - Events

  /// What is known of a mail.
  private struct Event {
    var replies: [[UInt8]] = []
    var types: [[UInt8]] = []
    var code, status, recipient, host: [UInt8]?
    /// Whether they stand in the event's own object, and not around it.
    var hasOwnReply = false
    var hasOwnRecipient = false

    var tells: Bool {
      (hasOwnReply || hasOwnRecipient)
        && !(replies.isEmpty && types.isEmpty && code == nil && status == nil)
    }
  }

  /// - Parameter outer: What the objects around say, which holds for all recipients in their lists.
  private func events(in scope: EventScope, around outer: Event) -> [Event] {
    var event = Event()
    event.replies = scope.all(.reply)
    event.hasOwnReply = !event.replies.isEmpty
    (event.code, event.status) = (scope[.code], scope[.status])
    if !event.hasOwnReply {
      // Codes belong to the reply beside which they stand.
      event.replies = outer.replies
      event.code = event.code ?? outer.code
      event.status = event.status ?? outer.status
    }
    event.types = scope.all(.type) + outer.types
    event.recipient = scope[.recipient]
    event.hasOwnRecipient = event.recipient != nil
    event.recipient = event.recipient ?? outer.recipient
    event.host = scope[.host] ?? outer.host

    let elements = scope.elements.flatMap { events(in: $0, around: event) }
    let answered = Set(
      elements.filter { $0.hasOwnReply && $0.hasOwnRecipient }.map(\.recipient))
    if !answered.isEmpty {
      // Another list may name the same recipients once more.
      return elements.filter { $0.hasOwnReply || !answered.contains($0.recipient) }
    }
    if !event.hasOwnRecipient, !elements.isEmpty { return elements }
    // Of a mail to one recipient, a list tells what happened before, or to whom else it went.
    if event.hasOwnRecipient, !event.hasOwnReply, let last = elements.last(where: \.hasOwnReply) {
      return [last]
    }
    return event.tells ? [event] : []
  }

  // MARK: - Texts

  private func text(of event: Event) -> [UInt8] {
    let reply = event.replies.count < 2 ? event.replies.first : tellingReply(among: event.replies)
    guard let reply else {
      let text = event.types.lazy.compactMap(names.text).first.map { Array($0.utf8) }
      let codes = [event.code, event.status].compactMap { $0 }
      let words = text ?? (codes.isEmpty ? event.types.first : nil)
      return Array((codes + [words].compactMap { $0 }).joined(separator: " ".utf8))
    }
    return withCodes(reply, code: event.code, status: event.status)
  }

  private func tellingReply(among replies: [[UInt8]]) -> [UInt8]? {
    replies.first { reply in
      let match = match(reply)
      return match.code != 0 || match.status != 0
    } ?? replies.first
  }

  private func match(_ reply: [UInt8]) -> ReplyMatch {
    reply.withUnsafeBufferPointer { classifier.match($0) }
  }

  /// A reply with codes in front, where it shows none itself, and they do not contradict those it shows.
  private func withCodes(_ reply: [UInt8], code: [UInt8]?, status: [UInt8]?) -> [UInt8] {
    let match = match(reply)
    var replyClass = match.replyClass
    func fits(_ code: [UInt8]) -> Bool { replyClass == 0 || UInt32(code[0] - 0x30) == replyClass }
    var codes: [[UInt8]] = []
    if match.code == 0, let code, fits(code) {
      codes.append(code)
      replyClass = UInt32(code[0] - 0x30)
      // Each line of a reply has its code (RFC 5321, 4.2.1), and its status code (RFC 2034, 4).
      if match.status != 0, let lines = Self.linesWithStatus(reply) {
        let last = lines.count - 1
        return lines.enumerated().reduce(into: []) { text, line in
          text += code + (line.offset < last ? "-".utf8 : " ".utf8) + line.element
          if line.offset < last { text.append(0x0A) }
        }
      }
    }
    if match.status == 0, let status, fits(status) { codes.append(status) }
    return Array((codes + [reply]).joined(separator: " ".utf8))
  }

  /// The lines of a text, where there are several and each begins with the same enhanced status code.
  private static func linesWithStatus(_ text: [UInt8]) -> [ArraySlice<UInt8>]? {
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }
    let status = text.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
    guard lines.count > 1, EnhancedStatusCode(String(decoding: status, as: UTF8.self)) != nil,
      lines.allSatisfy({ $0.starts(with: status) })
    else { return nil }
    return lines
  }
}
