import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// A page with a map of a placement: candidates, open sites, flows, days before and after.
///
/// One file, no connection needed.
/// The outline of the world is the network's own nodes, drawn faintly; the projection is plate carree.
struct StockPlacementMap {
  private let result: StockPlacementResult
  private let document: StockPlacementDocument
  private let nodes: NodeTable
  /// The part of the world shown, in tenths of a degree.
  private let view: (left: Int, top: Int, width: Int, height: Int)

  init(_ result: StockPlacementResult, _ document: StockPlacementDocument) {
    self.result = result
    self.document = document
    let nodes = result.network.bundle.nodes
    self.nodes = nodes
    let question = result.placement.question
    let shown =
      question.demand.map(\.destination) + question.items.map(\.origin)
      + (result.answer.plan?.open ?? []).map { question.sites[$0].node }
    let found = shown.compactMap { StockPlacementMap.place($0, nodes) }
    let (xs, ys) = (found.map(\.x), found.map(\.y))
    let left = max(-1800, (xs.min() ?? -1800) - 60)
    let right = min(1800, (xs.max() ?? 1800) + 60)
    let top = max(-900, (ys.min() ?? -900) - 60)
    let bottom = min(900, (ys.max() ?? 900) + 60)
    view = (left, top, max(200, right - left), max(150, bottom - top))
  }

  /// East and south in tenths of a degree.
  private static func place(_ node: NodeID, _ nodes: NodeTable) -> (x: Int, y: Int)? {
    let found = nodes[node]
    guard let latitude = found.latitude, let longitude = found.longitude else { return nil }
    // Coordinates are millionths of a degree.
    return (Int(longitude) / 100_000, -Int(latitude) / 100_000)
  }

