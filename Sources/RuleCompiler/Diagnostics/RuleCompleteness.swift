extension DiagnosticKind {
  /// Whether rules with such a mistake match what they are meant to match, so that proofs and examples
  /// tell the truth about them: the mistake is in what readers get, or its correction is known.
  ///
  /// Everything else stops the compiler before the proofs: a rule that lacks a phrase or a code would
  /// lose examples that are good.
  var leavesRulesComplete: Bool {
    switch self {
    case .missingCause, .causeAndCauses, .strayRemedy, .badLink: true
    case .retryConflict, .idleSuppress: true
    case .badID, .takenSwiftName, .duplicateValue, .coveredHost: true
    case .exampleWithoutCode: true
    default: false
    }
  }
}

extension DiagnosticCollector {
  /// Whether the rules that were read can be tried.
  var hasCompleteRules: Bool {
    !diagnostics.contains { $0.severity == .error && !$0.kind.leavesRulesComplete }
  }
}
