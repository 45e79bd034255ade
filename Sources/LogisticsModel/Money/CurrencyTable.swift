/// The active codes of ISO 4217 that have a minor unit, by number of decimals.
///
/// Two withdrawn codes stay because dated tables still carry them: BGN (euro since 2026-01-01) and ANG
/// (XCG since 2025-07-01). Left out on purpose: metals (XAU, XAG, XPT, XPD), composite and accounting units
/// (XDR, XSU, XUA, XBA...XBD), XTS and XXX, which have no minor unit.
enum CurrencyTable {
  struct Entry: Sendable {
    let letters: UInt32
    let exponent: Int
  }

  static let twoDecimals = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
    CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT \
    MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU \
    UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """
  static let noDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
  static let threeDecimals = "BHD IQD JOD KWD LYD OMR TND"
  static let fourDecimals = "CLF UYW"

  /// Ascending by code.
  static let exponents: [Entry] = {
    var entries: [Entry] = []
    for (codes, exponent) in [
      (twoDecimals, 2), (noDecimals, 0), (threeDecimals, 3), (fourDecimals, 4),
    ] {
      for code in codes.split(separator: " ") {
        if let letters = Currency.pack(code.utf8) {
          entries.append(Entry(letters: letters, exponent: exponent))
        }
      }
    }
    return entries.sorted { $0.letters < $1.letters }
  }()
}
