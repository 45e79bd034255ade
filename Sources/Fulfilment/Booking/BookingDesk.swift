public import LogisticsModel
public import RoutePlanning

/// Books orders of saved quotes: looks whether the quote still holds, reserves every place and piece, and rolls the
/// promise on where a departure is full.
///
/// Decides; the ledger it is given acts. Clock and randomness are parameters.
public struct BookingDesk {
  /// What an order got.
  public enum Outcome: Sendable {
    /// Booked now; where the promise was rolled on, past these departures.
    case booked(Promise, past: [DepartureKey])
    /// Booked before under the same key: the same promise.
    case repeated(Promise)
    /// Not booked.
    case refused(any Error & CustomStringConvertible & Sendable)

    /// The promise, where there is one.
    public var promise: Promise? {
      switch self {
      case .booked(let promise, _), .repeated(let promise): promise
      case .refused: nil
      }
    }
  }

  private let versions: QuoteVersions
  private let archive: any QuoteArchive
  private let ledger: any BookingLedger
  private var plans: PlanDesk
  /// Quotes read before; they never change.
  private var quotes: [String: SavedQuote] = [:]
  private static let greatestQuotes = 4096
  /// How often an order may meet a full departure before it is given up; each time at least one more is known.
  private static let greatestRounds = 64

  /// A desk over one version of the network.
  public init(
    _ network: NetworkPlanner, versions: QuoteVersions, archive: any QuoteArchive,
    ledger: any BookingLedger
  ) {
    self.versions = versions
    self.archive = archive
    self.ledger = ledger
    plans = PlanDesk(network)
  }

  /// An order on its way through the desk.
  private struct Case {
    let order: BookingOrder
    let id: RecordID
    var full: Set<DepartureKey> = []
    var past: Set<DepartureKey> = []
    var outcome: Outcome?
  }

  /// Books orders, each whole or not at all.
  ///
  /// - Parameters:
  ///   - orders: the orders; two of one key in one call are an error of the caller and get one answer.
  ///   - now: the clock.
  ///   - milliseconds: the same clock for ids, since 1970-01-01 UTC.
  ///   - generator: randomness for ids.
  /// - Returns: an outcome for each order, in their order.
  /// - Throws: what the archive and the ledger throw; then some orders may have been booked: ask again with the same
  ///   keys.
  public mutating func book(
    _ orders: [BookingOrder], now: Instant, milliseconds: UInt64,
    using generator: inout some RandomNumberGenerator
  ) async throws -> [Outcome] {
    var cases: [Case] = []
    for order in orders {
      cases.append(
        Case(order: order, id: RecordID(milliseconds: milliseconds, using: &generator)))
    }
    try await readQuotes(Set(orders.map(\.quote)))
    try await refuseUnfit(&cases, now)
    for _ in 0..<BookingDesk.greatestRounds {
      let open = cases.indices.filter { cases[$0].outcome == nil }
      guard !open.isEmpty else { break }
      var wanted: [(index: Int, plan: BookingPlan)] = []
      for index in open {
        if let plan = plan(&cases[index], now) { wanted.append((index, plan)) }
      }
      guard !wanted.isEmpty else { break }
      let answers = try await ledger.book(wanted.map(\.plan))
      try await take(answers, to: wanted.map(\.index), &cases, now)
    }
    return cases.map { found in
      found.outcome
        ?? .refused(
          BookingFault(
            .noDepartureLeft, "order \(found.order.key): \(found.full.count) departures are full",
            advice: "try again, or quote anew"))
    }
  }

  private mutating func readQuotes(_ ids: Set<String>) async throws {
    let unknown = ids.filter { quotes[$0] == nil }.sorted()
    guard !unknown.isEmpty else { return }
    if quotes.count + unknown.count > BookingDesk.greatestQuotes { quotes.removeAll() }
    quotes.merge(try await archive.quotes(unknown)) { $1 }
  }

