/// Where quotes are kept, with what they were made from.
public protocol QuoteArchive: Sendable {
  /// Keeps a quote; one that is there already is left as it is.
  func save(_ quotes: [SavedQuote]) async throws

  /// The quotes of these ids that are there.
  func quotes(_ ids: [String]) async throws -> [String: SavedQuote]
}
