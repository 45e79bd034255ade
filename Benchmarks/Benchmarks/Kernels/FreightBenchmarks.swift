import Benchmark
import LogisticsModel
import RoutePlanning
import Tariffs

/// Twenty price classes of the world network for one parcel: the price list against the sheet.
func freightBenchmarks() {
  let size = 20
  Benchmark("freight.list.classes\(size)", configuration: .init(scalingFactor: .kilo)) {
    benchmark in
    let classes = World.planner.classes
    // A leg of each class.
    var legs = [LegID](repeating: LegID(0), count: classes.count)
    for (leg, priceClass) in classes.classOfLeg.enumerated() {
      legs[Int(priceClass)] = LegID(Int32(leg))
    }
    let asked = asked(classes.count, size).map { legs[Int($0)] }
    let parcels = parcels()
    benchmark.startMeasurement()
    for iteration in benchmark.scaledIterations {
      var list = PriceList(
        World.planner.tariff, classes, parcel: parcels[iteration & 63], on: World.date, in: .eur)
      for leg in asked { blackHole(list.price(leg: leg)) }
    }
    benchmark.stopMeasurement()
  }
  Benchmark("freight.sheet.classes\(size)", configuration: .init(scalingFactor: .kilo)) {
    benchmark in
    let classes = World.planner.classes
    let sheet = FreightSheet(World.planner.tariff, classes, on: World.date, in: .eur)
    let asked = asked(classes.count, size)
    let parcels = parcels()
    var prices = [Int64](repeating: 0, count: size)
    benchmark.startMeasurement()
    asked.withUnsafeBufferPointer { asked in
      prices.withUnsafeMutableBufferPointer { prices in
        guard let room = prices.baseAddress else { return }
        for iteration in benchmark.scaledIterations {
          sheet.prices(of: sheet.prepare(parcels[iteration & 63]), classes: asked, into: room)
          blackHole(room.pointee)
        }
      }
    }
    benchmark.stopMeasurement()
  }
  Benchmark("freight.compile.world") { benchmark in
    let (tariff, classes) = (World.planner.tariff, World.planner.classes)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(FreightSheet(tariff, classes, on: World.date, in: .eur))
    }
    benchmark.stopMeasurement()
  }
}

/// Classes spread over all there are.
private func asked(_ classes: Int, _ count: Int) -> [Int32] {
  (0..<count).map { Int32($0 * 7919 % classes) }
}

/// Sixty-four parcels of seeded requests.
private func parcels() -> [Parcel] { World.questions(64).map(\.parcel) }
