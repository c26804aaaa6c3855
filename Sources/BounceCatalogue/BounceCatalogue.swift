@_exported import ReplyMatcher

extension BounceClassifier {
  /// The catalogue of this package: the rules in its `Rules` folder, as they stood when it was built.
  public static var standard: BounceClassifier { .bounceCatalogue }
}
