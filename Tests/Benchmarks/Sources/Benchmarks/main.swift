import BounceCatalogue
import CMeasuring
import Foundation

// Measures whybounce beside other matchers. `../../run` builds it and names the programs it needs.

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let standard = BounceClassifier.standard
  let replies = try Replies(corpus: options.corpus, standard)
  if let id = options.instructionsOf {
    let contestants = try Matchers(standard, replies, only: id).contestants
    guard let contestant = contestants.first(where: { $0.id == id }) else {
      throw Failure("there is no contestant '\(id)'")
    }
    Instructions.run(contestant)
  } else {
    let report = try measure(standard, replies, options)
    print(options.isJSON ? try report.json() : report.text)
  }
} catch {
  progress("error: \(error)")
  exit(1)
}

func measure(_ standard: BounceClassifier, _ replies: Replies, _ options: Options) throws -> Report
{
  var report = Report(origin: replies.origin, ruleCount: standard.rules.count)
  func wants(_ section: Options.Section) -> Bool { options.sections.contains(section) }

  // Other programs first: they would inherit the one core on which this one is about to settle.
  if let whybounce = options.whybounce {
    if wants(.start) {
      progress("Starting the command line")
      report.start = try Start(options, whybounce: whybounce)
    }
    if wants(.commandLine) {
      progress("Classifying \(options.commandLineMegabytes) MB on the command line")
      report.commandLine = try CommandLineRuns(whybounce, standard, replies, options).rows()
    }
  }
  if wants(.buildTimes), let compiler = options.ruleCompiler, let modules = options.modules {
    report.buildTimes = try BuildTimes.rows(standard, ruleCompiler: compiler, modules: modules)
  }

  report.isPinned = pin_to_one_core() >= 0
  if wants(.matchers) {
    progress("Compiling the phrases for the other matchers")
    let matchers = try Matchers(standard, replies)
    progress("Comparing what the matchers find")
    report.literalCount = matchers.literals.texts.count
    report.foundCount = try matchers.compare(replies.texts)
    progress("Measuring the matchers, \(options.rounds) rounds")
    report.matchers = matchers.rows(options)
    report.allocationsPerReply = matchers.allocationsPerReply()
  }
  if wants(.instructions) {
    let counter = try Instructions()
    for index in report.matchers.indices {
      let row = report.matchers[index]
      // Under valgrind the slowest ones would take minutes.
      if row.nanosecondsPerReply > 100_000 { continue }
      progress("Counting instructions: \(row.name.drop { $0 == " " })")
      report.matchers[index].instructionsPerByte =
        try counter.ofOnePass(by: row.id, options) / Double(replies.texts.count) / row.bytesPerReply
    }
  }
  if wants(.growth) { report.growth = try Growth.rows(standard, replies, options) }
  if wants(.adversarial) {
    progress("Measuring hostile texts")
    let adversarial = Adversarial(standard, replies, options)
    report.adversarialSizes = (adversarial.replySize, adversarial.sizes)
    report.adversarial = adversarial.rows()
  }
  return report
}
