/// IP addresses in a reply.
extension UnsafeBufferPointer<UInt8> {
  /// Whether an IP address may begin here.
  private func mayBeginIP(_ start: Int) -> Bool {
    start == 0 || !self[start &- 1].isNameCharacter && self[start &- 1] != UInt8(ascii: ".")
  }

  /// The end of the IPv4 address that begins here.
  @inline(__always)
  func ip4Ending(from start: Int) -> Int? {
    byte(start).isDigit && mayBeginIP(start) ? ip4Ending(ofDigits: start) : nil
  }

  private func ip4Ending(ofDigits start: Int) -> Int? {
    var index = start
    for part in 0..<4 {
      if part > 0 {
        guard byte(index) == UInt8(ascii: ".") else { return nil }
        index += 1
      }
      let (value, digits) = number(at: index)
      guard (1...3).contains(digits), value <= 255 else { return nil }
      index += digits
    }
    // `192.0.2.1-pool.example.com` is a name, `192.0.2.1.` the end of a sentence.
    let isJoined = byte(index) == UInt8(ascii: ".") || byte(index) == UInt8(ascii: "-")
    guard !byte(index).isAlphanumeric, byte(index) != UInt8(ascii: "_"),
      !(isJoined && byte(index + 1).isAlphanumeric)
    else { return nil }
    return index
  }

  /// The end of the IPv6 address that begins here.
  func ip6Ending(from start: Int) -> Int? {
    guard mayBeginIP(start) else { return nil }
    var (index, groupStart, colons) = (start, start, 0)
    var isShortened = false
    while index < Swift.min(start + 40, count) {
      if self[index] == UInt8(ascii: ":") {
        if byte(index + 1) == UInt8(ascii: ":") {
          guard !isShortened else { return nil }
          isShortened = true
        }
        (groupStart, colons) = (index + 1, colons + 1)
      } else if !self[index].isHexDigit || index - groupStart == 4 {
        break
      }
      index += 1
    }
    // The last two groups may be written as an IPv4 address (RFC 4291, 2.2).
    if byte(index) == UInt8(ascii: "."), let end = ip4Ending(from: groupStart) {
      return isShortened ? (colons <= 6 ? end : nil) : (colons == 6 ? end : nil)
    }
    guard isShortened ? colons <= 7 : colons == 7 && index > groupStart,
      !byte(index).isNameCharacter
    else { return nil }
    return index
  }
}
