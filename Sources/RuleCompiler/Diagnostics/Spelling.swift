/// The nearest of some words, where one is near enough to be what was meant.
package func nearest(to word: String, in words: some Sequence<String>) -> String? {
  nearOnes(to: word, in: words).first
}

/// The words that are near enough to be what was meant, the nearest first; or the only one of which it
/// is the beginning, as `MAIL` is of `MAIL FROM`.
func nearOnes(to word: String, in words: some Sequence<String>) -> [String] {
  // The time grows with the square of the length, and nobody writes such a word by hand.
  let longest = 200
  if word.utf8.count > longest { return [] }
  let limit = max(1, word.count / 3)
  let lowercased = word.lowercased()
  let letters = Array(lowercased.unicodeScalars)
  let near = words.compactMap { other in
    editDistance(letters, other.lowercased(), limit: limit).map { (word: other, distance: $0) }
  }
  guard near.isEmpty else {
    return near.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.map(\.word)
  }
  let longer = letters.count < 3 ? [] : words.filter { $0.lowercased().hasPrefix(lowercased) }
  return longer.count == 1 ? longer : []
}

/// Whether one letter is missing, or too many, or another, or two are swapped: what is farther away may
/// mean the opposite, as `mailbox-active` does of `mailbox-inactive`.
func isSlip(_ word: String, _ meant: String) -> Bool {
  editDistance(Array(word.lowercased().unicodeScalars), meant.lowercased(), limit: 1) != nil
}

/// How many letters to insert, delete, change or swap (Damerau and Levenshtein, restricted); `nil`
/// where it is more than a limit, which most words show after a few letters.
private func editDistance(_ a: [Unicode.Scalar], _ word: String, limit: Int) -> Int? {
  let b = Array(word.unicodeScalars)
  guard abs(a.count - b.count) <= limit else { return nil }
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var older: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, older[j - 2] + 1)
      }
      row.append(best)
    }
    guard min(row.min()!, last.min()!) <= limit else { return nil }
    (older, last) = (last, row)
  }
  return last[b.count] <= limit ? last[b.count] : nil
}
