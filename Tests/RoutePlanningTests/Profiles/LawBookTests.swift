import LogisticsModel
import RouteGraph
import TestSupport
import Testing
import TransitTimes

@testable import RoutePlanning

@Suite struct LawBookTests {
  /// Where a walk stands in one book.
  private struct Stand {
    var first: Int32
    var count: Int32 = 1
    var content: [UInt128] = []
  }

  private static func content(_ book: LawBook<UInt128>, _ first: Int32, _ count: Int32) -> [UInt128]
  {
    (Int(first)..<Int(first + count)).flatMap {
      [UInt128(truncatingIfNeeded: book.arena.minutes[$0]), book.arena.cumulative[$0]]
    }
  }

  @Test("laws shared are those worked out anew, each kept once, on random walks")
  func walks() throws {
    var (steps, refused, uncertain) = (0, 0, 0)
    for seed in UInt64(1701)...1712 {
      let world = try EngineWorld(seed: seed, days: 2)
      let network = world.planner.search
      let topology = network.topology
      var draws = SeededGenerator(seed: seed)
      var shared = LawBook<UInt128>(sharesLaws: true)
      var anew = LawBook<UInt128>(sharesLaws: false)
      var placeOf: [[UInt128]: Int32] = [:]
      for _ in 0..<120 {
        var node = draws.int(0...topology.nodeCount - 1)
        let minute = Int32(world.engine.scope.start) + Int32(60 * draws.int(0...3))
        var left = Stand(first: shared.certain(minute: minute))
        var right = Stand(first: anew.certain(minute: minute))
        for _ in 0..<4 {
          let slots = topology.outgoing.starts[node]..<topology.outgoing.starts[node + 1]
          guard !slots.isEmpty else { break }
          let slot = draws.int(Int(slots.lowerBound)...Int(slots.upperBound) - 1)
          let leg = LegID(topology.outgoing.legs[slot])
          let handling = topology.handling[leg.position]
          let one = shared.step(
            from: left.first, count: left.count, along: leg, number: leg.rawValue,
            handling: handling, base: 0, on: network)
          let other = anew.step(
            from: right.first, count: right.count, along: leg, number: leg.rawValue,
            handling: handling, base: 0, on: network)
          #expect((one.first < 0) == (other.first < 0))
          guard one.first >= 0, other.first >= 0 else {
            refused += 1
            break
          }
          #expect(one.lastBoarding == other.lastBoarding && one.isUncertain == other.isUncertain)
          left = Stand(first: one.first, count: one.count)
          right = Stand(first: other.first, count: other.count)
          left.content = LawBookTests.content(shared, one.first, one.count)
          right.content = LawBookTests.content(anew, other.first, other.count)
          #expect(left.content == right.content, "seed \(seed)")
          let known = placeOf[left.content] ?? one.first
          #expect(known == one.first, "a law is kept twice")
          placeOf[left.content] = one.first
          steps += 1
          if one.isUncertain { uncertain += 1 }
          node = Int(topology.head[leg.position])
        }
      }
      #expect(shared.arena.minutes.count < anew.arena.minutes.count)
      shared.removeAll()
      #expect(shared.arena.minutes.isEmpty && shared.memory < 50_000)
    }
    #expect(steps > 1000 && refused > 0 && uncertain > 300, "\(steps) \(refused) \(uncertain)")
  }
}
