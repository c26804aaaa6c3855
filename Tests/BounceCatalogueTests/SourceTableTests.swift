import BounceCatalogue
import Testing

/// Every row of the provider's help page, in every form in which its replies arrive.
@Suite struct SourceTableTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let code: UInt16
    let text: String
    let rule: RuleID
    let category: BounceCategory
    let causes: Int
    let action: Action
    let retry: Retry

    init(
      _ code: UInt16, _ text: String, _ rule: RuleID, _ category: BounceCategory,
      causes: Int, _ action: Action, _ retry: Retry
    ) {
      (self.code, self.text, self.rule) = (code, text, rule)
      (self.category, self.causes, self.action, self.retry) = (category, causes, action, retry)
    }

    var testDescription: String { "\(code) \(text)" }
  }

  static let rows = [
    Row(
      421, "Reject due to policy violations", .ionosUnknownRecipientRatio, .poorReputation,
      causes: 2, .fix, .later),
    Row(
      421, "Rate limit reached. Please try again later", .ionosRateLimit, .rateLimited,
      causes: 1, .slowDown, .later),
    Row(
      450, "Reject due to policy violations.", .ionosTemporaryPolicyBlock, .poorReputation,
      causes: 2, .fix, .later),
    Row(
      451, "Requested action aborted: local error in processing", .ionosTemporaryLocalError,
      .systemError, causes: 1, .retry, .later),
    Row(
      550, "Syntax error in parameters or arguments", .ionosServerMisconfigured, .protocolError,
      causes: 1, .fix, .afterFix),
    Row(
      550, "Requested action not taken: mailbox unavailable", .ionosUnknownOrInactiveMailbox,
      .recipientUnknown, causes: 2, .suppress, .never),
    Row(
      550, "Reject due to policy restrictions", .ionosPolicyRestrictions, .policy,
      causes: 2, .review, .afterFix),
    Row(
      550, "Administrative reject", .ionosAdministrativeReject, .policy,
      causes: 1, .review, .afterFix),
    Row(
      550, "Invalid DNS MX or A/AAAA resource record", .ionosSenderDomainDns, .senderDomainDns,
      causes: 4, .fix, .afterFix),
    Row(
      552, "Requested mail action aborted: exceeded storage allocation, Quota exceeded",
      .ionosMailboxFull, .mailboxFull, causes: 1, .retry, .later),
    Row(
      554, "Invalid DNS PTR resource record", .ionosMissingPtr, .hostIdentity,
      causes: 1, .fix, .afterFix),
    Row(
      554, "Bad DNS PTR resource record", .ionosBadPtr, .hostIdentity,
      causes: 2, .fix, .afterFix),
    Row(
      554, "IP address is blacklisted", .ionosBlocklistedIp, .blocklisted,
      causes: 2, .fix, .afterFix),
    Row(
      554, "Rejected due to policy restrictions", .ionosSpamRatio, .poorReputation,
      causes: 1, .fix, .afterFix),
  ]

  /// A form in which a reply arrives, and what its wrapper tells.
  struct Form: Sendable {
    let name: String
    let reply: @Sendable (_ code: UInt16, _ text: String) -> String
    var host: String?
    var ip: String?
    var command: SMTPCommand?
  }

  static let forms = [
    Form(name: "bare", reply: { "\($0) \($1)" }),
    Form(name: "upper case", reply: { "\($0) \($1.uppercased())" }),
    Form(name: "lower case", reply: { "\($0) \($1.lowercased())" }),
    Form(name: "no spaces to spare", reply: { "\($0)-\($1)" }),
    Form(
      name: "spaced out",
      reply: { "  \($0)   \($1.split(separator: " ").joined(separator: "  \t "))\r\n" }),
    Form(name: "addressed", reply: { "\($0) <x@gmx.de>: \($1)" }),
    Form(
      name: "several lines",
      reply: { code, text in
        """
        \(code)-gmx.net (mxgmx104) Nemesis ESMTP Service not available
        \(code)-No SMTP service
        \(code)-\(text).
        \(code) For explanation visit https://postmaster.gmx.net/en/case?c=r0101&i=ip&v=192.0.2.1
        """
      }),
    Form(
      name: "several lines, folded",
      reply: { code, text in
        "\(code)-web.de (mxweb012) Nemesis ESMTP Service not available \(code)-No SMTP service "
          + "\(code)-\(text). \(code) For explanation visit https://postmaster.web.de/en/case?c=hi"
      }),
    Form(
      name: "broken inside a phrase",
      reply: { code, text in
        "\(code)-"
          + text.split(separator: " ").joined(separator: "\r\n\(code)-")
          + "\r\n\(code) End"
      }),
    Form(
      name: "Postfix, at connect",
      reply: {
        "host mx00.kundenserver.de[212.227.15.41] refused to talk to me: \($0)-kundenserver.de "
          + "(mxeue106) Nemesis ESMTP Service not available \($0)-No SMTP service \($0) \($1)"
      }, host: "mx00.kundenserver.de", ip: "212.227.15.41", command: .connect),
    Form(
      name: "Postfix, after DATA",
      reply: {
        "host mx01.emig.gmx.net[2001:db8::17] said: \($0) \($1) (in reply to end of DATA command)"
      }, host: "mx01.emig.gmx.net", ip: "2001:db8::17", command: .endOfData),
    Form(
      name: "Postfix's log",
      reply: {
        "Nov 24 10:12:13 mail postfix/smtp[4711]: 4F1B2C3D: to=<x@web.de>, "
          + "relay=mx-ha.web.de[212.227.15.17]:25, delay=1.2, delays=0.1/0/0.9/0.2, dsn=5.0.0, "
          + "status=bounced (host mx-ha.web.de[212.227.15.17] said: \($0) \($1) "
          + "(in reply to RCPT TO command))"
      }, host: "mx-ha.web.de", ip: "212.227.15.17", command: .rcptTo),
    Form(
      name: "Exim",
      reply: {
        "SMTP error from remote mail server after RCPT TO:<x@gmx.de>: "
          + "host mx00.emig.gmx.net [212.227.15.9]: \($0) \($1)"
      }, host: "mx00.emig.gmx.net", ip: "212.227.15.9", command: .rcptTo),
    Form(
      name: "Exim, newer",
      reply: {
        "host mx00.emig.gmx.net [212.227.15.9]\n    SMTP error from remote mail server after "
          + "MAIL FROM:<y@example.org> SIZE=2048:\n    \($0) \($1)"
      }, host: "mx00.emig.gmx.net", ip: "212.227.15.9", command: .mailFrom),
    Form(
      name: "qmail",
      reply: {
        "<x@gmx.de>:\n212.227.15.9 does not like recipient.\nRemote host said: \($0) \($1)\n"
          + "Giving up on 212.227.15.9."
      }, ip: "212.227.15.9", command: .rcptTo),
    Form(
      name: "qmail, after DATA",
      reply: { "212.227.15.9 failed after I sent the message.\nRemote host said: \($0) \($1)" },
      ip: "212.227.15.9", command: .endOfData),
    Form(name: "DSN", reply: { "smtp; \($0) \($1)" }),
    Form(name: "DSN field", reply: { "Diagnostic-Code: SMTP;\($0) \($1)" }),
    Form(
      name: "Sendmail",
      reply: {
        "   ----- Transcript of session follows -----\n... while talking to mx00.ionos.de.:\n"
          + ">>> RCPT To:<x@example.com>\n<<< \($0) \($1)"
      }, host: "mx00.ionos.de", command: .rcptTo),
    Form(
      name: "Exchange",
      reply: { "Remote Server returned '\($0) \($1)'" }),
    Form(
      name: "repeated code",
      reply: { "The error that the other server returned was: \($0) \($0) \($1)" }),
  ]

  @Test(arguments: rows)
  func everyRowInEveryForm(row: Row) {
    for form in Self.forms { check(row, in: form) }
  }

  private func check(_ row: Row, in form: Form) {
    let reply = form.reply(row.code, row.text)
    let verdict = BounceClassifier.standard.classify(reply)
    #expect(verdict.rule == row.rule, "\(form.name): \(reply)")
    #expect(verdict.category == row.category)
    #expect(verdict.causes.count == row.causes)
    #expect(verdict.causes.allSatisfy { !$0.remedies.isEmpty })
    // Before RCPT TO no recipient is named, so nobody is to lose an address.
    let isEarly = form.command == .connect || form.command == .mailFrom
    #expect(verdict.action == (isEarly && row.action == .suppress ? .review : row.action))
    #expect(verdict.retry == row.retry)
    #expect(verdict.basis == .text)
    #expect(verdict.provider == "ionos")
    #expect(verdict.code?.rawValue == row.code)
    #expect(verdict.details.remoteHost == form.host, "\(form.name)")
    #expect(verdict.details.remoteIP == form.ip, "\(form.name)")
    #expect(verdict.details.command == form.command, "\(form.name)")
    // The words shown as matched are words of the reply.
    let matched = verdict.matchedWords.map {
      String(decoding: Array(reply.utf8)[$0], as: UTF8.self)
    }
    let words = row.text.lowercased().split { !$0.isLetter }.map(String.init)
    #expect(matched.suffix(words.count).map { $0.lowercased() } == words, "\(form.name)")
  }

  @Test func theTipOnDNSAnswerTimesIsThere() throws {
    let verdict = BounceClassifier.standard.classify(
      "451 Requested action aborted: local error in processing")
    let tip = try #require(verdict.tip)
    #expect(tip.contains("DNS"))
  }
}
