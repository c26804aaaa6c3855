import BounceCatalogue
import Foundation
import RuleCompiler
import Testing

/// Rules that extend the standard catalogue or stand alone, compiled at run time.
@Suite struct ExtendingRulesTests {
  private static let targets = RuntimeRulesTests.path("Tests/ExamplePackage/Sources")
  private static let standard = BounceClassifier.standard
  /// Compiled once for all who ask for it: all standard rules are proved with it.
  private static let acmeMail = RuleCompilation(
    target: "\(targets)/AcmeMail", sharing: .catalogue(standard))
  /// What the rules of the example package speak of, where it does not matter how much there is.
  private static let small: BounceClassifier = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "small-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (index, path) in ["categories.yaml", "wrappers.yaml", "standard", "providers/ionos.yaml"]
      .enumerated()
    {
      try! FileManager.default.copyItem(
        atPath: RuntimeRulesTests.path("Rules/\(path)"),
        toPath: folder.appending(path: path.hasSuffix(".yaml") ? "\(index).yaml" : path).path)
    }
    return try! BounceClassifier(compiling: folder.path)
  }()

  /// The plugin has the standard rule files at hand, and the command line only their tables: both
  /// have to give the same answers.
  @Test(arguments: ["AcmeMail", "ListMail", "MailReport"])
  func theTablesAreAsGoodAsTheFiles(target: String) throws {
    let folder = "\(Self.targets)/\(target)"
    let byFiles = RuleCompilation(
      target: folder, sharing: .folder(RuntimeRulesTests.path("Rules")))
    let byTables =
      target == "AcmeMail"
      ? Self.acmeMail : RuleCompilation(target: folder, sharing: .catalogue(Self.standard))
    #expect(byFiles.diagnostics.map { $0.rendered() } == [])
    #expect(byTables.diagnostics.map { $0.rendered() } == [])
    let (first, second) = (
      try #require(byFiles.classifier), try #require(byTables.classifier)
    )
    #expect(first.rules.map(\.id) == second.rules.map(\.id))
    #expect(first.rules.map(\.over) == second.rules.map(\.over))
    #expect(first.rules.map(\.file) == second.rules.map(\.file))
    #expect(first.categories.map(\.id) == second.categories.map(\.id))
    for reply in RuntimeRulesTests.replies + second.rules.flatMap(\.examples) {
      #expect(first.classify(reply) == second.classify(reply), "\(reply)")
    }
  }

  /// Whatever is not an own rule's is answered as before.
  @Test func extendingChangesNothingElse() throws {
    let classifier = try #require(Self.acmeMail.classifier)
    let own = Set(classifier.rules.map(\.id)).subtracting(Self.standard.rules.map(\.id))
    #expect(
      Set(own.map(\.rawValue)) == ["acme/quiet-hours", "acme/no-roadrunners", "help-desk/bad-ptr"])
    for reply in RuntimeRulesTests.replies {
      let verdict = classifier.classify(reply)
      if let rule = verdict.rule, own.contains(rule) { continue }
      #expect(verdict == Self.standard.classify(reply), "\(reply)")
    }
  }

  /// A rules folder obeys the configuration of the target to which it belongs.
  @Test(arguments: [
    ("AcmeMail", true), ("AcmeMail/Rules", true), ("AcmeMail/Overrides", true),
    ("ListMail", false), ("ListMail/members.rules.yaml", false), ("MailReport", true),
    ("MailReport/gateway.rules.yaml", true),
  ])
  func aFolderBelongsToItsTarget(path: String, extends: Bool) throws {
    let compilation = RuleCompilation(
      folder: "\(Self.targets)/\(path)", sharing: .catalogue(Self.small))
    #expect(compilation.diagnostics.map { $0.rendered() } == [])
    #expect(compilation.borrowed.rules.isEmpty != extends)
  }

  /// Rules with an undecided category are a whole catalogue, such as the standard one.
  @Test func aWholeCatalogueStandsAlone() {
    let compilation = RuleCompilation(
      folder: RuntimeRulesTests.path("Rules"), sharing: .catalogue(Self.standard))
    #expect(compilation.diagnostics.map { $0.rendered() } == [])
    #expect(compilation.borrowed.rules.isEmpty)
    #expect(compilation.ruleCount == Self.standard.rules.count)
  }

  /// Borrowed wrappers and categories.
  @Test func rulesThatStandAloneBorrow() throws {
    let classifier = try BounceClassifier(
      compiling: "\(Self.targets)/ListMail", sharing: .catalogue(Self.standard))
    let verdict = classifier.classify(
      "host mx.acme.example[192.0.2.7] said: 550 Sorry, only the choir sings here.")
    #expect(verdict.rule?.rawValue == "lists/members-only")
    #expect(verdict.category == .recipientRestricted)
    #expect(verdict.details.remoteHost == "mx.acme.example")
    #expect(classifier.rules.count == 1)
  }
}
