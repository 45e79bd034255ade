import LogisticsModel
import TestSupport
import Testing

@testable import RoutePlanning
@testable import Tariffs

/// Nobody is beaten who can win, whatever the scale; and most who cannot are.
@Suite struct RivalsTests {
  private struct Entrant {
    var ends: CompactCharges.Ends
    var promises: SIMD4<Int32>
  }

  /// Prices are anywhere between the two lines of a candidate, weights anywhere in the band (in sixteenths of it).
  @Test(
    "the cheapest, the earliest and the best by hours may win, in 64 bits and by every price between the lines",
    arguments: [2...2, 0...0, 1...40, 35_000...36_000, 1_000_000...1_000_000])
  func winnersMayWin(_ values: ClosedRange<Int64>) throws {
    let hours = try #require(HourScale(values))
    var random = SeededGenerator(seed: UInt64(values.upperBound) + 5)
    var (asked, beaten) = (0, 0)
    for _ in 0..<3_000 {
      let entrants = entrants(&random, unit: max(1, values.lowerBound / 2))
      var rivals = Rivals(slack: hours.slack)
      let sums = entrants.map { CompactSums.scaled($0.ends, shift: hours.shift) }
      let times = entrants.map { hours.times($0.promises) }
      for (sum, time) in zip(sums, times) { rivals.add(sum, time) }
      for level in 0..<4 {
        var mask = SIMDMask<SIMD4<Int32>>(repeating: false)
        mask[level] = true
        let mayWin = entrants.indices.map { rivals.mayBeBeaten(by: sums[$0], times[$0], mask) }
        asked += mayWin.count
        beaten += mayWin.count { !$0 }
        let weight = random.integer(0...16)
        // Sixteen times the price, so that nothing is rounded.
        let prices = entrants.map { entrant -> Int64 in
          let low = entrant.ends.least[0] * (16 - weight) + entrant.ends.least[1] * weight
          let high = entrant.ends.most[0] * (16 - weight) + entrant.ends.most[1] * weight
          return low + random.integer(0...16) * (high - low) / 16
        }
        let value = random.integer(values)
        let minutes = entrants.map { Int64($0.promises[level]) }
        let keys: [[(Int64, Int64)]] = [
          entrants.indices.map { (prices[$0], minutes[$0]) },
          entrants.indices.map { (minutes[$0], prices[$0]) },
          entrants.indices.map { (60 * prices[$0] + 16 * value * minutes[$0], 0) },
        ]
        for key in keys {
          let winner = try #require(key.indices.min { key[$0] < key[$1] })
          #expect(mayWin[winner], "\(entrants), level \(level), winner \(winner)")
        }
      }
    }
    #expect(beaten * 4 > asked, "\(beaten) of \(asked) are beaten")
  }

  @Test("who refuses some parcels beats nobody; who refuses all has no least price")
  func refusals() throws {
    let hours = try #require(HourScale(2...2))
    let dear = CompactCharges.Ends(least: SIMD2(900, 900), most: SIMD2(900, 900))
    let cheap = CompactCharges.Ends(least: SIMD2(100, 100), most: SIMD2(100, 100))
    let (late, soon) = (hours.times(SIMD4(repeating: 900)), hours.times(SIMD4(repeating: 100)))
    let all = SIMDMask<SIMD4<Int32>>(repeating: true)
    let own = CompactSums.scaled(dear, shift: 0)
    var rivals = Rivals(slack: 0)
    rivals.add(CompactSums.scaled(cheap.uncertain, shift: 0), soon)
    #expect(rivals.mayBeBeaten(by: own, late, all))
    rivals.add(CompactSums.scaled(cheap, shift: 0), soon)
    #expect(!rivals.mayBeBeaten(by: own, late, all))
    #expect(!CompactSums.isRefused(own))
  }

  @Test("an hour of any sensible value fits; one of 2^46 does not")
  func scales() throws {
    #expect(try #require(HourScale(2...2)).shift == 0)
    // 35,000 x 2^18 is 1.07 times 2^33, so five digits are left off to come below 2^29.
    #expect(try #require(HourScale(0...35_000)).shift == 5)
    #expect(HourScale(0...(1 << 46)) == nil)
  }

  /// Up to twenty, some refusing some parcels, some with one price throughout.
  private func entrants(_ random: inout SeededGenerator, unit: Int64) -> [Entrant] {
    (0..<random.int(1...20)).map { _ in
      let base = random.integer(100...4_000) * unit
      let rise = random.integer(0...500) * unit
      let gap = random.integer(0...60) * unit * random.integer(0...1)
      let ends = CompactCharges.Ends(
        least: SIMD2(base, base + rise), most: SIMD2(base + gap, base + gap + rise))
      let first = Int32(random.int(1_000...40_000))
      var promises = SIMD4<Int32>()
      for level in 0..<4 { promises[level] = first + Int32(level * random.int(0...900)) }
      return Entrant(
        ends: random.integer(0...9) == 0 ? ends.uncertain : ends, promises: promises)
    }
  }
}
