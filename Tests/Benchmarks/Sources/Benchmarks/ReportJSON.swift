import Foundation

// The report for programs.
extension Report {
  /// One object. Times are medians of this run; what was not measured is missing.
  func json() throws -> String {
    var object: [String: Any] = ["replies": origin, "rules": ruleCount]
    func add(_ key: String, _ value: Double?) {
      if let value { object[key] = (value * 1000).rounded() / 1000 }
    }
    for row in matchers {
      add("\(row.id)_ns", row.nanosecondsPerReply)
      add("\(row.id)_megabytes_per_s", row.megabytesPerSecond)
      add("\(row.id)_instructions_per_byte", row.instructionsPerByte)
      add("\(row.id)_spread", row.spread)
    }
    if let verdict {
      add("hyperscan_ratio", nanoseconds("hyperscan").map { $0 / verdict })
      add("re2_ratio", nanoseconds("re2").map { $0 / verdict })
    }
    add("allocations_per_reply", allocationsPerReply)
    for row in growth where row.factor > 1 {
      add("growth_\(row.factor)x", row.ratio)
      add("growth_\(row.factor)x_compile_s", row.compileSeconds)
    }
    if let worst = worstAdversarial {
      add("adversarial_ratio", worst.worst)
      object["adversarial_text"] = worst.name
    }
    if !commandLine.isEmpty {
      add("cli_replies_per_s", commandLine[0].repliesPerSecond)
      add("cli_peak_mb", commandLine.map(\.peakMegabytes)[0])
      object["cli"] = commandLine.map { row in
        [
          "name": row.name, "replies_per_s": row.repliesPerSecond.rounded(), "s": row.seconds,
          "processor_s": row.processorSeconds,
          "peak_mb": row.peakMegabytes,
        ] as [String: Any]
      }
    }
    add("start_ms", start?.milliseconds)
    add("start_peak_mb", start?.peakMegabytes)
    add("binary_mb", start?.binaryMegabytes)
    add("static_binary_mb", start?.staticBinaryMegabytes)
    for row in buildTimes {
      add("rules_\(row.ruleCount)_s", row.rulesSeconds)
      add("swift_\(row.ruleCount)_s", row.swiftSeconds)
    }
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }
}
