import Benchmark
import LogisticsModel
import TransitTimes

/// Six uncertain legs of eight delays each, carried through hourly departures; and the quantile of what arrives.
func lawBenchmarks() {
  let size = 6
  Benchmark("laws.convolution.legs\(size)") { benchmark in
    let law = try law()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try arrival(size, law)) }
    benchmark.stopMeasurement()
  }
  Benchmark("laws.quantile.legs\(size)", configuration: .init(scalingFactor: .kilo)) { benchmark in
    let arrival = try arrival(size, try law())
    benchmark.startMeasurement()
    for iteration in benchmark.scaledIterations {
      blackHole(arrival.quantile(level: Int32(iteration & 1023)))
    }
    benchmark.stopMeasurement()
  }
}

private func law() throws -> DelayLaw {
  try DelayLaw(atoms: (0..<8).map { DelayLaw.Atom(delay: 45 * $0, weight: 128) })
}

private func arrival(_ legs: Int, _ law: DelayLaw) throws -> ArrivalDistribution<UInt64> {
  var arrival = ArrivalDistribution<UInt64>(certain: 0)
  for _ in 0..<legs {
    arrival = try arrival.travelled(
      handling: 30, horizon: .max,
      start: { minute in
        ArrivalDistribution<UInt64>.Start(
          minute: (minute + 59) / 60 * 60, duration: 300, law: law)
      },
      arrival: { start, underWay in start + underWay })
  }
  return arrival
}
