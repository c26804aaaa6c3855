import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `check` found, as a SARIF 2.1.0 log: the format that code hosts and editors read.
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
struct SARIFLog: Encodable {
  let version = "2.1.0"
  let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
  let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  init(_ compilation: RuleCompilation, toolVersion: String) {
    let kinds = DiagnosticKind.allCases.filter { kind in
      compilation.diagnostics.contains { $0.kind == kind }
    }
    runs = [
      Run(
        tool: Tool(driver: Driver(version: toolVersion, rules: kinds.map(ReportingRule.init))),
        results: compilation.diagnostics.map { Result($0, kinds) })
    ]
  }

  struct Run: Encodable {
    let tool: Tool
    /// How `SourceLocation` counts.
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Tool: Encodable { let driver: Driver }

  struct Driver: Encodable {
    let name = "whybounce"
    let version: String
    let rules: [ReportingRule]
  }

  struct ReportingRule: Encodable {
    let id: String
    let shortDescription: Message

    init(_ kind: DiagnosticKind) {
      (id, shortDescription) = (kind.rawValue, Message(text: kind.explanation))
    }
  }

  struct Message: Encodable { let text: String }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let relatedLocations: [Location]?
    let fixes: [Correction]?

    init(_ diagnostic: Diagnostic, _ kinds: [DiagnosticKind]) {
      ruleId = diagnostic.kind.rawValue
      ruleIndex = kinds.firstIndex(of: diagnostic.kind)!
      level = diagnostic.severity.rawValue
      let remarks = diagnostic.notes.filter { $0.location == nil }.map(\.message)
      message = Message(text: ([diagnostic.message] + remarks).joined(separator: "\n"))
      locations = [diagnostic.location.map { Location($0) }].compactMap(\.self)
      let places = diagnostic.notes.enumerated().compactMap { number, note in
        note.location.map { Location($0, id: number + 1, message: Message(text: note.message)) }
      }
      relatedLocations = places.isEmpty ? nil : places
      fixes = diagnostic.fixes.isEmpty ? nil : diagnostic.fixes.map(Correction.init)
    }
  }

  struct Location: Encodable {
    let id: Int?
    let message: Message?
    let physicalLocation: PhysicalLocation

    init(_ location: SourceLocation, id: Int? = nil, message: Message? = nil) {
      (self.id, self.message) = (id, message)
      physicalLocation = PhysicalLocation(
        artifactLocation: ArtifactLocation(path: location.file.path),
        region: Region(
          startLine: location.line, startColumn: location.column, endLine: location.line,
          endColumn: location.endColumn))
    }
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct ArtifactLocation: Encodable {
    let uri: String

    init(path: String) {
      uri = URL(filePath: path, directoryHint: .notDirectory).relativeString
    }
  }

  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
  }

  struct Correction: Encodable {
    let description: Message
    let artifactChanges: [ArtifactChange]

    init(_ fix: Fix) {
      description = Message(text: fix.title)
      let (endLine, endColumn) = fix.place.end
      let region = Region(
        startLine: fix.place.line, startColumn: fix.place.column, endLine: endLine,
        endColumn: endColumn)
      artifactChanges = [
        ArtifactChange(
          artifactLocation: ArtifactLocation(path: fix.place.file.path),
          replacements: [
            Replacement(
              deletedRegion: region, insertedContent: Message(text: fix.replacement))
          ])
      ]
    }
  }

  struct ArtifactChange: Encodable {
    let artifactLocation: ArtifactLocation
    let replacements: [Replacement]
  }

  struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: Message
  }
}
