public import Fulfilment
import LogisticsModel
public import PostgresClient

extension ShipmentStore: QuoteArchive {
  /// Keeps quotes and what they refused, in one round trip and one transaction; those that are there are left as they are.
  ///
  /// - Throws: ``StoreFault`` (`TW-STO-001`) where one is there with other contents; `PostgresError`.
  public func save(_ quotes: [SavedQuote]) async throws {
    try await pool.withConnection { try await save(quotes, on: $0) }
  }

  /// Keeps quotes as ``save(_:)`` does, in the transaction that a connection is in.
  ///
  /// - Throws: ``StoreFault`` (`TW-STO-001`) where one is there with other contents; `PostgresError`.
  public func save(_ quotes: [SavedQuote], on connection: Connection) async throws {
    guard !quotes.isEmpty else { return }
    var refused = RefusalColumns()
    for quote in quotes { refused.append(quote) }
    let parameters = Parameters(
      tenant, quotes.map(\.id), quotes.map { Timestamp($0.receipt.asOf) },
      quotes.map { Timestamp($0.expires) }, quotes.map { Bytes(Array($0.receipt.basis.utf8)) },
      quotes.map(\.merchant), quotes.map(\.lane.origin), quotes.map(\.lane.destination),
      quotes.map(\.lane.country), quotes.map(\.document))
    let columns = refused
    // One sync, so one transaction, where no other is open.
    let differing = try await connection.pipeline { pipeline in
      if !columns.numbers.isEmpty {
        try await pipeline.send(
          queries[.saveQuoteRefusals], parameters: columns.parameters(tenant))
      }
      return try await pipeline.send(queries[.saveQuotes], parameters: parameters)
    }.rows.decode(String.self)
    guard let id = differing.first else { return }
    throw StoreFault(
      code: StoreFault.quoteDiffers,
      message: "quote \(id) was saved before with another answer",
      advice: "the network changed under the same label: raise the version of its bundle")
  }

  /// The quotes of these ids that are there, in one round trip.
  ///
  /// - Throws: `PostgresError`; `StoreFault` where one cannot be read.
  public func quotes(_ ids: [String]) async throws -> [String: SavedQuote] {
    guard !ids.isEmpty else { return [:] }
    let rows = try await pool.withConnection { connection in
      try await connection.query(queries[.quotesByID], tenant, ids)
    }
    var found: [String: SavedQuote] = [:]
    for row in rows {
      let quote = try ShipmentStore.quote(row)
      found[quote.id] = quote
    }
    return found
  }

  /// The receipt of a quote as customers see it: the SHA-256 of its basis, in hexadecimal digits; nil: there is no such quote.
  ///
  /// - Throws: `PostgresError`.
  public func receipt(of id: String) async throws -> String? {
    try await pool.withConnection { connection in
      try await connection.query(queries[.quotesByID], tenant, [id]).first?.value(
        named: "receipt", as: String.self)
    }
  }

  private static func quote(_ row: Row) throws -> SavedQuote {
    let (id, expires, basis, merchant, origin, destination, country, document) = try row.decode(
      String.self, Timestamp.self, Bytes.self, String.self, String.self, String.self, String.self,
      String.self)
    return SavedQuote(
      id: id, receipt: try QuoteReceipt(basis: String(decoding: basis.array, as: UTF8.self)),
      expires: try expires.instant(), merchant: merchant,
      lane: SavedQuote.Lane(origin: origin, destination: destination, country: country),
      document: document, refusals: [])
  }
}

/// Refusals of many quotes, column by column.
private struct RefusalColumns {
  private var quotes: [String] = []
  private(set) var numbers: [Int16] = []
  private var times: [Timestamp] = []
  private var merchants: [String] = []
  private var origins: [String] = []
  private var destinations: [String] = []
  private var countries: [String] = []
  private var tiers: [String?] = []
  private var codes: [String] = []
  private var rules: [String] = []
  private var messages: [String] = []

  mutating func append(_ quote: SavedQuote) {
    for (number, refusal) in quote.refusals.prefix(Int(Int16.max)).enumerated() {
      quotes.append(quote.id)
      numbers.append(Int16(number))
      times.append(Timestamp(quote.receipt.asOf))
      merchants.append(quote.merchant)
      origins.append(quote.lane.origin)
      destinations.append(quote.lane.destination)
      countries.append(quote.lane.country)
      tiers.append(refusal.tier?.word)
      codes.append(refusal.code)
      rules.append(refusal.rule)
      messages.append(refusal.message)
    }
  }

  func parameters(_ tenant: Int32) -> Parameters {
    Parameters(
      tenant, quotes, numbers, times, merchants, origins, destinations, countries, tiers, codes,
      rules, messages)
  }
}
