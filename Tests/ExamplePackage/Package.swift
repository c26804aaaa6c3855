// swift-tools-version: 6.2
import PackageDescription

// A package with rules of its own, as somebody outside would write it. CI builds and tests it.
let package = Package(
  name: "ExamplePackage",
  dependencies: [
    // Outside this repository: .package(url: "https://…/whybounce", from: "…")
    .package(name: "whybounce", path: "../..")
  ],
  targets: [
    // Rules in a folder of the target.
    .target(
      name: "AcmeMail",
      dependencies: [.product(name: "BounceCatalogue", package: "whybounce")],
      plugins: [.plugin(name: "CompileRules", package: "whybounce")]),
    // A single rule file beside the sources.
    .target(
      name: "ListMail",
      dependencies: [.product(name: "BounceCatalogue", package: "whybounce")],
      plugins: [.plugin(name: "CompileRules", package: "whybounce")]),
    .testTarget(name: "AcmeMailTests", dependencies: ["AcmeMail", "ListMail"]),
  ]
)
