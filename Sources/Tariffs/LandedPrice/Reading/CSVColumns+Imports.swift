import CSVTables
import LogisticsModel

/// The columns that duty_rules.csv, tax_rules.csv, fees.csv and duty_rates.csv share.
extension CSVColumns {
  /// Columns of ``terms(_:_:seen:)``, all optional but the id.
  static let termsColumns = ["state", "status", "verification", "note", "source"]
  /// Columns of ``band(_:)``.
  static let bandColumns = ["min_value", "max_value", "value_currency", "value_basis"]
  /// Columns of ``scope(_:)`` beside `destinations`, the band and the dates.
  static let scopeColumns = ["entries", "origins", "channels", "programme", "over_g", "upto_g"]

  /// Id, dates, state and source.
  mutating func terms(
    _ row: Int, _ column: String, seen: inout [String: Int]
  ) -> ImportRuleTerms? {
    let id = newID(row, column, seen: &seen)
    let validity = validity(row, "valid_from", "valid_to")
    var isApplied: Bool? = true
    if !isEmpty(row, "state") {
      isApplied = word(row, "state", expected: "in_force or withheld") {
        ["in_force": true, "withheld": false][$0]
      }
    }
    // What is not said to be checked is not.
    var verification: RuleVerification? = .unverified
    if !isEmpty(row, "verification") {
      verification = closed(row, "verification")
    }
    guard let id, let validity, let isApplied, let verification else { return nil }
    return ImportRuleTerms(
      id: id, validity: validity, isApplied: isApplied, verification: verification,
      status: text(row, "status"), note: text(row, "note"), source: text(row, "source"))
  }

  /// A word of a closed set.
  mutating func closed<Value: RawRepresentable<String> & CaseIterable>(
    _ row: Int, _ column: String
  ) -> Value? {
    guard let text = requiredText(row, column) else { return nil }
    if let value = Value(rawValue: text) { return value }
    report(
      code: TariffCode.wordUnknown, row: row, column: column,
      "\(column) \"\(text.prefix(30))\" is unknown; one of "
        + Value.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  /// Countries joined by `+`, with a leading `!` all but those; `fallback` where empty.
  mutating func countries(
    _ row: Int, _ column: String, ifEmpty fallback: CountrySet? = nil
  ) -> CountrySet? {
    if let fallback, isEmpty(row, column) { return fallback }
    guard let text = requiredText(row, column) else { return nil }
    let isComplement = text.hasPrefix("!")
    let codes = text.dropFirst(isComplement ? 1 : 0)
    if let set = CountrySet(codes: codes) { return isComplement ? set.complement : set }
    let stranger = codes.split(separator: "+", omittingEmptySubsequences: false)
      .first { Country(code: $0)?.code != String($0) }
    report(
      code: TariffCode.importKeyMalformed, row: row, column: column,
      "\(column): \"\((stranger ?? "").prefix(12))\" is no country code; write two capital letters, "
        + "joined by +")
    return nil
  }

  /// The value band; bounds need a currency.
  mutating func band(_ row: Int) -> ConsignmentBand? {
    var basis: ValueBasis? = .intrinsic
    if !isEmpty(row, "value_basis") { basis = closed(row, "value_basis") }
    guard !isEmpty(row, "min_value") || !isEmpty(row, "max_value") else {
      return basis == nil ? nil : .any
    }
    guard !isEmpty(row, "value_currency") else {
      report(
        code: TariffCode.valueBand, row: row, column: "value_currency",
        "a value band needs a currency")
      return nil
    }
    guard let currency = currency(row, "value_currency") else { return nil }
    let least = bound(row, "min_value", currency)
    let greatest = bound(row, "max_value", currency)
    guard let least, let greatest, let basis else { return nil }
    if let least, let greatest, greatest < least {
      report(
        code: TariffCode.valueBand, row: row, column: "max_value",
        "no value is at least \(text(row, "min_value")) and at most \(text(row, "max_value"))")
      return nil
    }
    return ConsignmentBand(least: least, greatest: greatest, currency: currency, basis: basis)
  }

  private mutating func bound(_ row: Int, _ column: String, _ currency: Currency) -> Int64?? {
    guard !isEmpty(row, column) else { return .some(nil) }
    let text = text(row, column)
    if let money = try? Money(text, currency), money.minorUnits >= 0,
      money.minorUnits <= OrderLine.greatestTotal
    {
      return .some(money.minorUnits)
    }
    report(
      code: TariffCode.moneyMalformed, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no amount in \(currency) (\(currency.exponent) decimals)"
    )
    return nil
  }

  /// `word`, `!word` or nothing.
  mutating func programme(_ row: Int, _ column: String) -> ProgrammeCondition? {
    let text = text(row, column)
    guard !text.isEmpty else { return .any }
    let isAbsence = text.hasPrefix("!")
    guard let word = programmeWord(row, column, text.dropFirst(isAbsence ? 1 : 0)) else {
      return nil
    }
    return isAbsence ? .unregistered(word) : .registered(word)
  }

  /// A programme's word: small letters, digits and underscores.
  mutating func programmeWord(_ row: Int, _ column: String, _ text: Substring) -> String? {
    let isWord = text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    }
    if isWord, !text.isEmpty { return String(text) }
    report(
      code: TariffCode.wordUnknown, row: row, column: column,
      "\(column) \"\(text.prefix(30))\" is no word of small letters, such as ioss or !remessa_conforme"
    )
    return nil
  }

  /// Channels joined by `+`; both where empty.
  mutating func channels(_ row: Int, _ column: String) -> UInt8? {
    guard !isEmpty(row, column) else { return 0b11 }
    var bits: UInt8 = 0
    for word in text(row, column).split(separator: "+", omittingEmptySubsequences: false) {
      guard let channel = ImportChannel(word: word) else {
        report(
          code: TariffCode.wordUnknown, row: row, column: column,
          "unknown channel \"\(word.prefix(20))\"; one of "
            + ImportChannel.allCases.map(\.word).joined(separator: ", "))
        return nil
      }
      bits |= 1 << UInt8(channel.rawValue)
    }
    return bits
  }

  /// Which imports a duty rule or a fee concerns.
  mutating func importScope(_ row: Int, _ validity: Validity?) -> ImportScope? {
    let destinations = countries(row, "destinations")
    let entries = countries(row, "entries", ifEmpty: .all)
    let origins = countries(row, "origins", ifEmpty: .all)
    let channels = channels(row, "channels")
    let programme = programme(row, "programme")
    let band = band(row)
    let grams = 0...CSVColumns.greatestFigure
    let over = integer(row, "over_g", in: grams, ifEmpty: 0)
    let upto = optionalInteger(row, "upto_g", in: grams)
    guard let destinations, let entries, let origins, let channels, let programme, let band,
      let over, let upto, let validity
    else { return nil }
    guard isSatisfiable(row, "upto_g", from: over, below: upto) else { return nil }
    var scope = ImportScope(destinations: destinations)
    scope.entries = entries
    scope.origins = origins
    scope.channels = channels
    scope.programme = programme
    scope.validity = validity
    scope.band = band
    scope.overGrams = over
    scope.uptoGrams = upto ?? .max
    return scope
  }
}