  /// Ends the cases whose quote does not hold; one that was booked when it did still gets its answer.
  private mutating func refuseUnfit(_ cases: inout [Case], _ now: Instant) async throws {
    var unfit: [(index: Int, fault: any Error & CustomStringConvertible & Sendable)] = []
    for index in cases.indices {
      do throws(ShipmentFault) {
        try cases[index].order.check()
      } catch {
        cases[index].outcome = .refused(error)
        continue
      }
      if let fault = fault(cases[index].order.quote, now) { unfit.append((index, fault)) }
    }
    guard !unfit.isEmpty else { return }
    let before = try await ledger.answers(to: unfit.map { cases[$0.index].order })
    for (found, answer) in zip(unfit, before) {
      cases[found.index].outcome =
        answer.map { BookingDesk.outcome($0, cases[found.index]) } ?? .refused(found.fault)
    }
  }

  private func fault(_ id: String, _ now: Instant) -> BookingFault? {
    guard let quote = quotes[id] else {
      return BookingFault(
        .unknownQuote, "no quote \(id.prefix(60)) was saved", advice: "quote with --save first")
    }
    if quote.expires < now {
      return BookingFault(
        .expired, "quote \(id) ended at \(quote.expires.rfc3339()), it is \(now.rfc3339())",
        advice: "quote it again")
    }
    let changes = quote.receipt.changes(to: versions)
    guard !changes.isEmpty else { return nil }
    return BookingFault(
      .versionsChanged,
      "quote \(id) was made from \(quote.receipt.versions.bundle); since then changed: "
        + changes.joined(separator: ", "), advice: "quote it again on \(versions.bundle)")
  }

  /// The plan of a case as far as full departures are known; nil, with an outcome, where there is none.
  private mutating func plan(_ found: inout Case, _ now: Instant) -> BookingPlan? {
    guard let quote = quotes[found.order.quote] else { return nil }
    do {
      let draft = try plans.draft(
        of: quote, tier: found.order.tier, avoiding: found.full, now: now)
      let promise = Promise(
        id: found.id, quote: quote.id, tier: draft.tier, deliverBy: draft.deliverBy,
        minute: draft.minute, zone: draft.zone, level: draft.level, price: draft.price,
        quotedBy: draft.quotedBy, made: now)
      return BookingPlan(
        order: found.order, promise: promise, legs: draft.legs, origin: quote.lane.origin,
        destination: quote.lane.destination, country: quote.lane.country)
    } catch let fault as BookingFault {
      found.outcome = .refused(fault)
    } catch let fault as RequestFault {
      found.outcome = .refused(fault)
    } catch {
      found.outcome = .refused(QuoteReceipt.fault("\(error)"))
    }
    return nil
  }

  /// Takes the ledger's answers; where departures were full, all that are full now are looked up at once.
  private func take(
    _ answers: [BookingAnswer], to indices: [Int], _ cases: inout [Case], _ now: Instant
  ) async throws {
    var missed: [Int] = []
    for (index, answer) in zip(indices, answers) {
      if case .full(let departures) = answer {
        cases[index].past.formUnion(departures)
        missed.append(index)
      } else {
        cases[index].outcome = BookingDesk.outcome(answer, cases[index])
      }
    }
    guard !missed.isEmpty else { return }
    let full = Set(try await ledger.fullDepartures(from: now))
    for index in missed { cases[index].full.formUnion(full.union(cases[index].past)) }
  }

  private static func outcome(_ answer: BookingAnswer, _ found: Case) -> Outcome {
    switch answer {
    case .booked(let promise): .booked(promise, past: found.past.sorted())
    case .repeated(let promise): .repeated(promise)
    case .keyReused:
      .refused(
        BookingFault(
          .keyReused, "key \"\(found.order.key)\" stands for another order",
          advice: "give every order a key of its own; repeat one only word for word"))
    case .short(let lines):
      .refused(
        BookingFault(
          .stockShort,
          "not enough stock: "
            + lines.map { "\($0.quantity) of \($0.sku) at \($0.node)" }.joined(separator: ", "),
          advice: "order fewer, or from another node"))
    case .full(let departures):
      .refused(
        BookingFault(
          .noDepartureLeft,
          "full: " + departures.map { "\($0.leg) \($0.departs.rfc3339())" }.joined(separator: ", "))
      )
    }
  }
}
