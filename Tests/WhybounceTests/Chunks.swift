/// The bytes of a text as reading a file may give them: so many at a time.
func chunks(of text: String, size: Int) -> [ArraySlice<UInt8>] {
  let bytes = Array(text.utf8)
  return stride(from: 0, to: bytes.count, by: size).map { bytes[$0...].prefix(size) }
}
