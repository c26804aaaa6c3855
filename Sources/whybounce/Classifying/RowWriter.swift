import BounceCatalogue

/// Classifies replies and writes an aligned row for each, for people.
struct RowWriter: ReplyWriter {
  private let classifier: BounceClassifier
  private let columns: ReplyColumns
  private let peer: Peer?
  private let remoteHost: String?
  /// Whether rows name their file: there are several.
  private let namesFiles: Bool
  private var file: String?
  private(set) var counts: [String: Int] = [:]

  init(
    _ classifier: BounceClassifier, columns: ReplyColumns, peer: Peer?, remoteHost: String?,
    namesFiles: Bool
  ) {
    (self.classifier, self.columns, self.peer) = (classifier, columns, peer)
    (self.remoteHost, self.namesFiles) = (remoteHost, namesFiles)
  }

  mutating func begin(file name: String?) { file = name }

  mutating func append(
    _ reply: UnsafeBufferPointer<UInt8>, from origin: RecordOrigin, to output: inout OutputBytes
  ) {
    let file = namesFiles ? file ?? "-" : nil
    if let error = origin.error {
      return output.append(columns.row(badLine: error, origin.line, naming: file))
    }
    let verdict = classifier.classify(reply, remoteHost: remoteHost)
    let className = peer.map { $0.className(of: verdict) ?? "-" } ?? verdict.category.rawValue
    output.append(columns.row(verdict, className, origin.line, naming: file))
    counts[className, default: 0] += 1
  }
}
