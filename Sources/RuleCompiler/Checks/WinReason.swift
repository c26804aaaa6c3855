import ReplyMatcher

extension Candidate {
  /// Why this one wins over another, as what follows "because": `it matches 3 words of the reply,
  /// 'acme/full' 2`.
  package func reason(over other: Candidate, named name: String) -> String {
    let measure = decidingMeasure(against: other)
    let (mine, theirs) = (self[measure], other[measure])
    return switch measure {
    case .decided: "it says what is wrong, and the category of '\(name)' is undecided"
    case .firm: "'\(name)' yields"
    case .text: "it fits by words, '\(name)' by codes alone"
    case .depth: "its words stand in the quoted reply, those of '\(name)' around it"
    case .words: "it matches \(mine) literal words, '\(name)' \(theirs)"
    case .status: "it names \(mine) of 3 parts of the status code, '\(name)' \(theirs)"
    case .code: "it names \(mine) of 3 digits of the reply code, '\(name)' \(theirs)"
    case .hosts:
      mine == Int(HostFit.fits.rawValue)
        ? "the remote host is one of its hosts" : "the remote host is none of those of '\(name)'"
    case .over:
      "it stands higher than '\(name)' by 'over'"
    case .category: "nothing but the rank of its category tells it from '\(name)'"
    case .place: "nothing but its earlier place in the reply tells it from '\(name)'"
    case .id: "nothing but its id, the first in the alphabet, tells it from '\(name)'"
    }
  }

  /// How much of the reply it names: `3 words and 1 of 3 digits of the reply code`.
  package var extent: String {
    var parts: [String] = []
    if self[.words] > 0 { parts.append(counted(self[.words], "word")) }
    if self[.status] > 0 { parts.append("\(self[.status]) of 3 parts of the status code") }
    if self[.code] > 0 { parts.append("\(self[.code]) of 3 digits of the reply code") }
    let last = parts.popLast() ?? ""
    return parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
  }

  /// How the winner is chosen, in one paragraph: the measures in their order.
  package static let comparison = """
    Of the rules that fit a reply, the most specific one wins, whatever the order of files and lines. \
    These are compared one after the other, and more is better: a category that says what is wrong over \
    an undecided one; words over codes alone; a firm one over one that 'yields:'; words of the innermost \
    quoted reply; more literal words in the phrase, for three of which 'command:' stands; more parts of \
    the status code given; more digits of the reply code given; hosts that fit the remote host; the rule \
    that stands 'over:' the other; the category's rank in 'categories.yaml'; the earlier place in the \
    reply; the id. Where no rule fits, or one of 'kind: standard' or 'phrases' by codes alone or by up \
    to four words of many, the likeness of all the reply's words to those of all rules decides, if it \
    speaks far more for another category; but where an undecided rule knows nearly all its words ('try again \
    later'), a status code tells more.
    """
}
