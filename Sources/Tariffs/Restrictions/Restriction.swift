public import LogisticsModel

/// A rule by which legs refuse parcels: goods that may not fly, sizes a store does not take.
///
/// Concerns every leg in its scope, also those without a rate card. Where limits are given, all of them must be
/// exceeded; a limit on size is not exceeded while the size is unknown.
public struct Restriction: Hashable, Sendable {
  /// Id.
  public internal(set) var id: String
  /// Legs concerned.
  public internal(set) var scope: RuleScope
  /// Goods classes refused.
  public internal(set) var goods = GoodsMask(bits: .max)
  /// Battery kinds refused, nil among them for a parcel of which nobody says; empty: the kind does not matter.
  public internal(set) var batteries: Set<BatteryKind?> = []
  /// Refused above this actual weight in grams.
  public internal(set) var greatestWeight: Int64?
  /// Refused above this longest edge in millimetres.
  public internal(set) var greatestEdge: Int64?
  /// Refused above this sum of edges in millimetres.
  public internal(set) var greatestSum: Int64?
  /// Ready dates.
  public internal(set) var validity = Validity.always
  /// The reason, for people.
  public internal(set) var reason = ""
  /// The source in words.
  public internal(set) var source = ""

  init(id: String, scope: RuleScope) {
    self.id = id
    self.scope = scope
  }

  /// Whether a leg in the scope refuses the parcel.
  func refuses(_ parcel: Parcel, on date: CivilDate) -> Bool {
    guard validity.contains(date), goods.contains(parcel.goods) else { return false }
    guard batteries.isEmpty || batteries.contains(parcel.battery) else { return false }
    if let greatestWeight, parcel.weight.value <= greatestWeight { return false }
    if let greatestEdge {
      guard let size = parcel.dimensions, Int64(size.longest) > greatestEdge else { return false }
    }
    if let greatestSum {
      guard let size = parcel.dimensions, Int64(size.sum) > greatestSum else { return false }
    }
    return true
  }
}
