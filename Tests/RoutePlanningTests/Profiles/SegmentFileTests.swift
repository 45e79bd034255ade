import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph
@testable import RoutePlanning

/// What a damaged, cut, old, strange or forged file of blocks does: it is refused, and never crashes a reader.
@Suite struct SegmentFileTests {
  /// A segment with blocks, and what it must have been made from.
  private static func written() throws -> (
    world: EngineWorld, key: SegmentKey, segment: BlockSegment
  ) {
    for seed in UInt64(40)...80 {
      let world = try EngineWorld(seed: seed, days: 1)
      let days = world.engine.scope.days
      for origin in world.builder.frame.origins.indices {
        guard let segment = world.engine.segments[origin * days], segment.blocks.count > 40,
          segment.blocks.count < 400
        else { continue }
        return (world, SegmentKey(world.builder.frame, origin: origin, day: 0), segment)
      }
    }
    throw NoSegment()
  }

  private struct NoSegment: Error {}

  private func fault(_ key: SegmentKey, _ bytes: [UInt8]) -> SnapshotFault? {
    do throws(SnapshotFault) {
      _ = try key.file.segment(in: SnapshotFile(bytes: bytes))
      return nil
    } catch { return error }
  }

  @Test("a file is read as it was written")
  func roundTrip() throws {
    let (_, key, segment) = try SegmentFileTests.written()
    let bytes = key.file.bytes(of: segment)
    let read = try key.file.segment(in: SnapshotFile(bytes: bytes))
    #expect(key.file.bytes(of: read) == bytes)
    #expect(key.file.bounds.flaw(in: segment) == nil)
  }

  @Test("every segment that is built passes its own bounds")
  func builtIsSound() throws {
    var checked = 0
    for seed in UInt64(900)...940 {
      let world = try EngineWorld(seed: seed, days: 2)
      for (position, segment) in world.engine.segments.enumerated() {
        guard let segment else { continue }
        let days = world.engine.scope.days
        let key = SegmentKey(world.builder.frame, origin: position / days, day: position % days)
        #expect(key.file.bounds.flaw(in: segment) == nil, "seed \(seed), segment \(position)")
        checked += 1
      }
    }
    #expect(checked > 100)
  }

  @Test("every flipped bit and every length cut short is refused")
  func damage() throws {
    let (_, key, segment) = try SegmentFileTests.written()
    let whole = key.file.bytes(of: segment)
    var bytes = whole
    var accepted = 0
    for place in bytes.indices {
      for bit in 0..<8 {
        bytes[place] ^= 1 << UInt8(bit)
        if fault(key, bytes) == nil { accepted += 1 }
        bytes[place] = whole[place]
      }
      if fault(key, Array(whole[..<place])) == nil { accepted += 1 }
    }
    #expect(accepted == 0)
    #expect(fault(key, whole + [0]) != nil)
    #expect(whole.count > 1000)
  }

