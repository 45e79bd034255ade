import LogisticsModel
import RouteGraph
import TestSupport
import Testing
import TransitTimes

@testable import RoutePlanning

/// The search's packed arrival law equals the reference law, atom for atom.
@Suite struct ArrivalScratchTests {
  @Test("random walks through random networks give the same law in both representations")
  func equalsReference() throws {
    var walked = 0
    var uncertain = 0
    for seed in UInt64(5000)...5200 {
      let plain = try RandomPlainNetwork(seed: seed).load()
      let network = SearchNetwork(
        topology: plain.topology, timetable: plain.timetable, laws: plain.laws)
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<20 {
        let ready = generator.integer(-2000...20_000)
        var reference = ArrivalDistribution<UInt64>(certain: ready)
        var arena = LabelArena<UInt64>()
        var first = Int(arena.appendCertain(minute: 0))
        for _ in 0..<6 where plain.topology.legCount > 0 {
          let leg = LegID(Int32(generator.integer(0...Int64(plain.topology.legCount - 1))))
          var scratch = ArrivalScratch<UInt64>()
          let handling = plain.topology.handling[leg.position]
          let boarded = scratch.travel(
            from: arena, first: first, count: reference.atoms.count, along: leg,
            handling: Int64(handling), ready: ready, horizon: ready + 90_720, network: network)
          let next = try? reference.travelled(
            handling: handling, horizon: ready + 90_720,
            start: { minute in
              network.timetable.boarding(leg, atOrAfter: minute).map {
                .init(
                  minute: $0.minute, duration: $0.duration, law: network.laws[$0.law.position])
              }
            },
            arrival: { network.timetable.arrival(leg, start: $0, after: $1) })
          #expect(boarded == (next != nil), "seed \(seed)")
          guard let next else { break }
          walked += 1
          if scratch.isUncertain { uncertain += 1 }
          #expect(next.atoms.map { $0.minute - ready } == scratch.minutes.map(Int64.init))
          #expect(next.atoms.map(\.mass) == scratch.masses)
          for level: Int32 in [0, 1, 512, 973, 1024] {
            #expect(
              next.quantile(level: level) - ready
                == Int64(scratch.quantile(threshold: .threshold(level: level))))
          }
          first = Int(arena.append(scratch))
          reference = next
        }
      }
    }
    #expect(walked > 2000, "only \(walked) legs compared")
    #expect(uncertain > 1000, "only \(uncertain) of them uncertain")
  }
}