  var html: String {
    var page = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Placement on \(escaped(document.bundle))</title>
      <style>
      body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;color:#222;max-width:1200px}
      svg{width:100%;background:#f4f7fa;border:1px solid #d5dde5}
      table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .7em;border-bottom:1px solid #ddd;text-align:right}
      td:first-child,th:first-child{text-align:left}
      #was:checked~svg .now,#is:checked~svg .was{display:none}
      .key span{display:inline-block;width:.8em;height:.8em;border-radius:50%;margin:0 .3em 0 1em}
      </style></head><body>
      <h1>Where to keep stock</h1>
      <p>\(escaped(document.bundle)), \(document.periods.map(escaped).joined(separator: ", ")); a day sooner is worth
      \(document.value_of_day) \(document.currency). Cost \(document.value ?? "-") \(document.currency), proved to be at
      least \(document.lower_bound).</p>

      """
    page += totals
    page += """
      <input type="radio" name="days" id="is" checked><label for="is">days as planned</label>
      <input type="radio" name="days" id="was"><label for="was">days straight from where it is made</label>
      <svg viewBox="\(view.left) \(view.top) \(view.width) \(view.height)" role="img" aria-label="map" \
      xmlns="http://www.w3.org/2000/svg"><style>.land{fill:#c4ced8}.way{fill:none;stroke:#2b6cb0;stroke-opacity:.55}.bulk{stroke:#b7791f;stroke-dasharray:6 4}
      .straight{stroke:#718096;stroke-opacity:.35}.candidate{fill:#fff;stroke:#a0aec0}.open{fill:#b7791f;stroke:#fff}
      .origin{fill:#2d3748}.day0{fill:#22863a}.day1{fill:#7cb342}.day2{fill:#f0b429}.day3{fill:#e8590c}.day4{fill:#b00020}
      </style>

      """
    page += world + ways + sites + destinations
    page += """
      </svg>
      <p class="key">days to the buyer:<span style="background:#22863a"></span>up to 3<span style="background:#7cb342"></span>7<span
      style="background:#f0b429"></span>14<span style="background:#e8590c"></span>28<span style="background:#b00020"></span>more;
      dashed: bulk to an open site (brown), hollow: candidate. Rest the pointer on anything for figures.</p>

      """
    return page + siteTable + sweepTable + "</body></html>\n"
  }

  // MARK: the map

  private func point(_ node: NodeID) -> (x: Int, y: Int)? {
    StockPlacementMap.place(node, nodes)
  }

  /// Size of a mark, so that it looks alike whatever part of the world is shown.
  private var mark: Int { max(2, view.width / 160) }

  private var world: String {
    var seen = Set<Int>()
    var dots = ""
    for node in nodes.ids {
      guard let at = point(node), at.x >= view.left, at.x <= view.left + view.width,
        at.y >= view.top, at.y <= view.top + view.height
      else { continue }
      // One dot for half a degree is outline enough.
      guard seen.insert((at.x / 5) * 10_000 + at.y / 5).inserted else { continue }
      dots += "M\(at.x) \(at.y)h1v1h-1z"
    }
    return
      "<path class=\"land\" stroke=\"#c4ced8\" stroke-width=\"\(max(1, mark / 2))\" d=\"\(dots)\"/>\n"
  }

  private func curve(_ from: NodeID, _ to: NodeID, _ style: String, _ width: Int, _ title: String)
    -> String
  {
    guard let a = point(from), let b = point(to) else { return "" }
    let (x, y) = ((a.x + b.x) / 2, (a.y + b.y) / 2 - abs(a.x - b.x) / 8)
    return
      "<path class=\"way \(style)\" stroke-width=\"\(width)\" d=\"M\(a.x) \(a.y)Q\(x) \(y) \(b.x) \(b.y)\">"
      + "<title>\(escaped(title))</title></path>\n"
  }

  private var ways: String {
    guard let plan = result.answer.plan else { return "" }
    let question = result.placement.question
    var straight: [NodeID: [NodeID: Int64]] = [:]
    var near: [Int: [NodeID: Int64]] = [:]
    for flow in result.placement.flows(plan) {
      let demand = question.demand[flow.point]
      if let site = flow.site {
        near[site, default: [:]][demand.destination, default: 0] += flow.after.pieces
      } else {
        straight[question.items[demand.item].origin, default: [:]][
          demand.destination, default: 0] +=
          flow.after.pieces
      }
    }
    let thin = max(1, mark / 4)
    var text = ""
    for (origin, ends) in straight.sorted(by: { $0.key < $1.key }) {
      for (end, pieces) in ends.sorted(by: { $0.key < $1.key }) {
        text += curve(
          origin, end, "straight", thin,
          "\(nodes.name(of: origin)) to \(nodes[end].title): \(result.units.pieces(pieces)) pieces")
      }
    }
    for shelf in result.placement.shelves(plan) {
      text += curve(
        question.items[shelf.item].origin, question.sites[shelf.site].node, "bulk", thin * 2,
        "\(question.items[shelf.item].sku) in bulk to \(nodes.name(of: question.sites[shelf.site].node)): "
          + "\(result.units.pieces(shelf.pieces)) pieces")
    }
    for (site, ends) in near.sorted(by: { $0.key < $1.key }) {
      for (end, pieces) in ends.sorted(by: { $0.key < $1.key }) {
        text += curve(
          question.sites[site].node, end, "", thin,
          "\(nodes.name(of: question.sites[site].node)) to \(nodes[end].title): "
            + "\(result.units.pieces(pieces)) pieces")
      }
    }
    return text
  }

  private var sites: String {
    let question = result.placement.question
    let open = Set(result.answer.plan?.open ?? [])
    var text = ""
    for (position, site) in question.sites.enumerated() {
      guard let at = point(site.node) else { continue }
      let name = "\(nodes.name(of: site.node)), \(nodes[site.node].title)"
      let isOpen = open.contains(position)
      let size = isOpen ? mark * 2 : mark
      text +=
        "<rect class=\"\(isOpen ? "open" : "candidate")\" stroke-width=\"\(max(1, mark / 4))\" "
        + "x=\"\(at.x - size / 2)\" y=\"\(at.y - size / 2)\" width=\"\(size)\" height=\"\(size)\">"
        + "<title>\(escaped(name))\(isOpen ? ": open" : "")</title></rect>\n"
    }
    for origin in Set(question.items.map(\.origin)).sorted() {
      guard let at = point(origin) else { continue }
      text +=
        "<circle class=\"origin\" cx=\"\(at.x)\" cy=\"\(at.y)\" r=\"\(mark)\"><title>"
        + "\(escaped(nodes[origin].title))</title></circle>\n"
    }
    return text
  }

  private var destinations: String {
    guard let plan = result.answer.plan else { return "" }
    let question = result.placement.question
    var sums: [NodeID: (before: StockPlacement.Totals, after: StockPlacement.Totals)] = [:]
    for flow in result.placement.flows(plan) {
      let node = question.demand[flow.point].destination
      var sum = sums[node] ?? (StockPlacement.Totals(), StockPlacement.Totals())
      if let before = flow.before { sum.before.add(before) }
      sum.after.add(flow.after)
      sums[node] = sum
    }
    var text = ""
    for (node, sum) in sums.sorted(by: { $0.key < $1.key }) {
      guard let at = point(node) else { continue }
      let units = result.units
      let title =
        "\(nodes[node].title): \(units.pieces(sum.after.pieces)) pieces, "
        + "\(units.hundredths(sum.before.hundredthsOfDays)) days straight, "
        + "\(units.hundredths(sum.after.hundredthsOfDays)) as planned; cost \(units.money(sum.before.cost)) "
        + "and \(units.money(sum.after.cost)); CO2e \(units.kilograms(sum.before.emission)) and "
        + "\(units.kilograms(sum.after.emission)) kg"
      for (style, totals) in [("was", sum.before), ("now", sum.after)] {
        text +=
          "<circle class=\"\(style) day\(colour(totals))\" cx=\"\(at.x)\" cy=\"\(at.y)\" "
          + "r=\"\(max(1, mark * 3 / 4))\"><title>\(escaped(title))</title></circle>\n"
      }
    }
    return text
  }

  private func colour(_ totals: StockPlacement.Totals) -> Int {
    let days = totals.hundredthsOfDays
    return [300, 700, 1400, 2800].firstIndex { days <= $0 } ?? 4
  }

  // MARK: tables

  private var totals: String {
    var text =
      "<table><tr><th></th><th>cost</th><th>worth of days</th><th>days</th><th>CO2e kg</th>"
      + "<th>pieces from sites</th></tr>"
    for (name, sums) in [("straight", document.before)]
      + (document.after.map { [("planned", $0)] } ?? [])
    {
      text +=
        "<tr><td>\(name)</td><td>\(sums.cost)</td><td>\(sums.waiting)</td><td>\(sums.days)</td>"
        + "<td>\(sums.co2e_kg)</td><td>\(sums.from_sites_pieces)</td></tr>"
    }
    return text + "</table>\n"
  }

  private var siteTable: String {
    var text =
      "<h2>Stock</h2><table><tr><th>SKU</th><th>kept at</th><th>base stock</th><th>margin</th>"
      + "<th>covers days</th></tr>"
    for shelf in document.stock {
      text +=
        "<tr><td>\(escaped(shelf.sku))</td><td>\(escaped(shelf.site))</td><td>\(shelf.base_stock)</td>"
        + "<td>\(shelf.safety_stock)</td><td>\(shelf.cover_days)</td></tr>"
    }
    return text + "</table>\n"
  }

  private var sweepTable: String {
    guard document.sweep.count > 1 else { return "" }
    var text =
      "<h2>What a day is worth</h2><table><tr><th>a day</th><th>cost</th><th>days</th><th>CO2e kg</th>"
      + "<th>pieces from sites</th><th>open</th></tr>"
    for point in document.sweep {
      text +=
        "<tr><td>\(point.value_of_day)\(point.switches_here ? " *" : "")</td><td>\(point.cost)</td>"
        + "<td>\(point.days)</td><td>\(point.co2e_kg)</td><td>\(point.from_sites_pieces)</td>"
        + "<td>\(escaped(point.open.joined(separator: " ")))</td></tr>"
    }
    return text + "</table><p>* here the answer switches</p>\n"
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
