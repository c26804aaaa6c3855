import MailReport

/// `explain-bounce REPLY`: the rules of all targets that explain a reply.
///
/// It imports nothing else: the catalogue needs no Foundation, nor does a program that uses it.
@main
struct ExplainBounce {
  static func main() {
    let reply = CommandLine.arguments.dropFirst().joined(separator: " ")
    for rule in explanations(of: reply) { print(rule.rawValue) }
  }
}
