import BounceCatalogue
import Foundation
import RealRules

@testable import whybounce

/// A small rules folder, so that edits of the real catalogue do not change what tests expect.
final class SampleRules {
  private let scratch: Scratch
  let catalogue: Catalogue
  var folder: String { scratch.path }

  /// - Parameter changes: Files that take the place of others, or are new.
  init(changes: [String: String] = [:]) throws {
    let files = Self.files.merging(changes, uniquingKeysWith: { $1 })
    scratch = try Scratch(files)
    // Under a name that does not depend on the machine.
    catalogue = Catalogue(
      classifier: changes.isEmpty
        ? try Self.unchanged.get() : try Catalogue(folder: scratch.path).classifier,
      folder: "RULES")
  }

  /// Most tests change nothing, and what is compiled does not tell where its files were.
  private static let unchanged = Result {
    let scratch = try Scratch(files)
    return try withExtendedLifetime(scratch) { try Catalogue(folder: scratch.path).classifier }
  }

  private static let files = [
    "categories.yaml": """
    kind: categories

    categories:
      rate-limited:
        name: Too much mail
        meaning: More messages came than the receiver allows.
        bounce: soft
        action: slow-down
        remedy:
          sender: Wait some hours.

      mailbox-full:
        name: Mailbox full
        meaning: The recipient's mailbox has used up its storage.
        bounce: soft
        action: retry
        remedy:
          sender: Tell the recipient by other means.
          recipient: Delete mail.

      recipient-unknown:
        name: Recipient unknown
        meaning: The recipient's address does not exist.
        bounce: hard
        action: suppress
        remedy:
          sender: Check the address for typing errors.

      unclassified:
        name: Not classified
        meaning: The reply does not say what is wrong.
        bounce: soft
        action: review
        undecided: true
        remedy:
          sender: Ask your administrator.
    """,
    "codes.yaml": """
    id: codes
    name: Reply codes
    kind: standard
    links: [https://example.com/codes]

    rules:
      reply-550:
        code: 550
        category: unclassified
        cause: The code stands for several cases.
        examples: ['550']

      status-x-1-1:
        status: x.1.1
        category: recipient-unknown
        cause: The mailbox does not exist.
        examples: [550 5.1.1]
    """,
    "acme.yaml": """
    id: acme
    name: Acme Mail
    kind: provider
    hosts: [acme.example]
    links: [https://example.com/acme]

    rules:
      no-such-mailbox:
        code: 550
        text: No such mailbox here
        category: recipient-unknown
        meaning: Acme has no mailbox of this name, and it forwards nothing that comes for it.
        causes:
          - cause: The address has a typing error.
            remedy:
              sender: >-
                Compare the address, letter by letter, with the one that the recipient gave you.
          - cause: The mailbox was closed.
            remedy:
              sender: Ask the recipient for the new address.
              sending-admin: Remove the address from your lists.
        tip: Acme never opens a closed mailbox again.
        examples:
          - 550 No such mailbox here

      slow-down:
        code: 4xx
        text: Too many messages, try again in {duration}
        category: rate-limited
        cause: The server sent more than 100 messages in an hour.
        remedy:
          sending-admin: Send less.
        examples:
          - 421 Too many messages, try again in 5 minutes
    """,
  ]
}

extension Catalogue {
  func explanation(
    of reply: some Sequence<UInt8>, isColored: Bool = false, width: Int = 72
  ) -> String {
    var page = Page(width: width, isColored: isColored)
    let bytes = Array(reply)
    page.explain(classifier.classify(bytes), of: bytes, by: self)
    return page.text
  }

  func trace(of reply: String, remoteHost: String? = nil, focus: String? = nil) -> String {
    var page = Page(width: 72, isColored: false)
    TracePage(of: Array(reply.utf8), remoteHost: remoteHost, by: self)
      .write(on: &page, focus: focus.flatMap { classifier.rule(RuleID(rawValue: $0)) })
    return page.text
  }
}
