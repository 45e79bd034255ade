import LogisticsModel
import Tariffs

/// `tradewind bench --landed`: what a landed price adds to an option of a quote.
///
/// An order of three lines and two headings, priced in euros for a shop that sells in yuan, for destinations of every kind of
/// rule; freight and day of clearance change from option to option. Times are of batches, so that the clock does not show.
struct LandedBench {
  let tariff: Tariff
  let today: CivilDate
  /// Batches for each destination.
  let batches: Int

  struct Report: Encodable {
    let batches: Int
    let options_per_batch: Int
    let option_nanoseconds: Quantiles
    let order_nanoseconds: Quantiles
    let compile_milliseconds: Double
    let table_bytes: Int
    let priced: Int
    let refused: Int
  }

  private static let destinations = ["ES", "RO", "GB", "BR", "MX", "AU", "JP", "KG"]
  private static let batch = 1000

  func run() throws -> Report {
    let start = Clock.nanoseconds()
    let pricer = ImportPricer(tariff.imports, rates: tariff.rates, tender: today, in: .eur)
    let compiling = Double(Clock.nanoseconds() - start) / 1e6
    var options: [Double] = []
    var orders: [Double] = []
    var priced = 0
    var refused = 0
    for place in LandedBench.destinations {
      let order = try LandedBench.order(place)
      guard case .success(let prepared) = pricer.prepare(order) else {
        refused += batches * LandedBench.batch
        continue
      }
      for batch in 0..<batches {
        var landed = 0
        let first = Clock.nanoseconds()
        for number in 0..<LandedBench.batch {
          let total = pricer.total(
            prepared, freight: 300 + Int64(number & 255),
            clearingOn: today.adding(days: (batch + number) & 15))
          if total.refusal == nil { landed += 1 }
        }
        let second = Clock.nanoseconds()
        for _ in 0..<LandedBench.batch {
          if case .failure = pricer.prepare(order) { refused += 1 }
        }
        let third = Clock.nanoseconds()
        priced += landed
        refused += LandedBench.batch - landed
        options.append(Double(second - first) / Double(LandedBench.batch))
        orders.append(Double(third - second) / Double(LandedBench.batch))
      }
    }
    return Report(
      batches: batches * LandedBench.destinations.count, options_per_batch: LandedBench.batch,
      option_nanoseconds: Quantiles(options), order_nanoseconds: Quantiles(orders),
      compile_milliseconds: compiling, table_bytes: pricer.memory, priced: priced, refused: refused)
  }

  private static func order(_ place: String) throws -> ImportOrder {
    guard let country = Country(code: place), let china = Country(code: "CN") else {
      preconditionFailure("the list of destinations is written with country codes")
    }
    let lines = try ["851830", "851830", "610910"].map {
      try OrderLine(
        code: try HSCode($0), quantity: 2, unitValue: Money(minorUnits: 2400, .cny))
    }
    return try ImportOrder(
      destination: country, dispatch: china, channel: .courier, lines: lines, weight: Grams(480))
  }

  /// The report for people.
  static func text(_ report: Report) -> String {
    var table = TextTable(
      ["", "P50", "P90", "P99", "MAX"], [.left, .right, .right, .right, .right])
    for (name, value) in [
      ("ns an option", report.option_nanoseconds), ("ns an order, once", report.order_nanoseconds),
    ] {
      table.append([name] + [value.p50, value.p90, value.p99, value.max].map { $0.text(0) })
    }
    return
      "landed price of three lines, \(report.batches) batches of \(report.options_per_batch) options\n"
      + table.text
      + "priced \(report.priced), refused \(report.refused); rules compiled in "
      + "\(report.compile_milliseconds.text(2)) ms into \(report.table_bytes) bytes\n"
  }
}
