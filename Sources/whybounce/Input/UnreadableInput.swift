import RuleCompiler

/// Why input cannot be read, or not any further.
enum UnreadableInput: Error, CustomStringConvertible {
  case system(SystemError)
  case utf16
  case compressed(Compression)
  /// The first row of a table names other columns.
  case noColumn(String, others: [String])

  /// What is wrong with input by its first bytes, if anything is: such bytes would be taken for a
  /// reply's words.
  init?(beginningWith bytes: some Sequence<UInt8>) {
    if isUTF16(bytes) {
      self = .utf16
    } else if let compression = Compression.allCases.first(where: { $0.begins(bytes) }) {
      self = .compressed(compression)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .system(let error): error.description
    case .utf16: "it is UTF-16 text. Save it as UTF-8"
    case .compressed(let compression):
      "it is compressed (\(compression)). Unpack it first: "
        + "'\(compression.command) FILE | whybounce classify'"
    case .noColumn(let name, let others): Self.sentence(missing: name, among: others)
    }
  }

  private static func sentence(missing name: String, among others: [String]) -> String {
    if others.isEmpty { return "in its first row a quotation mark has no second one" }
    let names = others.prefix(12).map { "'\($0.shortened(to: 40))'" }.joined(separator: ", ")
    return "its first row names no column '\(name)', but \(names)"
      + (others.count > 12 ? " and others" : "") + ". Say by --field which one has the replies"
  }
}

/// How files of logs are made smaller.
enum Compression: CaseIterable {
  case gzip, bzip2, xz, zstd

  /// What prints such a file unpacked.
  var command: String {
    switch self {
    case .gzip: "gunzip -c"
    case .bzip2: "bunzip2 -c"
    case .xz: "xz -dc"
    case .zstd: "zstd -dc"
    }
  }

  /// Whether bytes begin as such files do.
  fileprivate func begins(_ bytes: some Sequence<UInt8>) -> Bool {
    switch self {
    case .gzip: bytes.starts(with: [0x1F, 0x8B])
    // `BZh` and a digit might be text; then come the digits of pi, or of its root in an empty file.
    case .bzip2:
      bytes.starts(with: "BZh".utf8)
        && [[0x31, 0x41, 0x59, 0x26], [0x17, 0x72, 0x45, 0x38]].contains(
          bytes.dropFirst(4).prefix(4).map { $0 })
    case .xz: bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
    case .zstd: bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    }
  }
}
