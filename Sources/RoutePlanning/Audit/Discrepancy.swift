public import LogisticsModel

/// Something an itinerary claims that the auditor does not find.
public struct Discrepancy: Hashable, Sendable {
  /// Stable codes.
  public enum Code {
    /// A leg the network lacks.
    public static let legUnknown = "TW-AUD-001"
    /// The first leg does not start where the parcel is.
    public static let origin = "TW-AUD-002"
    /// A leg does not start where the one before ended.
    public static let chain = "TW-AUD-003"
    /// The last leg does not end at the destination, or an earlier one already did.
    public static let destination = "TW-AUD-004"
    /// More legs than asked for.
    public static let tooManyLegs = "TW-AUD-005"
    /// A leg that does not take the goods class.
    public static let goods = "TW-AUD-006"
    /// A leg that does not take the weight.
    public static let weight = "TW-AUD-007"
    /// A leg that is not sold to this parcel.
    public static let notSold = "TW-AUD-008"
    /// A price that does not come out.
    public static let price = "TW-AUD-009"
    /// A promise that does not come out.
    public static let promise = "TW-AUD-010"
    /// An emission that does not come out.
    public static let emission = "TW-AUD-011"
    /// Some possible course of events that cannot board a leg.
    public static let boarding = "TW-AUD-012"
    /// Some possible course of events that boards a leg after the horizon.
    public static let horizon = "TW-AUD-013"
    /// An estimate (p50, p90) that does not come out.
    public static let estimate = "TW-AUD-014"
    /// A leg's charge that does not come out.
    public static let legCharge = "TW-AUD-015"
    /// Probabilities that do not add up, or a sum that does not fit: a fault of the auditor or of the data.
    public static let arithmetic = "TW-AUD-016"
    /// A clearance window that does not come out: another leg, another place, other days.
    public static let clearance = "TW-AUD-017"
  }

  /// Stable code.
  public let code: String
  /// Position in the itinerary; nil where the whole is meant.
  public let step: Int?
  /// The leg, where one is meant.
  public let leg: LegID?
  /// What is claimed.
  public let claimed: String
  /// What the auditor finds.
  public let found: String
}

extension Discrepancy: CustomStringConvertible {
  /// `TW-AUD-009: claimed 430, found 440`.
  public var description: String {
    "\(code)\(step.map { " at leg \($0 + 1)" } ?? ""): claimed \(claimed), found \(found)"
  }
}

/// What somebody says of an itinerary.
///
/// Parts left nil are not checked.
public struct PlanClaim: Hashable, Sendable {
  /// The legs in order.
  public var legs: [LegID]
  /// Price, promise and emission.
  public var vector: PlanVector
  /// The median arrival.
  public var half: Int64?
  /// The nine-in-ten arrival (level 922 of 1024).
  public var ninety: Int64?
  /// The charge of each leg in minor units, in order.
  public var charges: [Int64]?
  /// When and where the goods clear customs.
  public var clearance: ClearanceWindow?

  /// Makes a claim.
  public init(
    legs: [LegID], vector: PlanVector, half: Int64? = nil, ninety: Int64? = nil,
    charges: [Int64]? = nil, clearance: ClearanceWindow? = nil
  ) {
    self.legs = legs
    self.vector = vector
    self.half = half
    self.ninety = ninety
    self.charges = charges
    self.clearance = clearance
  }

  /// The claim a member of a front makes.
  public init(_ member: PlannedItinerary) {
    self.init(legs: member.legs, vector: member.vector)
  }
}
