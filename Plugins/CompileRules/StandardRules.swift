import Foundation
import PackagePlugin

// Both plugins need this; `Plugins/GenerateDocs` has a link to it, because plugins cannot import.

extension Package {
  /// The rules of the package that the plugins came with, where it is not this one: the standard
  /// catalogue, which other rules extend or borrow from.
  var standardRules: URL? {
    dependencies.lazy.compactMap { dependency in
      dependency.package.products.contains { $0.name == "BounceCatalogue" }
        ? dependency.package.directoryURL.appending(path: "Rules")
        : dependency.package.standardRules
    }.first
  }
}
