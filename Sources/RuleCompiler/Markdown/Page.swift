import ReplyMatcher

/// A page of the catalogue.
struct Page {
  /// Tells generated pages from files that people wrote. GitHub does not show it.
  private static let mark = "<!-- Generated from the rule files. Do not edit. -->"

  static func isGenerated(_ file: some Collection<UInt8>) -> Bool { file.starts(with: mark.utf8) }

  let path: PagePath
  /// Paragraphs, headings, lists and tables.
  var blocks: [String]

  var markdown: String { ([Self.mark] + blocks).joined(separator: "\n\n") + "\n" }
}

/// Where a page stands below the output folder. It makes the links, which all are relative.
struct PagePath: Hashable {
  let path: String

  static let index = PagePath(path: "README.md")
  static let guards = PagePath(path: "\(guardFolder)/README.md")

  static func source(_ source: Source) -> PagePath {
    PagePath(path: "\(source.kind.folder)/\(source.id).md")
  }

  static func category(_ id: BounceCategory) -> PagePath {
    PagePath(path: "\(categoryFolder)/\(id.rawValue).md")
  }

  static func code(_ code: String) -> PagePath { PagePath(path: "\(codeFolder)/\(code).md") }

  private static let (categoryFolder, codeFolder, guardFolder) = ("categories", "codes", "guards")

  /// All folders in which pages stand.
  static let folders =
    SourceKind.allCases.map(\.folder) + [categoryFolder, codeFolder, guardFolder]

  /// The way up to the output folder.
  private var up: String {
    path.split(separator: "/").dropLast().map { _ in "../" }.joined()
  }

  func link(_ label: String, to other: PagePath, anchor: String? = nil) -> String {
    let file = other == self && anchor != nil ? "" : up + other.path
    return "[\(label)](\(file)\(anchor.map { "#\($0)" } ?? ""))"
  }

  func link(_ label: String, to rule: Rule) -> String {
    link(label, to: .source(rule.source), anchor: rule.anchor)
  }

  /// A link to a rule file, or to a line of it. The only place that knows that the output folder
  /// stands right below the rules folder.
  func link(_ label: String, toRuleFile file: String, line: Int? = nil) -> String {
    let target = Markdown.percentEncoded(file, keeping: "/")
    return "[\(label)](\(up)../\(target)\(line.map { "#L\($0)" } ?? ""))"
  }
}

extension Rule {
  /// Where the rule stands on its source's page.
  var anchor: String { String(id.rawValue.dropFirst(source.id.count + 1)) }
}

extension SourceKind {
  /// The folder of the pages about sources of this kind.
  fileprivate var folder: String {
    switch self {
    case .standard: "standard"
    case .software: "software"
    case .filter: "filters"
    case .blocklist: "blocklists"
    case .provider: "providers"
    case .phrases: "phrases"
    }
  }
}
