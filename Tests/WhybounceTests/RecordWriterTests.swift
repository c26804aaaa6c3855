import BounceCatalogue
import Foundation
import RealRules
import ReplyMatcher
import Testing

@testable import whybounce

/// The records that are written straight into bytes are those that `ClassifiedReply` encodes.
@Suite struct RecordWriterTests {
  static let classifier = BounceClassifier.standard

  /// Pieces that formats escape, that change where a text begins or ends, or that are no text at all.
  static let pieces: [[UInt8]] =
    [
      "\"", "\\", ",", "  ", "\t", "\r\n", "\0", "\u{1B}[2J", "\u{7F}", "\u{202E}", "\u{E0041}",
      "é",
      "日本", "=", "+", "-", "@", " 550 ", " 550-", " 450 4.2.2 ", "(#5.1.1)", " 503 ",
      "host mx.web.de[192.0.2.1] said: ", " (in reply to RCPT TO command)",
      " (in reply to MAIL FROM command)", " 535 ", " zen.spamhaus.org ",
      " Try again in 1 hour", "\u{8}\u{C}\u{B}", " ",
    ].map { Array($0.utf8) } + [[0xE4], [0xC3], [0xFF, 0xFE], [0xE2, 0x80]]

  /// Every fourth example of the rules, spoilt a little, some also as it stands.
  static let replies: [[UInt8]] = {
    var random = SplitMix64(seed: 1)
    let examples = classifier.rules.flatMap(\.examples)
    return stride(from: 0, to: examples.count, by: 4).flatMap { index in
      let example = examples[index]
      var spoilt = Array(example.utf8)
      for _ in 0...random.int(0...2) {
        spoilt.insert(contentsOf: random.pick(pieces), at: random.int(0...spoilt.count))
      }
      return random.chance(25) ? [Array(example.utf8), spoilt] : [spoilt]
    } + pieces + [[], Array(0...255)]
  }()

  static let files = [nil, "a1\t\"é,.txt", "a22\t\"日本,.txt"]

  /// Some numbers are longer than their column.
  private static func line(_ number: Int) -> Int { number % 5 == 0 ? number * 1_000_003 : number }

  /// Where no remote host is given, which most runs do not.
  static let verdicts = replies.map { classifier.classify($0) }

  enum Format: CaseIterable { case ndjson, csv, tsv, text }

  struct Run: CustomTestStringConvertible {
    var format: Format
    var peerID: String?
    var remoteHost: String?
    var width: Int?
    var namesFiles = true
    var testDescription: String {
      "\(format) \(peerID ?? "") \(remoteHost ?? "") \(width.map(String.init) ?? "")"
    }
  }

  @Test(arguments: [
    Run(format: .ndjson), Run(format: .csv), Run(format: .tsv),
    Run(format: .ndjson, peerID: "sisimai"), Run(format: .csv, peerID: "rfc3463"),
    Run(format: .ndjson, remoteHost: "mx00.KundenServer.de."),
    Run(format: .csv, remoteHost: "=\"mx\",\u{1B}.web.de"), Run(format: .tsv, remoteHost: ""),
    Run(format: .text), Run(format: .text, peerID: "sisimai", width: 99),
    Run(format: .text, remoteHost: "mx00.KundenServer.de.", width: 100, namesFiles: false),
    Run(format: .text, peerID: "rfc3463", width: 1), Run(format: .text, width: 160),
  ])
  func parity(run: Run) throws {
    let peer = Self.peers.first { $0.id == run.peerID }
    var counts: [String: Int] = [:]
    var writer = writer(for: run, peer)
    for (number, reply) in Self.replies.enumerated() {
      let file = Self.files[number % 3]
      let verdict =
        run.remoteHost.map { Self.classifier.classify(reply, remoteHost: $0) }
        ?? Self.verdicts[number]
      let expected = ClassifiedReply(
        verdict: verdict, line: Self.line(number), file: file, truncated: number % 7 == 0,
        peerClass: peer.map { PeerClass(verdict, of: $0) })
      counts[expected.className, default: 0] += 1
      var record = OutputBytes()
      writer.begin(file: file)
      reply.withUnsafeBufferPointer {
        writer.append(
          $0, from: RecordOrigin(line: Self.line(number), isTruncated: number % 7 == 0), to: &record
        )
      }
      let comment = Comment(rawValue: String(decoding: reply, as: UTF8.self).debugDescription)
      let text = try self.text(of: expected, in: run)
      try #require(String(decoding: record.array, as: UTF8.self) == text, comment)
    }
    #expect(writer.counts == counts)
  }

