import Dispatch
import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct RepairLineTests {
  @Test("several workers on one line repair every segment once, and as one alone does")
  func several() throws {
    var segments = 0
    for seed in UInt64(1801)...1816 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<8).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      let overlay = random.overlay(count: 3, befalling: questions)
      let told = world.engine.disrupted(by: overlay).narrowed { $0(0) }
      let alone = told.repair { $0(0) }
      for threads in 2...3 {
        let line = RepairLine(told, rebuildsAll: false)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in line.work() }
        let (patches, work) = line.finished()
        #expect(work == alone.work, "seed \(seed)")
        #expect(Set(patches.map(\.segment)).count == patches.count)
        for (segment, patch) in patches {
          let other = try #require(alone.engine.states[segment]?.patch)
          #expect(Array(patch.blocks.pointer) == Array(other.blocks.pointer), "seed \(seed)")
          #expect(Array(patch.pathLegs.pointer) == Array(other.pathLegs.pointer))
        }
        segments += patches.count
      }
      let again = RepairLine(alone.engine, rebuildsAll: false)
      again.work()
      #expect(again.finished().work.segments <= told.states.count { !($0?.isWhole ?? true) })
    }
    #expect(segments > 100, "\(segments)")
  }
}
