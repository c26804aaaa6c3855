/// A reply code (RFC 5321, 4.2): three digits, such as 550.
///
/// It can be compared with a number: `verdict.code == 550`.
public struct ReplyCode: RawRepresentable, Hashable, Sendable, Codable {
  /// 200 to 599.
  public let rawValue: UInt16

  /// `nil` where the number is no reply code.
  public init?(rawValue: UInt16) {
    guard (200...599).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }
}

extension ReplyCode: ExpressibleByIntegerLiteral {
  /// A literal that is no reply code is a mistake, which stops debug builds; in others it is a code that
  /// no reply has.
  public init(integerLiteral value: UInt16) {
    assert((200...599).contains(value), "\(value) is no reply code")
    rawValue = value
  }
}

extension ReplyCode: Comparable {
  public static func < (one: ReplyCode, other: ReplyCode) -> Bool {
    one.rawValue < other.rawValue
  }
}

extension ReplyCode: CustomStringConvertible {
  public var description: String { String(rawValue) }
}

/// An enhanced status code (RFC 3463): class, subject and detail, such as 5.1.1.
///
/// Its JSON form is the dotted string. (It is no string literal: what is mistyped there would show only
/// when the program comes by.)
public struct EnhancedStatusCode: Hashable, Sendable, Codable {
  /// 2 (success), 4 (a temporary failure) or 5 (a permanent one).
  public let `class`: UInt8
  /// What it is about, such as 1, the address, or 7, security and policy.
  public let subject: UInt16
  /// What exactly.
  public let detail: UInt16

  /// `nil` where a part is out of range: the class is 2, 4 or 5, the others have up to three digits.
  public init?(class: UInt8, subject: UInt16, detail: UInt16) {
    guard [2, 4, 5].contains(`class`), subject <= 999, detail <= 999 else { return nil }
    (self.class, self.subject, self.detail) = (`class`, subject, detail)
  }

  /// `nil` where the text is no status code such as `5.1.1`.
  public init?(_ dotted: some StringProtocol) {
    let parts = dotted.split(separator: ".", omittingEmptySubsequences: false)
    // `UInt16("+1")` is 1.
    guard parts.count == 3, !dotted.contains(where: { "+-".contains($0) }),
      let `class` = UInt8(parts[0]), let subject = UInt16(parts[1]), let detail = UInt16(parts[2])
    else { return nil }
    self.init(class: `class`, subject: subject, detail: detail)
  }

  public init(from decoder: any Decoder) throws {
    let dotted = try decoder.singleValueContainer().decode(String.self)
    guard let status = EnhancedStatusCode(dotted) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no status code: \(dotted)"))
    }
    self = status
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension EnhancedStatusCode: Comparable {
  public static func < (one: EnhancedStatusCode, other: EnhancedStatusCode) -> Bool {
    (one.class, one.subject, one.detail) < (other.class, other.subject, other.detail)
  }
}

extension EnhancedStatusCode: CustomStringConvertible {
  /// Dotted: `5.1.1`.
  public var description: String { "\(`class`).\(subject).\(detail)" }
}

/// A reply code with wildcards: `421`, `4xx`. Packed as three nibbles, 15 being `x`.
package struct CodePattern: Hashable, Sendable {
  package let packed: UInt32

  package init(packed: UInt32) { self.packed = packed }

  /// `nil` unless it is three digits or `x`, the first digit 2 to 5 and every `x` at the end.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 3 else { return nil }
    var packed: UInt32 = 0
    var open = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "x") where index > 0:
        packed = packed << 4 | 15
        open = true
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !open:
        packed = packed << 4 | UInt32(byte - UInt8(ascii: "0"))
      default: return nil
      }
    }
    guard (2...5).contains(packed >> 8) else { return nil }
    self.packed = packed
  }

  /// The trie path: each entry a digit, or 15 for any.
  package var digits: [UInt32] { [packed >> 8, packed >> 4 & 15, packed & 15] }

  /// Whether some reply code is taken by both.
  package func overlaps(_ other: CodePattern) -> Bool {
    zip(digits, other.digits).allSatisfy { $0 == $1 || $0 == 15 || $1 == 15 }
  }

  /// Whether it gives the first digit alone: `5xx`.
  var isClass: Bool { packed & 0xFF == 0xFF }

  /// How many digits are given: the pattern's specificity.
  package var fixedDigits: UInt32 { packed & 15 != 15 ? 3 : isClass ? 1 : 2 }

  /// Whether it takes a reply of this code; where only the class is known (from an enhanced status
  /// code), whether it takes every code of that class.
  package func matches(code: UInt32, class replyClass: UInt32) -> Bool {
    // (No pattern gives 14 for a digit.)
    let digits =
      code == 0 ? replyClass << 8 | 0xEE : (code / 100) << 8 | (code / 10 % 10) << 4 | code % 10
    let given: UInt32 = packed & 15 != 15 ? 0xFFF : isClass ? 0xF00 : 0xFF0
    return (packed ^ digits) & given == 0
  }
}

