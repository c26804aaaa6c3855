import FoundationEssentials
import RuleCompiler

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tool behind the plugins. People use `whybounce check` and `whybounce docs`; this one has no
/// other dependency than the compiler, so that the first build of a package with rules stays short.
///
///     whybounce-rulec swift OUTPUT CLASSIFIER-NAME RUNTIME-MODULE SHARED-RULES|- RULES...
///     whybounce-rulec docs OUTPUT RULES
@main
struct RuleCompilerTool {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "swift" where arguments.count > 5: generateSwift(Array(arguments.dropFirst()))
    case "docs" where arguments.count == 3: writeDocs(to: arguments[1], from: arguments[2])
    default:
      stop(
        """
        usage: whybounce-rulec swift OUTPUT CLASSIFIER-NAME RUNTIME-MODULE SHARED-RULES|- RULES...
               whybounce-rulec docs OUTPUT RULES
        """, exitCode: 2)
    }
  }

  private static func generateSwift(_ arguments: [String]) {
    let shared = arguments[3] == "-" ? nil : SharedRules.folder(arguments[3])
    let compilation = RuleCompilation(folders: Array(arguments[4...]), sharing: shared)
    report(compilation)
    let emitter = SwiftEmitter(
      compilation, classifierName: arguments[1], runtimeModule: arguments[2])
    guard let source = emitter.source() else { exit(1) }
    do {
      try source.write(toFile: arguments[0], atomically: true, encoding: .utf8)
    } catch {
      stop("error: cannot write '\(arguments[0])': \(error)", exitCode: 1)
    }
  }

  private static func writeDocs(to output: String, from rules: String) {
    let compilation = RuleCompilation(folder: rules)
    report(compilation)
    guard let classifier = compilation.classifier else { exit(1) }
    do {
      let changed = try MarkdownCatalogue(classifier).write(to: output)
      print(
        changed.isEmpty
          ? "The pages in \(output) were up to date."
          : "\(changed.count) pages changed in \(output).")
    } catch {
      stop("error: cannot write the pages: \(error)", exitCode: 1)
    }
  }

  /// Prints what is wrong; SwiftPM shows it as it stands, and editors link to the places.
  private static func report(_ compilation: RuleCompilation) {
    for diagnostic in compilation.diagnostics { printError(diagnostic.rendered()) }
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
