import LogisticsModel
import Testing
import TransitTimes

@Suite struct ArrivalDistributionTests {
  typealias Law = ArrivalDistribution<UInt64>

  private func delay(_ atoms: (Int32, Int32)...) throws -> DelayLaw {
    try DelayLaw(atoms: atoms.map { DelayLaw.Atom(delay: $0.0, weight: $0.1) })
  }

  /// A departure every `period` minutes, under way for `duration`.
  private func every(_ period: Int64, _ duration: Int32, _ law: DelayLaw) -> (Int64) -> Law.Start? {
    { minute in
      let count = minute / period + (minute % period == 0 ? 0 : 1)
      return Law.Start(minute: count * period, duration: duration, law: law)
    }
  }

  // Ready at 10; a leg every 100 minutes takes 50 and is late by 0 (3/4) or 60 (1/4).
  // It leaves at 100 and arrives at 150 (3/4) or 210 (1/4).
  // A second leg every 100 minutes, handling 30, takes 10 and is never late: 150 + 30 = 180 boards 200 and
  // arrives at 210; 210 + 30 = 240 misses it, boards 300 and arrives at 310.
  @Test("a delay misses a departure: quantiles jump, they do not add")
  func missedDeparture() throws {
    let first = try Law(certain: 10).travelled(
      handling: 0, horizon: 10_000, start: every(100, 50, try delay((0, 768), (60, 256))),
      arrival: { $0 + $1 })
    #expect(first.atoms.map(\.minute) == [150, 210])
    let second = try first.travelled(
      handling: 30, horizon: 10_000, start: every(100, 10, .none), arrival: { $0 + $1 })
    #expect(second.atoms.map(\.minute) == [210, 310])
    // P(210) = 3/4 = 768/1024: the quantile at 768 is 210, at 769 already 310.
    #expect(second.quantile(level: 768) == 210)
    #expect(second.quantile(level: 769) == 310)
    #expect(second.quantile(level: 0) == 210)
    #expect(second.quantile(level: 1024) == 310)
    #expect(second.level(at: 210) == 768)
    #expect(second.level(at: 209) == 0)
    #expect(second.uncertainLegs == 1)
  }

  @Test("arrivals at the same minute by different courses add")
  func mergedArrivals() throws {
    // 0 or 10 late, each 1/2, twice: 0 (1/4), 10 (1/2), 20 (1/4).
    let law = try delay((0, 512), (10, 512))
    let free: (Int64) -> Law.Start? = { .init(minute: $0, duration: 5, law: law) }
    let twice = try Law(certain: 0)
      .travelled(handling: 0, horizon: 100, start: free, arrival: { $0 + $1 })
      .travelled(handling: 0, horizon: 100, start: free, arrival: { $0 + $1 })
    #expect(twice.atoms.map(\.minute) == [10, 20, 30])
    #expect(twice.atoms.map { $0.mass == UInt64.total / 4 } == [true, false, true])
    #expect(twice.atoms[1].mass == UInt64.total / 2)
  }

  @Test("an itinerary exists only if every possible minute can board by the horizon, inclusive")
  func horizon() throws {
    let law = try delay((0, 1023), (60, 1))
    let first = try Law(certain: 0).travelled(
      handling: 0, horizon: 300, start: every(100, 50, law), arrival: { $0 + $1 })
    // The atom of 1/1024 arrives at 110 and boards 200.
    #expect(
      throws: Never.self,
      performing: {
        _ = try first.travelled(
          handling: 0, horizon: 200, start: every(100, 1, .none), arrival: { $0 + $1 })
      })
    #expect(throws: Law.Obstacle.self) {
      _ = try first.travelled(
        handling: 0, horizon: 199, start: every(100, 1, .none), arrival: { $0 + $1 })
    }
  }

  @Test("the seventh uncertain leg is refused in 64 bits instead of losing bits")
  func massExhausted() throws {
    let law = try delay((0, 512), (1, 512))
    let free: (Int64) -> Law.Start? = { .init(minute: $0, duration: 1, law: law) }
    var arrivals = Law(certain: 0)
    for _ in 0..<6 {
      arrivals = try arrivals.travelled(
        handling: 0, horizon: 1000, start: free, arrival: { $0 + $1 })
    }
    // Binomial: 6 + k minutes with probability C(6, k)/64.
    #expect(arrivals.quantile(level: 16) == 6)  // 1/64 = 16/1024
    #expect(arrivals.quantile(level: 17) == 7)
    #expect(throws: Law.Obstacle.self) {
      _ = try arrivals.travelled(handling: 0, horizon: 1000, start: free, arrival: { $0 + $1 })
    }
  }
}
