import BounceCatalogue
import ReplyMatcher

/// Classifies replies and writes a record for each behind the one before it, without making a `Verdict`
/// of it. A thread has a writer of its own.
///
/// What follows from the rule that won is written once, when the first reply asks for it, and then
/// copied.
struct RecordWriter {
  private let classifier: BounceClassifier
  private let form: any RecordForm
  private let peer: Peer?
  private let remoteHost: [UInt8]
  private var reader: ReplyFactReader
  /// By the rule that won, or the category that the reply is like, and the class of the reply's code,
  /// as far as that matters.
  private var templates: [RecordTemplate?]
  private var file: (name: String?, cell: [UInt8])

  init(_ classifier: BounceClassifier, form: any RecordForm, context: RecordContext) {
    (self.classifier, self.form, peer) = (classifier, form, context.peer)
    remoteHost = Array((context.remoteHost ?? "").utf8)
    reader = ReplyFactReader(classifier)
    // (One more: no rule fits.)
    let answerCount = classifier.ruleCount + classifier.categories.count + 1
    templates = Array(repeating: nil, count: answerCount * Self.classCount)
    file = (nil, form.fileCell(nil))
  }

  /// Goes to another file; `nil` is standard input.
  mutating func begin(file name: String?) {
    if name != file.name { file = (name, form.fileCell(name)) }
  }

  mutating func append(
    _ reply: UnsafeBufferPointer<UInt8>, from origin: RecordOrigin, to output: inout OutputBytes
  ) {
    if let error = origin.error {
      return form.append(badLine: error, from: origin, file: file.cell, to: &output)
    }
    // (What the command line names holds for all.)
    let remoteHost = remoteHost.isEmpty ? origin.remoteHost ?? [] : remoteHost
    remoteHost.withUnsafeBufferPointer { host in
      var match = classifier.match(reply, remoteHost: host)
      match.isOfLetter = origin.isOfLetter
      let template = template(for: match)
      template.count += 1
      let facts = reader.read(
        match, of: reply, errorCodes: template.errorCodes,
        remoteHost: host.isEmpty ? nil : host)
      // Named beforehand: the closure would copy the reader with all else that `self` holds.
      let (form, file) = (form, file.cell)
      reader.withText { text in
        form.append(
          Record(
            bytes: reply, text: text, match: match, facts: facts, origin: origin, file: file),
          template, to: &output)
      }
    }
  }

  /// How many replies were written, by category or by the peer's class.
  var counts: [String: Int] {
    templates.reduce(into: [:]) { counts, template in
      if let template { counts[template.className, default: 0] += template.count }
    }
  }

  // MARK: - Templates

  private static let classCount = 6

  private mutating func template(for match: ReplyMatch) -> RecordTemplate {
    let answer =
      match.ruleIndex ?? match.likeness.map { classifier.ruleCount + Int($0) }
      ?? templates.count / Self.classCount - 1
    // No code, a temporary failure, anything else; and those that are about no recipient.
    let replyClass = match.replyClass == 0 ? 0 : match.replyClass == 4 ? 1 : 2
    let index =
      answer * Self.classCount + replyClass + (match.mayConcernRecipient ? 0 : Self.classCount / 2)
    if let template = templates[index] { return template }
    let template = newTemplate(for: match)
    templates[index] = template
    return template
  }

  private func newTemplate(for match: ReplyMatch) -> RecordTemplate {
    let answer = classifier.answer(to: match)
    let peerClass = peer.flatMap {
      $0.className(of: answer.category, bounce: answer.bounce, replyClass: match.replyClass)
    }
    return RecordTemplate(
      answer, fragments: form.fragments(of: answer, peerClass: peerClass),
      className: peer == nil ? answer.category.rawValue : peerClass ?? "-")
  }
}
