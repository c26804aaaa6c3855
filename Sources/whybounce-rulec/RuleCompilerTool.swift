import RuleCompiler

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The tool behind the plugins. People use `whybounce check` and `whybounce docs`; this one has no
/// other dependency than the compiler, so that the first build of a package with rules stays short.
///
///     whybounce-rulec swift TARGET-FOLDER OUTPUT MODULE-NAME [STANDARD-RULES]
///     whybounce-rulec docs TARGET-FOLDER [STANDARD-RULES]
///
/// Beside OUTPUT it notes what it has proved (`ProvedFiles`), for the next build.
@main
struct RuleCompilerTool {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("swift", 4...5):
      let standard = arguments.count == 5 ? arguments[4] : nil
      let record = arguments[2] + ".proved"
      let compilation = compile(arguments[1], standard, since: provedFiles(in: record))
      generateSwift(
        compilation, output: arguments[2], moduleName: arguments[3],
        runtimeModule: standard == nil ? "ReplyMatcher" : "BounceCatalogue")
      if let version, let files = compilation.provedFiles {
        // Without it the next build takes longer, and that is all.
        try? files.text(compiler: version)
          .write(toFile: record, atomically: true, encoding: .utf8)
      }
    case ("docs", 2...3):
      writeDocs(compile(arguments[1], arguments.count == 3 ? arguments[2] : nil))
    default:
      stop(
        """
        usage: whybounce-rulec swift TARGET-FOLDER OUTPUT MODULE-NAME [STANDARD-RULES]
               whybounce-rulec docs TARGET-FOLDER [STANDARD-RULES]
        """, exitCode: 2)
    }
  }

  /// Prints what is wrong; SwiftPM shows it as it stands, and editors link to the places.
  private static func compile(
    _ target: String, _ standard: String?, since earlier: ProvedFiles? = nil
  ) -> RuleCompilation {
    let compilation = RuleCompilation(
      target: target, sharing: standard.map(SharedRules.folder), since: earlier)
    for diagnostic in compilation.diagnostics { printError(diagnostic.rendered()) }
    if compilation.classifier == nil { exit(1) }
    return compilation
  }

  /// What an earlier build by this very program noted.
  private static func provedFiles(in record: String) -> ProvedFiles? {
    guard let version, let text = try? String(contentsOfFile: record, encoding: .utf8) else {
      return nil
    }
    return ProvedFiles(text: text, compiler: version)
  }

  /// Tells this program from others that were built of other sources; `nil` where its file is not known.
  private static var version: String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: CommandLine.arguments[0])
    guard let date = attributes?[.modificationDate], let size = attributes?[.size] else {
      return nil
    }
    return "\(date) \(size)"
  }

  private static func generateSwift(
    _ compilation: RuleCompilation, output: String, moduleName: String, runtimeModule: String
  ) {
    let emitter = SwiftEmitter(compilation, moduleName: moduleName, runtimeModule: runtimeModule)
    guard let source = emitter.source() else { exit(1) }
    // An untouched file spares the compiler a run.
    if FileManager.default.contents(atPath: output) == Data(source.utf8) { return }
    do {
      try source.write(toFile: output, atomically: true, encoding: .utf8)
    } catch {
      stop("error: cannot write '\(output)': \(error)", exitCode: 1)
    }
  }

  private static func writeDocs(_ compilation: RuleCompilation) {
    guard let classifier = compilation.classifier else { exit(1) }
    let pages = MarkdownCatalogue(classifier, without: compilation.borrowed)
    let output = compilation.folder + "/Catalogue"
    do {
      let changed = try pages.write(to: output)
      print(
        changed.isEmpty
          ? "The pages in \(output) were up to date."
          : "\(counted(changed.count, "page")) changed in \(output).")
    } catch {
      stop("error: cannot write the pages: \(error)", exitCode: 1)
    }
  }

  private static func stop(_ message: String, exitCode: Int32) -> Never {
    printError(message)
    exit(exitCode)
  }

  private static func printError(_ message: String) {
    // Not `stderr`: that is a global variable, which Swift 6 does not let anyone touch.
    let bytes = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
