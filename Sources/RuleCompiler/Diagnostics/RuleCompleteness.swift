extension Diagnostic {
  /// Whether rules with such a mistake match what they are meant to match, so that proofs and examples
  /// tell the truth about them: the mistake is in what readers get, or it was read as what was meant.
  ///
  /// Everything else stops the compiler before the proofs: a rule that lacks a phrase or a code would
  /// lose examples that are good.
  var leavesRulesComplete: Bool {
    if severity == .warning { return true }
    return switch kind {
    case .missingCause, .causeAndCauses, .strayRemedy, .badLink: true
    case .retryConflict, .idleSuppress: true
    case .badID, .takenSwiftName, .duplicateValue, .coveredHost: true
    case .exampleWithoutCode: true
    // `MappingReader` takes the value for that of the key that was certainly meant.
    case .unknownKey, .deprecatedKey: fixes.contains(where: \.isCertain)
    default: false
    }
  }
}

extension DiagnosticCollector {
  /// Whether the rules that were read can be tried.
  var hasCompleteRules: Bool { diagnostics.allSatisfy(\.leavesRulesComplete) }
}
