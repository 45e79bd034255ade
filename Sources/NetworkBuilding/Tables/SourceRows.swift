import LogisticsModel

/// A city people send from or to.
struct CityRow: Sendable {
  let name: String
  let country: String
  let admin1: String
  let position: Position
  let zone: String
  let population: Int
  let rank: Int
}

/// An airport.
struct AirportRow: Sendable {
  let iata: String
  let name: String
  let country: String
  let position: Position
  let zone: String
  let incoming: Int
  let isCargoHub: Bool
}

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

/// A sea port.
struct PortRow: Sendable {
  let code: String
  let name: String
  let country: String
  let position: Position
  let zone: String
  let isExport: Bool
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

/// A rail terminal or border yard.
struct TerminalRow: Sendable {
  let id: String
  let name: String
  let country: String
  let city: String
  let position: Position
  let zone: String
  let isTerminal: Bool
}

/// A country.
struct CountryRow: Sendable {
  let code: String
  let name: String
  let continent: String
  let currency: String
  let population: Int
}

/// A postal prefix.
struct PostalZoneRow: Sendable {
  let country: String
  let prefix: String
  let position: Position
  let region: String
  let zone: String
}

/// A public holiday, or a weekend day that is worked.
struct HolidayRow: Sendable {
  let country: String
  let date: String
  let name: String
  let isEstimated: Bool
  var isWorkingWeekendDay: Bool { name == "WORKING_WEEKEND_DAY" }
}

/// One band of a carrier's parcel card.
struct ParcelCardRow: Sendable {
  let id: String
  let carrier: String
  let service: String
  let tier: String
  let mode: String
  let goods: String
  let origin: String
  let country: String
  let overGrams: Int
  let uptoGrams: Int
  let fixedFee: Decimal6
  let perKilogram: Decimal6
  let currency: String
  let minValue: Int?
  let maxValue: Int?
  let valueCurrency: String
  let maxSum: Int?
  let maxEdge: Int?
  let divisor: Int?
  let divisorSumOver: Int?
  let maxChargeableGrams: Int?
  let roundGrams: Int?
  let minDays: Int
  let maxDays: Int
  let areWorkingDays: Bool
  let validFrom: String
  let validTo: String
  let evidence: String
}

/// One band of a forwarder's bulk card.
struct TrunkCardRow: Sendable {
  let id: String
  let service: String
  let mode: String
  let region: String
  let country: String
  let zone: String
  let fromKilograms: Int
  let uptoKilograms: Int?
  let perKilogram: Decimal6
  let currency: String
  let divisor: Int
  let minDays: Int
  let maxDays: Int
  let clock: String
  let cutOffWeekday: String
  let departureWeekday: String
}

/// One China Post service to Russia.
struct PostCardRow: Sendable {
  let id: String
  let name: String
  let formula: String
  let minGrams: Int
  let maxGrams: Int
  let firstFee: Decimal6
  let firstGrams: Int?
  let stepFee: Decimal6
  let stepGrams: Int
  let maxSum: Int?
  let maxEdge: Int?
  let maxValue: Int?
  let valueCurrency: String
  let divisor: Int?
  let divisorEdgeFrom: Int?
  let prohibited: String
  let validFrom: String
}

/// One cell of the US postal card.
struct PostalCellRow: Sendable {
  let uptoGrams: Int
  let zone: Int
  let price: Decimal6
  let currency: String
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

/// An exchange rate: one unit of `base` is `rate` units of `quote`.
struct RateRow: Sendable {
  let date: String
  let base: String
  let quote: String
  let rate: String
  let source: String
}

/// Share of vessels on time in one month.
struct ReliabilityRow: Sendable {
  let month: String
  let series: String
  let onTimePercent: Decimal6
}

/// One surcharge as its source words it.
struct SurchargeRow: Sendable {
  let condition: String
  let amount: String
  let currency: String
}
