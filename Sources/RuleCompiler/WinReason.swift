import ReplyMatcher

extension Candidate {
  /// Why this one wins over another, as what follows "because": `it matches 3 words of the reply,
  /// 'acme/full' 2`.
  package func reason(over other: Candidate, named name: String) -> String {
    let measure = decidingMeasure(against: other)
    let (mine, theirs) = (self[measure], other[measure])
    return switch measure {
    case .decided: "it says what is wrong, and the category of '\(name)' is undecided"
    case .text: "it fits by words, '\(name)' by codes alone"
    case .depth: "its words stand in the quoted reply, those of '\(name)' around it"
    case .words: "it matches \(mine) literal words, '\(name)' \(theirs)"
    case .status: "it names \(mine) of 3 parts of the status code, '\(name)' \(theirs)"
    case .code: "it names \(mine) of 3 digits of the reply code, '\(name)' \(theirs)"
    case .hosts:
      mine == Int(HostFit.fits.rawValue)
        ? "the remote host is one of its hosts" : "the remote host is none of those of '\(name)'"
    case .over:
      theirs == 0 ? "it stands 'over' '\(name)'" : "it stands 'over' more rules than '\(name)'"
    case .category: "nothing but the rank of its category tells it from '\(name)'"
    case .place: "nothing but its earlier place in the reply tells it from '\(name)'"
    case .id: "nothing but its id, the first in the alphabet, tells it from '\(name)'"
    }
  }
}
