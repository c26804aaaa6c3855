// swift-tools-version: 6.2
import PackageDescription

// whybounce beside other matchers. `./run` installs what they need, builds and measures; this
// package stands apart so that the matchers never become dependencies of the product.

// The folder with `librust_peers.a`. `./run` names it where a Rust compiler is to be had.
let rustLibrary = Context.environment["RUST_PEERS_LIBRARY"]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "whybounce", path: "../..")],
  targets: [
    .systemLibrary(name: "CHyperscan", pkgConfig: "libhs", providers: [.apt(["libhyperscan-dev"])]),
    .target(
      name: "CRE2", cxxSettings: [.unsafeFlags(["-O2"])], linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CRustPeers"),
    .target(name: "CMeasuring"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CHyperscan", "CRE2", "CRustPeers", "CMeasuring",
        .product(name: "BounceCatalogue", package: "whybounce"),
        .product(name: "RuleCompiler", package: "whybounce"),
      ],
      swiftSettings: rustLibrary == nil ? [] : [.define("RUST_PEERS")],
      linkerSettings: rustLibrary.map { [.unsafeFlags(["-L\($0)", "-lrust_peers"])] } ?? []),
    .executableTarget(name: "measured-run"),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
