import ReplyMatcher

extension BounceClassifier {
  /// Says what a whole mail message reports: a bounce (RFC 3464, or in any words), an automatic reply
  /// (RFC 3834), a complaint (RFC 5965), a receipt (RFC 8098).
  ///
  /// ```swift
  /// for verdict in BounceClassifier.standard.classify(message: bytes) {
  ///   verdict.details.recipient   // ann@example.com
  ///   verdict.category            // .recipientUnknown, .autoReply, …
  /// }
  /// ```
  ///
  /// - Parameter message: The message with its header, as it is stored: in MIME's encodings, lines that
  ///   end with CRLF or LF.
  /// - Returns: A verdict for each recipient whom the message reports on, named in its details where
  ///   the message does, and for no more than ten thousand; empty where the bytes are no mail message.
  ///   What `matchedWords` point at is not the message, but a text made of what it says of the
  ///   recipient.
  /// - Complexity: O(*n*) in the length of the message.
  public func classify(message: some Collection<UInt8>) -> [Verdict] {
    MailMessage(message).map { reports(in: $0).map { classify($0) } } ?? []
  }

  /// What a mail message reports, recipient by recipient, each as a text for `classify`: the address,
  /// and what is said of it. No more than ten thousand, which no mail has: each of them becomes a verdict.
  package func reports(in message: MailMessage) -> [[UInt8]] {
    Array(allReports(in: message).prefix(10_000))
  }

  private func allReports(in message: MailMessage) -> [[UInt8]] {
    let failures = message.reports.filter(\.isFailure)
    if !failures.isEmpty { return failureReports(failures, in: message) }
    // A program that refuses a message for the recipient says that it deleted it (RFC 5429, 2.1.1).
    if let receipt = message.reports.first(where: \.isOfDeletion), tellsReason(message.text) {
      return [reportText(message.text, about: receipt.recipient)]
    }
    return reportsWithoutFailure(in: message) ?? textReports(in: message)
  }

  /// The one that tells the most, for those who read a single one.
  package func tellingReport(in message: MailMessage) -> [UInt8] {
    let reports = reports(in: message)
    return reports.first(where: tellsReason) ?? reports[0]
  }

  /// Whether the words of a text tell what is wrong.
  private func tellsReason(_ text: [UInt8]) -> Bool {
    let verdict = classify(text)
    return verdict.basis == .text && category(verdict.category)?.isUndecided == false
  }

  // MARK: - Failures

  /// What a server said of each recipient; where that tells no reason, what the report for people says.
  private func failureReports(
    _ failures: [MailMessage.Report], in message: MailMessage
  ) -> [[UInt8]] {
    var blocks = RecipientBlocks(in: message.text, without: message.senders)
    return failures.map { failure in
      let answer = failure.text(of: MailMessage.Report.answer, about: failure.recipient)
      let hasAnswer = failure.fields["diagnostic-code"] != nil
      if hasAnswer, tellsReason(answer) { return answer }
      let block = failures.count == 1 ? message.text : blocks.take(failure.addresses)
      guard let words = block else { return answer }
      let report = reportText(words, about: failure.recipient)
      return !hasAnswer || tellsReason(report) ? report : answer
    }
  }

  private func textReports(in message: MailMessage) -> [[UInt8]] {
    var blocks = RecipientBlocks(in: message.text, without: message.senders)
    let failed = message.header.values(of: "x-failed-recipients").flatMap(\.addresses)
    let recipients = failed.isEmpty ? blocks.recipients : failed
    guard recipients.count < 2 else {
      // All together they have no more than the message has.
      let common = blocks.common.prefix(message.text.count / recipients.count)
      return recipients.map { reportText(blocks.take([$0]) ?? Array(common), about: $0) }
    }
    let recipient =
      recipients.first ?? message.onlyOtherAddress ?? message.returned?["to"]?.addresses.only
    return [reportText(message.text, about: recipient)]
  }

  // MARK: - No failures

  /// `nil` where nothing says that there was none.
  private func reportsWithoutFailure(in message: MailMessage) -> [[UInt8]]? {
    if let complaint = message.reports.first(where: { $0.kind == .feedback }) {
      let text = complaint.text(of: ["feedback-type", "auth-failure", "source-ip"], about: nil)
      let recipients = complaint.fields.values(of: "original-rcpt-to").flatMap(\.addresses)
      let others = message.returned?["to"]?.addresses ?? []
      let complainers = recipients.isEmpty ? others : recipients
      guard !complainers.isEmpty else { return [text] }
      return complainers.map { reportText(Array(text.prefix(512)), about: $0) }
    }
    guard message.reports.isEmpty else {
      return message.reports.map { report in
        report.text(
          of: ["action", "disposition"] + MailMessage.Report.answer, about: report.recipient)
      }
    }
    guard message.header["x-failed-recipients"] == nil else { return nil }
    let lines =
      message.header.isFromMailSystem
      ? message.header.lines(of: ["subject"]) : message.header.lines
    guard let line = lines.first(where: reportsNoFailure) else { return nil }
    // A server's own words in it are a report, whoever sends that.
    let verdict = classify(message.text)
    guard verdict.code == nil, verdict.status == nil else { return nil }
    // Who answers by a program, or complains in a message of another's.
    let recipient = message.returned?["to"]?.addresses.only
    return [
      reportText(Array(line.utf8), about: recipient ?? message.header["from"]?.addresses.first)
    ]
  }

  /// Whether the category of a text says that the message reports no failure.
  private func reportsNoFailure(_ text: String) -> Bool {
    category(classify(text).category)?.bounce == BounceType.none
  }
}

/// What is said of a recipient, in the form of a delivery report (RFC 3464, 2.3).
private func reportText(_ text: [UInt8], about recipient: String?) -> [UInt8] {
  recipient.map { Array("Final-Recipient: rfc822; \($0)\n".utf8) + text } ?? text
}

extension MailMessage {
  /// To whom the report went: those who had sent the mail.
  fileprivate var senders: [String] {
    ["to", "delivered-to", "x-original-to"].flatMap { header.values(of: $0).flatMap(\.addresses) }
  }

  /// The address in the report that is neither the sender's nor that of who reports, if there is just
  /// one.
  fileprivate var onlyOtherAddress: String? {
    let known = Set(
      (senders + ["from", "reply-to"].flatMap { header.values(of: $0).flatMap(\.addresses) })
        .map { $0.lowercased() })
    let others = String(decoding: text, as: UTF8.self).addresses.filter {
      !known.contains($0.lowercased())
    }
    return Set(others.map { $0.lowercased() }).count == 1 ? others[0] : nil
  }
}

extension MailMessage.Report {
  /// Both addresses under which the recipient is known.
  fileprivate var addresses: [String] {
    ["original-recipient", "final-recipient"].compactMap { fields[$0] }.flatMap(\.addresses)
  }

  /// What a server said of a recipient.
  fileprivate static let answer = ["status", "remote-mta", "diagnostic-code"]

  /// Some fields, each on a line.
  fileprivate func text(of names: [String], about recipient: String?) -> [UInt8] {
    reportText(Array(fields.lines(of: names).joined(separator: "\n").utf8), about: recipient)
  }
}

extension Collection {
  /// The element, where there is just one.
  fileprivate var only: Element? { count == 1 ? first : nil }
}
