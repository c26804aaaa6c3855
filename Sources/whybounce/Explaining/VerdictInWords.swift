// What the words of a verdict mean to somebody who never saw one.

import BounceCatalogue

extension BounceType {
  var explanation: String {
    switch self {
    case .hard: "This is a hard bounce: the address itself is bad."
    case .soft: "This is a soft bounce: the address may well take mail later."
    case .block:
      """
      This is a block: the sender, its server or the message is refused, while the address itself \
      may be fine.
      """
    case .none: "The message is no bounce."
    }
  }

  var emphasis: Emphasis {
    switch self {
    case .hard: .hard
    case .soft: .soft
    case .block: .block
    case .none: .passed
    }
  }
}

extension Verdict {
  var isTransient: Bool { replyClass == 4 }

  /// Whether the server took what it was given: then nothing went wrong here.
  var isSuccess: Bool { 2...3 ~= replyClass }

  /// What to do, in a few words.
  var shortAdvice: String {
    switch (retry, action) {
    case _ where isSuccess: "no failure"
    case (_, .nothing): "nothing to do"
    case (_, .review): "somebody should look at it"
    case (.never, _): "do not try again"
    case (.later, .slowDown): "slow down, then try again"
    case (.later, .fix): "repair meanwhile, try again later"
    case (.later, _): "try again later"
    case (.afterFix, _): "repair first, then try again"
    }
  }

  /// Whether to send the same message again, in sentences.
  ///
  /// - Parameter isUndecided: Whether nobody knows what is wrong.
  func retryAdvice(isUndecided: Bool) -> String {
    var sentences: [String] = []
    switch retry {
    case _ where isSuccess:
      return "There is no need: this reply reports no failure."
    case .never where bounce == .none:
      return "There is no need: this message reports no failure."
    case _ where isUndecided && !isTransient:
      return "That depends on the reason, which the reply does not tell."
    case .never where action == .suppress:
      sentences.append("No: it would be refused again. Stop mailing this address.")
    case .never where action == .review:
      sentences.append("Not as it is: somebody should look at the cause first.")
    case .never:
      sentences.append("No: the server would refuse the same message again.")
    case .later:
      sentences.append(
        details.retryAfter.map { "Yes, after \(Duration.words(forSeconds: $0)) or more." }
          ?? "Yes, later.")
    case .afterFix:
      sentences.append("Only after the repair: until then it would be refused again.")
    }
    if action == .slowDown {
      sentences.append("Send fewer messages or connections at a time.")
    }
    if isTransient && retry != .never {
      sentences.append(
        "The message was put off, not refused: most mail servers try again by themselves, until they "
          + "give up and send it back.")
    }
    if action == .suppress && bounce == .block {
      sentences.append("The address may be fine, but it is to get no such mail.")
    } else if !isUndecided {
      sentences.append(bounce.explanation)
    }
    return sentences.joined(separator: " ")
  }

  /// What the reply names, with the label of each.
  func namedDetails(blocklist: Source?) -> [(label: String, value: String)] {
    let kinds: [UInt16: String] = [
      2: "success", 3: "more is wanted", 4: "put off for now", 5: "refused for good",
    ]
    let named: [(String, String?)] = [
      ("Reply code", code.map { "\($0) (\(kinds[$0.rawValue / 100] ?? "unknown"))" }),
      ("Enhanced status code", status.map(\.description)),
      ("Recipient", details.recipient),
      ("Mail was sent to", details.originalRecipient),
      ("Message-ID of the mail", details.messageID),
      ("Server that replied", details.remoteHost),
      ("Its IP address", details.remoteIP),
      ("Command it answered", details.command?.rawValue),
      ("Its own error code", details.errorCode),
      ("IP address", details.ip),
      ("Mail address", details.address),
      ("Domain", details.domain),
      ("Host", details.host),
      (
        "Blocklist",
        details.blocklist.map { name in blocklist.map { "\(name) (\($0.name))" } ?? name }
      ),
      ("Link", details.url),
      ("Number", details.count.map(String.init)),
      ("Wait", details.retryAfter.map(Duration.words(forSeconds:))),
      ("Size", details.size.map(ByteCount.words(for:))),
    ]
    return named.compactMap { label, value in value.map { (label, $0) } }
  }
}

extension Duration {
  /// `5 minutes`, `1 hour 30 minutes`.
  static func words(forSeconds seconds: Int) -> String {
    var rest = seconds
    var parts: [String] = []
    for (unit, length) in [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)] {
      let number = rest / length
      rest %= length
      if number > 0 { parts.append("\(number) \(unit)\(number == 1 ? "" : "s")") }
    }
    return parts.isEmpty ? "0 seconds" : parts.joined(separator: " ")
  }
}

enum ByteCount {
  /// `10 MiB`, `1500 bytes`: the largest unit in which the number is whole.
  static func words(for bytes: Int) -> String {
    for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)] {
      if bytes >= size, bytes % size == 0 { return "\(bytes / size) \(unit)" }
    }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}
