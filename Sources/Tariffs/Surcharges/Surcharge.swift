public import LogisticsModel

/// A charge on top of a leg's base charge.
///
/// Surcharges are added up, never compounded: a percentage is always of the base charge. They concern only legs
/// that have a rate card; a leg another one pays for (`included`) carries none. A condition on edges or girth is
/// not met while the size is unknown.
public struct Surcharge: Hashable, Sendable {
  /// What the amount is per.
  public enum Unit: String, CaseIterable, BitwiseCopyable, Sendable {
    /// Once.
    case parcel
    /// Per chargeable kilogram of the leg's card, counted in whole grams.
    case kg
    /// Per hundred of the base charge.
    case percent
  }

  /// Id.
  public internal(set) var id: String
  /// For people and reports: `fuel`, `peak`, `remote`, ...
  public internal(set) var kind: String
  /// Legs concerned.
  public internal(set) var scope: RuleScope
  /// Goods classes concerned.
  public internal(set) var goods = GoodsMask(bits: .max)
  /// Actual weight in grams, from this on.
  public internal(set) var weightFrom: Int64?
  /// Actual weight in grams, below this.
  public internal(set) var weightBelow: Int64?
  /// Longest edge in millimetres, from this on.
  public internal(set) var edgeFrom: Int64?
  /// Longest edge in millimetres, below this.
  public internal(set) var edgeBelow: Int64?
  /// Second edge in millimetres, from this on.
  public internal(set) var secondEdgeFrom: Int64?
  /// Length and girth in millimetres, from this on.
  public internal(set) var girthFrom: Int64?
  /// Ready dates.
  public internal(set) var validity = Validity.always
  /// What the amount is per.
  public internal(set) var unit: Unit
  /// Amount, or percentage.
  public internal(set) var amount: Decimal6
  /// Currency of the amount; nil for a percentage.
  public internal(set) var currency: Currency?
  /// Where the figure comes from.
  public internal(set) var basis = Basis.assumed
  /// The source in words.
  public internal(set) var source = ""

  init(
    id: String, kind: String, scope: RuleScope, unit: Unit, amount: Decimal6, currency: Currency?
  ) {
    self.id = id
    self.kind = kind
    self.scope = scope
    self.unit = unit
    self.amount = amount
    self.currency = currency
  }

  /// Whether every condition but the scope holds.
  func applies(to parcel: Parcel, on date: CivilDate) -> Bool {
    guard validity.contains(date), goods.contains(parcel.goods) else { return false }
    if let weightFrom, parcel.weight.value < weightFrom { return false }
    if let weightBelow, parcel.weight.value >= weightBelow { return false }
    guard edgeFrom != nil || edgeBelow != nil || secondEdgeFrom != nil || girthFrom != nil else {
      return true
    }
    guard let size = parcel.dimensions else { return false }
    if let edgeFrom, Int64(size.longest) < edgeFrom { return false }
    if let edgeBelow, Int64(size.longest) >= edgeBelow { return false }
    if let secondEdgeFrom, Int64(size.second) < secondEdgeFrom { return false }
    if let girthFrom, Int64(size.girth) < girthFrom { return false }
    return true
  }

  /// The exact surcharge on a base charge; nil when it does not fit.
  func exact(on base: CardCharge) -> ExactAmount? {
    switch unit {
    case .parcel: ExactAmount(micros: Int128(amount.micros))
    case .kg: ExactAmount(micros: Int128(amount.micros), times: base.chargeable.value, over: 1000)
    case .percent:
      // micros of a percentage / 100 = 10^-8
      ExactAmount(micros: base.micros, times: amount.micros, over: 100_000_000)
    }
  }
}
