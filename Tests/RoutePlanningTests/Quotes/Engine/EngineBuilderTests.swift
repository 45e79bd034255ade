import Dispatch
import Foundation
import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Building with a store: what is there is taken, what is damaged is replaced, what is missing is built.
@Suite struct EngineBuilderTests {
  private struct Folder: ~Copyable {
    let path = NSTemporaryDirectory() + "tradewind-blocks-\(UUID().uuidString)"
    deinit { try? FileManager.default.removeItem(atPath: path) }
    var names: [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }
  }

  private func builder(_ planner: NetworkPlanner, _ path: String, from now: Instant)
    -> EngineBuilder
  {
    EngineBuilder(
      planner,
      scope: EngineScope(
        from: now, days: 4, currency: .eur, greatestLegs: EngineWorld.greatestLegs),
      store: BlockStore(directory: path))
  }

  private func build(
    _ builder: EngineBuilder, threads: Int = 1
  ) -> (engine: QuoteEngine, report: EngineBuilder.Report) {
    builder.engine(
      builder.hotSet(nil),
      workers: { body in DispatchQueue.concurrentPerform(iterations: threads) { body($0) } },
      clock: { 0 })
  }

  private static let seed: UInt64 = 44

  private func world() throws -> (random: RandomBundle, planner: NetworkPlanner) {
    let random = RandomBundle(blocksOf: EngineBuilderTests.seed)
    let loaded = try random.planner()
    return (random, NetworkPlanner(bundle: loaded.bundle, tariff: loaded.tariff, fingerprint: 7))
  }

  /// Quotes of both engines to the same questions, by vector and legs.
  private func expectEqual(
    _ left: QuoteEngine, _ right: QuoteEngine, _ random: RandomBundle
  ) throws {
    var random = random
    let readers = [QuoteReader(EngineBoard(left)), QuoteReader(EngineBoard(right))]
    for _ in 0..<300 {
      let question = try random.blockQuestion(
        on: left.network, currency: .eur, days: left.scope.days, boundaries: [])
      let quotes = readers.map { $0.quote(question) }
      #expect(quotes[0].outcome == quotes[1].outcome)
      let options = quotes.enumerated().map { engine, quote in
        [quote.economy, quote.standard, quote.premium].map {
          readers[engine].engine.itinerary($0, of: quote, to: question.destination)
        }
      }
      #expect(options[0] == options[1])
    }
  }

  @Test("a second build loads everything; what is damaged, cut, swapped or gone is built again")
  func repairs() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let first = build(builder(planner, folder.path, from: random.now))
    let whole = first.report.built
    #expect(whole >= 4 && first.report.loaded == 0 && first.report.refused.isEmpty)
    #expect(folder.names.count == whole)
    let second = build(builder(planner, folder.path, from: random.now))
    #expect(second.report.built == 0 && second.report.loaded == whole)
    #expect(second.report.refused.isEmpty, "\(second.report.refused)")
    #expect(second.report.candidateSum == first.report.candidateSum)
    try expectEqual(first.engine, second.engine, random)

    let paths = folder.names.map { "\(folder.path)/\($0)" }
    var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: paths[0])))
    let before = bytes
    bytes[bytes.count / 2] ^= 0x10
    try Data(bytes).write(to: URL(fileURLWithPath: paths[0]))
    try Data(before.prefix(before.count / 2)).write(to: URL(fileURLWithPath: paths[1]))
    // Another day's file in the place of this one.
    try Data(before).write(to: URL(fileURLWithPath: paths[2]))
    try FileManager.default.removeItem(atPath: paths[3])
    let third = build(builder(planner, folder.path, from: random.now))
    #expect(third.report.built == 4 && third.report.loaded == whole - 4)
    #expect(third.report.refused.count == 3, "\(third.report.refused)")
    #expect(third.report.refused.allSatisfy { $0.contains(SnapshotFault.codePrefix) })
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: paths[0]))) == before)
    try expectEqual(first.engine, third.engine, random)
    #expect(build(builder(planner, folder.path, from: random.now)).report.loaded == whole)
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") })
  }

  @Test("the next day builds that day only, and the engine equals one built afresh")
  func rolls() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let first = build(builder(planner, folder.path, from: random.now))
    let tomorrow = random.now.advanced(byMinutes: 1440)
    let rolled = build(builder(planner, folder.path, from: tomorrow))
    let origins = first.report.built / 4
    #expect(rolled.report.built == origins && rolled.report.loaded == 3 * origins)
    let fresh = EngineBuilder(planner, scope: rolled.engine.scope)
    try expectEqual(rolled.engine, build(fresh).engine, random)
  }

  @Test("a hot set that grows builds what is missing in a segment, one that shrinks builds nothing")
  func hotSets() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let builder = builder(planner, folder.path, from: random.now)
    func built(_ pairs: Int?) -> Int {
      builder.engine(builder.hotSet(pairs), workers: { $0(0) }, clock: { 0 }).report.built
    }
    #expect(built(1) == 4)
    #expect(built(1) == 0)
    let all = built(nil)
    #expect(all >= 4)
    #expect(built(nil) == 0 && built(1) == 0)
  }

  @Test("two builders at once share a store, and nobody's answers change")
  func together() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let builder = builder(planner, folder.path, from: random.now)
    let results = Results()
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      results.append(build(builder, threads: 2))
    }
    let all = results.all
    #expect(all.count == 3)
    for result in all {
      #expect(result.report.refused.isEmpty, "\(result.report.refused)")
      try expectEqual(all[0].engine, result.engine, random)
    }
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") })
    #expect(build(builder).report.built == 0)
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var results: [(engine: QuoteEngine, report: EngineBuilder.Report)] = []
    func append(_ result: (engine: QuoteEngine, report: EngineBuilder.Report)) {
      lock.withLock { results.append(result) }
    }
    var all: [(engine: QuoteEngine, report: EngineBuilder.Report)] { lock.withLock { results } }
  }

  @Test("files copied into memory answer as files mapped, also once they are gone")
  func copies() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let mapped = build(builder(planner, folder.path, from: random.now))
    var copying = builder(planner, folder.path, from: random.now)
    copying.store?.copiesIntoMemory = true
    let whole = build(copying)
    let (found, report) = copying.stored()
    #expect(whole.report.loaded == mapped.report.built && report.loaded == mapped.report.built)
    for name in folder.names {
      try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    }
    try expectEqual(whole.engine, mapped.engine, random)
    try expectEqual(found, mapped.engine, random)
    #expect(whole.engine.memory == mapped.engine.memory)
  }

  @Test("a network whose files are unknown leaves a store alone")
  func unknownFiles() throws {
    let (random, planner) = try world()
    let folder = Folder()
    let unknown = NetworkPlanner(bundle: planner.bundle, tariff: planner.tariff)
    #expect(build(builder(unknown, folder.path, from: random.now)).report.built > 0)
    #expect(folder.names.isEmpty)
    let disrupted = NetworkPlanner(planner, over: planner.bundle)
    #expect(build(builder(disrupted, folder.path, from: random.now)).report.built > 0)
    #expect(folder.names.isEmpty)
  }

  @Test("a store that cannot be written is reported, and the engine answers all the same")
  func unwritable() throws {
    let (random, planner) = try world()
    let result = build(builder(planner, "/dev/null/blocks", from: random.now))
    #expect(result.report.built > 0)
    #expect(result.report.refused.count >= result.report.built)
    try expectEqual(
      result.engine, build(EngineBuilder(planner, scope: result.engine.scope)).engine, random)
  }
}
