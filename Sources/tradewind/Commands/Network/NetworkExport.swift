import ArgumentParser
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind network export`: the network for other tools.
struct NetworkExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the network for other tools: GeoJSON, GTFS or DIMACS.",
    discussion: """
      GeoJSON has nodes as points and legs as lines. GTFS has a trip for every departure of some days, in UTC,
      each leaving at its cut-off. DIMACS has legs as arcs that weigh their least minutes.

      Examples:
        tradewind network export --stage linehaul --mode rail --out rail.geojson
        tradewind network export --gtfs feed --days 14
      """)

  @Option(help: "File to write; default standard output.")
  var out: String?

  @Option(help: "Folder to write a GTFS feed to, instead of GeoJSON.")
  var gtfs: String?

  @Option(help: "With --gtfs: days from the clock's day on, 1 to 90; default 14.")
  var days: Int?

  @Flag(help: "Write a DIMACS shortest-path graph (.gr) instead of GeoJSON.")
  var dimacs = false

  @Option(help: "Only legs of this mode: road, air, sea, rail, handling, post.")
  var mode: String?

  @Option(help: "Only legs of this stage: pickup, consolidation, export, linehaul, ...")
  var stage: String?

  @OptionGroup var options: NetworkOptions

  struct Point: Encodable {
    let type = "Point"
    let coordinates: [Double]
  }

  struct Line: Encodable {
    let type = "LineString"
    let coordinates: [[Double]]
  }

  struct Feature<Geometry: Encodable>: Encodable {
    let type = "Feature"
    let geometry: Geometry
    let properties: [String: String]
  }

  func validate() throws {
    if gtfs != nil, dimacs || out != nil {
      throw ValidationError("--gtfs writes a folder of its own: leave out --dimacs and --out")
    }
    if gtfs != nil || dimacs, mode != nil || stage != nil {
      throw ValidationError("--mode and --stage choose legs of the GeoJSON only")
    }
    if days != nil && gtfs == nil { throw ValidationError("--days goes with --gtfs") }
    if let days, !(1...90).contains(days) { throw ValidationError("--days is within 1...90") }
    if let mode, LegMode(word: mode) == nil { throw ValidationError("unknown mode \(mode)") }
    if let stage, LegStage(word: stage) == nil { throw ValidationError("unknown stage \(stage)") }
  }

  func run() throws {
    let bundle = try options.source(try options.settings()).planner().bundle
    if let gtfs {
      try writeFeed(bundle, to: gtfs)
    } else if dimacs {
      let writer = try LineWriter(out)
      try writer.write(String(DIMACSGraph.text(bundle).dropLast()))
      try writer.close()
    } else {
      try writeMap(bundle)
    }
  }

  private func writeFeed(_ bundle: NetworkBundle, to folder: String) throws {
    let first = CivilDate(days: Int(try options.clock().minutes / 1440))
    let feed = GTFSFeed(bundle, days: first...first.adding(days: (days ?? 14) - 1))
    if mkdir(folder, 0o755) != 0 && errno != EEXIST {
      Streams.complain("error TW-CLI-069: \(folder): \(String(cString: strerror(errno)))")
      throw ExitStatus.missing
    }
    for name in feed.files.keys.sorted() {
      guard let text = feed.files[name] else { continue }
      let writer = try LineWriter(folder + "/" + name)
      try writer.write(String(text.dropLast()))
      try writer.close()
      if !options.quiet {
        Streams.complain("\(name): \(text.utf8.count { $0 == UInt8(ascii: "\n") } - 1) rows")
      }
    }
  }

  private func writeMap(_ bundle: NetworkBundle) throws {
    let writer = try LineWriter(out)
    try writer.write("{\"type\":\"FeatureCollection\",\"features\":[")
    var isFirst = true
    func add(_ feature: some Encodable) throws {
      try writer.write((isFirst ? "" : ",") + JSONText.line(feature))
      isFirst = false
    }
    var used = Set<NodeID>()
    let legs = bundle.legs.ids.filter { leg in
      (mode.map { bundle.legs.mode(of: leg).word == $0 } ?? true)
        && (stage.map { bundle.legs.stage(of: leg).word == $0 } ?? true)
    }
    for id in legs {
      let tail = NodeID(bundle.topology.tail[id.position])
      let head = NodeID(bundle.topology.head[id.position])
      guard let from = bundle.nodes[tail].coordinates, let to = bundle.nodes[head].coordinates
      else {
        continue
      }
      used.insert(tail)
      used.insert(head)
      let leg = bundle.legs[id]
      try add(
        Feature(
          geometry: Line(coordinates: [from, to]),
          properties: [
            "leg": leg.name, "mode": leg.mode.word, "stage": leg.stage.word,
            "service": leg.service, "price_basis": leg.priceBasis.word,
            "time_basis": leg.timeBasis.word,
          ]))
    }
    for node in used.sorted() {
      let found = bundle.nodes[node]
      try add(
        Feature(
          geometry: Point(coordinates: found.coordinates ?? []),
          properties: [
            "node": found.name, "kind": "\(found.kind)", "name": found.title,
            "country": found.country,
          ]))
    }
    try writer.write("]}")
    try writer.close()
  }
}

extension Node {
  /// Longitude and latitude in degrees, as GeoJSON orders them.
  fileprivate var coordinates: [Double]? {
    guard let latitude, let longitude else { return nil }
    return [Double(longitude) / 1e6, Double(latitude) / 1e6]
  }
}
