/// The outcome of one walk: what was read in the reply's head and wrapper, and the winning rule.
///
/// Numbers and offsets into the reply only, so that it costs no allocation; the classifier that found
/// it tells what they mean (`summary(of:)`), and a `Verdict` turns them into words.
public struct ReplyMatch: Sendable {
  /// The rule that won; `nil` where none fits.
  package var winner: Candidate?
  /// How many words were read, wrapper included, that stand in some phrase.
  package var knownWordCount = 0
  /// How many words of the innermost quoted reply stand in phrases that say nothing of the cause.
  package var emptyWordCount = 0
  /// The category that the reply is like, where that tells more than the winner.
  package var likeness: UInt32?
  /// 0 where the reply has none.
  package var code: UInt32 = 0
  /// In the packed form of `StatusPattern`; 0 where the reply has none.
  package var status: UInt32 = 0
  /// Where the innermost quoted reply begins.
  package var replyStart = 0
  /// Where the codes at its head end; 0 where it has none.
  package var headEnd = 0
  /// Whether more reply codes stand between its words: its lines may be folded to spaces.
  package var hasInnerCodes = false
  /// Where it ends, where a transcript says so.
  package var replyEnd: Int?
  /// Where a wrapper says that nothing more tells the reason: the rest was not read.
  package var reportEnd: Int?
  /// Where that wrapper's own words begin.
  package var restStart: Int?
  package var remoteHost: Range<Int>?
  package var remoteIP: Range<Int>?
  /// The address to which the mail went.
  package var recipient: Range<Int>?
  /// The number of the `SMTPCommand` that a wrapper names; 0 where none does.
  package var command: UInt32 = 0
  /// The last wrapper phrase that quotes nothing, and where it ends: it may stand after the reply.
  package var trailer: (phrase: UInt32, end: Int)?
  /// Whether a person wrote the text, whatever it quotes. (No walk can know.)
  package var isOfLetter = false

  package init() {}

  /// Where the words end that the winner can say: before those of a wrapper for the rest of the report,
  /// unless its phrase has all of these too.
  var wordsEnd: Int { winner?.end == reportEnd ? .max : restStart ?? .max }

  /// Where the opening bracket of a wrapper's last words is looked for: they are few.
  var trailerReach: Range<Int>? {
    trailer.map { max(replyStart, $0.end - 128)..<max(replyStart, $0.end) }
  }

  /// The place of the rule that won among `BounceClassifier.rules`, for `rule(at:)`; `nil` where none
  /// fits, and where the reply's likeness tells more than its codes or the few words that fit: then there
  /// is a category all the same, which `summary(of:)` has.
  public var ruleIndex: Int? { likeness == nil ? winner.map { Int($0.rule) } : nil }

  /// Whether the reply can be about a recipient. It is not where it answers a command that came before
  /// any recipient was named, nor with a code for logins, 53x (RFC 4954, 6); and what a person writes is no
  /// reply.
  package var mayConcernRecipient: Bool {
    !isOfLetter && code / 10 != 53 && SMTPCommand(number: command)?.isBeforeRecipients != true
  }

  /// The first digit of the reply's code, 2 to 5; 0 where it has neither code.
  package var replyClass: UInt32 { code != 0 ? code / 100 : status >> 20 }
}
