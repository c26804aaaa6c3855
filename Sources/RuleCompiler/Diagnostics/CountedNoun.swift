/// How many there are of something, in words: `1 rule`, `2 rules`, `3 replies`.
package func counted(_ count: Int, _ noun: String) -> String {
  if count == 1 { return "1 \(noun)" }
  return "\(count) " + (noun.last == "y" ? "\(noun.dropLast())ies" : "\(noun)s")
}
