import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// When to use colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// By https://no-color.org: `auto` means a terminal that can show colour, and no `NO_COLOR`.
  func isOn(for terminal: Terminal) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      let isUnwanted = terminal.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return terminal.isInteractive && !isUnwanted && terminal.environment["TERM"] != "dumb"
    }
  }
}

/// Where text for people goes, and what fits there.
struct Terminal {
  let isInteractive: Bool
  /// The width that the window has, or that `COLUMNS` asks for; `nil` where lines have no end.
  let columns: Int?
  let environment: [String: String]

  /// - Parameter windowColumns: The width of the window, where one is known.
  init(isInteractive: Bool, windowColumns: Int?, environment: [String: String]) {
    (self.isInteractive, self.environment) = (isInteractive, environment)
    let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    columns = asked ?? (isInteractive ? windowColumns ?? 80 : nil)
  }

  init(_ descriptor: FileDescriptor) {
    self.init(
      isInteractive: descriptor.isTerminal, windowColumns: descriptor.columns,
      environment: ProcessInfo.processInfo.environment)
  }

  /// The width of a page to read: a line of more than 100 columns tires the eye.
  var pageWidth: Int { min(max(columns ?? 80, 40), 100) }
}
