import Testing

@testable import whybounce

/// The changes that `whybounce evaluate --perturb` makes.
@Suite struct PerturbationTests {
  static let reply =
    "550 5.1.1 <joe@a.example>: Straße 12345 at mx.b.example, listed by zen.example.org (see "
    + "https://c.example/q?id=12345 and RFC 5321) [192.0.2.1] k4si7654321abc Code_416"

  @Test func changes() throws {
    let lines = Perturbation.allCases.map { perturbation in
      "\(perturbation.rawValue):\n  \(perturbation.apply(to: Self.reply)?.visible ?? "-")\n"
    }
    try expectGolden(lines.joined(), "perturbations")
  }

  @Test(arguments: Perturbation.allCases) func nothingToChange(perturbation: Perturbation) {
    #expect(perturbation.apply(to: "") == nil)
    #expect(perturbation.apply(to: "\u{0}\u{FFFD}") == nil)
  }
}
