import ReplyMatcher

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The catalogue as Markdown pages, to be browsed on GitHub: one for each source, category and
/// reply code, and an index.
///
/// The same rules always give the same pages, byte for byte, so that they can be committed and a
/// build can tell whether they are up to date.
package struct MarkdownCatalogue: Sendable {
  /// Every page by its path below the output folder.
  package let pages: [String: String]

  /// - Parameter borrowed: What these rules have from the standard catalogue: no pages tell of its
  ///   rules, nor of its categories where none of these rules needs them.
  package init(_ classifier: BounceClassifier, without borrowed: BorrowedEntries = .init()) {
    let contents = CatalogueContents(classifier, without: borrowed)
    var pages = [contents.indexPage()]
    pages += contents.sources.map(contents.sourcePage)
    pages += contents.categories.map(contents.categoryPage)
    pages += contents.codes.map(contents.codePage)
    if !contents.guards.isEmpty { pages.append(contents.guardPage()) }
    self.pages = Dictionary(uniqueKeysWithValues: pages.map { ($0.path.path, $0.markdown) })
  }

  // MARK: - Files

  /// Writes the pages that differ, and removes generated pages that no longer belong.
  ///
  /// - Parameter folder: A folder right below the rules folder: the pages link to the rule files
  ///   from there. It is created if it is missing.
  /// - Returns: The paths that changed, sorted.
  /// - Throws: `ForeignPages` where a page would overwrite somebody's own file; then nothing has
  ///   been written.
  package func write(to folder: String) throws -> [String] {
    let foreign = pages.keys.filter { path in
      contents(of: path, in: folder).map { !Page.isGenerated($0) } ?? false
    }
    if !foreign.isEmpty { throw ForeignPages(folder: folder, paths: foreign.sorted()) }

    let files = FileManager.default
    let changed = stalePaths(in: folder)
    for path in changed {
      let file = "\(folder)/\(path)"
      guard let page = pages[path] else {
        try files.removeItem(atPath: file)
        continue
      }
      try files.createDirectory(
        atPath: String(file[..<file.lastIndex(of: "/")!]), withIntermediateDirectories: true)
      try page.write(toFile: file, atomically: true, encoding: .utf8)
    }
    return changed
  }

  /// The paths that differ from what is in the folder (missing, changed or left over), sorted.
  package func stalePaths(in folder: String) -> [String] {
    let differing = pages.filter { path, page in
      contents(of: path, in: folder) != Data(page.utf8)
    }.keys
    return (differing + leftOverPaths(in: folder)).sorted()
  }

  /// Generated pages that no longer belong. A file without the mark is somebody's own.
  private func leftOverPaths(in folder: String) -> [String] {
    // (Elsewhere below, another catalogue may stand.)
    PagePath.folders.flatMap { pageFolder in
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(pageFolder)"))
      return (files ?? []).map { "\(pageFolder)/\($0)" }.filter { path in
        path.hasSuffix(".md") && pages[path] == nil
          && contents(of: path, in: folder).map(Page.isGenerated) ?? false
      }
    }
  }

  private func contents(of path: String, in folder: String) -> Data? {
    FileManager.default.contents(atPath: "\(folder)/\(path)")
  }
}

/// Files that stand where pages should, but were not generated.
package struct ForeignPages: Error, CustomStringConvertible {
  package let folder: String
  package let paths: [String]

  package var description: String {
    "not generated, so not overwritten: "
      + paths.map { "'\(folder)/\($0)'" }.joined(separator: ", ")
      + " (move them away, or choose another folder)"
  }
}
