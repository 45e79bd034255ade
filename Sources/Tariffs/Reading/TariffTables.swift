public import CSVTables
public import LogisticsModel

/// The files a tariff is read from, already parsed; a file the bundle lacks is an empty table.
public struct TariffTables: Sendable {
  /// The table of rate_cards.csv.
  public var rateCards: CSVTable
  /// The table of rate_bands.csv.
  public var rateBands: CSVTable
  /// The table of surcharges.csv.
  public var surcharges: CSVTable
  /// The table of restrictions.csv.
  public var restrictions: CSVTable
  /// The table of fx.csv.
  public var rates: CSVTable
  /// The table of customs_unions.csv.
  public var unions: CSVTable
  /// The table of import_channels.csv.
  public var channels: CSVTable
  /// The table of subdivisions.csv.
  public var subdivisions: CSVTable
  /// The table of duty_rules.csv.
  public var dutyRules: CSVTable
  /// The table of tax_rules.csv.
  public var taxRules: CSVTable
  /// The table of fees.csv.
  public var fees: CSVTable
  /// The table of duty_rates.csv.
  public var dutyRates: CSVTable

  /// Takes each file by its name; nil counts as empty.
  public init(_ table: (String) throws -> CSVTable?) rethrows {
    self.init(
      rateCards: try table("rate_cards.csv"), rateBands: try table("rate_bands.csv"),
      surcharges: try table("surcharges.csv"), restrictions: try table("restrictions.csv"),
      rates: try table("fx.csv"), dutyRules: try table("duty_rules.csv"),
      taxRules: try table("tax_rules.csv"), fees: try table("fees.csv"),
      dutyRates: try table("duty_rates.csv"),
      unions: try table("customs_unions.csv"), channels: try table("import_channels.csv"),
      subdivisions: try table("subdivisions.csv"))
  }

  /// Makes the set of tables; those left out count as empty.
  public init(
    rateCards: CSVTable? = nil, rateBands: CSVTable? = nil, surcharges: CSVTable? = nil,
    restrictions: CSVTable? = nil, rates: CSVTable? = nil, dutyRules: CSVTable? = nil,
    taxRules: CSVTable? = nil, fees: CSVTable? = nil, dutyRates: CSVTable? = nil,
    unions: CSVTable? = nil, channels: CSVTable? = nil,
    subdivisions: CSVTable? = nil
  ) {
    self.rateCards =
      rateCards ?? .empty(file: "rate_cards.csv", columns: RateCardColumns.requiredOfCards)
    self.rateBands =
      rateBands ?? .empty(file: "rate_bands.csv", columns: RateCardColumns.requiredOfBands)
    self.surcharges =
      surcharges ?? .empty(file: "surcharges.csv", columns: SurchargeColumns.required)
    self.restrictions =
      restrictions ?? .empty(file: "restrictions.csv", columns: RestrictionColumns.required)
    self.rates = rates ?? .empty(file: "fx.csv", columns: ExchangeColumns.required)
    self.dutyRules =
      dutyRules ?? .empty(file: DutyRuleReader.file, columns: DutyRuleReader.required)
    self.taxRules =
      taxRules ?? .empty(file: ImportTaxReader.file, columns: ImportTaxReader.required)
    self.fees =
      fees ?? .empty(file: ImportTaxReader.feesFile, columns: ImportTaxReader.feesRequired)
    self.dutyRates =
      dutyRates ?? .empty(file: DutyRuleReader.ratesFile, columns: DutyRuleReader.ratesRequired)
    self.unions =
      unions ?? .empty(file: CustomsUnionColumns.file, columns: CustomsUnionColumns.required)
    self.channels =
      channels ?? .empty(file: ImportChannelColumns.file, columns: ImportChannelColumns.required)
    self.subdivisions =
      subdivisions ?? .empty(file: SubdivisionColumns.file, columns: SubdivisionColumns.required)
  }
}

extension Tariff {
  /// Reads a tariff, reporting everything there is to mend in one go.
  ///
  /// A tariff is returned even with errors among the findings (rows that cannot be read are left out), so that
  /// the rest can be checked; the caller decides that a bundle with errors is not used.
  /// - Parameters:
  ///   - tables: the parsed files.
  ///   - currency: the bundle's currency, into which every card must be convertible.
  ///   - today: rows whose last day is before it are reported as expired; nil: not checked.
  ///   - findings: grows by what was found, file by file.
  /// - Returns: what could be read.
  public static func read(
    _ tables: TariffTables, currency: Currency, today: CivilDate?, findings: inout [Finding]
  ) -> Tariff {
    let rates = ExchangeRates.read(tables.rates, findings: &findings)
    var cards = RateCardReader(today: today)
    cards.readCards(tables.rateCards, findings: &findings)
    cards.readBands(tables.rateBands, findings: &findings)
    cards.check(rates: rates, currency: currency, findings: &findings)
    var known = Set<String>()
    for family in cards.book.families { known.insert(family.id) }
    let surcharges = SurchargeReader(cards: known, rates: rates, currency: currency, today: today)
      .read(tables.surcharges, findings: &findings)
    let restrictions = RestrictionReader(cards: known, today: today)
      .read(tables.restrictions, findings: &findings)
    var tariff = Tariff(
      cards: cards.book, surcharges: surcharges, restrictions: restrictions, rates: rates)
    tariff.imports = ImportRules.read(
      tables, rates: rates, currency: currency, looksForGaps: today != nil, findings: &findings)
    tariff.unions = CustomsUnions.read(tables.unions, findings: &findings)
    tariff.channels = ImportChannels.read(tables.channels, findings: &findings)
    tariff.subdivisions = Subdivisions.read(tables.subdivisions, findings: &findings)
    return tariff
  }
}
