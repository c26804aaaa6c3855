import FoundationEssentials
import ReplyMatcher

public struct MarkdownCatalogue {
  public init(_ classifier: BounceClassifier) {}
  public func write(to: String) throws -> [String] { [] }
}
