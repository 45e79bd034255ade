import LogisticsModel
import TestSupport
import Tariffs
import Testing

/// Orders just inside and just outside every edge of every row of customs_rules.csv, answered by hand.
///
/// One line a case, under the row it tests; what follows `#`, on the line or above it, is the arithmetic:
///
///     DESTINATION ORIGIN CHANNEL PROGRAMME CLEARED GOODS FREIGHT CURRENCY GRAMS HEADINGS PARCELS BOOK -> ANSWER
///
/// The destination may name a subdivision (`US-TX`) and a country of entry (`RO@HU`). The book is `plain`, the world's own
/// rules, or `tariff10`, the same with a tariff of ten per cent on everything, so that the edges of rules that need the
/// normal tariff show too. The order is quoted in its own currency. The answer is the duty rule, the total, `G` where it is
/// guaranteed and `D` where not, `+fee` and `~rule not applied`; or `!code` with the rule named in the refusal.
enum CustomsGolden {
  struct Case: CustomTestStringConvertible {
    var row = ""
    var text = ""
    var order: ImportOrder
    var freight: Money
    var goods: Int64
    var date: CivilDate
    var hasTariff: Bool
    var rule: String
    var total: Money?
    var isGuaranteed = false
    var fees: [String] = []
    var withheld: [String] = []
    var refusal: String?

    var testDescription: String { "\(row): \(text)" }

    /// Whether the answer is this rule's, be it a price, a fee, a refusal or a mention.
    func names(_ id: String) -> Bool {
      rule == id || rule == id + ":" || fees.contains(id) || withheld.contains(id)
    }
  }

  struct Malformed: Error { let line: String }

  static func cases() throws -> [Case] {
    var row = ""
    var cases: [Case] = []
    for line in (europe + "\n" + overseas + "\n" + lists).split(separator: "\n") {
      let text = line.split(separator: "#", omittingEmptySubsequences: false)[0]
      let words = text.split(separator: " ").map(String.init)
      guard let first = words.first else { continue }
      if first.hasPrefix("[") {
        row = String(first.dropFirst().dropLast())
        continue
      }
      guard words.count >= 14, words[12] == "->" else { throw Malformed(line: String(line)) }
      var parsed = try read(words)
      parsed.row = row
      parsed.text = String(text)
      cases.append(parsed)
    }
    return cases
  }

  private static func read(_ words: [String]) throws -> Case {
    let currency = try #require(Currency(code: words[7]))
    let goods = try Money(words[5], currency)
    let place = words[0].split(separator: "@").map(String.init)
    let parts = place[0].split(separator: "-").map(String.init)
    let headings = try #require(Int64(words[9]))
    var lines: [OrderLine] = []
    for number in 0..<headings {
      lines.append(
        try OrderLine(
          code: try HSCode("\(851_830 + number)"), quantity: 1,
          unitValue: number == 0 ? goods : .zero(currency)))
    }
    let order = try ImportOrder(
      destination: try #require(Country(code: parts[0])),
      subdivision: parts.count > 1 ? parts[1] : nil,
      entry: place.count > 1 ? Country(code: place[1]) : nil,
      dispatch: try #require(Country(code: words[1])),
      channel: try #require(ImportChannel(word: words[2])),
      programmes: words[3] == "-" ? [] : [words[3]], lines: lines,
      weight: Grams(try #require(Int64(words[8]))), parcels: try #require(Int(words[10])))
    let answer = Array(words[13...])
    var parsed = Case(
      order: order, freight: try Money(words[6], currency), goods: goods.minorUnits,
      date: try day(words[4]), hasTariff: words[11] == "tariff10", rule: "")
    parsed.fees = answer.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
    parsed.withheld = answer.filter { $0.hasPrefix("~") }.map { String($0.dropFirst()) }
    if answer[0].hasPrefix("!") {
      parsed.refusal = String(answer[0].dropFirst())
      if answer.count > 1, !answer[1].hasPrefix("~") { parsed.rule = answer[1] }
    } else {
      parsed.rule = answer[0]
      parsed.total = try Money(answer[1], currency)
      parsed.isGuaranteed = answer[2] == "G"
    }
    return parsed
  }
}
