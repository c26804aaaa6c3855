import ReplyMatcher

extension ReplyTrace {
  /// Why a rule does not fit the reply, as a sentence about "it": the rule.
  ///
  /// - Parameter number: The rule's number in the order of the ids.
  package func reasonForMiss(of rule: Rule, number: UInt32, in reply: String) -> String {
    let text = rule.text
    let said = phrases.filter { $0.rule == number }
    let needed = text + rule.all
    let firstForbidden = needed.count
    let depth = said.filter { $0.index < firstForbidden }.map(\.depth).max() ?? 0
    if let forbidden = said.first(where: { $0.index >= firstForbidden && $0.depth >= depth }) {
      return Self.reason(whyForbiddenBy: rule, at: Int(forbidden.index) - firstForbidden)
    }
    let saidIndices = Set(said.map { Int($0.index) })
    let allIndices = text.count..<text.count + rule.all.count
    if let missing = allIndices.first(where: { !saidIndices.contains($0) }) {
      return Self.reason(whyNotSaid: needed[missing], in: reply)
    }
    if !text.isEmpty, saidIndices.isDisjoint(with: text.indices) {
      // The phrase that comes nearest is the one that was meant.
      let words = Set(foldedWords(of: reply))
      let nearest = text.max { a, b in
        Self.share(of: a, in: words) < Self.share(of: b, in: words)
      }
      return Self.reason(whyNotSaid: nearest!, in: reply)
    }
    // Every phrase counts with the codes of the reply, among several quoted ones, that says it.
    let texts = text.isEmpty ? [] : [said.filter { $0.index < text.count }]
    let parts = texts + allIndices.map { index in said.filter { $0.index == index } }
    let misplaced = parts.first { !$0.contains(where: \.takesCodes) }?.first
    if parts.isEmpty || misplaced != nil, let reason = reasonByCodes(of: rule) { return reason }
    if let misplaced {
      return Self.reason(whyCodesOf: rule, areMissingAt: needed[Int(misplaced.index)])
    }
    if !rule.commands.isEmpty, !rule.commands.contains(where: { $0.number == match.command }) {
      let commands = rule.commands.map(\.rawValue).joined(separator: " or ")
      let answered = SMTPCommand(number: match.command).map { "the command \($0.rawValue)" }
      return "it takes replies to \(commands), and the words around the reply name "
        + (answered ?? "no command")
    }
    if let forbidden = said.first(where: { $0.index >= firstForbidden }) {
      return Self.reason(whyForbiddenBy: rule, at: Int(forbidden.index) - firstForbidden)
    }
    return "its words and codes are in the reply, but not together in one of those that it quotes"
  }

  /// - Parameter index: The place of the phrase among those that the rule and its guards forbid.
  private static func reason(whyForbiddenBy rule: Rule, at index: Int) -> String {
    let phrase = rule.forbidden[index]
    if index < rule.unless.count { return "its 'unless: \(phrase)' forbids this reply" }
    let owner = rule.guards.first { $0.phrases.contains(phrase) }
    return "its guard '\(owner?.id ?? "")' forbids this reply: '\(phrase)'"
  }

  /// Why the rule takes none of the codes that count in the end; `nil` where it takes them.
  private func reasonByCodes(of rule: Rule) -> String? {
    let takesCode =
      rule.codes.isEmpty
      ? ![2, 3].contains(match.replyClass)
      : rule.codes.contains {
        CodePattern($0)?.matches(code: match.code, class: match.replyClass) == true
      }
    guard takesCode else {
      let code = match.code == 0 ? "none" : "\(match.code)"
      return rule.codes.isEmpty
        ? "it takes failures only, and the reply code is \(code)"
        : "it takes the reply code \(rule.codes.joined(separator: " or ")), and the reply has \(code)"
    }
    let takesStatus =
      rule.statuses.isEmpty
      || rule.statuses.contains { StatusPattern($0)?.matches(status: match.status) == true }
    guard !takesStatus else { return nil }
    let status = EnhancedStatusCode(packed: match.status)?.description ?? "none"
    return "it takes the status code \(rule.statuses.joined(separator: " or ")), and the reply has "
      + status
  }

  /// The reply has codes that the rule takes, but where it says a phrase it has others, or none yet.
  private static func reason(whyCodesOf rule: Rule, areMissingAt phrase: String) -> String {
    let codes = [
      rule.codes.isEmpty ? nil : "the reply code \(rule.codes.joined(separator: " or "))",
      rule.statuses.isEmpty ? nil : "the status code \(rule.statuses.joined(separator: " or "))",
    ].compactMap(\.self).joined(separator: " and ")
    return codes.isEmpty
      ? "it takes failures only, and the reply says '\(phrase)' under a code that is none"
      : "it takes \(codes), and that does not hold where the reply says '\(phrase)'"
  }

  private static func share(of phrase: String, in words: Set<String>) -> Double {
    let own = literalWords(of: phrase)
    return Double(own.count { words.contains($0) }) / Double(max(1, own.count))
  }

  private static func reason(whyNotSaid phrase: String, in reply: String) -> String {
    let words = foldedWords(of: reply)
    let missing = literalWords(of: phrase).filter { !words.contains($0) }
    guard let first = missing.first else {
      return "the reply has all words of '\(phrase)', but in another order, with others between "
        + "them ('*' lets them be there), or without what a placeholder stands for"
    }
    if missing.count == literalWords(of: phrase).count {
      return "the reply has no word of '\(phrase)'"
    }
    let meant = nearest(to: first, in: words).map { ", but '\($0)'" } ?? ""
    return "the reply does not say '\(first)'\(meant): the phrase is '\(phrase)'"
  }

  /// The words of a phrase without its placeholders and gaps.
  private static func literalWords(of phrase: String) -> [String] {
    foldedWords(of: phrase.replacing(/\{[a-z]*\}|\*/, with: " "))
  }
}
