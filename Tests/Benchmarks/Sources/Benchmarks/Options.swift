import Foundation

/// What the command line asks for.
struct Options {
  /// The parts that can be measured alone.
  enum Section: String, CaseIterable {
    case matchers, instructions, growth, adversarial
    case commandLine = "command-line"
    case start
    case buildTimes = "build-times"
  }

  var isJSON = false
  /// Fewer rounds and smaller inputs: to see that everything works, not for figures to keep.
  var isQuick = false
  var sections = Set(Section.allCases).subtracting([.buildTimes])
  var corpus = "../shared/corpus/replies.ndjson"
  /// The release build of the command line, and the same with the Swift library inside.
  var whybounce: String?
  var staticWhybounce: String?
  /// The tool that the plugins run, to measure how long generated Swift compiles.
  var ruleCompiler: String?
  var modules: String?
  var commandLineMegabytes = 200
  /// Set where the program runs under callgrind: the contestant whose instructions are counted.
  var instructionsOf: String?

  var rounds: Int { isQuick ? 3 : 15 }

  static let usage = """
    usage: Benchmarks [--json] [--quick] [--build-times] [--only SECTION,...] [--corpus FILE]
                      [--megabytes N] [--whybounce FILE] [--static-whybounce FILE]
                      [--rule-compiler FILE] [--modules FOLDER]
    sections: \(Section.allCases.map(\.rawValue).joined(separator: ", "))
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(of option: String) throws -> String {
      guard let value = rest.popFirst() else { throw Failure("\(option) wants a value") }
      return value
    }
    while let option = rest.popFirst() {
      switch option {
      case "--json": isJSON = true
      case "--quick": (isQuick, commandLineMegabytes) = (true, min(commandLineMegabytes, 20))
      case "--build-times": sections.insert(.buildTimes)
      case "--only":
        sections = try Set(
          value(of: option).split(separator: ",").map {
            guard let section = Section(rawValue: String($0)) else {
              throw Failure("there is no section '\($0)'\n\(Self.usage)")
            }
            return section
          })
      case "--corpus": corpus = try value(of: option)
      case "--megabytes": commandLineMegabytes = try Int(value(of: option)) ?? 200
      case "--whybounce": whybounce = try value(of: option)
      case "--static-whybounce": staticWhybounce = try value(of: option)
      case "--rule-compiler": ruleCompiler = try value(of: option)
      case "--modules": modules = try value(of: option)
      case "--count-instructions": instructionsOf = try value(of: option)
      default: throw Failure(Self.usage)
      }
    }
  }
}

/// Why a measurement cannot go on, or is worth nothing.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Tells on standard error what is going on; standard output is for the report.
func progress(_ text: String) {
  FileHandle.standardError.write(Data("\(text)\n".utf8))
}
