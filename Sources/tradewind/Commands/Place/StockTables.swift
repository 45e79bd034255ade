import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// The tables of `place --network`: SKUs, demand and sites (`config/placement/FORMAT.md`).
///
/// Everything wrong in a file is said at once, with line and column.
struct StockTables {
  private let network: NetworkPlanner
  private let terms: PlacementTerms

  init(_ network: NetworkPlanner, _ terms: PlacementTerms) {
    self.network = network
    self.terms = terms
  }

  static let nothingLeft = "TW-CLI-080"

  // MARK: SKUs

  func items(_ path: String) throws -> [StockItem] {
    var columns = try StockTables.open(
      path, required: ["sku", "from", "weight", "line"],
      optional: ["dims", "goods", "duty_percent", "short", "over"])
    var items: [StockItem] = []
    var known = Set<String>()
    for row in 0..<columns.table.rowCount {
      guard let sku = columns.requiredText(row, "sku") else { continue }
      if !known.insert(sku).inserted {
        columns.report(
          code: CSVCode.valueMalformed, row: row, column: "sku", "sku \(sku) comes twice")
      }
      let line = columns.value(row, "line") { (text) throws(RequestFault) in
        let line = try OrderLineText.line(text)
        guard line.quantity == 1 else {
          throw RequestFault(
            code: OrderLineText.malformed, message: "line \"\(text)\" is not of one piece",
            advice: "write HS:1:VALUE, for example 851830:1:30EUR")
        }
        return line
      }
      let optional = { (name: String) in
        columns.isEmpty(row, name) ? nil : columns.text(row, name)
      }
      let (dims, goods) = (optional("dims"), optional("goods"))
      let parcel = columns.value(row, "weight") { (text) throws(RequestFault) in
        try RequestText.parcel(
          weight: text, dims: dims, goods: goods, value: nil, lines: line.map { [$0] } ?? [])
      }
      let origin = node(&columns, row, "from", .origin)
      guard let line, let parcel, let origin else { continue }
      var item = StockItem(sku: sku, origin: origin, parcel: parcel, line: line)
      if !columns.isEmpty(row, "duty_percent") {
        item.dutyPercent = decimal(&columns, row, "duty_percent")
      }
      item.short = amount(&columns, row, "short")
      item.over = amount(&columns, row, "over")
      items.append(item)
    }
    return try StockTables.sound(items, columns, "SKU")
  }

  // MARK: demand

  func demand(
    _ path: String, items: [StockItem], from start: CivilDate
  ) throws -> (periods: [StockPeriod], points: [DemandPoint]) {
    var columns = try StockTables.open(
      path, required: ["sku", "to", "pieces"], optional: ["deviation", "first", "last"])
    struct Row {
      let item: Int
      let node: NodeID
      let pieces: Int64
      let variance: Int64
      let period: StockPeriod
    }
    var rows: [Row] = []
    let position = Dictionary(
      items.enumerated().map { ($1.sku, $0) }, uniquingKeysWith: { first, _ in first })
    for row in 0..<columns.table.rowCount {
      let item = columns.word(row, "sku", expected: "in the table of SKUs") { position[$0] }
      let pieces = thousandths(&columns, row, "pieces")
      // Orders that come one by one: the variance is the mean.
      var variance = pieces
      if !columns.isEmpty(row, "deviation") {
        variance = thousandths(&columns, row, "deviation").map {
          Int64(Int128($0) * Int128($0) / 1000)
        }
      }
      let period = period(&columns, row, from: start)
      guard let item, let node = node(&columns, row, "to", .destination), let pieces, let variance,
        let period
      else { continue }
      rows.append(Row(item: item, node: node, pieces: pieces, variance: variance, period: period))
    }
    let periods = Set(rows.map(\.period)).sorted { $0.first < $1.first }
    for (one, next) in zip(periods, periods.dropFirst()) where next.first <= one.last {
      columns.report(
        code: CSVCode.valueOutOfRange, row: 0, column: "first",
        "the periods from \(one.first) and from \(next.first) overlap")
    }
    rows = try StockTables.sound(rows, columns, "demand")
    var points: [DemandPoint] = []
    var place: [[Int32]: Int] = [:]
    for row in rows {
      let key = [Int32(row.item), row.node.rawValue]
      if place[key] == nil {
        place[key] = points.count
        points.append(
          DemandPoint(
            item: row.item, destination: row.node,
            pieces: Array(repeating: 0, count: periods.count),
            variance: Array(repeating: 0, count: periods.count)))
      }
      guard let point = place[key], let period = periods.firstIndex(of: row.period) else {
        continue
      }
      points[point].pieces[period] += row.pieces
      points[point].variance[period] += row.variance
    }
    return (periods, points)
  }