  @Test("another day, origin, network, scope or version of the layout is refused")
  func strangers() throws {
    let (world, key, segment) = try SegmentFileTests.written()
    let bytes = key.file.bytes(of: segment)
    let frame = world.builder.frame
    var scope = frame.scope
    scope.start += 1440
    let tomorrow = EngineFrame(world.planner, scope: scope)
    if case .windowMoved = fault(SegmentKey(tomorrow, origin: 0, day: 0), bytes) {
    } else {
      Issue.record("another day is taken")
    }
    scope = frame.scope
    scope.greatestWeight = 19_999
    let lighter = EngineFrame(world.planner, scope: scope)
    for other in frame.origins.indices {
      let isSame = SegmentKey(frame, origin: other, day: 0).name == key.name
      #expect((fault(SegmentKey(frame, origin: other, day: 0), bytes) == nil) == isSame)
      #expect(fault(SegmentKey(lighter, origin: other, day: 0), bytes) == .sourcesChanged)
      let renamed = NetworkPlanner(
        bundle: world.planner.bundle, tariff: world.planner.tariff, fingerprint: 99)
      let strange = EngineFrame(renamed, scope: frame.scope)
      #expect(fault(SegmentKey(strange, origin: other, day: 0), bytes) == .sourcesChanged)
    }
    // The number of the file's format, its checksum put right again.
    var older = bytes
    older[8] += 1
    #expect(
      fault(key, older)
        == .version(found: SnapshotFormat.version + 1, expected: SnapshotFormat.version))
  }

  @Test("files forged with right checksums are refused, or answer without a crash")
  func forged() throws {
    var (world, key, segment) = try SegmentFileTests.written()
    var random = SeededGenerator(seed: 77)
    var (refused, answered) = (0, 0)
    var sections: [String: Int] = [:]
    let engine = world.engine
    let position = engine.segments.firstIndex { $0 === segment } ?? 0
    var questions: [NetworkPlanner.Question] = []
    while questions.count < 40 { questions.append(try world.question()) }
    for attempt in 0..<10_000 {
      let forged = forge(segment, attempt % 10, &random)
      let bytes = key.file.bytes(of: forged)
      do throws(SnapshotFault) {
        let read = try key.file.segment(in: SnapshotFile(bytes: bytes))
        answered += 1
        if answered > 400 { continue }
        var segments = engine.segments
        segments[position] = read
        let reader = QuoteReader(
          EngineBoard(QuoteEngine(world.builder.frame, segments: segments, version: 5)))
        for question in questions {
          let quote = reader.quote(question)
          #expect(quote.version == 5)
          if quote.outcome == .answered {
            _ = reader.engine.itinerary(quote.premium, of: quote, to: question.destination)
          }
        }
      } catch {
        refused += 1
        guard case .inconsistent(let section) = error else {
          Issue.record("\(error)")
          continue
        }
        sections[section, default: 0] += 1
      }
    }
    #expect(refused > 2000 && answered > 100, "\(refused) refused, \(answered) answered")
    #expect(sections.count == 10, "\(sections)")
  }

  /// Times a weight such sums would overflow; and of a charge class that is not there nothing is known.
  @Test("sums of CO2e that no path can have, and charge classes that no network has, are refused")
  func forgedPaths() throws {
    let (world, key, segment) = try SegmentFileTests.written()
    func refused(_ emissions: FrozenColumn<Int64>, _ signatures: FrozenColumn<UInt16>) -> String? {
      let strange = BlockSegment(
        rows: segment.rows, index: segment.index, blocks: segment.blocks,
        pathStarts: segment.pathStarts, pathLegs: segment.pathLegs, emissions: emissions,
        signatureOf: segment.signatureOf, signatures: signatures,
        clearances: segment.clearances, clearanceOf: segment.clearanceOf)
      guard case .inconsistent(let section) = fault(key, key.file.bytes(of: strange)) else {
        return nil
      }
      return section
    }
    for forged in [.min, -1, BlockLayout.greatestEmission + 1, .max] {
      var emissions = segment.emissions.indices.map { segment.emissions[$0] }
      emissions[0] = forged
      #expect(refused(FrozenColumn(emissions), segment.signatures) == "emissions")
    }
    let classes = UInt16(world.builder.frame.charges.classes.count)
    let last = segment.signatures.count - 1
    for (place, forged) in [(1, classes + 1), (last, .max), (0, .max), (0, UInt16(65))] {
      var signatures = segment.signatures.indices.map { segment.signatures[$0] }
      signatures[place] = forged
      #expect(refused(segment.emissions, FrozenColumn(signatures)) == "signatures")
    }
  }

  /// One section with one element changed, or one more or less.
  private func forge(
    _ segment: BlockSegment, _ section: Int, _ random: inout SeededGenerator
  ) -> BlockSegment {
    func changed<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ column: FrozenColumn<Element>, _ number: Int, _ random: inout SeededGenerator
    ) -> FrozenColumn<Element> {
      guard number == section else { return column }
      var elements = column.indices.map { column[$0] }
      let place = elements.isEmpty ? 0 : random.int(0...elements.count - 1)
      switch elements.isEmpty ? 2 : random.int(0...9) {
      case 0: elements.remove(at: place)
      case 1: elements.removeSubrange(place...)
      case 2: elements.append(random.pick([0, 1, .max]))
      case 3: elements[place] = .max
      case 4: elements[place] = .min
      case 5: elements[place] &+= 1
      case 6: elements[place] = Element(truncatingIfNeeded: random.next())
      default:
        // One byte: most fields of a block are a byte or two.
        let shift = Element(8 * random.int(0...Element.bitWidth / 8 - 1))
        elements[place] ^= Element(truncatingIfNeeded: random.integer(1...255)) << shift
      }
      return FrozenColumn(elements)
    }
    return BlockSegment(
      rows: changed(segment.rows, 0, &random), index: changed(segment.index, 1, &random),
      blocks: changed(segment.blocks, 2, &random),
      pathStarts: changed(segment.pathStarts, 3, &random),
      pathLegs: changed(segment.pathLegs, 4, &random),
      emissions: changed(segment.emissions, 5, &random),
      signatureOf: changed(segment.signatureOf, 6, &random),
      signatures: changed(segment.signatures, 7, &random),
      clearances: changed(segment.clearances, 8, &random),
      clearanceOf: changed(segment.clearanceOf, 9, &random))
  }
}
