import ArgumentParser
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind network show`: one node or leg, with what leaves and arrives.
struct NetworkShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one node with its legs, or one leg with its next departures.",
    discussion: """
      Examples:
        tradewind network show CNYIU
        tradewind network show air-PVG-FRA
      """)

  @Argument(help: "A node, a place (CNYIU, ES:28013) or a leg.")
  var name: String

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let source = try options.source(try options.settings())
    let network = try source.planner()
    let bundle = network.bundle
    if let leg = bundle.legID(named: name) {
      Streams.out(leg.text(in: bundle, from: source.now))
      return
    }
    var found = bundle.nodeID(named: name)
    if found == nil, let place = try? Place(parsing: name),
      case .found(let node) = bundle.node(for: place, role: .destination)
    {
      found = node
    }
    guard let node = found else {
      Streams.complain("error TW-REQ-101: no node, place or leg \(name)")
      throw ExitStatus.usage
    }
    Streams.out(node.text(in: bundle))
  }
}

extension NodeID {
  fileprivate func text(in bundle: NetworkBundle) -> String {
    let node = bundle.nodes[self]
    var text = "\(node.name): \(node.title), \(node.kind), \(node.country), \(node.zone)"
    if !node.locode.isEmpty { text += ", UN/LOCODE \(node.locode)" }
    text += "\n"
    for (title, adjacency) in [
      ("leaving", bundle.topology.outgoing), ("arriving", bundle.topology.incoming),
    ] {
      let legs = adjacency.legs(of: self)
      text += "\n\(legs.count) legs \(title)\n"
      var table = TextTable(
        ["  ", "LEG", "FROM", "TO", "STAGE", "MODE", "KIND", "PRICE", "TIME"],
        [.left, .left, .left, .left, .left, .left, .left, .left, .left])
      for id in legs.prefix(60) {
        let leg = bundle.legs[id]
        table.append([
          "  ", leg.name, bundle.nodes.name(of: NodeID(bundle.topology.tail[id.position])),
          bundle.nodes.name(of: NodeID(bundle.topology.head[id.position])), leg.stage.word,
          leg.mode.word, "\(leg.kind)", leg.priceBasis.word, leg.timeBasis.word,
        ])
      }
      text += table.text
      if legs.count > 60 { text += "  and \(legs.count - 60) more\n" }
    }
    return text
  }
}

extension LegID {
  fileprivate func text(in bundle: NetworkBundle, from now: Instant) -> String {
    let leg = bundle.legs[self]
    let topology = bundle.topology
    let tail = NodeID(topology.tail[position])
    let head = NodeID(topology.head[position])
    let card = topology.card[position]
    let goods = GoodsClass.allCases.filter {
      topology.goods[position] >> UInt64($0.rawValue) & 1 == 1
    }
    var table = TextTable(["", ""], [.left, .left])
    table.append(["leg", leg.name])
    table.append(["from", "\(bundle.nodes.name(of: tail)) (\(bundle.nodes[tail].title))"])
    table.append(["to", "\(bundle.nodes.name(of: head)) (\(bundle.nodes[head].title))"])
    table.append([
      "what", "\(leg.stage.word), \(leg.mode.word), \(leg.kind), service \(leg.service)",
    ])
    if !leg.carrier.isEmpty { table.append(["carrier", leg.carrier]) }
    table.append([
      "takes",
      goods.map(\.word).joined(separator: ", ") + " up to \(topology.greatestWeight[position]) g",
    ])
    table.append(["hand-over", "\(topology.handling[position]) minutes before boarding"])
    table.append([
      "duration", "\(leg.duration) minutes, delay law \(bundle.lawNames[leg.law.position])",
    ])
    let law = bundle.law(leg.law).atoms.map { "\($0.delay) min \($0.weight)/1024" }
    table.append(["delays", law.joined(separator: ", ")])
    table.append([
      "price",
      card < 0
        ? leg.priceBasis.word : "card \(bundle.cardNames[Int(card)]), \(leg.priceBasis.word)",
    ])
    table.append(["time", leg.timeBasis.word])
    table.append(["runs by", leg.pattern])
    var text = String(table.text.drop { $0 == "\n" })
    text += "\nnext \(leg.kind == .scheduled ? "departures" : "starts")\n"
    let zone = bundle.zone(of: tail)
    var minute = now.minutes
    for _ in 0..<10 {
      guard let boarding = bundle.timetable.boarding(self, atOrAfter: minute) else { break }
      let local = zone.local(Instant(minutes: boarding.minute))
      text += "  \(local.date.weekday.abbreviation) \(local)\n"
      minute = boarding.minute + (leg.kind == .scheduled ? 1 : 1440)
    }
    return text
  }
}