  private func period(
    _ columns: inout CSVColumns, _ row: Int, from start: CivilDate
  ) -> StockPeriod? {
    if columns.isEmpty(row, "first"), columns.isEmpty(row, "last") {
      return StockPeriod(first: start, days: terms.spanDays)
    }
    let first = columns.value(row, "first") { (text) throws(RequestFault) in
      try RequestText.date(text)
    }
    let last = columns.value(row, "last") { (text) throws(RequestFault) in
      try RequestText.date(text)
    }
    guard let first, let last else { return nil }
    guard last >= first else {
      columns.report(
        code: CSVCode.valueOutOfRange, row: row, column: "last", "\(last) is before \(first)")
      return nil
    }
    return StockPeriod(first: first, days: last.days(since: first) + 1)
  }

  // MARK: sites

  /// The sites of a file; without one, every hub or warehouse whose last mile has a price of its own, outside the
  /// countries the goods are made in, with the terms' costs.
  func sites(
    _ path: String?, items: [StockItem], open: [String], closed: [String]
  ) throws -> [StockSite] {
    var sites = try path.map { try self.sites(file: $0) } ?? candidates(items)
    for (names, isOpen) in [(open, true), (closed, false)] {
      for name in names {
        guard let site = sites.firstIndex(where: { network.bundle.nodes.name(of: $0.node) == name })
        else {
          Streams.complain("error \(StockTables.nothingLeft): no site \(name) among the candidates")
          throw ExitStatus.usage
        }
        sites[site].isOpen = isOpen
      }
    }
    return sites
  }

  private func sites(file path: String) throws -> [StockSite] {
    var columns = try StockTables.open(
      path, required: ["node"], optional: ["opening", "keeping", "handling", "open"])
    var sites: [StockSite] = []
    for row in 0..<columns.table.rowCount {
      guard let node = node(&columns, row, "node", .destination) else { continue }
      var site = StockSite(
        node: node, opening: terms.siteOpening, keeping: terms.siteKeeping,
        handling: terms.siteHandling)
      if let opening = amount(&columns, row, "opening") { site.opening = opening }
      if let keeping = amount(&columns, row, "keeping") { site.keeping = keeping }
      if let handling = amount(&columns, row, "handling") { site.handling = handling }
      if !columns.isEmpty(row, "open") {
        site.isOpen = columns.word(row, "open", expected: "1 or 0") {
          $0 == "1" ? true : $0 == "0" ? false : nil
        }
      }
      sites.append(site)
    }
    return try StockTables.sound(sites, columns, "site")
  }

  private func candidates(_ items: [StockItem]) -> [StockSite] {
    let nodes = network.bundle.nodes
    let topology = network.bundle.topology
    let home = Set(items.map { nodes.country(of: $0.origin) })
    var sites: [StockSite] = []
    for node in nodes.ids {
      let kind = nodes.kind(of: node)
      guard kind == .hub || kind == .warehouse, !home.contains(nodes.country(of: node)) else {
        continue
      }
      let sells = topology.outgoing.legs(of: node).contains {
        network.bundle.legs.stage(of: $0) == .lastMile && topology.card[$0.position] >= 0
      }
      if sells {
        sites.append(
          StockSite(
            node: node, opening: terms.siteOpening, keeping: terms.siteKeeping,
            handling: terms.siteHandling))
      }
    }
    return sites
  }

