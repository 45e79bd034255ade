import ArgumentParser
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind network export`: the network for other tools.
struct NetworkExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write nodes and legs as GeoJSON, for a map or a GIS.",
    discussion: """
      Nodes are points, legs are lines between nodes that have coordinates.

      Examples:
        tradewind network export --out world.geojson
        tradewind network export --stage linehaul --mode rail --out rail.geojson
      """)

  @Option(help: "File to write; default standard output.")
  var out: String?

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
    if let mode, LegMode(word: mode) == nil { throw ValidationError("unknown mode \(mode)") }
    if let stage, LegStage(word: stage) == nil { throw ValidationError("unknown stage \(stage)") }
  }

  func run() throws {
    let bundle = try options.source(try options.settings()).planner().bundle
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
