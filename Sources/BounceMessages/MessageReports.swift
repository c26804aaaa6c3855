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
    (MailMessage(message).map(reports) ?? []).map { verdict(on: $0) }
  }

  /// What a mail message reports, recipient by recipient. No more than ten thousand, which no mail has:
  /// each of them becomes a verdict.
  package func reports(in message: MailMessage) -> [RecipientReport] {
    var message = message
    if !message.page.isEmpty, !tellsReason(message.text), tellsReason(message.page) {
      message.turnToPage()
    }
    let messageID = message.messageID
    return allReports(in: message).prefix(10_000).map { report in
      var report = report
      report.messageID = messageID
      return report
    }
  }

  private func allReports(in message: MailMessage) -> [RecipientReport] {
    if message.reports.contains(where: \.isFailure) { return deliveryReports(in: message) }
    // A program that refuses a message for the recipient says that it deleted it (RFC 5429, 2.1.1).
    if let receipt = message.reports.first(where: \.isOfDeletion), tellsReason(message.text) {
      return [RecipientReport(receipt, message.text)]
    }
    return reportsWithoutFailure(in: message) ?? textReports(in: message)
  }

  /// The one that tells the most, for those who read a single one: of a failure, where there is one.
  package func tellingReport(among reports: [RecipientReport]) -> RecipientReport {
    let failures = reports.filter { !reportsNoFailure($0.text) }
    return failures.first { tellsReason($0.text) } ?? failures.first ?? reports[0]
  }

  /// Of whom the text of a report speaks, where somebody has copied that alone.
  package func recipients(inText text: [UInt8]) -> [String] {
    blocks(in: text, without: []).recipients
  }

  /// Whether the words of a text tell what is wrong.
  func tellsReason(_ text: [UInt8]) -> Bool {
    let verdict = classify(text)
    return verdict.basis == .text && category(verdict.category)?.isUndecided == false
  }

  // MARK: - Failures

  /// What a server said of each recipient; where that tells no reason why a mail failed, what the report
  /// for people says.
  private func deliveryReports(in message: MailMessage) -> [RecipientReport] {
    let failures = message.reports.filter(\.isFailure)
    var blocks = blocks(in: message, of: failures.flatMap(\.addresses))
    let mostShared = Self.mostShared(of: message, among: failures.count)
    // (Some leave the recipient out, of whom the rest of the message tells.)
    let only =
      failures.count == 1 ? blocks.recipients.onlyAddress ?? message.returned?.onlyRecipient : nil
    func report(_ failure: MailMessage.Report, _ text: [UInt8]) -> RecipientReport {
      RecipientReport(failure, orOn: only, text)
    }
    let reports = message.reports.map { failure in
      guard failure.isFailure else { return successReport(failure, in: message) }
      let hasAnswer = failure.fields["diagnostic-code"] != nil
      // Without that, other fields may hold what the server said.
      let answer =
        hasAnswer
        ? failure.text(of: ["status", "remote-mta", "diagnostic-code"])
        : failure.text(failure.fields.tellingLines)
      if tellsReason(answer), !reportsNoFailure(answer) { return report(failure, answer) }
      // (A transcript may tell of others too.)
      let isOfOne = failures.count == 1 && blocks.recipients.count < 2
      let block =
        isOfOne
        ? nil : blocks.take(failure.addresses, mostShared: hasAnswer ? 0 : mostShared)
      let words =
        block
        ?? (failures.count == 1
          ? words(in: message, ofTheOnly: failure.addresses, in: blocks) : nil)
      guard let words, !hasAnswer || tellsReason(words) else {
        return report(failure, answer)
      }
      // Words without codes of their own have those of the report.
      let verdict = classify(words)
      if verdict.status != nil { return report(failure, words) }
      let names = verdict.code == nil ? ["status", "diagnostic-code"] : ["status"]
      return report(failure, failure.text(of: names) + [0x0A] + words)
    }
    return onePerRecipient(reports)
  }

  /// Of several on one recipient, as where an alias fails in several ways, the first that tells a reason.
  private func onePerRecipient(_ reports: [RecipientReport]) -> [RecipientReport] {
    var places: [String: Int] = [:]
    return reports.reduce(into: []) { kept, report in
      guard let recipient = report.recipient?.lowercased() else { return kept.append(report) }
      guard let place = places[recipient] else {
        places[recipient] = kept.count
        return kept.append(report)
      }
      if !tellsReason(kept[place].text), tellsReason(report.text) { kept[place] = report }
    }
  }

  func hasCode(_ text: [UInt8]) -> Bool {
    let verdict = classify(text)
    return verdict.code != nil || verdict.status != nil
  }

  /// - Parameter known: Recipients, also where they sent the mail to themselves.
  private func blocks(in message: MailMessage, of known: [String]) -> RecipientBlocks {
    let others =
      message.senders + message.addressesAboutList
      + (message.header.isFromMailSystem ? message.header["from"]?.addresses ?? [] : [])
    return blocks(
      in: message.text,
      without: Set(others.map { $0.lowercased() }).subtracting(known.map { $0.lowercased() }))
  }

  private func blocks(in text: [UInt8], without others: Set<String>) -> RecipientBlocks {
    RecipientBlocks(
      in: text, without: others, tellsReason: tellsReason,
      isSender: { self.classify($0).details.command == .mailFrom })
  }

  /// How much each of the recipients may have of what is said of all: together no more than the message
  /// has, or a few sentences each, so that time stays linear however many they are.
  private static func mostShared(of message: MailMessage, among count: Int) -> Int {
    max(message.text.count / max(count, 1), 512)
  }

  private func textReports(in message: MailMessage) -> [RecipientReport] {
    guard isReport(message) else {
      // Of somebody's letter, whatever it quotes, nobody is to conclude anything about an address; but
      // he may have let a program answer for him.
      let isAnswer =
        reportsNoFailure(message.text) && !isComplaint(message.text)
        && !message.header.isFromProgram && !message.hasQuotes
      return [
        isAnswer
          ? RecipientReport(message.author, message.text)
          : RecipientReport(ofLetter: message.text)
      ]
    }
    let failed = message.header.values(of: "x-failed-recipients").flatMap(\.listedAddresses)
    var blocks = blocks(in: message, of: failed)
    let recipients = failed.isEmpty ? blocks.recipients : failed
    guard recipients.count < 2 else {
      let mostShared = Self.mostShared(of: message, among: recipients.count)
      let common = blocks.common.prefix(mostShared)
      return recipients.map {
        RecipientReport($0, blocks.take([$0], mostShared: mostShared) ?? Array(common))
      }
    }
    let recipient =
      recipients.first ?? message.returned?.onlyRecipient ?? message.refusingList
      ?? message.onlyOtherAddress ?? message.header.ownListAddress
      ?? (reportsNoFailure(message.text) ? message.author : nil)
    let words = words(in: message, ofTheOnly: recipients, in: blocks)
    if !tellsReason(words) {
      if hasSubjectOfReport(message.header), tellsReason(message.subject) {
        return [RecipientReport(recipient, message.subject + [0x0A] + words)]
      }
      if let recipient, let answer = answerBehindReturned(on: recipient, in: message) {
        return [RecipientReport(recipient, answer)]
      }
    }
    return [RecipientReport(recipient, words)]
  }

  /// A server's answer, with its code and the address, in a report that goes on behind the mail that came
  /// back. (Nearly all that stands there is that mail.)
  private func answerBehindReturned(
    on recipient: String, in message: MailMessage
  ) -> [UInt8]? {
    guard message.header.isFromMailSystem else { return nil }
    let recipient = recipient.lowercased()
    return message.textBehindReturned.split { $0.isLineBreak }.lazy.map(Array.init).first { line in
      String(decoding: line, as: UTF8.self).lowercased().contains(recipient)
        && self.hasCode(line) && self.tellsReason(line)
    }
  }

  /// What to read of the only recipient: all, since it may name more than the reason, unless something
  /// else stands behind the mark at the address. (Greetings list what often goes wrong.)
  private func words(
    in message: MailMessage, ofTheOnly addresses: [String], in blocks: RecipientBlocks
  ) -> [UInt8] {
    guard let reason = blocks.ownReason(of: addresses),
      classify(reason).category != classify(message.text).category
    else { return message.text }
    return reason
  }

  // MARK: - No failures

  /// `nil` where nothing says that there was none.
  private func reportsWithoutFailure(in message: MailMessage) -> [RecipientReport]? {
    if let complaint = message.reports.first(where: { $0.kind == .feedback }) {
      let text = complaint.text(of: ["feedback-type", "auth-failure", "source-ip"])
      let recipients = complaint.fields.values(of: "original-rcpt-to").flatMap(\.listedAddresses)
      let others = message.returned?["to"]?.addresses ?? []
      let complainers = recipients.isEmpty ? others : recipients
      guard !complainers.isEmpty else { return [RecipientReport(nil, text)] }
      return complainers.map { RecipientReport($0, Array(text.prefix(512))) }
    }
    guard message.reports.isEmpty else {
      return message.reports.map { successReport($0, in: message) }
    }
    guard message.header["x-failed-recipients"] == nil else { return nil }
    let lines =
      message.header.isFromMailSystem
      ? message.header.lines(of: ["subject"]) : message.header.lines
    let telling = lines.filter { reportsNoFailure(Array($0.utf8)) }
    func isWeak(_ line: String) -> Bool { line.lowercased().hasPrefix("auto-submitted") }
    guard let line = telling.first(where: { !isWeak($0) }) ?? telling.first else { return nil }
    if isWeak(line), tellsFailure(message) { return nil }
    let text = Array(line.utf8)
    // Somebody's program answers for him; but who complains, had no mail from here, unless he wants no more.
    let isOfOthers = isComplaint(text) && classify(text).action != .suppress
    let author = isOfOthers ? nil : message.author
    guard let returned = message.returned else {
      let told =
        message.header.isFromMailSystem && isReceipt(text)
        ? blocks(in: message, of: []).recipients : []
      guard !told.isEmpty else { return [RecipientReport(author, text)] }
      return told.map { RecipientReport($0, Array(text.prefix(512))) }
    }
    let named = returned.lines.lazy.compactMap { self.classify($0).details.recipient }.first
    let recipient =
      named ?? returned["to"]?.addresses.onlyAddress
      ?? (message.header.isFromMailSystem ? nil : author)
    return [RecipientReport(recipient, text)]
  }

  private func successReport(
    _ report: MailMessage.Report, in message: MailMessage
  ) -> RecipientReport {
    let text = report.text(of: ["status", "diagnostic-code", "disposition"])
    guard report.kind == .disposition, report.recipient == nil else {
      return RecipientReport(report, text)
    }
    // A recipient's mail program sends it itself.
    return RecipientReport(message.header["from"]?.addresses.first, text)
  }

  /// Whether a text is one of a complaint, such as the first field of those that programs write (RFC 5965).
  func isComplaint(_ text: [UInt8]) -> Bool {
    classify(text).category == classify("Feedback-Type: abuse").category
  }

  /// Whether a text says that mail arrived, as programs do for programs (RFC 3464, 2.3.3).
  private func isReceipt(_ text: [UInt8]) -> Bool {
    classify(text).category == classify("Action: delivered").category
  }

  /// Whether the category of a text says that the message reports no failure.
  func reportsNoFailure(_ text: [UInt8]) -> Bool {
    category(classify(text).category)?.bounce == BounceType.none
  }
}

