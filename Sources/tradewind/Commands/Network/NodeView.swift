import CSVTables
import LogisticsModel
import RouteGraph

/// One node with the legs that leave and arrive, for people and for programs.
struct NodeView {
  /// A leg as seen from one of its ends.
  struct Leg: Encodable {
    let direction: String
    let leg: String
    let from: String
    let to: String
    let stage: String
    let mode: String
    let kind: String
    let price_basis: String
    let time_basis: String

    /// The words behind the direction, in the order of the columns.
    var cells: [String] { [leg, from, to, stage, mode, kind, price_basis, time_basis] }
  }

  struct Document: Encodable {
    let node: String
    let title: String
    let kind: String
    let country: String
    let zone: String
    let locode: String
    let legs: [Leg]
  }

  let document: Document

  /// Most legs of a direction shown to people; the other shapes hold all.
  private static let mostShown = 60

  init(_ id: NodeID, in bundle: NetworkBundle) {
    let node = bundle.nodes[id]
    var legs: [Leg] = []
    for (direction, adjacency) in [
      ("leaving", bundle.topology.outgoing), ("arriving", bundle.topology.incoming),
    ] {
      for id in adjacency.legs(of: id) {
        let leg = bundle.legs[id]
        legs.append(
          Leg(
            direction: direction, leg: leg.name,
            from: bundle.nodes.name(of: NodeID(bundle.topology.tail[id.position])),
            to: bundle.nodes.name(of: NodeID(bundle.topology.head[id.position])),
            stage: leg.stage.word, mode: leg.mode.word, kind: "\(leg.kind)",
            price_basis: leg.priceBasis.word, time_basis: leg.timeBasis.word))
      }
    }
    document = Document(
      node: node.name, title: node.title, kind: "\(node.kind)", country: node.country,
      zone: node.zone, locode: node.locode, legs: legs)
  }

  /// One leg a row.
  var rows: CSVWriter {
    var rows = CSVWriter([
      "direction", "leg", "from", "to", "stage", "mode", "kind", "price_basis", "time_basis",
    ])
    for leg in document.legs { rows.append([leg.direction] + leg.cells) }
    return rows
  }

  var text: String {
    var text =
      "\(document.node): \(document.title), \(document.kind), \(document.country), \(document.zone)"
    if !document.locode.isEmpty { text += ", UN/LOCODE \(document.locode)" }
    text += "\n"
    for direction in ["leaving", "arriving"] {
      let legs = document.legs.filter { $0.direction == direction }
      text += "\n\(legs.count) legs \(direction)\n"
      var table = TextTable(
        ["  ", "LEG", "FROM", "TO", "STAGE", "MODE", "KIND", "PRICE", "TIME"],
        [.left, .left, .left, .left, .left, .left, .left, .left, .left])
      for leg in legs.prefix(NodeView.mostShown) { table.append(["  "] + leg.cells) }
      text += table.text
      if legs.count > NodeView.mostShown {
        text += "  and \(legs.count - NodeView.mostShown) more\n"
      }
    }
    return text
  }
}
