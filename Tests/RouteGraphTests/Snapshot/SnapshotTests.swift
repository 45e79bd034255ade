import Foundation
import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph

@Suite struct SnapshotTests {
  let bundle: NetworkBundle
  let stamp = SnapshotStamp(window: SmallBundle.window, sources: 11, zones: 22)
  let bytes: [UInt8]

  init() throws {
    bundle = try #require(SmallBundle.read().bundle)
    bytes = NetworkLoader.snapshot(of: bundle, stamp: stamp, extras: ["tariffs": [1, 2, 3]])
  }

  @Test func comesBackEqual() throws {
    let file = try SnapshotFile(bytes: bytes)
    #expect(file.stamp == stamp)
    try file.checkFresh(stamp)
    let back = try NetworkSnapshot.decode(file)
    // Byte for byte: what is written of the copy is what was written of the original.
    #expect(
      NetworkLoader.snapshot(of: back, stamp: stamp, extras: ["tariffs": [1, 2, 3]]) == bytes)
    #expect(back.manifest == bundle.manifest)
    #expect(back.zones == bundle.zones)
    #expect(back.laws == bundle.laws && back.lawNames == bundle.lawNames)
    #expect(back.tiers == bundle.tiers && back.acceptance == bundle.acceptance)
    for leg in bundle.legs.ids {
      #expect(back.legs[leg] == bundle.legs[leg])
      #expect(back.timetable.departures(of: leg) == bundle.timetable.departures(of: leg))
      #expect(back.timetable.openWindows(of: leg) == bundle.timetable.openWindows(of: leg))
    }
    for node in bundle.nodes.ids { #expect(back.nodes[node] == bundle.nodes[node]) }
    for name in bundle.calendars.all {
      #expect(back.calendars.calendar(named: name) == bundle.calendars.calendar(named: name))
    }
    #expect(back.node(for: try Place(parsing: "ES:28013"), role: .destination) == .found(NodeID(5)))
    #expect(Array(try #require(file.section("x.tariffs")).pointer) == [1, 2, 3])
  }

