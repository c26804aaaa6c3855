import ArgumentParser

/// The name or IP address of a server, as a command line gives it; empty where a script knows none.
struct HostName: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    let hasRightCharacters = argument.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? scalar.properties.isAlphabetic || "0123456789-_.:".unicodeScalars.contains(scalar)
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    // (RFC 1035, 2.3.4.)
    guard hasRightCharacters, argument.utf8.count < 256 else { return nil }
    text = argument
  }
}
