import TestSupport
import Testing

@testable import RoutePlanning

/// What is built next and what gives way, by hand.
@Suite struct LazyBuildingTests {
  private typealias Job = LazyBuilding.Job
  private typealias Holding = LazyBuilding.Holding

  private func building(
    memory: Int, _ misses: [(segment: Int, destination: Int, count: Int)]
  ) -> LazyBuilding {
    var building = LazyBuilding(memory: memory, capacity: 1000)
    for miss in misses {
      for _ in 0..<miss.count {
        building.noteMiss(BlockKey(segment: miss.segment, destination: miss.destination))
      }
    }
    return building
  }

  @Test("the segment missed most is next, with all it misses and what it has; nobody gets it twice")
  func next() {
    var building = building(memory: 100, [(7, 2, 2), (7, 1, 2), (4, 9, 3), (2, 9, 3)])
    #expect(building.counts.misses == 10)
    #expect(
      building.next([7: Holding(classes: [5], bytes: 10)])
        == Job(segment: 7, missing: [1, 2], held: [5]))
    // Of the others, alike, the first.
    #expect(building.next([:]) == Job(segment: 2, missing: [9], held: []))
    #expect(building.next([:]) == Job(segment: 4, missing: [9], held: []))
    #expect(building.next([:]) == nil)
  }

  @Test("what is held is not missing; segments that wait for a repair wait")
  func waits() {
    var building = building(memory: 100, [(1, 1, 5), (2, 1, 1)])
    var holdings = [1: Holding(isDisrupted: true), 2: Holding(classes: [1], bytes: 5)]
    #expect(building.next(holdings) == nil)
    holdings[1] = nil
    #expect(building.next(holdings)?.segment == 1)
  }

  @Test("a job has at most so many blocks, those missed most")
  func longest() {
    let most = LazyBuilding.greatestJob
    var building = building(
      memory: 100, (0...most).map { (segment: 1, destination: $0, count: $0 == 0 ? 1 : 2) })
    #expect(building.next([:])?.missing == Array(1...most))
  }

  @Test("what does not fit takes the place of what was asked for less for each byte")
  func evicts() {
    var building = building(memory: 100, [(1, 0, 4), (2, 0, 2), (3, 0, 9), (9, 0, 5)])
    for _ in 0..<2 { building.noteHit(BlockKey(segment: 2, destination: 0)) }
    let holdings = [
      1: Holding(classes: [0], bytes: 40), 2: Holding(classes: [0], bytes: 20),
      3: Holding(classes: [0], bytes: 30),
    ]
    let job = Job(segment: 9, missing: [0], held: [])
    func verdict(_ bytes: Int) -> LazyBuilding.Verdict {
      building.verdict(on: job, bytes: bytes, holdings)
    }
    // 90 of 100 are taken. By questions for each byte: 1 has 0.1, 2 has 0.2 by its hits, 3 has 0.3.
    #expect(verdict(10) == .publish(evicting: []))
    #expect(verdict(11) == .publish(evicting: [1]))
    // 5 in 20 bytes is more than 1 and 2 have; 5 in 50 is no more than 1 has.
    #expect(verdict(20) == .publish(evicting: [1]))
    #expect(verdict(50) == .refuse)
    #expect(building.verdict(on: job, bytes: 101, [:]) == .refuse)
    // 120 and 24 are 44 too many; 3 has 0.15 now and comes after 1.
    var fuller = holdings
    fuller[3]?.bytes = 60
    #expect(building.verdict(on: job, bytes: 24, fuller) == .publish(evicting: [1, 3]))
    // 100 and 24: 1 has 0.2 now, 3 comes first and is enough.
    fuller[1]?.bytes = 20
    #expect(building.verdict(on: job, bytes: 24, fuller) == .publish(evicting: [3]))
  }

  @Test("blocks beside repaired ones, or waiting for a repair, do not give way; the job's own do")
  func stays() {
    let building = building(memory: 100, [(9, 0, 50)])
    let job = Job(segment: 9, missing: [0], held: [])
    for holding in [
      Holding(classes: [0], bytes: 90, isSeparate: false),
      Holding(classes: [0], bytes: 90, isDisrupted: true),
    ] {
      #expect(building.verdict(on: job, bytes: 20, [1: holding]) == .refuse)
      #expect(building.verdict(on: job, bytes: 20, [9: holding]) == .publish(evicting: []))
    }
  }

  @Test("a refused job comes back with half its blocks, a block when missed twice as often")
  func refused() {
    var building = building(memory: 10, (0..<5).map { (segment: 1, destination: $0, count: 3) })
    var sizes: [Int] = []
    while let job = building.next([:]), sizes.count < 20 {
      sizes.append(job.missing.count)
      building.finish(job, .refused)
    }
    #expect(sizes == [5, 2, 1, 1, 1, 1, 1])
    #expect(building.counts.refused == 7)
    for _ in 0..<2 { building.noteMiss(BlockKey(segment: 1, destination: 4)) }
    #expect(building.next([:]) == nil)
    building.noteMiss(BlockKey(segment: 1, destination: 4))
    #expect(building.next([:])?.missing == [4])
  }

  @Test("a stale job comes again; what cannot be built does not; counts say what happened")
  func ends() {
    var building = building(memory: 100, [(1, 0, 1), (1, 1, 1)])
    let job = Job(segment: 1, missing: [0, 1], held: [])
    #expect(building.next([:]) == job)
    building.finish(job, .stale)
    #expect(building.next([:]) == job)
    building.finish(job, .published(absent: [1], evicted: 2))
    #expect(building.next([1: Holding(classes: [0], bytes: 4)]) == nil)
    building.noteHit(BlockKey(segment: 1, destination: 0))
    var expected = LazyCounts()
    (expected.misses, expected.hits, expected.built) = (2, 1, 1)
    (expected.evicted, expected.stale) = (2, 1)
    #expect(building.counts == expected)
    building.restart()
    #expect(building.next([:]) == nil && building.counts == expected)
  }

  @Test("whatever is asked for, published blocks never take more than the limit")
  func limit() {
    var random = SeededGenerator(seed: 12)
    var evictions = 0
    for _ in 0..<200 {
      var building = LazyBuilding(memory: random.int(0...400), capacity: random.int(1...40))
      var holdings: LazyBuilding.Holdings = [:]
      for _ in 0..<300 {
        let block = BlockKey(segment: random.int(0...7), destination: random.int(0...5))
        if holdings[block.segment]?.classes.contains(block.destination) ?? false {
          building.noteHit(block)
        } else {
          building.noteMiss(block)
        }
        guard random.chance(percent: 30), let job = building.next(holdings) else { continue }
        let bytes = (job.missing + job.held).reduce(0) { $0 + 20 + 7 * $1 }
        switch building.verdict(on: job, bytes: bytes, holdings) {
        case .refuse: building.finish(job, .refused)
        case .publish(let evicted):
          for segment in evicted { holdings[segment] = nil }
          holdings[job.segment] = Holding(classes: (job.missing + job.held).sorted(), bytes: bytes)
          building.finish(job, .published(absent: [], evicted: evicted.count))
          evictions += evicted.count
        }
        #expect(holdings.values.reduce(0) { $0 + $1.bytes } <= building.memory)
      }
    }
    #expect(evictions > 500, "\(evictions)")
  }
}
