public import Fulfilment
public import LogisticsModel
import PostgresClient

extension ShipmentStore {
  /// A shipment in a list.
  public struct Summary: Sendable {
    /// Its id.
    public let id: RecordID
    /// Its state, as a word.
    public let state: String
    /// Whose it is.
    public let merchant: String
    /// Node the goods leave from.
    public let origin: String
    /// Node they go to.
    public let destination: String
    /// Country of the destination.
    public let country: String
    /// When it was booked.
    public let booked: Instant
    /// When it was delivered; nil: not yet.
    public let delivered: Instant?
    /// The tier that was bought.
    public let tier: String
    /// The promised date.
    public let deliverBy: CivilDate
    /// The date that was quoted.
    public let quotedBy: CivilDate
    /// The zone of these dates.
    public let zone: String
  }

  /// Shipments, newest first.
  ///
  /// - Parameters:
  ///   - state: only those in a state.
  ///   - merchant: only a merchant's.
  ///   - before: only those booked before one, which is how the next page is asked for.
  ///   - limit: at most so many.
  /// - Returns: the page.
  /// - Throws: `PostgresError`.
  public func shipments(
    state: ShipmentState? = nil, merchant: String? = nil, before: RecordID? = nil, limit: Int32
  ) async throws -> [Summary] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.listShipments], tenant, state?.rawValue, merchant, before.map { UniqueID($0) },
        limit)
    }
    return try rows.map { row in
      let (id, state, merchant, origin, destination, country) = try row.decode(
        UniqueID.self, String.self, String.self, String.self, String.self, String.self)
      return Summary(
        id: id.recordID, state: state, merchant: merchant, origin: origin,
        destination: destination, country: country,
        booked: try row.value(6, as: Timestamp.self).instant(),
        delivered: try row.value(7, as: Timestamp?.self)?.instant(),
        tier: try row.value(8, as: String.self),
        deliverBy: try row.value(9, as: CalendarDay.self).civilDate,
        quotedBy: try row.value(10, as: CalendarDay.self).civilDate,
        zone: try row.value(11, as: String.self))
    }
  }

  /// Demand of one kind that was turned away.
  public struct UnservedDemand: Sendable {
    /// Node it came from.
    public let origin: String
    /// Country it was for.
    public let country: String
    /// The tier; empty: no tier had an option.
    public let tier: String
    /// Stable word for the reason.
    public let code: String
    /// The rule that refuses.
    public let rule: String
    /// How often.
    public let refusals: Int64
    /// How many merchants asked.
    public let merchants: Int64
    /// When it was first asked for.
    public let first: Instant
    /// When it was last asked for.
    public let last: Instant
    /// For people.
    public let message: String
  }

  /// Demand that was turned away since a moment, most often first.
  ///
  /// - Throws: `PostgresError`.
  public func unservedDemand(since: Instant) async throws -> [UnservedDemand] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(queries[.unservedDemand], tenant, Timestamp(since))
    }
    return try rows.map { row in
      let (origin, country, tier, code, rule, refusals, merchants, first, last, message) =
        try row.decode(
          String.self, String.self, String.self, String.self, String.self, Int64.self, Int64.self,
          Timestamp.self, Timestamp.self, String.self)
      return UnservedDemand(
        origin: origin, country: country, tier: tier, code: code, rule: rule, refusals: refusals,
        merchants: merchants, first: try first.instant(), last: try last.instant(),
        message: message)
    }
  }

  /// Promised against actual, of one lane, week and merchant.
  public struct OnTime: Sendable {
    /// Origin node and destination country.
    public let lane: String
    /// Monday of the week of the promised dates.
    public let week: CivilDate
    /// Whose.
    public let merchant: String
    /// Promises that came due or were kept: the sample.
    public let sample: Int64
    /// Of these, kept.
    public let onTime: Int64
    /// Promises of that week that are not due yet.
    public let notDue: Int64
    /// Shipments called off or sent back; in no rate.
    public let endedEarly: Int64
    /// Calendar days promised, over the sample.
    public let promisedDays: Int64
    /// Calendar days it took, over those that arrived.
    public let actualDays: Int64
    /// Of the sample, those that arrived.
    public let arrived: Int64
  }

  /// Promises with a date within a span, judged as of a moment.
  ///
  /// - Throws: `PostgresError`.
  public func onTime(
    from: CivilDate, through: CivilDate, asOf now: Instant
  ) async throws -> [OnTime] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.onTime], tenant, CalendarDay(from), CalendarDay(through), Timestamp(now))
    }
    return try rows.map { row in
      let (lane, week, merchant, sample, onTime, notDue, ended, promised, actual, arrived) =
        try row.decode(
          String.self, CalendarDay.self, String.self, Int64.self, Int64.self, Int64.self,
          Int64.self, Int64.self, Int64.self, Int64.self)
      return OnTime(
        lane: lane, week: week.civilDate, merchant: merchant, sample: sample, onTime: onTime,
        notDue: notDue, endedEarly: ended, promisedDays: promised, actualDays: actual,
        arrived: arrived)
    }
  }
}
