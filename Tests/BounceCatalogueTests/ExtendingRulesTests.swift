import BounceCatalogue
import Foundation
import RealRules
import RuleCompiler
import Testing

/// Rules that extend the standard catalogue or stand alone, compiled at run time.
@Suite struct ExtendingRulesTests {
  private static let targets = RealRules.exampleTargets
  private static let standard = BounceClassifier.standard
  private static let acmeVerdicts = RuntimeRulesTests.replies.map {
    RealRules.acmeMail.classifier?.classify($0)
  }

  /// What the rules of the example package speak of, where it does not matter how much there is.
  private struct SmallCatalogue: Sendable {
    private let scratch: Scratch
    /// Its files, named as they are in the whole one.
    var folder: String { scratch.path }
    let classifier: BounceClassifier
    /// The same, where there is another catalogue that it could extend.
    let besideStandard: RuleCompilation
    /// By target: the rules of the example package, beside these files.
    let targets: [String: RuleCompilation]

    /// Of words that no other rule has.
    private static let likeness = """
      kind: likeness
      likeness:
        policy: {base: -20, words: {zork: 10}}
        mailbox-full: {base: -20, words: {letterbox: 60, megabytes: 60, overrun: 60, zork: -10}}
      """

    init() throws {
      let scratch = try Scratch(["likeness.yaml": Self.likeness, "providers/README.md": ""])
      for path in [
        "categories.yaml", "guards.yaml", "wrappers.yaml", "standard", "providers/ionos.yaml",
        "providers/cloudflare.yaml",
      ] {
        try FileManager.default.copyItem(
          atPath: RealRules.folder + "/" + path, toPath: scratch.folder.appending(path: path).path)
      }
      let folder = scratch.path
      self.scratch = scratch
      classifier = try BounceClassifier(compiling: folder)
      besideStandard = RuleCompilation(folder: folder, sharing: .catalogue(standard))
      targets = Dictionary(
        uniqueKeysWithValues: ["AcmeMail", "ListMail", "MailReport"].map { name in
          let target = "\(ExtendingRulesTests.targets)/\(name)"
          return (name, RuleCompilation(target: target, sharing: .folder(folder)))
        })
    }
  }

  private static let small = Result { try SmallCatalogue() }

  /// The plugin has the standard rule files at hand, and the command line only their tables: both
  /// have to give the same answers. (Of the standard rules a few will do: CI builds the same targets
  /// beside all files, and `RealRules.acmeMail` stands beside all tables.)
  @Test(arguments: ["AcmeMail", "ListMail", "MailReport"])
  func theTablesAreAsGoodAsTheFiles(target: String) throws {
    let small = try Self.small.get()
    let byFiles = try #require(small.targets[target])
    let byTables = RuleCompilation(
      target: "\(Self.targets)/\(target)", sharing: .catalogue(small.classifier))
    #expect(byFiles.diagnostics.map { $0.rendered() } == [])
    #expect(byTables.diagnostics.map { $0.rendered() } == [])
    let (first, second) = (
      try #require(byFiles.classifier), try #require(byTables.classifier)
    )
    #expect(first.rules.map(\.id) == second.rules.map(\.id))
    #expect(first.rules.map(\.over) == second.rules.map(\.over))
    #expect(first.rules.map(\.file) == second.rules.map(\.file))
    #expect(first.categories.map(\.id) == second.categories.map(\.id))
    for reply in second.rules.flatMap(\.examples) {
      #expect(first.classify(reply) == second.classify(reply), "\(reply)")
    }
  }

  /// Whatever is not an own rule's is answered as before.
  @Test func extendingChangesNothingElse() throws {
    let classifier = try #require(RealRules.acmeMail.classifier)
    let own = Set(classifier.rules.map(\.id)).subtracting(Self.standard.rules.map(\.id))
    #expect(
      Set(own.map(\.rawValue)) == ["acme/quiet-hours", "acme/no-roadrunners", "help-desk/bad-ptr"])
    for (index, reply) in RuntimeRulesTests.replies.enumerated() {
      let verdict = try #require(Self.acmeVerdicts[index])
      if let rule = verdict.rule, own.contains(rule) { continue }
      #expect(verdict == RuntimeRulesTests.verdicts[index], "\(reply)")
    }
  }

  /// A rules folder obeys the configuration of the target to which it belongs.
  @Test(arguments: [
    ("AcmeMail", true), ("AcmeMail/Rules", true), ("AcmeMail/Overrides", true),
    ("ListMail", false), ("ListMail/members.rules.yaml", false), ("MailReport", true),
    ("MailReport/gateway.rules.yaml", true),
  ])
  func aFolderBelongsToItsTarget(path: String, extends: Bool) throws {
    let compilation = try RuleCompilation(
      folder: "\(Self.targets)/\(path)", sharing: .catalogue(Self.small.get().classifier))
    #expect(compilation.diagnostics.map { $0.rendered() } == [])
    #expect(compilation.borrowed.rules.isEmpty != extends)
  }

  /// A file of the catalogue, compiled by itself, stands for the one in the tables.
  @Test(arguments: ["providers/ionos.yaml", "providers"])
  func aFileOfTheCatalogueAlone(path: String) throws {
    let small = try Self.small.get()
    let compilation = RuleCompilation(
      folder: "\(small.folder)/\(path)", sharing: .catalogue(small.classifier))
    #expect(compilation.diagnostics.map { $0.rendered() } == [])
    let own = small.classifier.rules.filter { $0.file.hasPrefix(path) }
    #expect(compilation.ruleCount == own.count && own.count > 2)
    #expect(compilation.borrowed.rules.isDisjoint(with: own.map(\.id)))
    #expect(compilation.borrowed.rules.count + own.count == small.classifier.rules.count)
  }

  /// Nothing can be learned there, so that the rule would never win its own example.
  @Test func examplesThatLikenessTakesAreErrors() throws {
    let file = """
      id: zork
      name: Zork
      kind: phrases
      rules:
        zork:
          text: zork
          category: policy
          cause: Zork.
          examples: [550 zork letterbox has overrun its megabytes]
        full:
          text: megabytes overrun letterbox
          category: mailbox-full
          cause: Full.
          examples: [550 megabytes overrun letterbox]
      """
    let folder = try Scratch(["zork.yaml": file])
    let small = try Self.small.get()
    let compilation = RuleCompilation(
      folder: folder.path, sharing: .catalogue(small.classifier))
    #expect(compilation.diagnostics.map(\.kind) == [.exampleOutvoted])
    #expect(compilation.classifier == nil)
  }

  /// Rules with an undecided category are a whole catalogue, such as the standard one.
  @Test func aWholeCatalogueStandsAlone() throws {
    let small = try Self.small.get()
    let compilation = small.besideStandard
    // (The few rules here do not name all guards.)
    #expect(compilation.diagnostics.filter { $0.kind != .idleGuard }.map { $0.rendered() } == [])
    #expect(compilation.borrowed.rules.isEmpty)
    #expect(compilation.ruleCount == small.classifier.rules.count)
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
