import RealRules
import ReplyMatcher
import Testing

@testable import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct MarkdownCatalogueTests {
  // MARK: - Golden pages

  /// `UPDATE_GOLDEN=1 swift test` writes the pages anew; read the difference before you commit it.
  @Test func pagesOfASmallCatalogue() throws {
    let catalogue = MarkdownCatalogue(try BounceClassifier(compiling: Self.golden))
    let output = Self.golden + "/Catalogue"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      _ = try catalogue.write(to: output)
    }
    for (path, page) in catalogue.pages {
      let expected = FileManager.default.contents(atPath: "\(output)/\(path)")
      #expect(page == expected.map { String(decoding: $0, as: UTF8.self) }, "\(path)")
    }
    #expect(catalogue.stalePaths(in: output) == [])
  }

  private static let tests = String(#filePath[..<#filePath.lastIndex(of: "/")!])
  /// A rules folder, and its pages.
  private static let golden = tests + "/Golden/Markdown"

  // MARK: - Links

  /// Over the real rules: every link between the pages leads somewhere, every rule is found on the
  /// pages that it belongs to, and every link to a rule file leads to the rule's line.
  @Test func linksLeadToTheirTargets() throws {
    let rulesFolder = RealRules.folder
    let classifier = try RealRules.classifier
    let pages = MarkdownCatalogue(classifier).pages
    let anchors = pages.mapValues { page in
      Set(page.matches(of: /<a id="([^"]+)"><\/a>/).map { String($0.1) })
    }
    var linked: [String: Set<String>] = [:]
    for (path, page) in pages {
      for link in Self.links(in: page) where !link.hasPrefix("http") {
        let (file, anchor) = Self.target(of: link, on: "Catalogue/" + path)
        linked[path, default: []].insert(file + (anchor.map { "#" + $0 } ?? ""))
        guard file.hasPrefix("Catalogue/") else {
          let exists = FileManager.default.fileExists(atPath: "\(rulesFolder)/\(file)")
          #expect(exists, "\(path): \(link)")
          continue
        }
        let target = String(file.dropFirst("Catalogue/".count))
        #expect(pages[target] != nil, "\(path): \(link)")
        if let anchor { #expect(anchors[target]?.contains(anchor) == true, "\(path): \(link)") }
      }
    }

    var lines: [String: [[UInt8].SubSequence]] = [:]
    for rule in classifier.rules {
      let own = PagePath.source(rule.source).path
      let target = "Catalogue/\(own)#\(rule.anchor)"
      let pages =
        [own, PagePath.category(rule.category).path] + rule.codes.map { PagePath.code($0).path }
      for page in pages { #expect(linked[page]?.contains(target) == true, "\(page): \(rule.id)") }
      #expect(linked[own]?.contains("\(rule.file)#L\(rule.line)") == true, "\(rule.id)")
      if lines[rule.file] == nil {
        let text = try #require(
          FileManager.default.contents(atPath: "\(rulesFolder)/\(rule.file)"))
        lines[rule.file] = [UInt8](text)
          .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      }
      let line = try #require(lines[rule.file])[rule.line - 1]
      #expect(String(decoding: line, as: UTF8.self).contains(rule.anchor + ":"))
    }
  }

  @Test func webAddressesKeepTheirMeaning() {
    #expect(
      Markdown.link("x", to: "https://a.example/b_(c)?d=1&copy=`|%20é")
        == "[x](https://a.example/b_%28c%29?d=1&amp;copy=%60%7C%20%C3%A9)")
    #expect(
      Markdown.prose("See https://a.example/b_c.")
        == #"See [https://a.example/b\_c](https://a.example/b_c)."#)
    #expect(Markdown.prose("(https://a.example)") == "([https://a.example](https://a.example))")
  }

  /// The targets of all links outside code.
  private static func links(in page: String) -> [String] {
    page.replacing(/(?s)(`{3,})text\n.*?\n\1/, with: "").replacing(/(`+)[^`].*?\1/, with: "")
      .matches(of: /[^\\]\]\(([^)]*)\)/).map { String($0.1) }
  }

  private static func target(of link: String, on page: String) -> (file: String, anchor: String?) {
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var folders = page.split(separator: "/")
    if !parts[0].isEmpty { folders.removeLast() }
    for part in parts[0].split(separator: "/") {
      if part == ".." { folders.removeLast() } else { folders.append(part) }
    }
    return (folders.joined(separator: "/"), parts.count > 1 ? String(parts[1]) : nil)
  }

  // MARK: - Hostile text

  @Test(arguments: [
    ("a | b", #"a \| b"#),
    (
      "<script>alert(1)</script> & &copy;", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &amp;copy;"
    ),
    ("**bold** _it_ ~~no~~ `code`", #"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\`"#),
    ("[x](javascript:y) ![z](q)", #"\[x\](javascript:y) \!\[z\](q)"#),
    ("one\n\n# two\r\nthree\u{2028}four", "one \\# two three four"),
    ("- item", #"\- item"#),
    ("+ item", #"\+ item"#),
    ("1. item", #"1\. item"#),
    ("12) item", #"12\) item"#),
    ("550 5.1.1 stays", "550 5.1.1 stays"),
    ("> quote", "&gt; quote"),
    ("back\\slash", #"back\\slash"#),
    ("$x$", "<span>$</span>x<span>$</span>"),
    ("|\u{301} combined", "\\|\u{301} combined"),
    ("esc\u{1B}[0m \u{202E}bidi", "esc\u{FFFD}\\[0m \u{FFFD}bidi"),
  ])
  func textIsNoMarkup(text: String, expected: String) {
    #expect(Markdown.text(text) == expected)
    #expect(Markdown.prose(text) == expected)
  }

  @Test(arguments: [
    ("plain", "`plain`"), ("a `b` c", "``a `b` c``"), ("`", "`` ` ``"), ("a\nb", "`a b`"),
  ])
  func codeSpansHoldBackticks(text: String, expected: String) {
    #expect(Markdown.code(text) == expected)
  }

  @Test func codeBlocksHoldFences() {
    #expect(
      Markdown.codeBlock("550 a\n````\n<b>\u{1B}") == "`````text\n550 a\n````\n<b>\u{FFFD}\n`````")
  }

  /// Each field of a rule tries to break out of its place.
  @Test func hostileRulesStayInTheirPlace() throws {
    let hostile = #"x | y </td><script>alert(1)</script> `a` ``` [l](javascript:a) <!-- & -->"#
    let text = "\(hostile)\\n\\n# heading\\n| a | b |\\n| --- | --- |\\n```\\n"
    // Outside of parentheses, a bar is an error.
    let phrase = text.replacing("|", with: "").replacing("x", with: "(q | x)", maxReplacements: 1)
    let catalogue = try TemporaryFolder([
      "categories.yaml": """
      kind: categories
      categories:
        unclassified:
          {name: "\(text)", meaning: "\(text)", bounce: soft, action: review, undecided: true,
           remedy: {sender: "\(text)"}}
      """,
      "o|dd [file](x) `.yaml": """
      id: hostile
      name: "\(text)"
      kind: phrases
      links: ["https://a.example/)|`[x](y)"]
      rules:
        bad:
          code: 550
          text: "\(phrase)"
          unless: "never `this` (a | <b>)"
          category: unclassified
          meaning: "\(text)"
          causes: [{cause: "\(text)", remedy: {sender: "\(text)"}}, {cause: "\(text)"}]
          tip: "\(text)"
          examples: ["550 \(text)"]
      """,
    ]).catalogue()
    for (path, page) in catalogue.pages {
      let outsideCode = page.replacing(/(?s)(`{3,})text\n.*?\n\1/, with: "")
        .replacing(/\\`/, with: "").replacing(/(`+)[^`].*?\1/, with: "CODE")
      let lines = outsideCode.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count { $0.hasPrefix("# ") } == 1, "\(path)")
      #expect(!outsideCode.contains("`"), "\(path)")
      #expect(!Self.links(in: page).contains { $0.hasPrefix("javascript") }, "\(path)")
      let foreignTags = outsideCode.matches(of: /<(?!!-- Generated|a id=|\/a>)/)
      #expect(foreignTags.isEmpty, "\(path)")

      // Every row has as many cells as the one above it.
      for (above, row) in zip(lines, lines.dropFirst()) where above.hasPrefix("|") && !row.isEmpty {
        #expect(cellCount(row) == cellCount(above), "\(path): \(row)")
      }
    }
  }

  private func cellCount(_ row: Substring) -> Int {
    row.replacing("\\|", with: "").count { $0 == "|" }
  }

  // MARK: - Files

  @Test func writingChangesOnlyWhatDiffers() throws {
    let folder = try TemporaryFolder(copyOf: Self.golden)
    let catalogue = try folder.catalogue()
    let output = folder.path + "/Pages/new"
    let all = catalogue.pages.keys.sorted()
    #expect(catalogue.stalePaths(in: output) == all)
    #expect(try catalogue.write(to: output) == all)
    #expect(try catalogue.write(to: output) == [])
    #expect(catalogue.stalePaths(in: output) == [])

    try folder.append("changed", to: "Pages/new/codes/550.md")
    try folder.remove("Pages/new/README.md")
    #expect(catalogue.stalePaths(in: output) == ["README.md", "codes/550.md"])
    #expect(try catalogue.write(to: output) == ["README.md", "codes/550.md"])
    #expect(catalogue.stalePaths(in: output) == [])
  }

  @Test func pagesThatNoLongerBelongAreRemoved() throws {
    let folder = try TemporaryFolder(copyOf: Self.golden)
    let output = folder.path + "/Pages"
    _ = try folder.catalogue().write(to: output)
    try folder.append("Mine.", to: "Pages/providers/notes.md")
    try folder.append("Mine.", to: "Pages/notes.txt")
    try folder.remove("providers/acme.yaml")

    let catalogue = try folder.catalogue()
    let stale = catalogue.stalePaths(in: output)
    #expect(stale.contains("providers/acme.md"))
    #expect(try catalogue.write(to: output) == stale)
    #expect(!folder.has("Pages/providers/acme.md"))
    #expect(folder.has("Pages/providers/notes.md"))
    #expect(folder.has("Pages/notes.txt"))
    #expect(catalogue.stalePaths(in: output) == [])

    // Another catalogue below the folder is left alone.
    _ = try catalogue.write(to: folder.path)
    #expect(folder.has("Pages/codes/550.md"))
  }

  @Test func filesThatPeopleWroteAreNotOverwritten() throws {
    let folder = try TemporaryFolder(copyOf: Self.golden)
    try folder.append("Mine.", to: "Pages/README.md")
    let error = try #require(throws: ForeignPages.self) {
      try folder.catalogue().write(to: folder.path + "/Pages")
    }
    #expect(error.paths == ["README.md"])
    #expect(!folder.has("Pages/codes/550.md"))
  }
}

/// A folder of files that is gone when the test ends.
private final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/whybounce-\(UUID().uuidString)"

  init(_ files: [String: String]) throws {
    for (name, text) in files { try append(text, to: name) }
  }

  init(copyOf folder: String) throws {
    try FileManager.default.copyItem(atPath: folder, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func catalogue() throws -> MarkdownCatalogue {
    MarkdownCatalogue(try BounceClassifier(compiling: path))
  }

  func append(_ text: String, to name: String) throws {
    let file = "\(path)/\(name)"
    let old = FileManager.default.contents(atPath: file) ?? Data()
    try FileManager.default.createDirectory(
      atPath: String(file[..<file.lastIndex(of: "/")!]), withIntermediateDirectories: true)
    try (old + Data(text.utf8)).write(to: URL(filePath: file))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}
