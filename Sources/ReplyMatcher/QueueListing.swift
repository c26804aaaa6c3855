// How a mail queue is listed by `postqueue -p`: the sender stands on a line, the reason on the next one, then
// the recipients.
extension UnsafeBufferPointer<UInt8> {
  /// Whether an address is the sender's in a listing of a mail queue (`postqueue -p`): it stands behind
  /// the date, and the reason in parentheses on the next line.
  func isSenderInQueue(_ address: Range<Int>) -> Bool {
    var (before, behind) = (address.lowerBound, address.upperBound)
    while before > 0, self[before - 1].isOne(of: "<", " ") { before -= 1 }
    while behind < count, self[behind].isOne(of: ">", " ") { behind += 1 }
    guard before > 0, self[before - 1] != UInt8(ascii: "\n"), byte(behind).isOne(of: "\n", "\r")
    else { return false }
    while behind < count, self[behind].isOne(of: "\n", "\r", " ") { behind += 1 }
    return byte(behind) == UInt8(ascii: "(")
  }
}