  // MARK: cells

  static func open(
    _ path: String, required: [String], optional: [String]
  ) throws -> CSVColumns {
    var findings: [Finding] = []
    guard let table = CSVTable.parse(try InputFiles.read(path), file: path, findings: &findings)
    else {
      for finding in findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    var columns = CSVColumns(table, required: required, optional: optional)
    columns.findings += findings
    guard columns.isUsable else {
      for finding in columns.findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    return columns
  }

  static func sound<Row>(
    _ rows: [Row], _ columns: CSVColumns, _ what: String
  ) throws -> [Row] {
    for finding in columns.findings { Streams.complain(finding.description) }
    guard columns.isUsable else { throw ExitStatus.data }
    guard !rows.isEmpty else {
      Streams.complain("error \(nothingLeft): \(columns.table.file): no row names a \(what)")
      throw ExitStatus.data
    }
    return rows
  }

  private func node(
    _ columns: inout CSVColumns, _ row: Int, _ name: String, _ role: PlaceRole
  ) -> NodeID? {
    columns.value(row, name) { (text) throws(RequestFault) in
      let place = try RequestText.place(text)
      switch network.bundle.node(for: place, role: role) {
      case .found(let node): return node
      case .ambiguous(let nodes):
        let names = nodes.prefix(4).map { network.bundle.nodes.name(of: $0) }
        throw RequestFault(
          code: RequestFault.ambiguousPlace,
          message: "\(text) names \(nodes.count) places: \(names.joined(separator: ", "))")
      case .unknown(let suggestions, _):
        let maybe = suggestions.isEmpty ? "" : "; maybe \(suggestions.joined(separator: ", "))"
        throw RequestFault(
          code: RequestFault.unknownPlace, message: "unknown place \(text)\(maybe)")
      }
    }
  }

  /// An amount in the terms' currency, in minor units; nil where the cell is empty.
  private func amount(_ columns: inout CSVColumns, _ row: Int, _ name: String) -> Int64? {
    guard !columns.isEmpty(row, name) else { return nil }
    return columns.value(row, name) { (text) throws(RequestFault) in
      let money = try RequestText.money(text)
      guard money.currency == terms.currency, money.minorUnits >= 0 else {
        throw RequestFault(
          code: RequestFault.currency,
          message: "\(name) \(text) is no amount of \(terms.currency) from 0 on")
      }
      return money.minorUnits
    }
  }

  private func decimal(_ columns: inout CSVColumns, _ row: Int, _ name: String) -> Decimal6? {
    columns.value(row, name) { (text) throws(RequestFault) in
      guard let value = try? Decimal6(text), value.micros >= 0, value.micros < 1_000_000_000_000
      else {
        throw RequestFault(
          code: CSVCode.valueMalformed, message: "\(name) \"\(text)\" is no number from 0 on")
      }
      return value
    }
  }

  private func thousandths(_ columns: inout CSVColumns, _ row: Int, _ name: String) -> Int64? {
    decimal(&columns, row, name).map { $0.micros / 1000 }
  }
}

extension CSVColumns {
  /// A value read by a parser of requests; its fault becomes a finding at the cell.
  fileprivate mutating func value<Value>(
    _ row: Int, _ column: String, _ read: (String) throws(RequestFault) -> Value
  ) -> Value? {
    guard let text = requiredText(row, column) else { return nil }
    do throws(RequestFault) {
      return try read(text)
    } catch {
      report(
        code: error.code, row: row, column: column,
        error.message + (error.advice.isEmpty ? "" : " (\(error.advice))"))
      return nil
    }
  }
}
