import BounceCatalogue
import ReplyMatcher

/// A reply's own part of a record: what does not follow from the rule that won.
struct Record {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Without codes, wrapper and line breaks.
  let text: UnsafeBufferPointer<UInt8>
  let match: ReplyMatch
  let facts: ReplyFacts
  let origin: RecordOrigin
  /// The cell that `RecordForm.fileCell` made of the file's name.
  let file: [UInt8]
}

/// Where a reply comes from: what its record says beside the verdict.
struct RecordOrigin {
  /// The line on which the reply begins.
  let line: Int
  /// Whether only the reply's first part was read.
  var isTruncated = false
  /// Why the line holds no reply; then there is nothing to classify.
  var error: String?
  /// The recipient of whom a message reports, where that names one, and how the sender wrote the address.
  var recipient, originalRecipient: [UInt8]?
  /// The server that replied, where the input names it beside the text.
  var remoteHost: [UInt8]?
  /// Of the mail that a whole message is about.
  var messageID: [UInt8]?
  /// Whether no recipient is to be named, whatever the text says.
  var isOfLetter = false
  /// What is kept of the input, one for each of the names.
  var kept: [KeptValue] = []
}

/// A format of records, written straight into bytes.
protocol RecordForm: Sendable {
  /// The parts that all records with this answer share, in the order in which they stand.
  ///
  /// - Parameter peerClass: The class in the peer's words, where there is a peer that has one.
  func fragments(of answer: RuleAnswer, peerClass: String?) -> [[UInt8]]

  /// - Parameter name: `nil` for standard input.
  func fileCell(_ name: String?) -> [UInt8]

  func append(_ record: Record, _ template: RecordTemplate, to output: inout OutputBytes)

  /// Adds the record of a line that holds no reply: what is wrong there, and no verdict, which
  /// somebody might act on.
  ///
  /// - Parameter file: The cell that `fileCell` made of the file's name.
  func append(
    badLine error: String, from origin: RecordOrigin, file: [UInt8], to output: inout OutputBytes)
}

/// What a catalogue and the command line say for all records of a run.
struct RecordContext: Sendable {
  let sources: [Source]
  /// What the peer calls each source.
  let peerSources: [String?]
  let peer: Peer?
  /// The server that gave the replies, where the command line names it.
  let remoteHost: String?
  /// The names of the input's fields that are kept.
  let keptNames: [String]

  init(
    _ classifier: BounceClassifier, peer: Peer?, remoteHost: String?, keptNames: [String] = []
  ) {
    sources = classifier.allSources
    peerSources = sources.map { peer?.sources[$0.id] }
    self.peer = peer
    self.remoteHost = remoteHost.flatMap { $0.isEmpty ? nil : $0 }
    self.keptNames = keptNames
  }
}

/// The fragments of one answer's records, and the rest of what records with it need.
final class RecordTemplate {
  /// The fragments one behind the other, and where each ends.
  private let bytes: [UInt8]
  private let ends: [Int]
  let links: [String]
  let errorCodes: ErrorCodes
  /// The category, or the peer's class: what people are shown.
  let className: String
  /// How many records were made of it.
  var count = 0

  init(_ answer: RuleAnswer, fragments: [[UInt8]], className: String) {
    bytes = Array(fragments.joined())
    ends = fragments.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
    self.className = className
    (links, errorCodes) = (answer.links, answer.errorCodes)
  }

  /// Adds neighbouring fragments, with one copy.
  func append(_ fragments: ClosedRange<Int>, to output: inout OutputBytes) {
    let start = fragments.lowerBound == 0 ? 0 : ends[fragments.lowerBound - 1]
    bytes.withUnsafeBytes {
      output.append(UnsafeRawBufferPointer(rebasing: $0[start..<ends[fragments.upperBound]]))
    }
  }
}
