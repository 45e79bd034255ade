import Benchmark
import LogisticsModel
import RoutePlanning
import Tariffs

/// One option of an order of three lines and two headings to Spain: the assessor that explains against the compiled pricer.
func landedBenchmarks() {
  let size = 3
  Benchmark("landed.explained.lines\(size)", configuration: .init(scalingFactor: .kilo)) {
    benchmark in
    let order = try order()
    let tariff = World.planner.tariff
    benchmark.startMeasurement()
    for iteration in benchmark.scaledIterations {
      blackHole(
        tariff.imports.assessment(
          of: order, freight: Money(minorUnits: 300 + Int64(iteration & 255), .eur),
          clearingOn: World.date.adding(days: iteration & 7), rates: tariff.rates,
          tender: World.date, in: .eur))
    }
    benchmark.stopMeasurement()
  }
  Benchmark("landed.compiled.lines\(size)", configuration: .init(scalingFactor: .kilo)) {
    benchmark in
    let tariff = World.planner.tariff
    let pricer = ImportPricer(tariff.imports, rates: tariff.rates, tender: World.date, in: .eur)
    let prepared = try pricer.prepare(try order()).get()
    benchmark.startMeasurement()
    for iteration in benchmark.scaledIterations {
      blackHole(
        pricer.total(
          prepared, freight: 300 + Int64(iteration & 255),
          clearingOn: World.date.adding(days: iteration & 7)))
    }
    benchmark.stopMeasurement()
  }
}

private func order() throws -> ImportOrder {
  guard let spain = Country(code: "ES"), let china = Country(code: "CN") else {
    preconditionFailure("two countries by their codes")
  }
  let lines = try ["851830", "851830", "610910"].map {
    try OrderLine(code: try HSCode($0), quantity: 2, unitValue: Money(minorUnits: 2400, .cny))
  }
  return try ImportOrder(
    destination: spain, dispatch: china, channel: .courier, lines: lines, weight: Grams(480))
}
