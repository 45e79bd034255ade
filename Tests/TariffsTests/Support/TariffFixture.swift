import CSVTables
import LogisticsModel
import Tariffs
import Testing

/// A tariff written as CSV text in the test, and what reading it found.
struct TariffFixture {
  var cards = "card,variant,currency\n"
  var bands = "variant,over_g,upto_g,base,from_g,step_g,per_step\n"
  var surcharges: String?
  var restrictions: String?
  var rates = "date,base,quote,rate\n"

  func read(
    currency: Currency = .cny, today: CivilDate? = nil
  ) throws -> (tariff: Tariff, findings: [Finding]) {
    var findings: [Finding] = []
    func table(_ text: String?, _ file: String) -> CSVTable? {
      text.flatMap { CSVTable.parse(Array($0.utf8), file: file, findings: &findings) }
    }
    let tables = TariffTables(
      rateCards: table(cards, "rate_cards.csv"), rateBands: table(bands, "rate_bands.csv"),
      surcharges: table(surcharges, "surcharges.csv"),
      restrictions: table(restrictions, "restrictions.csv"), rates: table(rates, "fx.csv"))
    let tariff = Tariff.read(tables, currency: currency, today: today, findings: &findings)
    return (tariff, findings)
  }

  /// The tariff, which must have no finding at all.
  func clean(currency: Currency = .cny) throws -> Tariff {
    let (tariff, findings) = try read(currency: currency)
    #expect(findings.map(\.description) == [])
    return tariff
  }
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

extension Tariff {
  /// The charge of a card for a parcel, in the card's currency.
  func charge(_ card: String, _ parcel: Parcel, on date: CivilDate) throws -> CardCharge {
    try cards.charge(try #require(cards.card(named: card)), parcel, on: date, rates: rates).get()
  }

  /// The card's charge rounded to money.
  func money(_ card: String, _ parcel: Parcel, on date: CivilDate) throws -> String {
    let charge = try charge(card, parcel, on: date)
    return try #require(Decimal6.money(charge.micros, in: charge.currency)).description
  }

  /// Why a card refuses a parcel.
  func refusal(_ card: String, _ parcel: Parcel, on date: CivilDate) throws -> Refusal {
    let outcome = cards.charge(
      try #require(cards.card(named: card)), parcel, on: date, rates: rates)
    switch outcome {
    case .success(let charge):
      Issue.record("sold at \(charge.micros) millionths")
      throw Refusal(.cardUnknown, rule: card)
    case .failure(let refusal): return refusal
    }
  }

  func outcome(_ card: String, _ parcel: Parcel, on date: CivilDate, in currency: Currency)
    -> LegOutcome
  {
    outcome(
      for: NamedLeg(
        card: card, service: "svc", mode: "air", stage: "linehaul", node: "N"),
      parcel: parcel, on: date, in: currency)
  }
}
