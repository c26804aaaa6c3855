// What was kept of the input, written in the form of the output: the values are strangers' too.
extension OutputBytes {
  /// Adds a value as JSON; `null` where it is missing.
  mutating func append(json value: KeptValue) {
    switch value {
    case .missing: append("null")
    case .json(let json): append(compactJSON: json)
    case .text(let text): text.withUnsafeBufferPointer { append(json: $0) }
    }
  }

  /// Adds JSON without the white space around its marks, and with its strings as all others are
  /// written. Numbers stay as they are.
  fileprivate mutating func append(compactJSON json: UnsafeBufferPointer<UInt8>) {
    var cursor = JSONCursor()
    var text: [UInt8] = []
    cursor.begin(json)
    cursor.skipSpace()
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "\"") {
        text.removeAll(keepingCapacity: true)
        _ = cursor.takeString(into: &text)
        text.withUnsafeBufferPointer { append(json: $0) }
      } else {
        append(byte)
        _ = cursor.next()
      }
      cursor.skipSpace()
    }
  }
}

extension DelimitedForm {
  /// Adds a cell: a string's own text, other values as JSON, nothing for `null`.
  func append(_ value: KeptValue, to row: inout OutputBytes) {
    switch value {
    case .missing: break
    case .text(let text): text.withUnsafeBufferPointer { append(visible: $0, to: &row) }
    case .json(let json) where json.first == UInt8(ascii: "\""):
      var (cursor, text) = (JSONCursor(), [UInt8]())
      cursor.begin(json)
      _ = cursor.takeString(into: &text)
      text.withUnsafeBufferPointer { append(visible: $0, to: &row) }
    case .json(let json) where json.first == UInt8(ascii: "n"): break
    case .json(let json):
      var text = OutputBytes()
      text.append(compactJSON: json)
      text.withBytes { bytes in
        bytes.withMemoryRebound(to: UInt8.self) { append(visible: $0, to: &row) }
      }
    }
  }
}