  /// Cut anywhere, it is refused: at every section boundary, one byte beside it, and at random places.
  @Test func truncationIsRefused() throws {
    var places: Set<Int> = [0, 1, 7, 8, 16, 71, 72, bytes.count - 1]
    for place in stride(from: 64, to: bytes.count, by: 64) {
      places.formUnion([place - 1, place, place + 1])
    }
    for place in places where place < bytes.count {
      #expect(throws: SnapshotFault.self) { try SnapshotFile(bytes: Array(bytes[..<place])) }
    }
    #expect(throws: SnapshotFault.truncated(bytes: 500, expected: bytes.count)) {
      try SnapshotFile(bytes: Array(bytes[..<500]))
    }
    #expect(throws: SnapshotFault.damaged(section: "header")) {
      try SnapshotFile(bytes: bytes + [0])
    }
  }

  /// Any single flipped bit is noticed, wherever it lies.
  @Test func bitFlipsAreRefused() throws {
    var random = SeededGenerator(seed: 3)
    let places = Array(0..<72) + (0..<1500).map { _ in random.int(72...(bytes.count - 1)) }
    for place in places {
      var changed = bytes
      changed[place] ^= 1 << UInt8(random.int(0...7))
      #expect(throws: SnapshotFault.self, "byte \(place)") { try SnapshotFile(bytes: changed) }
    }
  }

  @Test func foreignFilesAreRefused() {
    #expect(throws: SnapshotFault.foreign) {
      try SnapshotFile(bytes: Array(String(repeating: "SQLite format 3 ", count: 20).utf8))
    }
    var other = bytes
    other[8] = 99
    #expect(throws: SnapshotFault.version(found: 99, expected: SnapshotFormat.version)) {
      try SnapshotFile(bytes: other)
    }
    var swapped = bytes
    swapped.replaceSubrange(12..<16, with: [1, 2, 3, 4])
    #expect(throws: SnapshotFault.byteOrder) { try SnapshotFile(bytes: swapped) }
  }

  /// A forged file has right checksums and wrong contents: refused, or at the very least no crash.
  @Test func forgedFilesDoNotCrash() throws {
    var random = SeededGenerator(seed: 4)
    let file = try SnapshotFile(bytes: bytes)
    let names = SnapshotTests.sectionNames(bytes)
    var refused = 0
    for round in 0..<300 {
      var writer = SnapshotWriter()
      let victim = names[round % names.count]
      for name in names {
        var section = Array(try #require(file.section(name)).pointer)
        if name == victim {
          if section.isEmpty || random.chance(oneIn: 8) {
            section += [UInt8](repeating: 7, count: random.int(1...16))
          }
          for _ in 0..<random.int(1...6) {
            section[random.int(0...(section.count - 1))] = UInt8(random.int(0...255))
          }
        }
        writer.add(name, section)
      }
      let forged = try SnapshotFile(bytes: writer.file(stamp: stamp))
      do {
        exercise(try NetworkSnapshot.decode(forged))
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  /// Uses every part of a network whose contents may be nonsense.
  private func exercise(_ network: NetworkBundle) {
    let start = network.timetable.window.start
    for leg in network.legs.ids {
      _ = network.legs[leg]
      for minute in stride(from: start - 100, to: start + 200_000, by: 9973) {
        if let boarding = network.timetable.boarding(leg, atOrAfter: minute) {
          _ = network.timetable.arrival(leg, start: boarding.minute, after: 5000)
        }
        _ = network.timetable.boarding(leg, atOrBefore: minute)
      }
      _ = network.timetable.departures(of: leg)
      _ = network.timetable.openWindows(of: leg)
    }
    for node in network.nodes.ids {
      _ = network.nodes[node]
      _ = network.topology.outgoing.legs(of: node)
      _ = network.topology.incoming.legs(of: node)
    }
    for name in network.calendars.all { _ = network.calendars.calendar(named: name) }
    for text in ["CNYIU", "ES:28013", "ES:Madrid", "X"] {
      if let place = try? Place(parsing: text) { _ = network.node(for: place, role: .destination) }
    }
  }

  static func sectionNames(_ bytes: [UInt8]) -> [String] {
    let count = Int(bytes[24]) + Int(bytes[25]) << 8
    return (0..<count).map { entry in
      let at = SnapshotFormat.headerSize + entry * SnapshotFormat.entrySize
      return String(
        decoding: bytes[at..<(at + SnapshotFormat.nameSize)].prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  @Test func stalenessIsNamed() throws {
    let file = try SnapshotFile(bytes: bytes)
    var now = stamp
    now.sources = 12
    #expect(throws: SnapshotFault.sourcesChanged) { try file.checkFresh(now) }
    now = stamp
    now.zones = 23
    #expect(throws: SnapshotFault.zonesChanged) { try file.checkFresh(now) }
    now.window = TimetableWindow(around: "2026-11-27T09:00Z")
    #expect(throws: SnapshotFault.windowMoved(from: "2026-11-09", to: "2026-11-16")) {
      try file.checkFresh(now)
    }
  }

  @Test func hashNoticesEverything() {
    var random = SeededGenerator(seed: 5)
    for size in [0, 1, 7, 8, 9, 31, 32, 33, 64, 100] {
      let data = (0..<size).map { _ in UInt8(random.int(0...255)) }
      let hash = ContentHash.of(data)
      #expect(hash == ContentHash.of(data))
      #expect(hash != ContentHash.of(data + [0]))
      for place in data.indices {
        var other = data
        other[place] ^= 1
        #expect(ContentHash.of(other) != hash)
      }
    }
    #expect(ContentHash.of([1, 2]) != ContentHash.of([2, 1]))
  }
}
