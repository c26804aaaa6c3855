import ReplyMatcher

/// What a message says of a recipient.
package struct RecipientReport: Sendable {
  /// The address, where the message names it.
  package let recipient: String?
  /// The one that the sender wrote, where that is named and another.
  package fileprivate(set) var originalRecipient: String?
  /// Of the mail that the message is about.
  package internal(set) var messageID: String?
  /// The server that replied, where something other than the text names it.
  package let remoteHost: String?
  /// What `classify` can read.
  package let text: [UInt8]

  /// Whether no recipient is named, whatever the text says.
  package let isOfLetter: Bool

  package init(_ recipient: String?, remoteHost: String? = nil, _ text: [UInt8]) {
    (self.recipient, self.remoteHost, self.text) = (recipient, remoteHost, text)
    isOfLetter = false
  }

  init(ofLetter text: [UInt8]) {
    (recipient, remoteHost, self.text, isOfLetter) = (nil, nil, text, true)
  }

  /// - Parameter other: The recipient, where the report names none.
  init(_ report: MailMessage.Report, orOn other: String? = nil, _ text: [UInt8]) {
    self.init(report.recipient ?? other, text)
    originalRecipient = report.originalRecipient
  }
}

extension BounceClassifier {
  /// The verdict on what a message says of a recipient, with his address in its details. Because of a
  /// letter, nobody is to lose his.
  ///
  /// - Parameter remoteHost: The server that replied.
  package func verdict(on report: RecipientReport, remoteHost: String? = nil) -> Verdict {
    var verdict = report.text.withUnsafeBufferPointer { text in
      var match = match(text, remoteHost: remoteHost)
      match.isOfLetter = report.isOfLetter
      return self.verdict(of: match, for: text, remoteHost: remoteHost)
    }
    verdict.details.recipient =
      report.isOfLetter ? nil : report.recipient ?? verdict.details.recipient
    verdict.details.originalRecipient = report.originalRecipient
    verdict.details.messageID = report.messageID
    return verdict
  }
}
