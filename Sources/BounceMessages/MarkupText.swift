/// The text of HTML as far as a report needs it: without tags, styles and scripts.
package struct MarkupText {
  package private(set) var bytes: [UInt8] = []

  /// The characters of Latin-1 from 160 on by their names (HTML, 13.5), and a few more.
  private static let entities: [String: UInt32] = {
    let latin = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
      sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
      Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
      ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
      szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
      icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml \
      yacute thorn yuml
      """
    var entities: [String: UInt32] = [
      "lt": 0x3C, "gt": 0x3E, "amp": 0x26, "quot": 0x22, "apos": 0x27, "rsquo": 0x2019,
      "lsquo": 0x2018, "ldquo": 0x201C, "rdquo": 0x201D, "ndash": 0x2013, "mdash": 0x2014,
    ]
    for (name, scalar) in zip(latin.split(separator: " "), 0xA0...) {
      entities[String(name)] = UInt32(scalar)
    }
    return entities
  }()

  /// Whether text was pasted with the marks of a web page in it.
  package static func isMarkup(_ text: [UInt8]) -> Bool {
    ["&nbsp;", "<br>", "<br/>", "<br />", "</p>", "</div>"].contains {
      text.firstRange(of: Array($0.utf8)) != nil
    }
  }

  package init(_ markup: [UInt8]) {
    var rest = markup[...]
    // Line breaks of the markup are spaces (HTML, 13.2), but for text between `<pre>` and `</pre>`, and for
    // plain text that only calls itself HTML.
    var keepsLines = true
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "<") where rest.starts(with: "!--".utf8):
        rest = rest[(rest.firstRange(of: Array("-->".utf8))?.upperBound ?? rest.endIndex)...]
      case UInt8(ascii: "<") where Self.beginsTag(rest):
        let name = Self.tagName(rest)
        let breaksLine = Self.breakingTags.contains(name)
        if name == "pre" {
          keepsLines = rest.first != UInt8(ascii: "/")
        } else if name == "html" || breaksLine && name != "br" && rest.first != UInt8(ascii: "/") {
          keepsLines = false
        }
        bytes.append(breaksLine ? 0x0A : 0x20)
        skipTag(&rest)
      case 0x0A where !keepsLines, 0x0D where !keepsLines: bytes.append(0x20)
      case UInt8(ascii: "&"): bytes += Self.character(takenFrom: &rest).utf8
      default: bytes.append(byte)
      }
    }
  }

  /// Those that begin or end a line.
  private static let breakingTags: Set<String> = [
    "br", "p", "div", "tr", "li", "hr", "table", "pre", "h1", "h2", "h3", "h4", "blockquote",
  ]

  /// Whether a tag follows, or something else that no reader sees (HTML, 13.2.5.6); else the character
  /// stands for itself.
  private static func beginsTag(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first.map { "/!?".utf8.contains($0) || $0.isLetter } ?? false
  }

  private static func tagName(_ tag: ArraySlice<UInt8>) -> String {
    let name = tag.drop { $0 == UInt8(ascii: "/") }.prefix(11)
      .prefix { $0.isAlphanumeric }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// Goes behind a tag; of a style or a script, behind its end.
  private func skipTag(_ rest: inout ArraySlice<UInt8>) {
    func begins(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
      text.prefix(name.utf8.count).elementsEqual(name.utf8) { $0 | 0x20 == $1 }
    }
    if let name = ["style", "script"].first(where: { begins(rest, $0) }) {
      // (Of `/`, the bit of small letters is set.)
      while let byte = rest.popFirst(), byte != UInt8(ascii: "<") || !begins(rest, "/" + name) {}
    }
    rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
  }

  /// What an ampersand begins: `&auml;`, `&#228;`, `&#xE4;`; itself, where that is nothing known.
  private static func character(takenFrom rest: inout ArraySlice<UInt8>) -> String {
    let reference = rest.prefix(10).prefix { $0 != UInt8(ascii: ";") }
    let name = String(decoding: reference, as: UTF8.self)
    let number = name.hasPrefix("#") ? name.dropFirst() : ""
    let scalar =
      number.lowercased().hasPrefix("x")
      ? UInt32(number.dropFirst(), radix: 16) : UInt32(number) ?? entities[name]
    guard reference.count < 10, let scalar = scalar.flatMap(Unicode.Scalar.init),
      rest.dropFirst(reference.count).first == UInt8(ascii: ";")
    else { return "&" }
    rest = rest.dropFirst(reference.count + 1)
    return scalar == "\u{A0}" ? " " : String(scalar)
  }
}
