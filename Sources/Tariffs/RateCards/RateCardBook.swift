public import LogisticsModel

/// A card as legs name it: one or more variants, of which at most one applies to any parcel on any date.
public struct RateCardFamily: Hashable, Sendable {
  /// Id as legs.csv names it.
  public let id: String
  /// Positions of its variants in ``RateCardBook/variants``.
  public internal(set) var variants: [Int]
}

/// All rate cards of a bundle.
///
/// Not offered: surcharges, restrictions and conversion into the quote's currency; ``Tariff`` adds those.
public struct RateCardBook: Sendable {
  /// Families in the order rate_cards.csv first names them; a `CardID` is a position here.
  public internal(set) var families: [RateCardFamily] = []
  /// All variants in file order.
  public internal(set) var variants: [RateCardVariant] = []

  /// Every currency that declared-value bands are written in, once.
  private(set) var valueCurrencies: [Currency] = []

  private var positions: [String: Int] = [:]

  /// An empty book.
  public init() {}

  /// The family of that name.
  public func card(named id: some StringProtocol) -> CardID? {
    positions[String(id)].map { CardID(Int32($0)) }
  }

  mutating func append(_ variant: RateCardVariant, to family: String) {
    let position: Int
    if let known = positions[family] {
      position = known
    } else {
      position = families.count
      positions[family] = position
      families.append(RateCardFamily(id: family, variants: []))
    }
    families[position].variants.append(variants.count)
    if let value = variant.value, !valueCurrencies.contains(value.currency) {
      valueCurrencies.append(value.currency)
    }
    variants.append(variant)
  }

  /// What a card asks for a parcel that is ready on a date, or why it does not take the parcel.
  ///
  /// Of several refusals the one of the variant that came nearest is given; two variants that apply are a
  /// fault of the data (the loader reports it) and are refused, never guessed between.
  /// - Complexity: O(variants of the card)
  public func charge(
    _ card: CardID, _ parcel: Parcel, on date: CivilDate, rates: ExchangeRates
  ) -> Result<CardCharge, Refusal> {
    charge(card, parcel, on: date) { currency in
      parcel.declaredValue.map {
        rates.convert($0, to: currency, on: date).map(\.minorUnits)
      }
    }
  }

  /// The same, with the declared value in a currency (minor units; nil: unknown) given by `declared`.
  func charge(
    _ card: CardID, _ parcel: Parcel, on date: CivilDate,
    declared: (Currency) -> Result<Int64, Refusal>?
  ) -> Result<CardCharge, Refusal> {
    var found: CardCharge?
    var nearest: Refusal?
    for position in families[card.position].variants {
      switch variants[position].charge(parcel, on: date, declared: declared, position: position) {
      case .success(let charge):
        if let found {
          return .failure(
            Refusal(.variantsAmbiguous, rule: "\(found.variant)+\(charge.variant)"))
        }
        found = charge
      case .failure(let refusal):
        if nearest.map({ refusal.fit > $0.fit }) ?? true { nearest = refusal }
      }
    }
    if let found { return .success(found) }
    return .failure(nearest ?? Refusal(.cardUnknown, rule: families[card.position].id))
  }
}
