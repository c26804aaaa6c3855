import ArgumentParser
import BounceCatalogue
import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `whybounce explain`, and plain `whybounce`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a reply: what it means, who has to do what, whether to try again.",
    discussion: """
      The reply may be bare, of several lines, or wrapped in the words of the server that sent the \
      mail. The word 'explain' can be left out. Without a reply, standard input is read: one reply, or \
      a whole bounce message with its header. JSON, such as a provider's webhook posts or a program logs, \
      is read by its fields: of several recipients, one counts.

      EXAMPLES
        whybounce '554 Bad DNS PTR resource record'
        whybounce < bounce.eml
        whybounce explain --format json '452 4.2.2 Mailbox full'
        whybounce --trace '554 Bad DNS PTR resource record'
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @OptionGroup var argument: ReplyArgument

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "The server that gave the reply, where the text does not name it.", valueName: "host"))
  var remoteHost: HostName?

  @Flag(help: "Show every rule that fits instead, and why the winner won.")
  var trace = false

  @Option(help: "A page to read, or one JSON object.")
  var format = Format.text

  @Option(help: "Use colour; 'auto' does on a terminal, unless NO_COLOR is set.")
  var color = ColorChoice.auto

  func run() throws {
    let catalogue = try catalogue.load()
    let report = try argument.read(for: catalogue.classifier)
    let reply = report.text
    let remoteHost = remoteHost?.text ?? report.remoteHost
    if trace { return try printTrace(of: reply, remoteHost: remoteHost, by: catalogue) }
    let verdict = catalogue.classifier.verdict(on: report, remoteHost: remoteHost)
    if verdict.basis == .none { try failIfMistyped() }
    switch format {
    case .json:
      try Output.print(JSONText.pretty(verdict))
    case .text:
      var page = Page(color)
      page.explain(verdict, of: reply, by: catalogue)
      try Output.print(page.text)
    }
  }

  private func printTrace(
    of reply: [UInt8], remoteHost: String?, by catalogue: Catalogue
  ) throws {
    switch format {
    case .json:
      try Output.print(
        JSONText.pretty(
          TraceRecord(of: reply, remoteHost: remoteHost, by: catalogue.classifier)))
    case .text:
      var page = Page(color)
      TracePage(of: reply, remoteHost: remoteHost, by: catalogue).write(on: &page)
      try Output.print(page.text)
    }
  }

  /// A mistyped command is no reply either.
  private func failIfMistyped() throws {
    guard let word = argument.reply.first, !word.contains(where: \.isWhitespace),
      let name = nearest(to: word, in: Whybounce.commandNames)
    else { return }
    throw Failure(
      "There is no command '\(word)'; did you mean 'whybounce \(name)'?", exitCode: .wrongUsage)
  }
}