extension MailMessage {
  /// The field with its name.
  var subject: [UInt8] { Array(header.lines(of: ["subject"]).joined().utf8) }

  /// The Message-ID of the mail that it is about: by the part that came back, by a receipt (RFC 8098,
  /// 3.2.5), or by what it answers (RFC 5322, 3.6.4).
  fileprivate var messageID: String? {
    let field =
      returned?["message-id"] ?? reports.lazy.compactMap { $0.fields["original-message-id"] }.first
      ?? header["in-reply-to"]
    let id = field?.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
    // (It stands on one line: RFC 5322, 2.1.1.)
    return id.flatMap { (1...998).contains($0.utf8.count) ? String($0) : nil }
  }

  /// To whom the report went: those who had sent the mail.
  var senders: [String] {
    ["to", "delivered-to", "x-original-to"].flatMap { header.values(of: $0).flatMap(\.addresses) }
  }

  /// The address in the report that is neither the sender's nor that of who reports, if there is just
  /// one.
  fileprivate var onlyOtherAddress: String? {
    let correspondents =
      (senders + ["from", "reply-to"].flatMap { header.values(of: $0).flatMap(\.addresses) })
      .map { $0.lowercased() }
    let known = Set(correspondents + correspondents.compactMap(\.listAddress))
    let others = linesWithoutAuthors.filter { !$0.lowercased().contains("message-id") }
      .flatMap(\.addresses)
      .filter { $0.hasDottedDomain && !known.contains($0.lowercased()) }
    // Whom to ask for help is named too (RFC 2142).
    let helpers = [
      "postmaster@", "abuse@", "support@", "helpdesk@", "hostmaster@", "mailer-daemon@",
    ]
    let candidates = others.filter { address in
      !helpers.contains { address.lowercased().hasPrefix($0) }
    }
    return (candidates.isEmpty ? others : candidates).onlyAddress
  }

