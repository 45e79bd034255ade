import Foundation
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport

/// The demo network with some of its text replaced: every figure stays one that can be worked out on paper.
enum DemoNetwork {
  /// What to replace in a file; the old text must stand there.
  struct Edit {
    let file: String
    let old: String
    let new: String

    init(_ file: String, _ old: String, _ new: String) {
      self.file = file
      self.old = old
      self.new = new
    }
  }

  /// Loads the demo network after some edits.
  static func planner(
    _ edits: [Edit] = [], now: Instant = LoadedNetworks.now
  ) throws -> NetworkPlanner {
    let folder = Fixtures.root(above: #filePath) + "/config/networks/demo"
    var texts = try BundleFiles.read(directory: folder).contents.mapValues {
      String(decoding: $0, as: UTF8.self)
    }
    for edit in edits {
      guard let text = texts[edit.file], let range = text.firstRange(of: edit.old) else {
        fatalError("\(edit.file) has no \(edit.old)")
      }
      texts[edit.file] = text.replacingCharacters(in: range, with: edit.new)
    }
    return try LoadedNetworks.planner(BundleFiles(texts: texts), now: now)
  }

  /// The whole of a table in place of the shipped one.
  static func table(_ file: String, _ text: String) throws -> Edit {
    let folder = Fixtures.root(above: #filePath) + "/config/networks/demo"
    return Edit(file, try Fixtures.text("\(folder)/\(file)"), text)
  }

  /// The shipped cards with columns for value and rounding; `door` fills those of the last mile's card.
  static func cards(door: String) throws -> Edit {
    let names = ["air,air,CNY", "customs,customs,EUR", "feeder,feeder,CNY", "pickup,pickup,CNY"]
    let rest = ["sea,sea,CNY", "truck,truck,EUR"]
    let rows =
      (names + rest).map { "\($0),,,,,assumed,demo" } + ["door,door,EUR,\(door),assumed,demo"]
    let header = "card,variant,currency,min_value,max_value,value_currency,round_g,basis,source"
    return try table("rate_cards.csv", ([header] + rows).joined(separator: "\n") + "\n")
  }

  /// A question between two nodes, ready Friday 20 November 2026 at 17:30 in Yiwu unless told otherwise.
  static func question(
    _ network: NetworkPlanner, from: String = "O-YIWU", to: String = "Z-ES-28",
    grams: Int64 = 480, goods: GoodsClass = .general, ready: Instant = "2026-11-20T09:30Z",
    currency: Currency = .eur, greatestLegs: Int = 10
  ) -> NetworkPlanner.Question {
    guard let origin = network.bundle.nodeID(named: from),
      let destination = network.bundle.nodeID(named: to)
    else { fatalError("the demo network has no \(from) or no \(to)") }
    return NetworkPlanner.Question(
      origin: origin, destination: destination,
      parcel: Parcel(weight: Grams(grams), dimensions: nil, goods: goods, declaredValue: nil),
      ready: ready, level: .standard, currency: currency, greatestLegs: greatestLegs)
  }

  /// A request to Madrid as a user writes it.
  static func request(
    _ weight: String, dims: String? = nil, goods: String = "general", value: String? = nil,
    ready: String = "2026-11-20T17:30"
  ) throws -> QuoteRequest {
    QuoteRequest(
      from: try RequestText.place("CNYIU"), to: try RequestText.place("ES:28013"),
      parcel: try RequestText.parcel(weight: weight, dims: dims, goods: goods, value: value),
      ready: try RequestText.ready(ready))
  }
}
