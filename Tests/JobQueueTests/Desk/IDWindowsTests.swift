import PostgresClient
import TestSupport
import Testing

@testable import JobQueue

@Suite struct IDWindowsTests {
  private static let now = UniqueID.version7(
    milliseconds: 1_800_000_000_000, randomHigh: 5, randomLow: 6)

  /// 1,800,000,000,000 ms is the present; a minute is 60,000 ms, 16 minutes 960,000, 256 minutes 15,360,000.
  @Test("the first range reaches back a minute, each next one sixteen times as far")
  func reaches() {
    let ranges = Array(IDWindows(before: nil, now: Self.now))
    #expect(ranges[0].lowerBound == UniqueID(high: 1_799_999_940_000 << 16, low: 0))
    #expect(ranges[0].upperBound == UniqueID(high: .max, low: .max))
    #expect(ranges[1].lowerBound == UniqueID(high: 1_799_999_040_000 << 16, low: 0))
    #expect(ranges[1].upperBound == UniqueID(high: 1_799_999_940_000 << 16 - 1, low: .max))
    #expect(ranges[2].lowerBound == UniqueID(high: 1_799_984_640_000 << 16, low: 0))
    // 60,000 x 16^6 = 1.007 x 10^12 is still less than the present, the next is not: eight ranges.
    #expect(ranges.count == 8)
  }

  @Test("a page that begins before an old id looks from the time of that id")
  func older() {
    let old = UniqueID.version7(milliseconds: 1_700_000_000_000, randomHigh: 0, randomLow: 0)
    let ranges = Array(IDWindows(before: old, now: Self.now))
    #expect(ranges[0].lowerBound == UniqueID(high: 1_699_999_940_000 << 16, low: 0))
    #expect(ranges[0].upperBound < old)
  }

  @Test("ranges adjoin and hold every id below the given one", arguments: 0..<200)
  func cover(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let few = UInt64.random(in: 0...3, using: &random)
    let before = [
      nil, UniqueID(high: random.next(), low: random.next()), UniqueID(high: 0, low: few + 1),
      UniqueID(high: few << 16, low: 0), Self.now,
    ].randomElement(using: &random)!
    let ranges = Array(IDWindows(before: before, now: Self.now))
    guard before != UniqueID(high: 0, low: 0) else {
      #expect(ranges.isEmpty)
      return
    }
    #expect(ranges.last?.lowerBound == UniqueID(high: 0, low: 0))
    #expect(ranges.count <= 9)
    for (newer, older) in zip(ranges, ranges.dropFirst()) {
      #expect(older.upperBound < newer.lowerBound)
      let (low, borrow) = newer.lowerBound.low.subtractingReportingOverflow(1)
      #expect(older.upperBound.low == low)
      #expect(older.upperBound.high == newer.lowerBound.high - (borrow ? 1 : 0))
    }
  }
}
