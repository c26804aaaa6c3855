import ReplyMatcher
import Testing

@testable import RuleCompiler

/// Compiles rules that stand in a test: the pipeline of `RuleCompilation` without the files and
/// without the check of the examples, because most rules here have none.
enum TestCatalogue {
  /// What a rule file of the tests is wrong about.
  struct Mistake: Error, CustomStringConvertible { let description: String }

  static func compile(_ yamls: [String]) throws -> BounceClassifier {
    let tables = try tables(yamls)
    return BounceClassifier(image: CatalogueImage(numbers: tables.numbers, text: tables.text))
  }

  static func tables(_ yamls: [String]) throws -> (numbers: [UInt8], text: [UInt8]) {
    let (model, overRanks) = try model(yamls)
    return ImageBuilder.build(model, overRanks: overRanks)
  }

  /// The rules, checked, and their ranks by `over`.
  static func model(_ yamls: [String]) throws -> (RuleModel, overRanks: [UInt32]) {
    let collector = DiagnosticCollector()
    var reader = RuleReader(collector)
    for (index, yaml) in yamls.enumerated() {
      let file = SourceFile(path: "test\(index).yaml", bytes: Array(yaml.utf8))
      if let root = YAMLNode.parse(file, collector) { reader.read(root) }
    }
    var model = reader.model
    model.checkAndSort(collector)
    let overRanks = OverRanks.of(model.rules, collector)
    guard !collector.hasErrors else {
      throw Mistake(description: collector.sorted.map { $0.rendered() }.joined(separator: "\n"))
    }
    return (model, overRanks)
  }

  /// What the proofs find in the rules.
  ///
  /// - Parameter isProved: By rule, in the order of the tables; without it, none is.
  static func findings(_ yamls: [String], isProved: [Bool]? = nil) throws -> [ProofFinding] {
    let model = try model(yamls).0
    let words = SampleWords(model, isProved: isProved ?? model.rules.map { _ in false })
    return try ProofFinding.all(in: model, words, compile(yamls))
  }

  /// Compiles one file of rules beside the categories and wrappers of the table tests.
  ///
  /// - Parameter rules: What stands below `rules:`, not indented.
  static func compile(rules: String, hosts: String = "") throws -> BounceClassifier {
    let indented = rules.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let file = """
      id: test
      name: Test
      kind: provider
      \(hosts.isEmpty ? "" : "hosts: [\(hosts)]")
      rules:
      \(indented)
      """
    return try compile([categories, wrappers, file])
  }

  /// One category for each thing that a category decides, in rank order.
  static let categories = """
    kind: categories
    categories:
      first:
        {name: First, meaning: Ranks first, bounce: block, action: fix, remedy: {sender: Repair it}}
      gone:
        {name: Gone, meaning: No such address, bounce: hard, action: suppress}
      slow:
        {name: Slow, meaning: Too much at once, bounce: soft, action: slow-down}
      later:
        {name: Later, meaning: Comes back, bounce: soft, action: retry}
      vague:
        {name: Vague, meaning: Says nothing, bounce: soft, action: review, undecided: true}
    """

  static let wrappers = """
    kind: wrappers
    wrappers:
      said:
        text:
          - host {host} {ip} said {reply}
          - host {host} said {reply}
          - remote host said {reply}
      returned:
        text: remote server returned {reply}
      talking:
        text: while talking to {host}
      to-mail:
        command: MAIL FROM
        text: in reply to MAIL FROM command
      to-rcpt:
        command: RCPT TO
        text: in reply to RCPT TO command
      after-data:
        command: DATA
        text: after DATA
    """
}

extension BounceClassifier {
  /// The id of the rule that the walk alone finds.
  func winner(_ reply: [UInt8], remoteHost: String? = nil) -> String? {
    var host = remoteHost
    let match = reply.withUnsafeBufferPointer { reply in
      host?.withUTF8 { self.match(reply, remoteHost: $0) } ?? self.match(reply)
    }
    return match.winner.map { rule(at: $0.rule).id.rawValue }
  }

  func winner(_ reply: String, remoteHost: String? = nil) -> String? {
    winner(Array(reply.utf8), remoteHost: remoteHost)
  }
}
