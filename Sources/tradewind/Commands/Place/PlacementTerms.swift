import CSVTables
import Fulfilment
import LogisticsModel
import TOMLKit

/// What holds for a placement where neither flags nor tables say otherwise: `config/placement/terms.toml`.
struct PlacementTerms {
  let currency: Currency
  let dayValue: Int64
  let sweep: [Int64]
  let carton: BulkCarton.Limits
  let cartonsDeclared: Int
  let holdingPercent: Decimal6
  let reviewDays: Int64
  let stockLevel: Int64
  let spanDays: Int
  let orderMinute: Int64
  let daysTried: Int
  let siteOpening: Int64
  let siteKeeping: Int64
  let siteHandling: Int64

  static let fault = "TW-CFG-010"

  /// Reads a file; the shipped one unless another is named.
  ///
  /// - Throws: exit 78 with a coded line where a key is missing or not what it should be.
  init(_ named: String?) throws {
    let path = named ?? Home.path("config/placement/terms.toml")
    let table: TOMLTable
    let bytes = try InputFiles.read(path)
    do {
      table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
    } catch {
      Streams.complain("error \(PlacementTerms.fault): \(path): not TOML: \(error)")
      throw ExitStatus.configuration
    }
    func refused(_ key: String, _ what: String) -> any Error {
      Streams.complain("error \(PlacementTerms.fault): \(path): \(key) is not \(what)")
      return ExitStatus.configuration
    }
    func text(_ key: String) throws -> String {
      guard let text = table[key]?.string else { throw refused(key, "a text") }
      return text
    }
    func number(_ key: String, _ range: ClosedRange<Int>) throws -> Int {
      guard let number = table[key]?.int, range.contains(number) else {
        throw refused(key, "a whole number within \(range)")
      }
      return number
    }
    guard let currency = Currency(code: try text("currency")) else {
      throw refused("currency", "a currency of ISO 4217")
    }
    self.currency = currency
    func thousandths(_ text: String, _ key: String) throws -> Int64 {
      guard let found = PlacementTerms.thousandths(text, currency) else {
        throw refused(key, "an amount such as 0.50")
      }
      return found
    }
    func amount(_ key: String) throws -> Int64 {
      guard let money = try? Money(try text(key), currency), money.minorUnits >= 0 else {
        throw refused(key, "an amount such as 900.00")
      }
      return money.minorUnits
    }
    dayValue = try thousandths(try text("value_of_day"), "value_of_day")
    sweep = try text("sweep").split(separator: " ").map { try thousandths(String($0), "sweep") }
    guard let weight = try? RequestText.grams(try text("carton_weight")) else {
      throw refused("carton_weight", "a weight with unit")
    }
    let edge = Int32(try number("carton_edge_mm", 1...20_000))
    carton = .init(weight: weight, edge: edge)
    cartonsDeclared = try number("cartons_declared", 1...10_000)
    guard let holding = try? Decimal6(try text("holding_percent")), holding >= .zero,
      holding.micros <= 1_000_000_000
    else { throw refused("holding_percent", "a percentage") }
    holdingPercent = holding
    reviewDays = Int64(try number("review_days", 1...365))
    guard let level = try? Decimal6(try text("stock_level")), level.micros > 0,
      level.micros < 1_000_000
    else { throw refused("stock_level", "a probability such as 0.95") }
    stockLevel = level.micros
    spanDays = try number("span_days", 1...366)
    orderMinute = Int64(try number("order_minute_utc", 0...1439))
    daysTried = try number("days_tried", 1...366)
    siteOpening = try amount("site_opening")
    siteKeeping = try amount("site_keeping")
    siteHandling = try amount("site_handling")
  }

  /// Thousandths of a minor unit of an amount such as `0.50`; nil where it is none.
  static func thousandths(_ text: String, _ currency: Currency) -> Int64? {
    guard let value = try? Decimal6(text), value.micros >= 0, value.micros < 1_000_000_000_000
    else { return nil }
    return value.micros * currency.minorPerUnit / 1000
  }
}
