import Foundation
import RealRules
import Testing

@testable import whybounce

@Suite struct EvaluationTests {
  let rules: SampleRules

  init() throws { rules = try SampleRules() }

  private static let labelled = """
    {"text": "550 No such mailbox here", "category": "recipient-unknown"}
    {"text": "550 5.1.1 gone", "accept": ["mailbox-full", "recipient-unknown"], "sure": false}
    {"text": "550 5.1.1 full\\u001b[31m", "accept": ["mailbox-full"]}
    {"text": "550 what", "accept": ["mailbox-full", "rate-limited"], "sure": true}
    {"text": "what", "accept": ["unclassified"], "other": [1, {}]}
    {"text": "421 Too many messages, try again in 5 minutes", "accept": ["mailbox-full"]}
    """

  private func evaluation(perturbing: Bool = false) throws -> Evaluation {
    var evaluation = Evaluation()
    for (index, line) in Self.labelled.split(separator: "\n").enumerated() {
      let reply = try JSONDecoder().decode(LabelledReply.self, from: Data(line.utf8))
      let verdict = rules.catalogue.classifier.classify(reply.text)
      var result = Evaluation.Result(
        reply: reply, verdict: verdict, isUndecided: verdict.category.rawValue == "unclassified",
        place: "labelled.ndjson:\(index + 1)")
      if perturbing { result.perturb(by: rules.catalogue.classifier) }
      evaluation.add(result)
    }
    return evaluation
  }

  @Test func report() throws {
    try expectGolden(evaluation().report(listingMisses: true, width: 60), "evaluate-report")
  }

  @Test func perturbed() throws {
    let evaluation = try evaluation(perturbing: true)
    try expectGolden(evaluation.report(listingMisses: true, width: 60), "evaluate-perturbed")
    #expect(evaluation.stable.count > 20)
  }

  /// Two parts of one file, told apart by the replies' text.
  @Test func holdOut() throws {
    let scratch = try Scratch()
    let path = try scratch.file("labelled.ndjson", Self.labelled.utf8).path
    let result = try BuiltProgram.run([
      "evaluate", "--hold-out", "50", "--format", "json", "--rules", rules.folder, path,
    ])
    struct Part: Decodable { let count: Int }
    let parts = try JSONDecoder().decode([String: Part].self, from: Data(result.output.utf8))
    let counts = try [#require(parts["open"]).count, #require(parts["heldOut"]).count]
    #expect(counts.reduce(0, +) == 6)
    #expect(!counts.contains(0))
  }

  @Test func json() throws {
    let record = EvaluationRecord(try evaluation(), listingMisses: true)
    try expectGolden(JSONText.pretty(record), "evaluate-json")
  }

  @Test func sharesOfNothing() {
    let evaluation = Evaluation()
    #expect(evaluation.all.value == nil)
    #expect(evaluation.report(listingMisses: true, width: nil).contains("(0 of 0)"))
  }

  @Test(arguments: [
    ("{}", "The object has no field 'text'."),
    (#"{"text": "x"}"#, "The object has no field 'accept' or 'category'."),
    (#"{"text": "x", "accept": []}"#, "The field 'accept': the list is empty."),
    (#"{"text": "x", "accept": "y"}"#, "The field 'accept' is no list."),
    (#"{"text": "x", "accept": [1]}"#, "The field 'accept' is no string."),
    (#"{"text": "x", "category": "y", "sure": 1}"#, "The field 'sure' is no boolean."),
    ("[]", "The line is no JSON object."),
    ("{", "The line is no valid JSON."),
    (String(repeating: "[", count: 100_000), "The line is no valid JSON."),
  ])
  func badLine(json: String, message: String) {
    let line = Line(number: 1, bytes: Array(json.utf8))
    let result = JSONLines.decode(LabelledReply.self, from: line, with: JSONDecoder())
    #expect(throws: Failure.self) { try result.get() }
    if case .failure(let failure) = result { #expect(failure.message == message) }
  }
}
