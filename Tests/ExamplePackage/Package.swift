// swift-tools-version: 6.2
import PackageDescription

// A package with rules of its own, as somebody outside would write it. CI builds and tests it.

let catalogue = Target.Dependency.product(name: "BounceCatalogue", package: "whybounce")
let compileRules = Target.PluginUsage.plugin(name: "CompileRules", package: "whybounce")

let package = Package(
  name: "ExamplePackage",
  platforms: [.macOS(.v26)],
  dependencies: [
    // Outside this repository: .package(url: "https://…/whybounce", from: "…")
    .package(name: "whybounce", path: "../..")
  ],
  targets: [
    // Rules that extend the standard catalogue, and stand over one of its rules.
    .target(name: "AcmeMail", dependencies: [catalogue], plugins: [compileRules]),
    // Rules that stand alone, in a single file beside the sources.
    .target(name: "ListMail", dependencies: [catalogue], plugins: [compileRules]),
    // Without a configuration. It uses the rules of the others too: all live in one program.
    .target(
      name: "MailReport", dependencies: [catalogue, "AcmeMail", "ListMail"],
      plugins: [compileRules]),
    .executableTarget(name: "explain-bounce", dependencies: ["MailReport"]),
    .testTarget(name: "MailReportTests", dependencies: ["MailReport"]),
  ]
)
