import BounceCatalogue
import ReplyMatcher

/// The NDJSON record: a `Verdict` in JSON with the place where the reply stood, keys in the order of
/// the alphabet; and an object `input` with what is kept.
struct JSONRecordForm: RecordForm {
  private let context: RecordContext
  /// The ids of the sources, and the peer's names for them, in JSON.
  private let sourceIDs: [[UInt8]]
  private let peerSources: [[UInt8]]
  /// By the numbers of `SMTPCommand`.
  private let commands: [[UInt8]?]
  private let remoteHost: [UInt8]?
  /// The keys of what is kept, each with the marks around it.
  private let keptKeys: [[UInt8]]

  init(_ context: RecordContext) {
    self.context = context
    sourceIDs = context.sources.map { Self.json($0.id) }
    peerSources = context.peerSources.map(Self.json)
    commands = [nil] + SMTPCommand.allCases.map { Self.json($0.rawValue) }
    remoteHost = context.remoteHost.map(Self.json)
    keptKeys = context.keptNames.enumerated().map { index, name in
      Array((index == 0 ? ",\"input\":{" : ",").utf8) + Self.json(name) + [UInt8(ascii: ":")]
    }
  }

  private static func json(_ text: String?) -> [UInt8] {
    var bytes = OutputBytes()
    bytes.append(json: text)
    return bytes.array
  }

  // MARK: - What follows from the rule

  private enum Fragment: Int { case head, behindPeer, links, behindLinks, behindProvider, tip }

  func fragments(of answer: RuleAnswer, peerClass: String?) -> [[UInt8]] {
    var head = OutputBytes()
    head.append("{\"action\":")
    head.append(json: answer.action.rawValue)
    var behindPeer = OutputBytes()
    if let peer = context.peer {
      head.append(",\"as\":{\"class\":")
      head.append(json: peerClass)
      head.append(",\"provider\":")
      behindPeer.append(",\"system\":")
      behindPeer.append(json: peer.id)
      behindPeer.append("}")
    }
    behindPeer.append(",\"basis\":")
    behindPeer.append(json: answer.basis.rawValue)
    behindPeer.append(",\"bounce\":")
    behindPeer.append(json: answer.bounce.rawValue)
    behindPeer.append(",\"category\":")
    behindPeer.append(json: answer.category.rawValue)
    behindPeer.append(",\"causes\":[")
    behindPeer.append(list: answer.causes) { cause, bytes in
      bytes.append("{\"cause\":")
      bytes.append(json: cause.cause)
      bytes.append(",\"remedies\":[")
      bytes.append(list: cause.remedies) { remedy, bytes in
        bytes.append("{\"party\":")
        bytes.append(json: remedy.party.rawValue)
        bytes.append(",\"text\":")
        bytes.append(json: remedy.text)
        bytes.append("}")
      }
      bytes.append("]}")
    }
    behindPeer.append("],\"code\":")

    var links = OutputBytes()
    links.append(",\"links\":[")
    links.append(list: answer.links) { $1.append(json: $0) }
    var behindLinks = OutputBytes()
    behindLinks.append("],\"meaning\":")
    behindLinks.append(json: answer.meaning)
    behindLinks.append(",\"provider\":")
    var behindProvider = OutputBytes()
    behindProvider.append(",\"retry\":")
    behindProvider.append(json: answer.retry.rawValue)
    behindProvider.append(",\"rule\":")
    behindProvider.append(json: answer.rule?.rawValue)
    behindProvider.append(",\"status\":")
    var tip = OutputBytes()
    tip.append(",\"tip\":")
    tip.append(json: answer.tip)
    tip.append(",\"truncated\":")
    return [
      head.array, behindPeer.array, links.array, behindLinks.array, behindProvider.array, tip.array,
    ]
  }

  // MARK: - The record

  func fileCell(_ name: String?) -> [UInt8] { Self.json(name) }

  func append(_ record: Record, _ template: RecordTemplate, to output: inout OutputBytes) {
    func append(_ first: Fragment, through last: Fragment? = nil) {
      template.append(first.rawValue...(last ?? first).rawValue, to: &output)
    }
    if context.peer == nil {
      append(.head, through: .behindPeer)
    } else {
      append(.head)
      appendSource(record.facts.provider, of: peerSources, to: &output)
      append(.behindPeer)
    }
    if record.match.code == 0 {
      output.append("null")
    } else {
      output.append(decimal: Int(record.match.code))
    }
    output.append(",\"details\":{")
    appendDetails(record, to: &output)
    output.append("},\"error\":null,\"file\":")
    output.append(record.file)
    appendKept(record.origin.kept, to: &output)
    output.append(",\"line\":")
    output.append(decimal: record.origin.line)
    if let blocklist = record.facts.blocklist {
      append(.links)
      appendLinks(of: context.sources[Int(blocklist)], behind: template.links, to: &output)
      append(.behindLinks)
    } else {
      append(.links, through: .behindLinks)
    }
    appendSource(record.facts.provider, of: sourceIDs, to: &output)
    append(.behindProvider)
    if let status = EnhancedStatusCode(packed: record.match.status) {
      output.append(UInt8(ascii: "\""))
      output.append(status)
      output.append(UInt8(ascii: "\""))
    } else {
      output.append("null")
    }
    output.append(",\"text\":")
    output.append(json: record.text)
    append(.tip)
    output.append(record.origin.isTruncated ? "true}\n" : "false}\n")
  }

