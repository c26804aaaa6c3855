import ReplyMatcher

// Who wrote a message: a mail system or a list's software that tells of another message, or a person whose
// words nobody is to conclude anything from.

extension BounceClassifier {
  /// Whether a program tells of another message: by the header, by what came back, or by two weaker signs,
  /// as where little is left of the header.
  func isReport(_ message: MailMessage) -> Bool {
    if message.header.isOfReport || message.bringsMailBack { return true }
    if message.refusingList != nil, tellsReason(message.text) { return true }
    let isOfProgram = message.isFromProgramOrPassedOn
    let hasSubject = hasSubjectOfReport(message.header)
    guard isOfProgram || hasSubject else { return false }
    return isOfProgram && hasSubject || hasCode(message.text)
      || hasSubject && (tellsReason(message.text) || tellsReason(message.subject))
  }

  /// Whether the subject says that the message is a report.
  func hasSubjectOfReport(_ header: MailHeader) -> Bool {
    header.lines(of: ["subject"]).contains { line in
      // A program's words in front of what a person wrote end in a colon; otherwise they are all of it.
      let pieces = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      let isWhole = pieces.count == 2
      let subject = Array((isWhole ? line : "\(pieces[0]):\(pieces[1])").utf8)
      // Rules about the field have its name among their words.
      let words = classify(subject).matchedWords
      guard words.first?.lowerBound == 0, let end = words.map(\.upperBound).max() else {
        return false
      }
      return !isWhole || subject[end...].isNumberInBrackets
    }
  }

  /// Whether a message that says it was written by itself tells of a failure all the same: reports have
  /// that field too, where nothing else says that there was none.
  func tellsFailure(_ message: MailMessage) -> Bool {
    hasCode(message.text) || hasSubjectOfReport(message.header)
      || message.refusingList != nil && tellsReason(message.text)
  }
}

extension MailMessage {
  /// Whether a mail comes back to who had sent it: what a person attaches may be anybody's.
  fileprivate var bringsMailBack: Bool {
    guard let returned else { return false }
    if header["from"]?.addresses.isEmpty != false || header.isOfMassMail { return true }
    let own = Set(senders.map { $0.lowercased() })
    let authors = ["from", "sender", "return-path", "reply-to"].flatMap {
      returned.values(of: $0).flatMap(\.addresses)
    }
    return authors.contains { own.contains($0.lowercased()) }
  }

  /// Whether a program wrote it, or somebody passed a report on.
  fileprivate var isFromProgramOrPassedOn: Bool {
    header.isFromProgram
      || !hasQuotes
        && String(decoding: text, as: UTF8.self).lowercased().contains("mailer-daemon")
  }

  /// Whether somebody quotes another's words.
  var hasQuotes: Bool {
    text.split(separator: 0x0A).contains { $0.first == UInt8(ascii: ">") }
  }

  /// The list that refuses a mail, where its owner or its software wrote the message and names the list:
  /// people write from addresses of their own, also what the software passes on. (What its owner is told
  /// by it, he did not post; and who asks for help, gets it.)
  var refusingList: String? {
    let lists = Set(
      header.administeredLists(by: ["from"], as: String.refusingRoles))
    guard !lists.isEmpty,
      !senders.contains(where: { $0.isAbout(lists) || lists.contains($0.lowercased()) })
    else { return nil }
    let named =
      (header.listAddress.map { [$0] } ?? []) + String(decoding: text, as: UTF8.self).addresses
    return named.first { lists.contains($0.lowercased()) }
  }

  /// In whose name the message was written: a list's, where its header says that it is one's.
  var author: String? {
    header.administeredLists().first { $0 == header.listAddress?.lowercased() }
      ?? header["from"]?.addresses.first
  }

  /// Addresses to which one writes about that list, not to it: they stand in what its software tells
  /// everybody.
  var addressesAboutList: [String] {
    let lists = Set(header.administeredLists())
    guard !lists.isEmpty else { return [] }
    return String(decoding: text, as: UTF8.self).addresses.filter { $0.isAbout(lists) }
  }
}

extension MailHeader {
  /// The lists on whose behalf the message comes: of `gardens-request@example.org` (RFC 2142, 6),
  /// `gardens@example.org`. In lower case.
  fileprivate func administeredLists(
    by fields: [String] = ["from", "sender"],
    as roles: [String] = String.refusingRoles + ["help"]
  ) -> [String] {
    fields.flatMap { values(of: $0).flatMap(\.addresses) }.flatMap {
      $0.administeredLists(as: roles)
    }
  }
}

extension String {
  /// For what a list has addresses of which it refuses mail.
  fileprivate static let refusingRoles = ["request", "owner", "bounces", "admin"]

  /// What sets off from a list's name what its other addresses are for.
  fileprivate static let suffixMarks: [Character] = ["-", "+"]

  fileprivate func administeredLists(as roles: [String]) -> [String] {
    let address = lowercased()
    var lists = Self.suffixMarks.flatMap { mark -> [String] in
      guard let list = address.withoutSuffix(behind: mark) else { return [] }
      let name = address.prefix { $0 != "@" }.dropFirst(list.prefix { $0 != "@" }.count + 1)
      return roles.contains(String(name)) ? [list] : []
    }
    if address.hasPrefix("owner-") { lists.append(String(address.dropFirst(6))) }
    return lists
  }

  /// Whether it is the address of one of these lists with something behind the name.
  fileprivate func isAbout(_ lists: Set<String>) -> Bool {
    Self.suffixMarks.contains { mark in
      withoutSuffix(behind: mark).map { lists.contains($0.lowercased()) } == true
    }
  }

  /// An address without the last mark before its sign, and what is behind it.
  func withoutSuffix(behind mark: Character) -> String? {
    let name = prefix { $0 != "@" }
    guard let mark = name.lastIndex(of: mark), mark > startIndex else { return nil }
    return String(self[..<mark] + self[name.endIndex...])
  }
}

extension ArraySlice<UInt8> {
  /// Whether nothing is left but what a program counts or names its reports by: `(msg.aa12034)`.
  fileprivate var isNumberInBrackets: Bool {
    let text = drop { $0 <= 0x20 || ".!)".utf8.contains($0) }
    guard let last = text.last(where: { $0 > 0x20 }) else { return true }
    return text.first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
  }
}
