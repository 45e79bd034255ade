import LogisticsModel

/// A non-stop airline route.
struct AirLinkRow: Sendable {
  let from: String
  let to: String
  let fromCountry: String
  let toCountry: String
  let leg: String
  let airlines: Int
  let isAllCodeshare: Bool
  let kilometres: Int
}

/// A pair of ports with its distances by sea.
struct SeaLinkRow: Sendable {
  let from: String
  let to: String
  let toCountry: String
  let kilometres: Int
  /// Distance round the Cape, where the direct way uses Suez.
  let capeKilometres: Int?
}

/// A public holiday, or a weekend day that is worked.
struct HolidayRow: Sendable {
  let country: String
  let date: String
  let name: String
  let isEstimated: Bool
  var isWorkingWeekendDay: Bool { name == "WORKING_WEEKEND_DAY" }
}

/// A published transit time.
struct ObservationRow: Sendable {
  let id: String
  let mode: String
  let from: String
  let to: String
  let service: String
  let low: Decimal6?
  let typical: Decimal6?
  let high: Decimal6?
  let scope: String
}

/// Share of vessels on time in one month.
struct ReliabilityRow: Sendable {
  let month: String
  let series: String
  let onTimePercent: Decimal6
}
