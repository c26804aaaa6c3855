/// Reads the records of `CatalogueImage.info`, in the order in which the rule compiler wrote them:
/// a string is a start and a length in the text, a list its count and its elements.
struct InfoReader {
  let image: CatalogueImage
  private var index: UInt32

  init(_ image: CatalogueImage, at index: UInt32) { (self.image, self.index) = (image, index) }

  mutating func number() -> UInt32 {
    defer { index += 1 }
    return image.info[index, .value]
  }

  mutating func string() -> String {
    let start = number()
    return image.string(start: start, length: number())
  }

  mutating func skipStrings(_ count: UInt32) { index += 2 * count }

  /// An empty string stands for none.
  mutating func optional() -> String? {
    let string = string()
    return string.isEmpty ? nil : string
  }

  mutating func list<Element>(_ element: (inout InfoReader) -> Element) -> [Element] {
    (0..<number()).map { _ in element(&self) }
  }

  mutating func strings() -> [String] { list { $0.string() } }

  mutating func value<Value: RawRepresentable<String>>() -> Value? {
    optional().flatMap(Value.init(rawValue:))
  }

  mutating func remedies() -> [Remedy] {
    list { reader in
      // The rule compiler has checked the party.
      Remedy(party: reader.value() ?? .sender, text: reader.string())
    }
  }
}
