import ReplyMatcher

// The rule language of files that say what the fields of JSON events hold.

enum EventFileKey: String, RuleKey {
  case kind, links, fields, types

  var form: KeyForm {
    switch self {
    case .kind: .required(.text(.fileKind(.events)), "What the file holds.")
    case .links: .optional(.list(.link), "Where the programs that send events document them.")
    case .fields:
      .required(
        .mapping(.eventFields),
        """
        The names of the fields in JSON events about mail, by what they hold; of several in one event, \
        the first in the list counts. Letter case, hyphens and underscores in a name do not count. A dot \
        leads into an object: 'response.code' is a field 'code' in an object 'response', wherever that \
        stands.
        """)
    case .types:
      .optional(
        .texts(keys: .words),
        """
        What types of events mean, in words that rules know: they stand in for the reply of an event that \
        has none.
        """)
    }
  }
}

extension EventFields.Role: RuleKey {
  var form: KeyForm {
    switch self {
    case .reply:
      .optional(
        .list(.fieldName),
        """
        What the server said. Of several in one event, the first with a code in its text, else the first \
        that is not empty.
        """)
    case .code:
      .optional(
        .list(.fieldName), "The reply code, such as 550, for a reply that shows none itself.")
    case .status:
      .optional(
        .list(.fieldName),
        """
        The enhanced status code, likewise: as text, such as '5.1.1', or as an object of its three \
        numbers.
        """)
    case .recipient:
      .optional(.list(.fieldName), "The address to which the mail went, or a list of just one.")
    case .host: .optional(.list(.fieldName), "The name of the server that replied.")
    case .type:
      .optional(.list(.fieldName), "What happened, in a word: see 'types'.")
    case .wrapped:
      .optional(
        .list(.fieldName),
        "A string in which the event itself may stand, as JSON, perhaps behind words of a log.")
    }
  }
}
