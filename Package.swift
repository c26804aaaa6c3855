// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "whybounce",
  // `InlineArray` holds what a walk keeps on the stack.
  platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
  products: [
    .executable(name: "whybounce", targets: ["whybounce"]),
    .library(name: "BounceCatalogue", targets: ["BounceCatalogue"]),
    .library(name: "BounceMessages", targets: ["BounceMessages"]),
    .library(name: "RuleCompiler", targets: ["RuleCompiler"]),
    .plugin(name: "CompileRules", targets: ["CompileRules"]),
    .plugin(name: "GenerateDocs", targets: ["GenerateDocs"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The pipeline, in the order in which data flows: YAML → rules → tables → verdict.
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "RuleCompiler", dependencies: ["CYAML", "ReplyMatcher"]),
    .executableTarget(name: "whybounce-rulec", dependencies: ["RuleCompiler"]),
    .plugin(
      name: "CompileRules", capability: .buildTool(),
      dependencies: ["whybounce-rulec"]),
    .target(name: "ReplyMatcher"),
    .target(
      // `Rules` is a link to the top level, where people find the rules; the plugin reads them.
      name: "BounceCatalogue", dependencies: ["ReplyMatcher"], exclude: ["Rules"],
      plugins: ["CompileRules"]),
    .target(
      name: "BounceMessages", dependencies: ["ReplyMatcher"],
      // Character encodings; elsewhere part of the C library.
      linkerSettings: [
        .linkedLibrary("iconv", .when(platforms: [.macOS, .iOS, .tvOS, .watchOS, .visionOS]))
      ]),
    .executableTarget(
      name: "whybounce",
      dependencies: [
        "BounceCatalogue", "BounceMessages", "RuleCompiler",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .plugin(
      name: "GenerateDocs",
      capability: .command(
        intent: .custom(
          verb: "generate-docs",
          description: "Writes the rules as Markdown into a folder Catalogue beside them."),
        permissions: [
          .writeToPackageDirectory(
            reason: "It writes the Markdown pages into a folder Catalogue beside the rules.")
        ]),
      dependencies: ["whybounce-rulec"]),

    // Not a product: what the tests of several targets ask of the rules.
    .target(
      name: "RealRules", dependencies: ["BounceCatalogue", "RuleCompiler"],
      path: "Tests/RealRules"),
    .testTarget(
      name: "ReplyMatcherTests", dependencies: ["ReplyMatcher", "RuleCompiler", "RealRules"]),
    .testTarget(
      name: "RuleCompilerTests", dependencies: ["RuleCompiler", "RealRules"],
      exclude: ["Diagnostics", "Golden", "Shared", "Standard", "TargetDiagnostics"]),
    .testTarget(
      name: "BounceCatalogueTests",
      dependencies: ["BounceCatalogue", "BounceMessages", "RuleCompiler", "RealRules"]),
    .testTarget(
      name: "BounceMessagesTests",
      dependencies: ["BounceCatalogue", "BounceMessages", "RealRules"]),
    .testTarget(
      name: "WhybounceTests", dependencies: ["whybounce", "RealRules"], exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
