import LogisticsModel

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

/// An exchange rate: one unit of `base` is `rate` units of `quote`.
struct RateRow: Sendable {
  let date: String
  let base: String
  let quote: String
  let rate: String
  let source: String
}

/// One surcharge as its source words it.
struct SurchargeRow: Sendable {
  let condition: String
  let amount: String
  let currency: String
}
