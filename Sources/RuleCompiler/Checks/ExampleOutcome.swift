/// What became of one example or counterexample: a rule's tests.
package struct ExampleOutcome: Sendable {
  /// The full id of the rule.
  package let rule: String
  package let isCounterexample: Bool
  package let reply: String
  package let location: SourceLocation
  /// Who won it instead, and why; `nil` where it came out as it should.
  package let failure: Diagnostic?
}
