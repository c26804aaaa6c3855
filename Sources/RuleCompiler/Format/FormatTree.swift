// A rule file on the way to its canonical form: its values in the order in which they will be
// written, each with the comments that belong to it.

/// The items of a list or mapping.
struct FormatCollection {
  /// Comments about the whole, which stay at the top whatever the order of the items.
  var opening: [Comment] = []
  /// Whether a blank line follows them.
  var isOpeningDetached = false
  var items: [FormatItem] = []
  /// Comments after the last item.
  var closing: [Comment] = []

  var hasComments: Bool {
    !opening.isEmpty || !closing.isEmpty
      || items.contains { !$0.comments.isEmpty || $0.trailing != nil }
  }

  /// Whether it may stand on one line: short words, without comments.
  var canBeFlow: Bool {
    !hasComments
      && items.allSatisfy { item in
        guard case .text(let text, let form) = item.value else { return false }
        return form.isToken && !text.isEmpty
          && !text.contains { ",[]{} \"'#:&*!|>%@`".contains($0) }
      }
  }
}

/// An entry of a mapping, or an element of a list.
struct FormatItem {
  /// `nil` for an element of a list.
  let key: String?
  /// Those on lines of their own before it.
  var comments: [Comment] = []
  /// Whether a blank line stands between them and the item.
  var isDetached = false
  /// The one at the end of its line.
  var trailing: Comment?
  var value = FormatValue.nothing
}

enum FormatValue {
  /// A key without a value.
  case nothing
  case text(String, TextForm)
  /// - isFlow: Whether it is written as `[a, b]` where it fits on the line.
  case list(FormatCollection, isFlow: Bool)
  /// - isSpaced: Whether a blank line stands between the entries.
  case mapping(FormatCollection, isSpaced: Bool)
}