  /// The lines of the text without those that name who wrote what is quoted there: by their field (RFC
  /// 5322, 3.6.2), or, whatever the language, as the first below a rule across the page.
  private var linesWithoutAuthors: [String] {
    var isBelowRule = false
    return text.split { $0.isLineBreak }.compactMap { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      defer {
        if !line.allSatisfy(\.isWhitespace) { isBelowRule = bytes.starts(with: "---".utf8) }
      }
      let pieces = line.split(separator: ":", maxSplits: 1)
      guard pieces.count == 2 else { return line }
      let field = pieces[0].filter { !$0.isWhitespace && $0 != ">" }.lowercased()
      if ["from", "sender", "reply-to"].contains(field) { return nil }
      let hasName =
        pieces[1].prefix { $0 != "<" }.contains(where: \.isLetter) && pieces[1].contains("<")
      return isBelowRule && hasName && !["to", "cc"].contains(field) ? nil : line
    }
  }
}

extension MailMessage.Report {
  /// Some fields, each on a line; before those of a delivery, what became of it.
  fileprivate func text(of names: [String]) -> [UInt8] { text(fields.lines(of: names)) }

  fileprivate func text(_ lines: [String]) -> [UInt8] {
    Array((action.map { ["Action: \($0)"] + lines } ?? lines).joined(separator: "\n").utf8)
  }
}

extension String {
  /// Of `list-bounces@example.org`, and whatever else receives the reports on a list's mail:
  /// `list@example.org`.
  fileprivate var listAddress: String? {
    let domain = self[(firstIndex(of: "@") ?? endIndex)...]
    return String(prefix { !"+@".contains($0) } + domain).withoutSuffix(behind: "-")
  }
}
