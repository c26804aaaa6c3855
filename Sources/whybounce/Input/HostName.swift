import ArgumentParser

/// The name or IP address of a server, as a command line gives it; empty where a script knows none. Of
/// what logs write, `mx.example.com[192.0.2.1]:25`, the name.
struct HostName: ExpressibleByArgument {
  let text: String

  init?(argument written: String) {
    let argument = Self.name(in: written)
    let hasRightCharacters = argument.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? scalar.properties.isAlphabetic || "0123456789-_.:".unicodeScalars.contains(scalar)
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    // (RFC 1035, 2.3.4.)
    guard hasRightCharacters, argument.utf8.count < 256 else { return nil }
    text = argument
  }

  private static func name(in written: String) -> String {
    if let match = written.wholeMatch(of: /([^\[\]:]*)\[([^\[\]]+)\](:[0-9]+)?/) {
      return String(match.1.isEmpty ? match.2 : match.1)
    }
    // (More than one colon stand in an IPv6 address.)
    return written.wholeMatch(of: /([^:]+):[0-9]+/).map { String($0.1) } ?? written
  }
}
