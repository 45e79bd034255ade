import TestSupport

@testable import Tariffs

/// Rule books made by chance: every kind of duty, tax and fee, with holes and overlaps.
enum RandomRuleBook {
  static func text(_ random: inout SeededGenerator) -> ImportRulesFixture {
    var fixture = ImportRulesFixture()
    fixture.duties =
      "rule,destinations,origins,channels,programme,valid_from,valid_to,min_value,max_value,"
      + "value_currency,value_basis,over_g,upto_g,duty,percent,amount,currency,duty_basis,excess_over,tax,"
      + "verification\n"
    for number in 0..<random.int(3...12) { fixture.duties += duty(number, &random) }
    fixture.taxes =
      "rule,destinations,subdivision,tax,rate,method,base,valid_from,valid_to,max_value,value_currency,"
      + "value_basis,verification\n"
    for (number, place) in ["XA", "XB", "US"].enumerated() {
      let method = random.pick(["added", "inclusive"])
      let base = random.pick(["", "goods", "goods+freight", "goods+freight+duty+fee", "duty"])
      fixture.taxes +=
        "t\(number),\(place),,vat,0.\(random.int(10...399)),\(method),\(base),,,,,,\(verification(&random))\n"
    }
    if random.chance(oneIn: 2) {
      fixture.taxes += "p1,XB,TX,sales_tax,0.0\(random.int(1...999)),,,,,,,,verified\n"
      fixture.taxes += "p2,XB,20,vat,0.0\(random.int(1...999)),,,,,,,,verified\n"
    }
    if random.chance(oneIn: 2) {
      fixture.taxes += "r1,XA,,relief,0,,,,,\(random.int(1...90)).50,USD,\(basis(&random)),listed\n"
    }
    var fees =
      "fee,kind,destinations,origins,channels,min_value,max_value,value_currency,value_basis,unit,amount,"
      + "currency,verification\n"
    for number in 0..<random.int(0...3) {
      let band = band(&random)
      fees +=
        "f\(number),k\(number),\(random.pick(["XA", "XB", "XA+US"])),\(origins(&random)),"
        + "\(random.pick(["", "postal"])),\(band),\(random.pick(["parcel", "consignment", "heading"])),"
        + "\(random.int(0...9)).\(random.int(100...999)),\(random.pick(["RON", "EUR", "JPY"])),"
        + "\(verification(&random))\n"
    }
    fixture.fees = fees
    var rates = "rate,destinations,hs_prefix,origins,valid_from,percent,verification\n"
    for (number, prefix) in ["", "85", "851830", "6109", "8518300090", "95"].enumerated()
    where random.chance(oneIn: 2) {
      rates +=
        "h\(number),\(random.pick(["XA", "!ZZ"])),\(prefix),\(origins(&random)),"
        + "\(random.pick(["", "2026-01-01"])),\(random.int(0...40)).\(random.int(0...99)),"
        + "\(verification(&random))\n"
    }
    fixture.dutyRates = rates
    return fixture
  }

  private static func verification(_ random: inout SeededGenerator) -> String {
    random.pick(["verified", "verified", "verified", "listed", ""])
  }

  private static func basis(_ random: inout SeededGenerator) -> String {
    random.pick(["intrinsic", "fob", "cif"])
  }

  private static func origins(_ random: inout SeededGenerator) -> String {
    random.pick(["", "", "CN+HK", "!CN", "CN", "VN+DE+US"])
  }

  /// The cells of a value band: least, greatest, currency, basis.
  private static func band(_ random: inout SeededGenerator) -> String {
    let currency = random.pick(["EUR", "USD", "JPY"])
    let cents = currency == "JPY" ? "" : ".0\(random.int(0...9))"
    switch random.int(0...4) {
    case 0: return ",,,"
    case 1: return "\(random.int(1...400))\(cents),,\(currency),\(basis(&random))"
    case 2: return ",\(random.int(50...900))\(cents),\(currency),\(basis(&random))"
    case 3: return "0,0,\(currency),\(basis(&random))"
    default:
      return
        "\(random.int(1...100))\(cents),\(random.int(101...2000))\(cents),\(currency),\(basis(&random))"
    }
  }

  private static func duty(_ number: Int, _ random: inout SeededGenerator) -> String {
    let kind = random.pick(DutyKind.allCases)
    let percent = "\(random.int(0...70)).\(random.int(0...999))"
    let amount = "\(random.int(0...20)).\(random.int(0...999))"
    let currency = random.pick(["EUR", "USD", "RON"])
    var figures = ["", "", "", ""]
    switch kind {
    case .none, .unknown: break
    case .tariff: figures[2] = random.pick(["", "EUR"])
    case .perHeading, .perParcel: (figures[1], figures[2]) = (amount, currency)
    case .percent: (figures[0], figures[2]) = (percent, random.pick(["", currency]))
    case .percentLess, .percentOrPerKilogram:
      (figures[0], figures[1], figures[2]) = (percent, amount, currency)
    case .percentOfExcess: figures = [percent, amount, currency, "\(random.int(0...200)).5"]
    }
    let weights = random.pick([",", ",31000", "31000,", "500,30000"])
    let days = random.pick([",", ",2026-06-30", "2026-07-01,", "2024-01-01,2027-12-31"])
    return "d\(number),\(random.pick(["XA", "XB", "XA+US", "US"])),\(origins(&random)),"
      + "\(random.pick(["", "", "postal", "courier"])),"
      + "\(random.pick(["", "", "", "ioss", "!ioss"])),\(days),\(band(&random)),\(weights),"
      + "\(kind.rawValue),\(figures[0]),\(figures[1]),\(figures[2]),"
      + "\(random.pick(["goods", "cif"])),\(figures[3]),\(random.pick(["due", "due", "included", "exempt"])),"
      + "\(verification(&random))\n"
  }
}
