import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph

@Suite struct NetworkBundleTests {
  let bundle: NetworkBundle

  init() throws {
    let reading = SmallBundle.read()
    #expect(reading.findings.map(\.description) == [])
    bundle = try #require(reading.bundle)
  }

  @Test func tablesAreThere() throws {
    #expect(bundle.manifest.label == "small@1")
    #expect(bundle.nodes.count == 6)
    #expect(bundle.legs.count == 6)
    #expect(bundle.cardNames == ["air", "sea", "van"])
    #expect(bundle.zones.map(\.name) == ["Asia/Shanghai", "Europe/Madrid"])
    #expect(bundle.accepts(tier: "economy", goods: .battery))
    #expect(!bundle.accepts(tier: "premium", goods: .battery))
    let node = bundle.nodes[try #require(bundle.nodeID(named: "YIWU"))]
    #expect(node.latitude == 29_306_800 && node.longitude == 120_076_600)
    #expect(node.zone == "Asia/Shanghai" && node.locode == "CNYIU" && node.kind == .origin)
    #expect(bundle.nodes[try #require(bundle.nodeID(named: "VLC"))].latitude == nil)
    #expect(bundle.nodes[try #require(bundle.nodeID(named: "Z-ES-28"))].title == "Madrid, province")
    #expect(bundle.nodeID(named: "NOPE") == nil)
    let fly = try #require(bundle.legID(named: "fly"))
    #expect(bundle.legs[fly].service == "air-belly")
    #expect(bundle.legs[fly].pattern == "flights")
    #expect(bundle.topology.card[fly.position] == 0)
    #expect(bundle.topology.card[try #require(bundle.legID(named: "truck")).position] == -1)
    #expect(bundle.topology.outgoing.legs(of: try #require(bundle.nodeID(named: "HUB"))).count == 2)
  }

  @Test func boards() throws {
    let truck = try #require(bundle.legID(named: "truck"))
    // Friday 20 November 2026, 17:00 in Yiwu is 09:00 UTC; the next is Monday's.
    let friday: Instant = "2026-11-20T09:00Z"
    let monday: Instant = "2026-11-23T09:00Z"
    #expect(bundle.timetable.boarding(truck, atOrAfter: friday.minutes)?.minute == friday.minutes)
    #expect(
      bundle.timetable.boarding(truck, atOrAfter: friday.minutes + 1)?.minute == monday.minutes)
    #expect(
      bundle.timetable.boarding(truck, atOrBefore: monday.minutes - 1)?.minute == friday.minutes)
    // The Sunday flight is faster: 780 minutes; the others keep the leg's 800.
    let fly = try #require(bundle.legID(named: "fly"))
    let sunday: Instant = "2026-11-22T01:00Z"
    #expect(
      bundle.timetable.boarding(fly, atOrAfter: sunday.minutes)
        == Boarding(minute: sunday.minutes, duration: 780, law: LawID(1)))
    #expect(bundle.topology.leastDuration[fly.position] == 780)
    #expect(bundle.topology.leastDuration[truck.position] == 240)
  }

  @Test func clearsInWorkingTime() throws {
    let clear = try #require(bundle.legID(named: "clear"))
    // Monday 7 December 2026, 16:00 in Madrid = 15:00 UTC. Two hours are left; the 8th is a holiday; the
    // third hour runs on the 9th from 08:00 to 09:00 local = 08:00 UTC.
    let start: Instant = "2026-12-07T15:00Z"
    let end: Instant = "2026-12-09T08:00Z"
    #expect(bundle.timetable.arrival(clear, start: start.minutes, after: 180) == end.minutes)
    // Work of exactly two hours ends when the office closes, not when it opens again.
    let closing: Instant = "2026-12-07T17:00Z"
    #expect(bundle.timetable.arrival(clear, start: start.minutes, after: 120) == closing.minutes)
    // On Christmas Eve the office closes at 14:00 = 13:00 UTC.
    let eve: Instant = "2026-12-24T12:59Z"
    let next: Instant = "2026-12-25T07:00Z"
    #expect(bundle.timetable.boarding(clear, atOrAfter: eve.minutes)?.minute == eve.minutes)
    #expect(bundle.timetable.boarding(clear, atOrAfter: eve.minutes + 1)?.minute == next.minutes)
  }

  @Test func calendarsComeBack() throws {
    #expect(bundle.calendars.all == ["always", "office"])
    let office = try #require(bundle.calendars.calendar(named: "office"))
    #expect(office.dates.days.map(\.name) == ["Inmaculada", "Nochebuena"])
    #expect(office.windows(on: "2026-12-24").map(\.description) == ["08:00-14:00"])
    #expect(bundle.calendars.calendar(named: "nobody") == nil)
  }

  private func resolve(_ text: String, _ role: PlaceRole) throws -> String {
    switch bundle.node(for: try Place(parsing: text), role: role) {
    case .found(let node): bundle.nodes.name(of: node)
    case .unknown(let suggestions, let note): "? \(suggestions) \(note)"
    case .ambiguous(let nodes): "! \(nodes.map { bundle.nodes.name(of: $0) })"
    }
  }

  @Test func places() throws {
    #expect(try resolve("CNYIU", .origin) == "YIWU")
    #expect(try resolve("YIWU", .origin) == "YIWU")
    #expect(try resolve("ES:28013", .destination) == "Z-ES-28")
    #expect(try resolve("ES:28", .destination) == "Z-ES-28")
    #expect(try resolve("ES:2", .destination) == "? [] no zone of ES covers it")
    #expect(try resolve("FR:75001", .destination) == "? [] no postal codes of FR are known")
    #expect(try resolve("es:MADRID", .destination) == "Z-ES-28")
    #expect(try resolve("ES:Madrit", .destination) == "? [\"ES:madrid\"] ")
    #expect(try resolve("CNYIW", .origin) == "? [\"CNYIU\"] withdrawn in UN/LOCODE")
    #expect(try resolve("YIVU", .origin) == "? [\"YIWU\"] ")
    // Two nodes share ESMAD; a hub or gateway comes before customs.
    #expect(try resolve("ESMAD", .destination) == "MAD")
  }

  @Test(
    "people are read where a bundle gives them, kept by its snapshot, and refused where they are none"
  )
  func people() throws {
    func nodes(_ people: String) -> [String: String] {
      [
        "nodes.csv": """
        node,kind,name,country,tz,population
        YIWU,origin,Yiwu,CN,Asia/Shanghai,\(people)
        HUB,hub,Shanghai hub,CN,Asia/Shanghai,
        MAD,gateway,Madrid airport,ES,Europe/Madrid,
        VLC,gateway,Valencia port,ES,Europe/Madrid,
        ESH,customs,Madrid clearance,ES,Europe/Madrid,
        Z-ES-28,zone,Madrid,ES,Europe/Madrid,7
        """
      ]
    }
    let bundle = try #require(SmallBundle.read(nodes("100000000000")).bundle)
    #expect(
      bundle.nodes.ids.map { bundle.nodes.population(of: $0) } == [100_000_000_000, 0, 0, 0, 0, 7])
    #expect(bundle.nodes[NodeID(5)].population == 7)
    let stamp = SnapshotStamp(window: SmallBundle.window, sources: 1, zones: 2)
    let file = try SnapshotFile(bytes: NetworkLoader.snapshot(of: bundle, stamp: stamp))
    let back = try NetworkSnapshot.decode(file)
    #expect(back.nodes.ids.map { back.nodes[$0] } == bundle.nodes.ids.map { bundle.nodes[$0] })
    for wrong in ["-1", "many", "100000000001"] {
      let reading = SmallBundle.read(nodes(wrong))
      #expect(reading.bundle == nil, "\(wrong)")
      #expect(reading.findings.contains { $0.description.contains("nodes.csv:2") }, "\(wrong)")
    }
  }

  @Test func sharedCityIsAmbiguous() throws {
    let reading = SmallBundle.read([
      "nodes.csv": (SmallBundle.texts["nodes.csv"] ?? "")
        + "\nZ-ES-29,zone,Other,ES,,,Europe/Madrid,",
      "cities.csv": (SmallBundle.texts["cities.csv"] ?? "") + "\nES,Madrid,XX,Z-ES-29",
      "legs.csv": (SmallBundle.texts["legs.csv"] ?? "")
        + "\nvan2,ESH,Z-ES-29,road,last_mile,parcel,,general,30000,30,van,30,C,,office,480,punctual,published,assumed",
    ])
    let bundle = try #require(reading.bundle)
    let found = bundle.node(for: try Place(parsing: "ES:Madrid"), role: .destination)
    #expect(
      found
        == .ambiguous([
          try #require(bundle.nodeID(named: "Z-ES-28")),
          try #require(bundle.nodeID(named: "Z-ES-29")),
        ]))
  }
}
