/// Which rule files were proved together by an earlier build, so that the build after an edit proves
/// the edited ones alone: each beside all others.
///
/// What the proofs find between two rules follows from those two, and from what all rules share. So where
/// both their files are as they were, nothing new can be found between them. `whybounce check` does
/// without: it proves everything.
package struct ProvedFiles: Equatable, Sendable {
  /// A digest of what all proofs rest on: files that hold more than rules, the standard catalogue, and
  /// which rules stand over which.
  private let shared: String
  /// A digest and the path of each file.
  private let files: Set<String>

  init(_ model: RuleModel) {
    var files: [String: SourceFile] = [:]
    for rule in model.rules where files[rule.path] == nil {
      files[rule.path] = rule.id.location.file
    }
    let common =
      model.categories.map(\.id.location.file)
      + model.guards.map(\.id.location.file)
      + model.wrappers.flatMap { $0.phrases.prefix(1) }.map(\.location.file)
      + files.values.filter(\.isStandard)
    for file in common { files[file.path] = nil }

    var shared = Digest()
    let inOrder = Dictionary(common.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
      .sorted { $0.key < $1.key }
    for (_, file) in inOrder { shared.add(file.bytes) }
    for rule in model.rules where !rule.over.isEmpty {
      shared.add(([rule.id] + rule.over).map(\.value).joined(separator: " ").utf8)
    }
    self.shared = shared.text
    self.files = Set(files.values.map(Self.line))
  }

  private static func line(_ file: SourceFile) -> String {
    var digest = Digest()
    digest.add(file.bytes)
    return digest.text + " " + file.path
  }

  // MARK: - As a file

  /// - Parameter compiler: The version of the compiler that reads; what another one wrote is `nil`.
  package init?(text: String, compiler: String) {
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.count >= 2, lines[0] == compiler else { return nil }
    (shared, files) = (lines[1], Set(lines[2...]))
  }

  package func text(compiler: String) -> String {
    ([compiler, shared] + files.sorted()).map { $0 + "\n" }.joined()
  }

  // MARK: - Use

  /// By rule, whether it was proved beside all others of which that is said.
  ///
  /// - Parameters:
  ///   - earlier: The files of the build before, which found no fault.
  ///   - now: Those of this one.
  static func areProved(
    _ rules: [RuleDefinition], since earlier: ProvedFiles?, _ now: ProvedFiles
  ) -> [Bool] {
    let known = earlier?.shared == now.shared ? earlier?.files ?? [] : []
    let paths = Set(now.files.intersection(known).map { $0.drop { $0 != " " }.dropFirst() })
    // Standard rules are proved among themselves where they are at home.
    return rules.map { $0.isStandard || paths.contains($0.path[...]) }
  }
}

extension RuleDefinition {
  fileprivate var path: String { id.location.file.path }
}

/// FNV-1a, of 64 bits: it has to tell versions of a file apart, and nobody to be kept out.
private struct Digest {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // Where a part ends counts too: no text has this byte.
    value = (value ^ 0xFF) &* 0x100_0000_01B3
  }

  var text: String { String(value, radix: 16) }
}
