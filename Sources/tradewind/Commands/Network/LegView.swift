import CSVTables
import LogisticsModel
import RouteGraph

/// One leg with its next departures, for people and for programs.
struct LegView {
  /// A departure, or the next start of a continuous leg.
  struct Departure: Encodable {
    /// Local time at the leg's tail.
    let departs: String
    /// The last minute at which goods may be handed over for it; that minute still makes it.
    let cut_off: String
    /// The weekday people know the departure by.
    let weekday: String
  }

  struct Document: Encodable {
    let leg: String
    let from: String
    let to: String
    let stage: String
    let mode: String
    let kind: String
    let service: String
    let carrier: String
    let goods: [String]
    let max_weight_g: Int64
    let handling_min: Int32
    let duration_min: Int32
    let law: String
    let delays: [String]
    let card: String
    let price_basis: String
    let time_basis: String
    let pattern: String
    let zone: String
    let departures: [Departure]
  }

  let document: Document
  private let fromTitle: String
  private let toTitle: String

  /// Departures shown.
  private static let count = 10

  init(_ id: LegID, in bundle: NetworkBundle, from now: Instant) {
    let leg = bundle.legs[id]
    let topology = bundle.topology
    let tail = NodeID(topology.tail[id.position])
    let head = NodeID(topology.head[id.position])
    let card = topology.card[id.position]
    let goods = GoodsClass.allCases.filter {
      topology.goods[id.position] >> UInt64($0.rawValue) & 1 == 1
    }
    let zone = bundle.zone(of: tail)
    var departures: [Departure] = []
    var minute = now.minutes
    while departures.count < LegView.count,
      let boarding = bundle.timetable.boarding(id, atOrAfter: minute)
    {
      let departure = Instant(minutes: boarding.minute)
      let cutOff = CutOff(departure: departure, handling: topology.handling[id.position])
      let local = zone.local(departure)
      departures.append(
        Departure(
          departs: "\(local)", cut_off: "\(zone.local(cutOff.latestHandOver))",
          weekday: local.date.weekday.abbreviation))
      minute = boarding.minute + (leg.kind == .scheduled ? 1 : 1440)
    }
    document = Document(
      leg: leg.name, from: bundle.nodes.name(of: tail), to: bundle.nodes.name(of: head),
      stage: leg.stage.word, mode: leg.mode.word, kind: "\(leg.kind)", service: leg.service,
      carrier: leg.carrier, goods: goods.map(\.word),
      max_weight_g: topology.greatestWeight[id.position],
      handling_min: topology.handling[id.position], duration_min: leg.duration,
      law: bundle.lawNames[leg.law.position],
      delays: bundle.law(leg.law).atoms.map { "\($0.delay) min \($0.weight)/1024" },
      card: card < 0 ? "" : bundle.cardNames[Int(card)], price_basis: leg.priceBasis.word,
      time_basis: leg.timeBasis.word, pattern: leg.pattern, zone: zone.name,
      departures: departures)
    fromTitle = bundle.nodes[tail].title
    toTitle = bundle.nodes[head].title
  }

  /// One departure a row; what is said of the leg itself is in the JSON.
  var rows: CSVWriter {
    var rows = CSVWriter(["leg", "weekday", "departs", "cut_off", "zone"])
    for departure in document.departures {
      rows.append([
        document.leg, departure.weekday, departure.departs, departure.cut_off, document.zone,
      ])
    }
    return rows
  }

  var text: String {
    let leg = document
    var table = TextTable(["", ""], [.left, .left])
    table.append(["leg", leg.leg])
    table.append(["from", "\(leg.from) (\(fromTitle))"])
    table.append(["to", "\(leg.to) (\(toTitle))"])
    table.append(["what", "\(leg.stage), \(leg.mode), \(leg.kind), service \(leg.service)"])
    if !leg.carrier.isEmpty { table.append(["carrier", leg.carrier]) }
    table.append(["takes", leg.goods.joined(separator: ", ") + " up to \(leg.max_weight_g) g"])
    table.append(["hand-over", "\(leg.handling_min) minutes before boarding"])
    table.append(["duration", "\(leg.duration_min) minutes, delay law \(leg.law)"])
    table.append(["delays", leg.delays.joined(separator: ", ")])
    table.append([
      "price", leg.card.isEmpty ? leg.price_basis : "card \(leg.card), \(leg.price_basis)",
    ])
    table.append(["time", leg.time_basis])
    table.append(["runs by", leg.pattern])
    var text = String(table.text.drop { $0 == "\n" })
    text += "\nnext \(leg.kind == "scheduled" ? "departures" : "starts") (\(leg.zone))\n"
    var times = TextTable(["  ", "DEPARTS", "CUT-OFF"], [.left, .left, .left])
    for departure in leg.departures {
      times.append(["  ", "\(departure.weekday) \(departure.departs)", departure.cut_off])
    }
    return text + times.text
  }
}
