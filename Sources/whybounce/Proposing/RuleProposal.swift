import BounceCatalogue
import RuleCompiler

/// A rule for a reply that somebody has pasted: what the program can tell by itself, and room for
/// what a person has to say.
struct RuleProposal {
  /// The ids of the rule file and of the rule in it.
  var id: (file: String, rule: String)
  /// The domain of the server that gave the reply, where it is known.
  var host: String?
  var code: ReplyCode?
  var status: EnhancedStatusCode?
  /// `nil` where the reply has no words: then its codes decide.
  var phrase: String?
  var category: Suggestion
  /// Other categories that the reply may belong to.
  var alternatives: [BounceCategory]
  /// `nil` where the category's own advice fits.
  var retry: Retry?
  var example: String
  /// The rule that wins the reply so far, and what it rests on.
  var present: (rule: Rule, basis: Basis)?
  var nearest: NearestRule?
  /// The rule from which this one is meant to win.
  var over: RuleID?
  /// What `check` says about it.
  var warnings: [String] = []
  /// The path from the rule file to the schema, where there is one.
  var schema: String?

  struct Suggestion {
    let category: BounceCategory
    /// In a sentence without a subject: `By the status code 5.1.1.`
    let reason: String
  }
}

// MARK: - YAML

extension RuleProposal {
  /// A rule file that `check` accepts as it is. What is said about the rule are comments.
  var file: String {
    let kind =
      host.map { "kind: \(self.kind.rawValue)\nhosts: [\($0)]" }
      ?? "# or provider, software, filter, blocklist\nkind: \(self.kind.rawValue)"
    let head = """
      id: \(id.file)
      # TODO the name that people know
      name: \(host ?? id.file)
      \(kind)
      """
    let schema = schema.map { "# yaml-language-server: $schema=\($0)\n\n" } ?? ""
    return "\(schema)\(standing(indent: ""))\n\(head)\n\nrules:\n\(rule)"
  }

  /// Whose words they are, as far as one can tell.
  var kind: SourceKind { host == nil ? .phrases : .provider }

  /// The rule alone, indented as it stands below `rules:`.
  var entry: String { standing(indent: "  ") + rule }

  private var rule: String {
    let others = alternatives.map(\.rawValue).joined(separator: ", ")
    let reason = category.reason + (others.isEmpty ? "" : " Others: \(others).")
    let lines = [
      "  \(id.rule):",
      code.map { "    code: \($0)" },
      status.map { "    status: \($0)" },
      phrase.map { canonicalYAML($0, after: "    text: ") },
      over.map { "    over: \($0.rawValue)" },
      comment(reason, indent: "    ") + "    category: \(category.category.rawValue)",
      "    cause: TODO Say in a sentence why such mail is refused.",
      "    # Without a remedy, readers get the advice of the category.",
      "    # remedy:  # of sender, sending-admin, recipient, receiving-admin",
      "    #   sending-admin: TODO Say what to do.",
      retry.map { "    retry: \($0.rawValue)" },
      "    examples:",
      "      # Mail and IP addresses are exchanged. Look whether anything private is left.",
      canonicalYAML(example, after: "      - "),
    ]
    return lines.compactMap { $0.map { $0 + "\n" } }.joined()
  }

  /// How the rule stands to those that there are.
  private func standing(indent: String) -> String {
    var sentences: [String] = []
    if let present {
      let ground =
        switch present.basis {
        case .text: "its words"
        case .status: "its status code alone"
        case .code: "its reply code alone"
        case .class, .likeness, .none: "the first digit of its code alone"
        }
      sentences.append(
        "So far this reply is explained by \(present.rule.id.rawValue), by \(ground).")
      if over != nil {
        sentences.append("'over:' says that the new rule is meant to win from that one.")
      }
    } else {
      sentences.append("So far no rule explains this reply.")
    }
    if let nearest, nearest.rule.id != present?.rule.id || present?.basis != .text {
      sentences.append(
        """
        The nearest words are those of \(nearest.rule.id.rawValue), \(nearest.sharedCount) of \
        \(nearest.wordCount) shared: \(nearest.phrase)
        """)
    }
    sentences += warnings.map { "Look: \($0)." }
    return sentences.map { comment($0, indent: indent) }.joined()
  }

  /// A comment on as many lines as it needs.
  private func comment(_ text: String, indent: String) -> String {
    let width = 100 - "\(indent)# ".count
    var lines: [String] = []
    for word in text.visible.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { "\(indent)# \($0)\n" }.joined()
  }
}