  func append(
    badLine error: String, from origin: RecordOrigin, file: [UInt8], to output: inout OutputBytes
  ) {
    output.append("{\"action\":null,")
    if let peer = context.peer {
      output.append("\"as\":{\"class\":null,\"provider\":null,\"system\":")
      output.append(json: peer.id)
      output.append("},")
    }
    output.append(
      """
      "basis":null,"bounce":null,"category":null,"causes":[],"code":null,"details":{},"error":
      """)
    output.append(json: error)
    output.append(",\"file\":")
    output.append(file)
    appendKept(origin.kept, to: &output)
    output.append(",\"line\":")
    output.append(decimal: origin.line)
    output.append(
      """
      ,"links":[],"meaning":null,"provider":null,"retry":null,"rule":null,"status":null,\
      "text":null,"tip":null,"truncated":false}\n
      """)
  }

  private func appendKept(_ values: [KeptValue], to output: inout OutputBytes) {
    guard !values.isEmpty else { return }
    for (key, value) in zip(keptKeys, values) {
      output.append(key)
      output.append(json: value)
    }
    output.append("}")
  }

  private func appendSource(_ source: UInt32?, of names: [[UInt8]], to output: inout OutputBytes) {
    if let source {
      output.append(names[Int(source)])
    } else {
      output.append("null")
    }
  }

  private func appendLinks(of blocklist: Source, behind own: [String], to output: inout OutputBytes)
  {
    var isFirst = own.isEmpty
    for link in blocklist.links where !own.contains(link) {
      if !isFirst { output.append(",") }
      output.append(json: link)
      isFirst = false
    }
  }

  private func appendDetails(_ record: Record, to output: inout OutputBytes) {
    let (facts, bytes) = (record.facts, record.bytes)
    var details = DetailList(bytes: bytes, text: record.text)
    if facts.hasCaptures {
      details.append("address", facts[.address], to: &output)
      details.append("blocklist", facts[.blocklist], to: &output)
      details.append(
        "blocklistID", facts.blocklist.map { sourceIDs[Int($0)] }, to: &output)
    }
    details.append("command", commands[Int(record.match.command)], to: &output)
    if facts.hasCaptures {
      details.append("count", facts.count(in: bytes), to: &output)
      details.append("domain", facts[.domain], to: &output)
    }
    details.append(errorCode: facts.errorCode, to: &output)
    if facts.hasCaptures {
      details.append("host", facts[.host], to: &output)
      details.append("ip", facts[.ip], to: &output)
    }
    details.append("messageID", text: record.origin.messageID, to: &output)
    details.append("originalRecipient", text: record.origin.originalRecipient, to: &output)
    if let recipient = record.origin.recipient {
      details.append("recipient", text: recipient, to: &output)
    } else if !record.origin.isOfLetter {
      details.append("recipient", facts.recipient, to: &output)
    }
    if let remoteHost {
      details.append("remoteHost", remoteHost, to: &output)
    } else if let remoteHost = record.origin.remoteHost {
      details.append("remoteHost", text: remoteHost, to: &output)
    } else {
      details.append("remoteHost", facts.remoteHost, to: &output)
    }
    details.append("remoteIP", facts.remoteIP, to: &output)
    if facts.hasCaptures {
      details.append("retryAfter", facts.retryAfter(in: bytes), to: &output)
      details.append("size", facts.size(in: bytes), to: &output)
      details.append("url", facts[.url], to: &output)
    }
  }
}

/// Writes those members of the object `details` that are there.
private struct DetailList {
  let bytes: UnsafeBufferPointer<UInt8>
  let text: UnsafeBufferPointer<UInt8>
  private var isFirst = true

  init(bytes: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) {
    (self.bytes, self.text) = (bytes, text)
  }

  mutating func append(_ key: StaticString, _ range: Range<Int>?, to output: inout OutputBytes) {
    guard let range else { return }
    append(key, to: &output)
    output.append(json: UnsafeBufferPointer(rebasing: bytes[range]))
  }

  mutating func append(_ key: StaticString, text: [UInt8]?, to output: inout OutputBytes) {
    guard let text else { return }
    append(key, to: &output)
    text.withUnsafeBufferPointer { output.append(json: $0) }
  }

  mutating func append(errorCode range: Range<Int>?, to output: inout OutputBytes) {
    guard let range else { return }
    append("errorCode", to: &output)
    output.append(json: UnsafeBufferPointer(rebasing: text[range]))
  }

  mutating func append(_ key: StaticString, _ json: [UInt8]?, to output: inout OutputBytes) {
    guard let json else { return }
    append(key, to: &output)
    output.append(json)
  }

  mutating func append(_ key: StaticString, _ number: Int?, to output: inout OutputBytes) {
    guard let number else { return }
    append(key, to: &output)
    output.append(decimal: number)
  }

  private mutating func append(_ key: StaticString, to output: inout OutputBytes) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    isFirst = false
    output.append(UInt8(ascii: "\""))
    output.append(key)
    output.append("\":")
  }
}

extension OutputBytes {
  fileprivate mutating func append<Value>(
    list values: [Value], _ append: (Value, inout OutputBytes) -> Void
  ) {
    for (index, value) in values.enumerated() {
      if index > 0 { self.append(UInt8(ascii: ",")) }
      append(value, &self)
    }
  }
}
