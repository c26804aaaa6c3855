import BounceCatalogue
import BounceMessages

/// A mail message with the categories that a person accepts for each recipient whom it reports on.
struct LabelledMessage: Decodable {
  /// Its file, beside the file of labels or in a folder of that name without its ending.
  let file: String
  private let recipients: [Recipient]

  private struct Recipient: Decodable {
    let recipient: String?
    /// The best one first; empty where nobody has decided.
    let accept: [String]
  }

  /// What the message says of each recipient: what names the address, else what names none, or stands at
  /// the same place of as many; nothing, where it is about others.
  func replies(in bytes: [UInt8], by classifier: BounceClassifier) -> [LabelledReply] {
    let reports = MailMessage(bytes).map(classifier.reports) ?? [RecipientReport(nil, bytes)]
    let named = reports.map { $0.recipient?.lowercased() }
    return recipients.enumerated().compactMap { place, recipient in
      guard !recipient.accept.isEmpty else { return nil }
      let index =
        recipient.recipient.flatMap { named.firstIndex(of: $0.lowercased()) }
        ?? (reports.count == recipients.count ? place : named.firstIndex(of: nil))
      let text = index.map { String(decoding: reports[$0].text, as: UTF8.self) }
      return LabelledReply(text: text ?? "", accept: recipient.accept)
    }
  }
}

/// A line of a file of labels.
enum LabelledLine: Decodable {
  case reply(LabelledReply)
  case message(LabelledMessage)

  private enum CodingKeys: CodingKey { case file }

  init(from decoder: any Decoder) throws {
    let isMessage = try decoder.container(keyedBy: CodingKeys.self).contains(.file)
    self =
      isMessage
      ? .message(try LabelledMessage(from: decoder)) : .reply(try LabelledReply(from: decoder))
  }
}
