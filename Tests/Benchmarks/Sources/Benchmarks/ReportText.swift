// The report for people.
extension Report {
  var text: String {
    var parts = ["\(origin); \(ruleCount) rules" + (isPinned ? "; one core" : "")]
    if !matchers.isEmpty { parts.append(matcherText) }
    if !growth.isEmpty { parts.append(growthText) }
    if !adversarial.isEmpty { parts.append(adversarialText) }
    if !commandLine.isEmpty { parts.append(commandLineText) }
    if let start { parts.append(text(of: start)) }
    if !buildTimes.isEmpty { parts.append(buildTimesText) }
    return parts.joined(separator: "\n\n")
  }

  private var matcherText: String {
    let rows = matchers.map { row in
      [
        row.name, row.nanosecondsPerReply.short, row.megabytesPerSecond.short,
        row.instructionsPerByte?.short ?? "", (row.nanosecondsPerReply / (verdict ?? 1)).short,
        "±\((row.spread * 100).short) %",
      ]
    }
    let table = Self.table(
      ["", "ns/reply", "MB/s", "instr./byte", "time to ours", "spread"], rows)
    let same = """
      \(literalCount) literal phrases; in all replies together every matcher found the same \
      \(foundCount).
      """
    let allocations = allocationsPerReply.map { "Allocations per reply: \($0.short)" }
    return [table, same, allocations].compactMap(\.self).joined(separator: "\n")
  }

  private var growthText: String {
    Self.table(
      ["growth", "rules", "phrases", "ns/reply", "time to 1x", "spread", "compiled in"],
      growth.map { row in
        [
          "\(row.factor)x", "\(row.ruleCount)", "\(row.phraseCount)", row.nanosecondsPerReply.short,
          row.ratio.short, "±\((row.spread * 100).short) %",
          row.factor == 1 ? "" : "\(row.compileSeconds.short) s",
        ]
      })
  }

  private var adversarialText: String {
    let sizes =
      ["replies of \(adversarialSizes.short) B"]
      + adversarialSizes.long.map { "\($0 >> 20) MiB" }
    let rows = adversarial.map { row in
      [row.name]
        + row.times.flatMap { time in
          time.map { [$0.nanoseconds.short, $0.ratio.short] } ?? ["–", "–"]
        }
    }
    return Self.table(["hostile text, ns/byte and ratio"] + sizes.flatMap { [$0, "×"] }, rows)
  }

  private var commandLineText: String {
    Self.table(
      ["command line", "replies/s", "MB/s", "seconds", "processor s", "peak MB"],
      commandLine.map { row in
        [
          row.name, row.repliesPerSecond.short, row.megabytesPerSecond.short, row.seconds.short,
          row.processorSeconds.short, row.peakMegabytes.short,
        ]
      })
  }

  private func text(of start: Start) -> String {
    var rows = [
      ["explain one reply", "\(start.milliseconds.short) ms", "±\((start.spread * 100).short) %"],
      ["  /bin/true", "\(start.emptyMilliseconds.short) ms", ""],
      ["  peak memory", "\(start.peakMegabytes.short) MB", ""],
      ["  size of the program", "\(start.binaryMegabytes.short) MB", ""],
    ]
    if let size = start.staticBinaryMegabytes, let time = start.staticMilliseconds {
      rows += [
        ["with the Swift library inside", "\(time.short) ms", ""],
        ["  size of the program", "\(size.short) MB", ""],
      ]
    }
    return Self.table(["start", "", "spread"], rows)
  }

  private var buildTimesText: String {
    Self.table(
      ["build", "YAML to Swift", "Swift to object", "generated"],
      buildTimes.map { row in
        [
          "\(row.ruleCount) rules", "\(row.rulesSeconds.short) s", "\(row.swiftSeconds.short) s",
          "\(row.sourceMegabytes.short) MB",
        ]
      })
  }

  /// Columns side by side, the first to the left and the others to the right.
  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head] + rows
    let widths = head.indices.map { column in lines.map { $0[column].count }.max()! }
    return lines.map { line in
      let cells = line.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }
}

extension Double {
  /// With three digits that count.
  fileprivate var short: String {
    let digits = self < 10 ? 2 : self < 100 ? 1 : 0
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((self * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return digits == 0
      ? String(scaled)
      : "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}
