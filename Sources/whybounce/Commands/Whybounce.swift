import ArgumentParser
import RuleCompiler

@main
struct Whybounce: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whybounce",
    abstract: "Says why mail was refused, who has to act and whether to try again.",
    discussion: """
      Put the mail server's reply between quotes. Without any, standard input is read as one reply.

      EXAMPLES
        whybounce '554 Bad DNS PTR resource record'
        whybounce classify --format csv replies.txt > replies.csv
        whybounce --rules Rules '550 5.1.1 User unknown'

      EXIT CODES
        0  done
        1  a check failed: bad rules, a bad line of input, an unreadable file
        2  wrong usage
      """,
    version: "0.1.0",
    subcommands: [
      Explain.self, Classify.self, Rules.self, New.self, Check.self, TestRules.self, Diff.self,
      Format.self, Schema.self, Docs.self, Learn.self, Evaluate.self,
    ],
    defaultSubcommand: Explain.self)

  static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  static func main() {
    do {
      try failIfHelpIsUnknown(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// The parser answers `help nosuch` with the help of the whole.
  private static func failIfHelpIsUnknown(_ arguments: ArraySlice<String>) throws {
    guard arguments.first == "help", let name = arguments.dropFirst().first,
      !name.hasPrefix("-"), name != "help", !commandNames.contains(name)
    else { return }
    let meant = nearest(to: name, in: commandNames)
    throw Failure(
      "There is no command '\(name)'"
        + (meant.map { "; did you mean 'whybounce help \($0)'?" } ?? ". See: whybounce --help"),
      exitCode: .wrongUsage)
  }

  /// Ends the program: says what went wrong, if anything did.
  static func end(with error: any Error) -> Never {
    if let failure = error as? Failure {
      Console.error(failure.message)
      exit(withError: failure.exitCode)
    }
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    for line in fullMessage(for: error).split(separator: "\n") { Console.note(String(line)) }
    exit(withError: ExitCode.wrongUsage)
  }
}
