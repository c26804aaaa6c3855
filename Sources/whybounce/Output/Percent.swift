/// Shares as people read them.
enum Percent {
  /// `12.3 %`; `-` for a share of nothing.
  static func text(_ share: Double?) -> String {
    guard let share else { return "-" }
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