  /// The record of a bad line has the fields of all others, and decides nothing.
  @Test(arguments: Format.allCases, [nil, "ses"]) func badLines(format: Format, peerID: String?)
    throws
  {
    let run = Run(format: format, peerID: peerID, remoteHost: "mx.web.de")
    let peer = Self.peers.first { $0.id == peerID }
    var writer = writer(for: run, peer)
    func record(_ error: String?) -> String {
      var record = OutputBytes()
      writer.begin(file: "a,b")
      writer.append(
        UnsafeBufferPointer(start: nil, count: 0), from: RecordOrigin(line: 7, error: error),
        to: &record)
      return String(decoding: record.array, as: UTF8.self)
    }
    let error = "The line is \"no\" reply,\t\u{7F}."
    let (bad, good) = (record(error), record(nil))
    switch format {
    case .ndjson:
      func fields(_ record: String) throws -> [String: Any] {
        try #require(
          try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any])
      }
      let (bad, good) = (try fields(bad), try fields(good))
      #expect(bad.keys.sorted() == good.keys.sorted())
      #expect(bad["error"] as? String == error && bad["line"] as? Int == 7)
      for key in ["action", "basis", "bounce", "category", "retry", "rule", "text"] {
        #expect(bad[key] is NSNull)
      }
    case .csv:
      let rest = String(repeating: ",", count: 14) + "\"The line is \"\"no\"\" reply, ␡.\","
      #expect(bad == "\"a,b\",7" + rest + (peer == nil ? "\n" : ",,\n"))
    case .tsv:
      #expect(bad.count { $0 == "\t" } == good.count { $0 == "\t" })
      let rest = String(repeating: "\t", count: 14) + "The line is \"no\" reply, ␡.\t"
      #expect(bad == "a,b\t7" + rest + (peer == nil ? "\n" : "\t\t\n"))
    case .text:
      func parts(_ row: String) -> [Substring] { row.split(separator: " ") }
      let text = "(The line is \"no\" reply, ␡.)\n"
      #expect(parts(bad) == ["a,b:7", "-", "-"] + parts(text))
      #expect(bad.hasSuffix("  " + text))
      // The columns stand where those of replies do.
      #expect(bad.count - text.count == good.count - 1)
    }
    #expect(writer.counts.values.reduce(0, +) == 1)
  }

  private func writer(for run: Run, _ peer: Peer?) -> RecordWriter {
    let context = RecordContext(Self.classifier, peer: peer, remoteHost: run.remoteHost)
    let form: any RecordForm =
      switch run.format {
      case .ndjson: JSONRecordForm(context)
      case .csv: TableRecordForm(.csv, context)
      case .tsv: TableRecordForm(.tsv, context)
      case .text:
        AlignedRecordForm(
          context, Self.classifier, files: run.namesFiles ? Self.files.map { $0 ?? "-" } : [],
          width: run.width)
      }
    return RecordWriter(Self.classifier, form: form, context: context)
  }

  private func text(of reply: ClassifiedReply, in run: Run) throws -> String {
    switch run.format {
    case .ndjson: try JSONText.line(reply) + "\n"
    case .csv: DelimitedText.csvRow(reply.cells)
    case .tsv: DelimitedText.tsvRow(reply.cells)
    case .text: alignedRow(reply, run)
    }
  }

  private static let peers = classifier.peers
  /// By peer, the width of its longest class.
  private static let classWidths: [String?: Int] = {
    var widths: [String?: Int] = [nil: classifier.categories.map(\.id.rawValue.count).max() ?? 0]
    for peer in peers {
      let classes = Array(peer.classes.values) + peer.temporaryClasses.values
      widths[peer.id] = classes.map(\.count).max() ?? 0
    }
    return widths
  }()

  private func alignedRow(_ reply: ClassifiedReply, _ run: Run) -> String {
    let files = run.namesFiles ? Self.files.map { ($0 ?? "-").visibleWidth + 1 } : []
    let file = run.namesFiles ? (reply.file ?? "-").visible + ":" : ""
    var columns = [
      (file + String(reply.line)).rightColumn(5 + (files.max() ?? 0)),
      reply.className.column(Self.classWidths[run.peerID] ?? 0),
      reply.verdict.action.rawValue.column(9), (reply.verdict.code?.description ?? "").column(3),
    ]
    if run.width ?? 160 >= 100 {
      columns.append((reply.verdict.rule?.rawValue ?? "").column(min(34, (run.width ?? 160) / 4)))
    }
    let head = columns.joined(separator: "  ") + "  "
    let room = run.width.map { max(20, $0 - head.visibleWidth) }
    return head + (room.map(reply.verdict.text.shortened) ?? reply.verdict.text.visible) + "\n"
  }

  /// Text that is copied as it stands is what `visible` and `shortened` make of it.
  @Test func visibleBytes() throws {
    func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ width: Int?) -> [UInt8] {
      var output = OutputBytes()
      output.append(visible: bytes, width: width)
      return output.array
    }
    var random = SplitMix64(seed: 1)
    let pieces =
      Self.pieces
      + ["e\u{301}\u{301}", "😀", "한국어", "user", "unknown ", "mailbox full"]
      .map { Array($0.utf8) }
    for _ in 0..<5000 {
      var text: [UInt8] = []
      // Most are plain: else few would be copied.
      let isPlain = random.chance(60)
      for _ in 0..<random.int(0...8) {
        text += isPlain ? Array("user <a@b.c>, ".utf8) : random.pick(pieces)
      }
      if random.chance(30) {
        text.insert(contentsOf: random.pick(pieces), at: random.int(0...text.count))
      }
      try text.withUnsafeBufferPointer { bytes in
        // A width near the text's own cuts in the middle of a character, or just not at all.
        let width = max(
          1, random.int(-4...4) + (random.chance(50) ? bytes.count : random.int(0...40)))
        let readable = readableText(of: bytes)
        #expect(
          shown(bytes, width) == Array(readable.shortened(to: width).utf8), "\(width) \(readable)")
        try #require(shown(bytes, nil) == Array(readable.visible.utf8), "\(width) \(readable)")
      }
    }
  }

  /// Every byte and every character that has a form of its own in JSON.
  @Test func strings() throws {
    let scalars = [0...0x2FF, 0x600...0x61F, 0x2000...0x206F, 0xFFF0...0xFFFF, 0x1F600...0x1F610]
      .joined().compactMap(Unicode.Scalar.init(_:))
    for scalar in scalars {
      for text in [String(scalar), "a long text with one \(scalar) in it"] {
        var bytes = OutputBytes()
        bytes.append(json: text)
        #expect(String(decoding: bytes.array, as: UTF8.self) == (try JSONText.line(text)))
      }
    }
  }

  @Test(arguments: [0, 7, -1, 10, 99, 12_345_678, .max, .min]) func decimals(number: Int) {
    var bytes = OutputBytes()
    bytes.append(decimal: number)
    #expect(String(decoding: bytes.array, as: UTF8.self) == String(number))
  }

  @Test func frequentLettersShowAsTheyAre() {
    for scalar in (0...0x10FFFF).lazy.compactMap({ Unicode.Scalar(UInt32($0)) })
    where scalar.isFrequentLetter {
      let shown = VisibleScalar(scalar: scalar, bytes: 0..<1)
      #expect(shown.text == String(scalar) && shown.width > 0)
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Issue.record("\(scalar.value)")
      default: break
      }
    }
  }
}
