public import LogisticsModel

/// What one card asks for one parcel before surcharges, and how it came about.
public struct CardCharge: Hashable, Sendable {
  /// The variant that applies.
  public let variant: String
  /// Its position in the book.
  public let position: Int
  /// Position of the band in the variant.
  public let band: Int
  /// Weight the charge is made for.
  public let chargeable: Grams
  /// Volumetric divisor in cm3 per kg that was applied; nil: none, or the size is unknown.
  public let divisor: Int64?
  /// The fee in exact millionths of ``currency``.
  public let micros: Int128
  /// Currency of the card.
  public let currency: Currency
}

extension RateCardVariant {
  /// Checks everything but the declared value's band, in the order of ``Refusal/Code``, and prices the weight.
  ///
  /// `declared` gives the declared value in a currency, in minor units; nil where it is unknown.
  func charge(
    _ parcel: Parcel, on date: CivilDate, declared: (Currency) -> Result<Int64, Refusal>?,
    position: Int
  ) -> Result<CardCharge, Refusal> {
    guard validity.contains(date) else { return .failure(Refusal(.cardNotValid, rule: id)) }
    guard goods.contains(parcel.goods) else {
      return .failure(Refusal(.classNotAccepted, rule: id))
    }
    if let value {
      guard let known = declared(value.currency) else {
        return .failure(Refusal(.valueUnknown, rule: id))
      }
      switch known {
      case .failure(let refusal): return .failure(refusal)
      case .success(let amount):
        guard value.holds(amount) else {
          let limit = amount > value.greatest ? value.greatest : value.least
          return .failure(Refusal(.valueOutsideBands, rule: id, value: amount, limit: limit))
        }
      }
    }
    if let size = parcel.dimensions, let refusal = refusal(size) { return .failure(refusal) }
    let (grams, divisor) = chargeableWeight(of: parcel)
    if let greatestChargeable, grams > greatestChargeable {
      return .failure(Refusal(.weightOverLimit, rule: id, value: grams, limit: greatestChargeable))
    }
    guard let band = band(holding: grams) else {
      return .failure(Refusal(.weightNotPriced, rule: id, value: grams))
    }
    return .success(
      CardCharge(
        variant: id, position: position, band: band, chargeable: Grams(grams), divisor: divisor,
        micros: bands[band].fee(grams), currency: currency))
  }

  private func refusal(_ size: Dimensions) -> Refusal? {
    if let greatestSum, Int64(size.sum) > greatestSum {
      return Refusal(.sizeOverLimit, rule: id, value: Int64(size.sum), limit: greatestSum)
    }
    if let greatestEdge, Int64(size.longest) > greatestEdge {
      return Refusal(.edgeOverLimit, rule: id, value: Int64(size.longest), limit: greatestEdge)
    }
    if let greatestGirth, Int64(size.girth) > greatestGirth {
      return Refusal(.girthOverLimit, rule: id, value: Int64(size.girth), limit: greatestGirth)
    }
    return nil
  }
}
