import ArgumentParser
import BounceCatalogue
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The rules that a command works with.
struct Catalogue {
  let classifier: BounceClassifier
  /// Where they were read from; `nil` for the built-in ones.
  let folder: String?
  /// What of it is built in, though it was read with these rules.
  let borrowed: BorrowedEntries

  static let builtIn = Catalogue(classifier: .standard, folder: nil)

  init(classifier: BounceClassifier, folder: String?, borrowed: BorrowedEntries = .init()) {
    (self.classifier, self.folder) = (classifier, folder)
    self.borrowed = borrowed
  }

  /// Compiles a rules folder; says on standard error what is wrong with it.
  init(folder: String) throws {
    try self.init(RuleCompilation(existing: folder), of: folder)
  }

  /// The same, of a folder that has been compiled.
  init(_ compilation: RuleCompilation, of folder: String) throws {
    self.init(
      classifier: try compilation.required(\.classifier, of: folder), folder: compilation.folder,
      borrowed: compilation.borrowed)
  }

  /// The file and line on which a rule stands, in a form that editors open.
  func place(of rule: Rule) -> String {
    let place = "\(rule.file):\(rule.line)"
    guard let folder, !borrowed.rules.contains(rule.id) else { return place }
    return "\(folder)/\(place)"
  }

  /// What a command has to say to find a rule again; nothing for one that is built in.
  func folderOption(for rule: Rule) -> String {
    guard let folder, !borrowed.rules.contains(rule.id) else { return "" }
    return "--rules \(folder.shellWord) "
  }

  /// The source with this id: the head of the file in which its rules stand.
  func source(_ id: String) -> Source? { classifier.source(id) }
}

extension Catalogue {
  /// The system with this id.
  func peer(_ id: String) throws -> Peer {
    let peers = classifier.peers
    if let peer = peers.first(where: { $0.id == id }) { return peer }
    let ids = peers.map(\.id)
    let known = ids.isEmpty ? "none" : ids.joined(separator: ", ")
    throw Failure(
      "There is no system '\(id)'"
        + (nearest(to: id, in: ids).map { "; did you mean '\($0)'?" } ?? ".")
        + " The rules know: \(known).", exitCode: .wrongUsage)
  }
}

/// The option that exchanges the built-in rules for edited ones.
struct CatalogueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Use the rules in this folder, without building anything: with the built-in ones, or instead \
      of them ('whybounce check --help' says when).
      """,
      valueName: "folder"),
    completion: .directory)
  var rules: String?

  func load() throws -> Catalogue {
    try rules.map(Catalogue.init(folder:)) ?? .builtIn
  }
}

extension RuleCompilation {
  /// Compiles a folder that the command line names.
  init(existing folder: String) throws {
    try checkExists(folder)
    self.init(folder: folder, sharing: .standard)
  }

  /// Prints what is wrong, on standard error.
  func report() { diagnostics.report() }

  /// What the rules have become, proved or as a draft; fails where their errors leave nothing.
  func required(
    _ classifier: KeyPath<RuleCompilation, BounceClassifier?>, of folder: String
  ) throws(Failure) -> BounceClassifier {
    if let classifier = self[keyPath: classifier] { return classifier }
    report()
    throw Failure("The rules in '\(folder)' have errors: correct them first.")
  }
}

extension [Diagnostic] {
  /// Prints what is wrong, on standard error.
  func report() {
    let isColored = ColorChoice.auto.isOn(for: Terminal(.standardError))
    for diagnostic in self {
      let text = diagnostic.rendered(colored: isColored)
      // Without a place in a file, it is a message of the program like any other.
      Console.printRaw(
        diagnostic.location == nil
          ? text.replacing("error:", with: "Error:", maxReplacements: 1) : text)
    }
  }
}

extension FixedRules {
  /// Corrects a folder that the command line names.
  init(existing folder: String) throws {
    try checkExists(folder)
    self.init(folder: folder, sharing: .standard)
  }
}

extension SharedRules {
  /// Somebody's own rules need no categories of their own.
  fileprivate static let standard = SharedRules.catalogue(.standard)
}

private func checkExists(_ folder: String) throws {
  guard FileManager.default.fileExists(atPath: folder) else {
    throw Failure(
      "There is no folder '\(folder)': name the folder that holds the rule files.",
      exitCode: .wrongUsage)
  }
}
