// The rule language: what a file of guards may say.

enum GuardFileKey: String, RuleKey {
  case kind, guards

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.guards)), "What the file holds.")
    case .guards:
      .required(.entries(.guardList), "The guards, by the ids under which rules name them.")
    }
  }
}

enum GuardKey: String, RuleKey {
  case meaning, text

  var form: KeyForm {
    switch self {
    case .meaning: .required(.text(.words), "What a reply speaks of that says such a phrase.")
    case .text:
      .required(
        .oneOrMore(.phrase), "Phrases of which none may occur where a rule names this guard.")
    }
  }
}