/// An enhanced status code with wildcards: `5.7.1`, `x.7.1`, `5.7.x`. Packed as class (4 bits),
/// subject and detail (10 bits each), all ones being `x`.
package struct StatusPattern: Hashable, Sendable {
  package let packed: UInt32
  package static let anyNumber: UInt32 = 1023

  package init(packed: UInt32) { self.packed = packed }

  package init(class: UInt32, subject: UInt32, detail: UInt32) {
    packed = `class` << 20 | subject << 10 | detail
  }

  /// `nil` unless it is `class.subject.detail`, each a number in range or `x`, not all three `x`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    // `UInt32("+1")` is 1.
    guard parts.count == 3, !text.contains(where: { "+-".contains($0) }) else { return nil }
    func number(_ part: some StringProtocol, any: UInt32, allowed: ClosedRange<UInt32>) -> UInt32? {
      if part == "x" { return any }
      return UInt32(part).flatMap { allowed.contains($0) ? $0 : nil }
    }
    guard let `class` = number(parts[0], any: 15, allowed: 2...5), `class` != 3,
      let subject = number(parts[1], any: Self.anyNumber, allowed: 0...999),
      let detail = number(parts[2], any: Self.anyNumber, allowed: 0...999)
    else { return nil }
    self.init(class: `class`, subject: subject, detail: detail)
    guard fixedParts > 0 else { return nil }
  }

  package var `class`: UInt32 { packed >> 20 }
  package var subject: UInt32 { packed >> 10 & Self.anyNumber }
  package var detail: UInt32 { packed & Self.anyNumber }

  /// How many parts are given: the pattern's specificity.
  package var fixedParts: UInt32 {
    (`class` == 15 ? 0 : 1) + (subject == Self.anyNumber ? 0 : 1)
      + (detail == Self.anyNumber ? 0 : 1)
  }

  /// Whether it takes the status code with this packed form (0: none).
  package func matches(status: UInt32) -> Bool {
    let given: UInt32 =
      (`class` == 15 ? 0 : 15 << 20) | (subject == Self.anyNumber ? 0 : Self.anyNumber << 10)
      | (detail == Self.anyNumber ? 0 : Self.anyNumber)
    return status != 0 && (packed ^ status) & given == 0
  }

  /// Whether some status code is taken by both.
  package func overlaps(_ other: StatusPattern) -> Bool {
    (`class` == other.class || `class` == 15 || other.class == 15)
      && (subject == other.subject || subject == Self.anyNumber || other.subject == Self.anyNumber)
      && (detail == other.detail || detail == Self.anyNumber || other.detail == Self.anyNumber)
  }

  /// Every pattern that takes this status code, the status code itself first.
  static func covering(status: UInt32) -> [8 of StatusPattern] {
    let exact = StatusPattern(packed: status)
    return .init { (mask: Int) in
      StatusPattern(
        class: mask & 1 == 0 ? exact.class : 15,
        subject: mask & 2 == 0 ? exact.subject : anyNumber,
        detail: mask & 4 == 0 ? exact.detail : anyNumber)
    }
  }
}
