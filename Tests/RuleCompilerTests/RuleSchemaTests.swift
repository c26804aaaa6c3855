import Foundation
import Testing

@testable import RuleCompiler

/// The schema against the compiler. (`.ci/check-schema` tries it with a validator.)
@Suite struct RuleSchemaTests {
  /// A pattern of the schema takes a text if and only if the compiler does.
  @Test(arguments: [
    (
      TextForm.code, "code",
      ["550", "299", "599", "45x", "4xx", "5x0", "199", "650", "xxx", "55", "5500", "5X0"]
    ),
    (
      .status, "status",
      ["5.1.1", "x.1.1", "5.x.x", "x.x.1", "5.01.1", "2.0.0", "x.x.x", "3.1.1", "5.1", "5.1.1000"]
        + ["5.1.1.1", "+5.1.1", "5.-1.1", "5.1."]
    ),
    (
      .link, "links",
      ["https://a.example/b?c=d", "http://a", "ftp://a", "a.example", "https://a b"]
    ),
    (
      .phrase, "text",
      ["no such user", "* user *", "ünknown", "{ip} is listed", "“no”", "a}b", "user {ip}{host}"]
        + ["{ip}", "* {ip} *", "...", "a { b", "a {bogus}", "a {reply}", "{ip"]
    ),
  ])
  func patternsAgree(form: TextForm, key: String, texts: [String]) throws {
    for text in texts {
      let rules = Self.rule(key == "links" ? ["code": "550", key: text] : [key: text])
      #expect(try Self.takes(form, text) == Self.compiles(rules), "\(key): \(text)")
    }
  }

  @Test(arguments: ["a", "a-1", "1und1", "A", "a_b", "a--b", "-a", "a-", "ä", ""])
  func idsAgree(id: String) throws {
    let rules = Self.rule(["code": "550"], id: id)
    #expect(try Self.takes(.id, id) == Self.compiles(rules))
  }

  @Test(arguments: ["a", "Ab_c-9", "a.b", "_a", "-", "a..b", ".a", "a.", "a b", "a.-", "ä", "a/b"])
  func fieldNamesAgree(name: String) throws {
    let events = "kind: events\nfields:\n  reply: ['\(name)']\n"
    #expect(try Self.takes(.fieldName, name) == Self.compiles(events))
  }

  @Test(arguments: ["a.example", "a-b.c.example", "example", ".example", "a.example.", "A.example"])
  func hostsAgree(host: String) throws {
    let rules = Self.rule(["code": "550"]).replacing("rules:", with: "hosts: '\(host)'\nrules:")
    #expect(try Self.takes(.host, host) == Self.compiles(rules))
  }

  @Test(arguments: [
    "relay {host}", "{ip} said", "said {reply}", "said {reply}: \"", "{address}: said {ip} {reply}",
    "{ip}", "{reply}", "host * said", "{reply} said", "said {reply} {ip}", "said {bogus}",
  ])
  func wrapperPhrasesAgree(phrase: String) throws {
    let wrappers = "kind: wrappers\nwrappers: {one: {text: '\(phrase)'}}\n"
    #expect(try Self.takes(.wrapperPhrase, phrase) == Self.compiles(wrappers), "\(phrase)")
  }

  private static func takes(_ form: TextForm, _ text: String) throws -> Bool {
    guard case .object(let keywords) = TextSchema(form).keywords,
      case .string(let pattern) = keywords.first(where: { $0.key == "pattern" })?.value
    else { return false }
    // Editors use the regular expressions of JavaScript, whose `$` is the end and no line's.
    return try NSRegularExpression(pattern: pattern.replacing("$", with: "\\z"))
      .firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  private static func rule(_ keys: [String: String], id: String = "one") -> String {
    let others = keys.map { "\($0): '\($1)'" }.joined(separator: ", ")
    return """
      id: acme
      name: Acme
      kind: provider
      rules:
        '\(id)': {\(others), category: policy, cause: c, examples: ['550']}

      """
  }

  /// Whether the reader finds nothing to say about a file.
  private static func compiles(_ text: String) -> Bool {
    let diagnostics = DiagnosticCollector()
    _ = RuleModel(files: [SourceFile(path: "a.yaml", bytes: Array(text.utf8))], diagnostics)
    return !diagnostics.hasErrors
  }
}
